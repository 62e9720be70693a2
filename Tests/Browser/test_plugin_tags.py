"""Tags of plugins: what they can do through `ctx`, and that what they do wrong stays theirs."""

import json
import re

import pytest
import web_plugins
from editing import Editor, picture
from playwright.sync_api import expect

TIERS = ("inline", "frame")
PLUGINS = {tier: f"org.example.cross-{tier}" for tier in TIERS}
TAGS = {"inline": "CrossInline", "frame": "CrossFrame"}


@pytest.fixture(scope="module")
def image(media_root):
    return picture(media_root / "crosses", "disc.png")


@pytest.fixture(scope="module")
def installed(daemon, admin):
    for tier in TIERS:
        web_plugins.trial(daemon, admin, PLUGINS[tier], TAGS[tier], tier)


def config(tag, attributes=""):
    return (f'<View><Image name="image" value="$image"/><{tag} name="cross" toName="image" {attributes}>'
            '<Label value="A"/><Label value="B"/></' + tag + "></View>")


def open_trial(editor: Editor, image, tier, attributes="", results=None):
    """A task with a tag of the tier; gives project and task."""
    project = editor.admin.value("POST", "/api/projects/", json={
        "title": f"Crosses {tier}", "label_config": config(TAGS[tier], attributes),
        "enable_plugins": [PLUGINS[tier]]})["id"]
    task = editor.admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                              json=[{"image": image}])["task_ids"][0]
    if results:
        editor.admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": results})
    editor.open(project, task)
    return project, task


def stored(tier, name, x, y):
    kind = TAGS[tier].lower()
    return {"id": name, "from_name": "cross", "to_name": "image", "type": kind,
            "original_width": 640, "original_height": 400, "image_rotation": 0,
            "value": {kind + "_data": {"x": x, "y": y}, "x": x, kind: ["A"]}}


def put_cross(editor, x, y, *, keys=()):
    editor.page.get_by_role("button", name="Cross", exact=True).click()
    for key in keys:
        editor.page.keyboard.down(key)
    editor.drag((x - 5, y - 5), (x, y), steps=4)
    for key in keys:
        editor.page.keyboard.up(key)


def own(editor, tier):
    """The plugin's data of all regions, once its frame has said how they are written."""
    kind = TAGS[tier].lower()
    for _ in range(50):
        values = [r["value"] for r in editor.results() if r["type"] == kind]
        if all(kind + "_data" in value for value in values):
            break
        editor.page.wait_for_timeout(100)
    return [value[kind + "_data"] for value in values]


def toast(editor, text):
    return editor.page.locator(".toast", has_text=text)


@pytest.mark.parametrize("tier", TIERS)
def test_Q1_all_a_tag_does_goes_through_ctx_and_is_one_step_each(editor, installed, image, tier):
    open_trial(editor, image, tier)
    editor.press("1")
    put_cross(editor, 30, 40)
    editor.expect_regions(1)
    (made,) = own(editor, tier)
    assert made["isNested"] and made["told"]["screen"] == "quick_view"
    assert (round(made["x"]), round(made["y"])) == (30, 40)
    # The region is selected by the plugin, has the active label, and shows what the plugin says of it.
    option = editor.regions.first
    expect(option).to_have_attribute("aria-selected", "true")
    expect(option).to_contain_text(re.compile("A.*Cross 30/40"))
    editor.press("Control+z")
    editor.expect_regions(0)
    editor.press("Control+Shift+KeyZ")
    editor.expect_regions(1)


@pytest.mark.parametrize("tier", TIERS)
def test_Q1_an_exception_takes_the_whole_transaction_back(editor, installed, image, tier):
    open_trial(editor, image, tier)
    put_cross(editor, 30, 40, keys=["Shift"])
    expect(toast(editor, "taken back").first).to_be_visible()
    editor.expect_regions(0)


@pytest.mark.parametrize("tier", TIERS)
def test_Q1_ctx_tells_the_task_and_keeps_notes(editor, installed, image, tier):
    open_trial(editor, image, tier)
    put_cross(editor, 50, 50, keys=["Alt"])
    editor.expect_regions(1)
    told = own(editor, tier)[0]["told"]
    assert told["kept"] is True and told["image"] == image


