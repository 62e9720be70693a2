"""What an annotator does all day, each by pointer or keys, told by roles and the API."""

import re
import shutil

import pytest
import renamed_tag
from imagery import cut_tiles
from playwright.sync_api import expect

IMAGE = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/><Label value="Bus"/></RectangleLabels>
<PolygonLabels name="outline" toName="image"><Label value="Roof"/></PolygonLabels></View>"""
TEXT = """<View><Text name="text" value="$text"/>
<Labels name="entity" toName="text"><Label value="Person"/><Label value="Place"/></Labels>
<Choices name="tone" toName="text" choice="single"><Choice value="calm"/><Choice value="angry"/></Choices>
</View>"""
SENTENCE = "Ada 🦊 met Grace in Paris."


@pytest.fixture(scope="module")
def images(admin, media_root):
    cut_tiles(media_root / "editor")
    project = admin.make_project("Boxes", IMAGE)
    admin.value("POST", f"/api/projects/{project}/import-sources/local-folder",
                json={"path": str(media_root / "editor")})
    tasks = admin.value("GET", f"/api/tasks/?project={project}")["tasks"]
    return project, [task["id"] for task in tasks]


@pytest.fixture(scope="module")
def texts(admin):
    project = admin.make_project("Names", TEXT)
    made = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                       json=[{"text": SENTENCE}, {"text": "Second."}])
    return project, made["task_ids"]


def open_image(page, project, task):
    page.goto(f"/projects/{project}/tasks/{task}")
    surface = page.get_by_role("application", name="Image")
    page.wait_for_function("() => window.__editor?.transforms()[0]?.scale > 0")
    return surface.bounding_box()


def drag(page, box, start, end):
    page.mouse.move(box["x"] + box["width"] * start[0], box["y"] + box["height"] * start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end[0], box["y"] + box["height"] * end[1], steps=8)
    page.mouse.up()


def regions(page):
    return page.get_by_role("listbox", name="Regions").get_by_role("option")


def test_I2_a_rectangle_is_drawn_undone_redone_and_submitted(signed_in, admin, images):
    page = signed_in
    project, tasks = images
    box = open_image(page, project, tasks[0])
    page.keyboard.press("1")
    page.keyboard.press("r")
    drag(page, box, (0.4, 0.4), (0.55, 0.6))
    expect(regions(page)).to_have_count(1)
    expect(regions(page).first).to_contain_text("Car")
    page.keyboard.press("Control+z")
    expect(regions(page)).to_have_count(0)
    page.keyboard.press("Control+Shift+KeyZ")
    expect(regions(page)).to_have_count(1)
    with page.expect_response(lambda r: "/annotations/" in r.url and r.request.method == "POST"):
        page.keyboard.press("Control+Enter")
    (stored,) = admin.value("GET", f"/api/tasks/{tasks[0]}/annotations/")
    value = stored["result"][0]["value"]
    assert value["rectanglelabels"] == ["Car"] and value["width"] > 0 and value["height"] > 0


def test_R8_a_draft_is_kept_without_a_word(signed_in, admin, images):
    page = signed_in
    project, tasks = images
    box = open_image(page, project, tasks[1])
    page.keyboard.press("2")
    page.keyboard.press("r")
    with page.expect_response(lambda r: "/drafts" in r.url and r.ok, timeout=10_000):
        drag(page, box, (0.45, 0.45), (0.5, 0.55))
    page.reload()
    expect(regions(page)).to_have_count(1)
    expect(regions(page).first).to_contain_text("Bus")
    assert admin.value("GET", f"/api/tasks/{tasks[1]}/annotations/") == []


def test_T2_a_span_counts_characters_as_people_do(signed_in, admin, texts):
    page = signed_in
    project, tasks = texts
    page.goto(f"/projects/{project}/tasks/{tasks[0]}")
    text = page.get_by_text(SENTENCE)
    expect(text).to_be_visible()
    page.get_by_role("button", name=re.compile("^Person")).first.click()
    select_word(page, "Grace")
    expect(regions(page)).to_have_count(1)
    page.get_by_label("calm").check()
    with page.expect_response(lambda r: "/annotations/" in r.url and r.request.method == "POST"):
        page.keyboard.press("Control+Enter")
    (stored,) = admin.value("GET", f"/api/tasks/{tasks[0]}/annotations/")
    span = next(r for r in stored["result"] if r["type"] == "labels")["value"]
    assert SENTENCE[span["start"]:span["end"]] == "Grace" == span["text"]
    choice = next(r for r in stored["result"] if r["type"] == "choices")["value"]
    assert choice["choices"] == ["calm"]


def select_word(page, word):
    """Drags over a word of the task's text, wherever the page has put it."""
    place = page.evaluate(
        """(word) => {
          const roots = [document];
          while (roots.length > 0) {
            const root = roots.pop();
            for (const el of root.querySelectorAll("*")) if (el.shadowRoot) roots.push(el.shadowRoot);
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              const at = node.data.indexOf(word);
              if (at < 0 || !node.parentElement?.checkVisibility()) continue;
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + word.length);
              const { left, right, top, bottom } = range.getBoundingClientRect();
              return { left, right, y: (top + bottom) / 2 };
            }
          }
          return null;
        }""", word)
    page.mouse.move(place["left"] + 1, place["y"])
    page.mouse.down()
    page.mouse.move(place["right"] - 1, place["y"], steps=6)
    page.mouse.up()