@pytest.mark.parametrize("tier", TIERS)
def test_Q2_regions_are_plain_json_and_outlive_their_plugin(editor, installed, image, admin, tier):
    results = [stored(tier, "c1", 20, 20), stored(tier, "c2", 60, 60)]
    project, task = open_trial(editor, image, tier, results=results)
    editor.expect_regions(2)
    before = admin.value("GET", f"/api/tasks/{task}/annotations/")[0]["result"]
    assert editor.results() == before
    admin.value("PUT", f"/api/projects/{project}/plugins/{PLUGINS[tier]}", json={"enabled": False})
    editor.open(project, task)
    expect(editor.page.get_by_text(f"<{TAGS[tier]}>").first).to_be_visible()
    editor.expect_regions(2)
    assert editor.results() == before
    editor.regions.first.click()
    editor.page.keyboard.press("Delete")
    editor.expect_regions(1)
    assert len(editor.results()) == 1 and editor.results()[0] in before
    admin.value("PUT", f"/api/projects/{project}/plugins/{PLUGINS[tier]}", json={"enabled": True})


@pytest.mark.parametrize("tier", TIERS)
def test_Q2_a_region_is_moved_and_reshaped_by_its_tag(editor, installed, image, tier):
    open_trial(editor, image, tier, results=[stored(tier, "c1", 20, 20)])
    editor.expect_regions(1)
    editor.press("v")
    expect(editor.regions.first).to_contain_text("Cross 20/20")
    editor.drag((20, 20), (40, 30))
    expect(editor.regions.first).to_contain_text("Cross 40/30")
    (moved,) = own(editor, tier)
    assert (round(moved["x"]), round(moved["y"])) == (40, 30)
    editor.press("Control+z")
    expect(editor.regions.first).to_contain_text("Cross 20/20")


@pytest.mark.parametrize("tier", TIERS)
def test_Q3_pointers_come_in_percent_once_a_frame_and_end_with_escape(editor, installed, image, tier):
    open_trial(editor, image, tier)
    editor.page.get_by_role("button", name="Cross", exact=True).click()
    editor.page.mouse.move(*editor.at(20, 20))
    editor.page.mouse.down()
    frames = editor.page.evaluate("""async ([from, to]) => {
      // Sixty moves within a few frames, as a fast mouse sends them.
      const target = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
      const surface = target.closest?.(".surface") ?? target;
      let frames = 0;
      const count = () => { frames += 1; requestAnimationFrame(count); };
      requestAnimationFrame(count);
      for (let i = 0; i <= 60; i += 1) {
        const at = (axis) => from[axis] + ((to[axis] - from[axis]) * i) / 60;
        surface.dispatchEvent(new PointerEvent("pointermove", {
          bubbles: true, composed: true, pointerId: 1, pointerType: "mouse", buttons: 1,
          clientX: at(0), clientY: at(1), pressure: 0.5 }));
        if (i % 20 === 0) await new Promise(requestAnimationFrame);
      }
      return frames + 2;
    }""", [editor.at(20, 20), editor.at(60, 50)])
    editor.page.mouse.up()
    editor.expect_regions(1)
    told = own(editor, tier)[0]["told"]
    assert 1 <= told["moves"] <= frames and told["pointerType"] == "mouse"
    assert 0 < told["pressure"] <= 1
    # Escape, and a window that loses the pointer, end a gesture; its tool makes nothing of it.
    for end in ("Escape", "lost"):
        editor.page.mouse.move(*editor.at(30, 70))
        editor.page.mouse.down()
        editor.page.mouse.move(*editor.at(40, 80), steps=3)
        if end == "Escape":
            editor.press("Escape")
        else:
            editor.page.evaluate("() => window.dispatchEvent(new Event('blur'))")
            editor.press("Escape")
        editor.page.mouse.up()
        editor.expect_regions(1)


@pytest.mark.parametrize("tier", TIERS)
def test_Q4_drawing_is_recorded_and_replayed_without_asking_again(editor, installed, image, tier):
    open_trial(editor, image, tier, results=[stored(tier, "c1", 50, 30)])
    editor.expect_regions(1)
    editor.page.wait_for_timeout(200)
    color = editor.pixel(50, 30)
    drawn = drawn_times(editor)
    for step in range(20):
        editor.page.mouse.wheel(0, -20 if step % 2 else 20)
    editor.page.wait_for_timeout(300)
    assert editor.pixel(50, 30) == color
    assert drawn_times(editor) == drawn
    background = editor.pixel(50, 75)
    assert color != background


def drawn_times(editor):
    """How often the tag was asked to draw, as it says itself when it is asked anew."""
    return re.search(r"drawn (\d+)", editor.regions.first.inner_text())[1]


HOOKS = {
    "inline": ("region.bounds", "region.hitTest", "region.translate", "region.validate",
               "region.summary", "region.serialize", "draw", "editor.handles", "editor.drag",
               "tool draw", "tools.create", "setup"),
    # The others of a region are asked together, in one answer; hits are tested on what was drawn.
    "frame": ("region.bounds", "region.serialize", "draw", "editor.drag", "tool draw",
              "tools.create", "setup"),
}


@pytest.mark.parametrize("tier, hook", [(tier, hook) for tier in TIERS for hook in HOOKS[tier]])
def test_Q4_an_exception_switches_one_hook_off_and_loses_nothing(
        editor, installed, image, admin, tier, hook):
    results = [stored(tier, "c1", 20, 20)]
    project, task = open_trial(editor, image, tier, f'fails="{hook}"', results)
    editor.expect_regions(1)
    editor.press("1")
    put_cross(editor, 60, 60)
    if hook not in ("tool draw", "tools.create"):
        editor.expect_regions(2)
    editor.press("v")
    editor.page.wait_for_timeout(100)
    editor.drag((20, 20), (30, 30))
    if hook == "editor.drag":
        # Its handles are those of the new place once the tag has said so.
        expect(editor.regions.first).to_contain_text("Cross 30/30")
    editor.drag((30, 30), (35, 35))
    editor.submit(task)
    expect(toast(editor, PLUGINS[tier]).filter(has_text=hook).first).to_be_visible()
    kept = admin.value("GET", f"/api/tasks/{task}/annotations/")[-1]["result"]
    assert [r["id"] for r in kept][:1] == ["c1"]
    assert "c1" in json.dumps(kept) and all(r["value"] for r in kept)


@pytest.mark.parametrize("tier", TIERS)
def test_Q4_three_strikes_unload_the_plugin_and_keep_its_results(
        editor, installed, image, admin, tier):
    results = [stored(tier, "c1", 20, 20)]
    project, task = open_trial(
        editor, image, tier, 'fails="draw;region.summary;region.validate;region.bounds"', results)
    editor.expect_regions(1)
    editor.press("Control+Enter")
    expect(toast(editor, "is switched off until the page is loaded again").first).to_be_visible()
    expect(editor.page.get_by_text(f"<{TAGS[tier]}>").first).to_be_visible()
    assert [r["id"] for r in editor.results()] == ["c1"]
    assert editor.results()[0]["value"][TAGS[tier].lower() + "_data"] == {"x": 20, "y": 20}


def test_Q4_a_slow_plugin_is_named(editor, installed, image):
    open_trial(editor, image, "inline", 'slow="draw"')
    for i in range(6):
        put_cross(editor, 20 + 10 * i, 40)
    expect(editor.page.get_by_role("status").filter(has_text="Slow plugin")).to_contain_text(
        PLUGINS["inline"])


def test_Q5_a_frame_that_never_returns_is_taken_away(editor, installed, image, admin):
    """The editor stays usable, the plugin is named, and what it had made is kept."""
    project, task = open_trial(
        editor, image, "frame", 'loops="draw"', [stored("frame", "c1", 20, 20)])
    expect(toast(editor, "did not answer").first).to_contain_text(PLUGINS["frame"])
    assert editor.page.locator("iframe").count() == 0
    editor.expect_regions(1)
    assert [r["id"] for r in editor.results()] == ["c1"]
    # Another task in the same page: only the plugin is gone.
    editor.press("Escape")
    editor.page.get_by_role("button", name="Zoom in").click()


GOT_OUT = re.compile("GOT IT")


@pytest.fixture
def hostile(daemon, admin, editor):
    plugin = "org.example.hostile"
    if not (daemon.plugin_dir / plugin).exists():
        web_plugins.trial(daemon, admin, plugin, "Hostile", "frame", module="hostile.js")
    yield plugin
    # What the policy refused is told in the console, as it should be, and some of it late.
    editor.page.goto("about:blank")
    editor.page.wait_for_timeout(500)
    editor.complaints.clear()