def test_a_disabled_tag_is_a_labeled_placeholder(signed_in, admin):
    page = signed_in
    config = """<View><Image name="image" value="$image"/><SatellitePolygon name="field"
    toName="image"><Label value="Field"/></SatellitePolygon></View>"""
    plugin = "org.postil.satellite-polygon"
    project = admin.value("POST", "/api/projects/", json={
        "title": "Later disabled", "label_config": config, "enable_plugins": [plugin]})["id"]
    task = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                       json=[{"image": "/static/none.png"}])["task_ids"][0]
    admin.value("PUT", f"/api/projects/{project}/plugins/{plugin}", json={"enabled": False})
    page.goto(f"/projects/{project}/tasks/{task}")
    expect(page.get_by_text("<SatellitePolygon>").first).to_be_visible()
    assert admin.value("GET", f"/api/projects/{project}/")["label_config"] == config


def test_the_hook_for_tests_is_absent_in_production(page, tmp_path):
    from installation import API, Daemon

    plain = Daemon(tmp_path / "data")
    token = plain.make_user("admin@example.org", "administrator")
    plain.start()
    try:
        api = API(plain.url, token)
        project = api.make_project("Plain", TEXT)
        api.value("POST", f"/api/projects/{project}/import", json=[{"text": "one"}])
        page.goto(plain.url + "/sign-in")
        page.get_by_label("Email").fill("admin@example.org")
        page.get_by_label("Password", exact=True).fill("correct horse")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/projects")
        page.goto(f"{plain.url}/projects/{project}/label")
        expect(page.get_by_role("button", name="Submit")).to_be_visible()
        assert page.evaluate("() => typeof window.__editor") == "undefined"
    finally:
        plain.stop()


def test_a_tag_whose_plugin_folder_is_gone_is_a_labeled_placeholder(
    signed_in, admin, daemon, tmp_path
):
    page = signed_in
    folder = renamed_tag.install(daemon.dist, daemon.plugin_dir, tmp_path / "build")
    admin.value("POST", f"/api/plugins/{renamed_tag.PLUGIN}/1.0.0/actions/allow")
    project = admin.value("POST", "/api/projects/", json={
        "title": "Later removed", "label_config": renamed_tag.CONFIG,
        "enable_plugins": [renamed_tag.PLUGIN]})["id"]
    task = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true", json=[
        {"image": "/static/img/postil.svg", "footprint": renamed_tag.FOOTPRINT}])["task_ids"][0]
    made = admin.value("POST", f"/api/tasks/{task}/annotations/",
                       json={"result": [renamed_tag.RESULT]})

    shutil.rmtree(folder)

    page.goto(f"/projects/{project}/tasks/{task}")
    expect(page.get_by_text(f"<{renamed_tag.TAG}>").first).to_be_visible()
    kept = admin.value("GET", f"/api/annotations/{made['id']}/")
    assert kept["result"] == made["result"]