def open_hostile(editor, image, plugin, attributes=""):
    project = editor.admin.value("POST", "/api/projects/", json={
        "title": "Hostile", "enable_plugins": [plugin],
        "label_config": config("Hostile", attributes)})["id"]
    task = editor.admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                              json=[{"image": image}])["task_ids"][0]
    result = {"id": "h1", "from_name": "cross", "to_name": "image", "type": "hostile",
              "original_width": 640, "original_height": 400, "image_rotation": 0,
              "value": {"hostile_data": {"n": 1}, "hostile": ["A"]}}
    editor.admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": [result]})
    editor.open(project, task)
    return project, task


def test_Q5_a_hostile_frame_gets_nothing(editor, hostile, image):
    answered = []
    editor.page.on("response", lambda response: answered.append(response.url))
    open_hostile(editor, image, hostile)
    editor.expect_regions(1)
    option = editor.regions.first
    expect(option).to_contain_text("cookies:")
    assert not GOT_OUT.search(option.inner_text()), option.inner_text()
    assert not [url for url in answered if "stolen" in url or "whoami" in url]
    frame = editor.page.locator("iframe").first
    assert frame.get_attribute("sandbox") == "allow-scripts"


def test_Q5_the_frames_document_may_load_its_plugins_files_only(editor, hostile, image, base_url):
    with editor.page.expect_response(lambda r: "/plugin-frames/" in r.url) as waiting:
        open_hostile(editor, image, hostile)
    policy = waiting.value.headers["content-security-policy"]
    digest = waiting.value.url.rsplit("/", 1)[1]
    assert f"{base_url}/plugins/{hostile}/{digest}/" in policy and "connect-src" not in policy
    assert policy.startswith("default-src 'none'") and "sandbox allow-scripts" in policy
    editor.expect_regions(1)


def test_Q5_a_frame_that_floods_the_page_is_taken_away(editor, hostile, image):
    open_hostile(editor, image, hostile, 'fails="flood"')
    expect(toast(editor, "sent too many messages").first).to_contain_text(hostile)
    assert [r["id"] for r in editor.results()] == ["h1"]


def test_Q5_forged_drawing_is_refused(editor, hostile, image):
    open_hostile(editor, image, hostile, 'fails="forged"')
    expect(toast(editor, "a way of drawing that there is not").first).to_contain_text(hostile)
    assert [r["id"] for r in editor.results()] == ["h1"]


def test_Q5_an_inline_module_runs_in_the_page_and_a_frames_does_not(editor, installed, image):
    open_trial(editor, image, "inline", results=[stored("inline", "c1", 20, 20)])
    editor.expect_regions(1)
    assert editor.page.locator("iframe").count() == 0
    open_trial(editor, image, "frame", results=[stored("frame", "c1", 20, 20)])
    editor.expect_regions(1)
    assert editor.page.locator("iframe").count() == 1


@pytest.mark.parametrize("tier", TIERS)
def test_Q1_a_tag_shows_its_own_question(editor, daemon, admin, image, tier):
    plugin, tag = f"org.example.why-{tier}", f"Why{tier.title()}"
    web_plugins.trial(daemon, admin, plugin, tag, tier, module="question.js", children=None)
    project = admin.value("POST", "/api/projects/", json={
        "title": "Why", "enable_plugins": [plugin],
        "label_config": f'<View><Image name="image" value="$image"/><{tag} name="why" toName="image"/></View>',
    })["id"]
    task = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                       json=[{"image": image}])["task_ids"][0]
    editor.open(project, task)
    where = editor.page.frame_locator("iframe:not([hidden])") if tier == "frame" else editor.page
    where.get_by_label("Why?").fill("Because")
    where.get_by_label("Why?").blur()
    for _ in range(50):
        if editor.results():
            break
        editor.page.wait_for_timeout(100)
    editor.surface.focus()  # the editor's keys do not reach into a frame
    (result,) = editor.submit(task)
    assert (result["type"], result["value"]) == (tag.lower(), {"text": "Because"})
    editor.open(project, task)
    expect(where.get_by_label("Why?")).to_have_value("Because")


def make_duplicate(daemon, admin, plugin, tag, text, isolation="inline"):
    web_plugins.install(daemon.plugin_dir, plugin, {"web/tag.js": text},
                        tags=[web_plugins.tag_entry(tag, "web/tag.js", isolation)])
    web_plugins.allow(admin, plugin)


PLAIN_TAG = """export default {{ apiVersion: {version}, tag: "{tag}", kind: "control", targets: ["Image"],
  labels: true, {more}
  region: {{ type: "x", parse: () => null, serialize: () => ({{ value: {{}} }}) }} }};"""


@pytest.mark.parametrize("name, text, sentence", [
    ("other-name", PLAIN_TAG.format(version=1, tag="Rectangle", more=""),
     "the module defines <Rectangle>"),
    ("new-version", PLAIN_TAG.format(version=7, tag="TAG", more=""), "needs version 7"),
    ("foreign-element", PLAIN_TAG.format(
        version=1, tag="TAG", more='elements: { "other-box": class extends HTMLElement {} },'),
     "must be named <foreign-element-"),
    ("taken-element", PLAIN_TAG.format(
        version=1, tag="TAG",
        more='elements: { "taken-element-a": customElements.get("postil-tool-bar") },'),
     "could not be loaded"),
])
def test_Q6_a_definition_that_takes_what_is_not_its_own_is_refused(
        editor, daemon, admin, image, name, text, sentence):
    plugin, tag = f"org.example.{name}", name.title().replace("-", "")
    make_duplicate(daemon, admin, plugin, tag, text.replace('"TAG"', f'"{tag}"'))
    project = admin.value("POST", "/api/projects/", json={
        "title": name, "enable_plugins": [plugin], "label_config": config(tag)})["id"]
    task = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                       json=[{"image": image}])["task_ids"][0]
    editor.open(project, task)
    note = editor.page.get_by_role("note").filter(has_text=f"<{tag}>")
    expect(note).to_contain_text(sentence)
    expect(note).to_contain_text(plugin)


def test_Q6_two_plugins_cannot_have_one_tag_in_a_project(daemon, admin, editor):
    for name in ("first", "second"):
        make_duplicate(daemon, admin, f"org.example.twin-{name}", "Twin",
                       PLAIN_TAG.format(version=1, tag="Twin", more=""))
    project = admin.value("POST", "/api/projects/", json={
        "title": "Twins", "label_config": config("Twin"),
        "enable_plugins": ["org.example.twin-first"]})["id"]
    admin.put(f"/api/projects/{project}/plugins/org.example.twin-second", json={"enabled": True})
    tags = [t for t in admin.value("GET", f"/api/projects/{project}/tags") if t["tag"] == "Twin"]
    assert [t["plugin"] for t in tags if t["available"]] == ["org.example.twin-first"]


def test_Q9_a_panel_sees_its_project_and_nothing_else(editor, daemon, admin, image):
    plugin = "org.example.told"
    web_plugins.install(
        daemon.plugin_dir, plugin, {"web/panel.js": (web_plugins.MODULES / "panel.js").read_text()},
        panels=[{"id": "told", "title": "Told", "place": place, "module": "web/panel.js"}
                for place in ("editor",)]
        + [{"id": "told-too", "title": "Told too", "place": "project", "module": "web/panel.js"}])
    web_plugins.allow(admin, plugin)
    project = admin.value("POST", "/api/projects/", json={
        "title": "Panels", "enable_plugins": [plugin],
        "label_config": '<View><Image name="image" value="$image"/><RectangleLabels name="box" '
                        'toName="image"><Label value="Car"/></RectangleLabels></View>'})["id"]
    tasks = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                        json=[{"image": image}] * 2)["task_ids"]
    editor.open(project, tasks[0])
    expect(editor.page.get_by_text("Told", exact=True)).to_be_visible()
    panel = editor.page.frame_locator("iframe")
    expect(panel.get_by_text("editor Panels tasks 2 visits 1 not found results 0")).to_be_visible()
    editor.press("1")
    editor.drag((20, 20), (40, 40))
    expect(panel.get_by_text("results 1")).to_be_visible()
    panel.get_by_role("button", name="Open the second task").click()
    editor.page.wait_for_url(f"**/projects/{project}/tasks/{tasks[1]}")
    expect(panel.get_by_text("visits 2")).to_be_visible()
    editor.page.goto(f"/projects/{project}")
    expect(panel.get_by_text("project Panels tasks 2")).to_be_visible()
    expect(editor.page.locator("iframe")).to_have_count(1)
