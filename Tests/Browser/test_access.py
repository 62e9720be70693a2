"""The editor without a mouse, without sight, by touch; and what nobody may change."""

import re

import pytest
from conftest import listen, sign_in
from editing import Editor, picture
from playwright.sync_api import expect
from pytest import approx

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/><Label value="Bus" maxUsages="1"/></RectangleLabels>
<PolygonLabels name="outline" toName="image"><Label value="Roof"/></PolygonLabels>
<BrushLabels name="brush" toName="image"><Label value="Lake"/></BrushLabels></View>"""
MANY = """<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image" allowEmpty="true">
%s</RectangleLabels></View>""" % "".join(f'<Label value="Kind {i}" background="#12{i:02d}56"/>' for i in range(20))


@pytest.fixture(scope="module")
def image(media_root):
    return picture(media_root / "access", "disc.png")


@pytest.fixture(scope="module")
def tasks(shared_editor, image):
    return shared_editor.project(CONFIG, *[{"image": image}] * 8, title="Access")


def spoken(editor):
    return editor.page.locator("#spoken")


def test_X3_everything_by_keys(editor, tasks):
    project, (task, *_) = tasks
    editor.open(project, task)
    editor.surface.focus()
    # A rectangle: Enter starts at the cursor, arrows move, Enter ends it.
    editor.press("1", "ArrowLeft", "Enter", *["Shift+ArrowRight"] * 3, *["Shift+ArrowDown"] * 2, "Enter")
    editor.expect_regions(1)
    # A polygon, point by point; the last one is taken back.
    editor.press("3", "Space", *["Shift+ArrowUp"] * 3, "Space", *["Shift+ArrowLeft"] * 4, "Space",
                 "Shift+ArrowDown", "Space", "Backspace", "Enter")
    editor.expect_regions(2)
    assert len(editor.results()[1]["value"]["points"]) == 3
    # A stroke of the brush.
    editor.press("4", "Space", *["Shift+ArrowDown"] * 3, "Enter")
    editor.expect_regions(3)
    # Vertices are walked through, moved, deleted or kept.
    editor.press("Escape", "v", "Alt+Shift+Digit2", "Alt+ArrowDown", "Shift+ArrowRight")
    editor.surface.focus()
    before = editor.results()[1]["value"]["points"]
    editor.press("Alt+ArrowDown", "ArrowUp")
    assert editor.results()[1]["value"]["points"] != before
    # Two regions are related.
    editor.press("Escape", "Alt+r", "Alt+Shift+Digit1", "Alt+Shift+Digit2")
    assert editor.results()[-1]["type"] == "relation"
    # The list is one stop, its rows by arrow keys; the toolbar too.
    editor.page.get_by_role("listbox", name="Regions").focus()
    editor.press("Home", "ArrowDown")
    expect(editor.regions.nth(1)).to_have_attribute("aria-selected", "true")
    toolbar = editor.page.get_by_role("toolbar", name="Tools")
    assert toolbar.locator('[tabindex="0"]').count() == 1
    toolbar.locator('[tabindex="0"]').focus()
    editor.press("ArrowDown", "ArrowDown", "Enter")
    expect(toolbar.get_by_role("button", name="Rectangle", exact=True)).to_have_attribute("aria-pressed", "true")
    # The focus is seen, and Tab does not get caught.
    seen = set()
    for _ in range(60):
        editor.press("Tab")
        seen.add(editor.page.evaluate("""() => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return at === document.body ? "body" : at.tagName + (at.getAttribute("aria-label") ?? at.textContent).slice(0, 30);
        }"""))
    assert any("Submit" in one for one in seen) and any("Regions" in one for one in seen), seen


def test_X2_what_is_on_the_canvas_can_be_read(editor, tasks):
    project, (_, task, *_) = tasks
    editor.open(project, task).press("1")
    editor.drag((5, 5), (20, 20))
    expect(spoken(editor)).to_have_text(re.compile(r"Car · \d+ × \d+ px created"))
    option = editor.regions.first
    expect(option).to_have_accessible_name(re.compile(r"^Car · .*RectangleLabels, upper left"))
    editor.press("v")
    editor.click(10, 10)
    expect(option).to_have_attribute("aria-selected", "true")
    expect(editor.page.get_by_role("listbox", name="Regions")).to_have_attribute(
        "aria-activedescendant", option.get_attribute("id"))
    assert editor.surface.evaluate("(el) => el.ariaActiveDescendantElement?.id") == option.get_attribute("id")
    editor.press("Alt+l")
    expect(option).to_have_accessible_name(re.compile("locked"))
    editor.press("Alt+l", "Delete")
    expect(spoken(editor)).to_have_text("Region deleted")
    editor.press("Control+z")
    expect(spoken(editor)).to_have_text("Undone: Delete a region")


def test_X4_touch_draws_pans_and_zooms_and_targets_are_large(editor, tasks, browser, browser_context_args,
                                                             base_url, admin):
    project, (_, _, task, *_) = tasks
    context = browser.new_context(**{**browser_context_args, "base_url": base_url, "has_touch": True,
                                     "is_mobile": True, "viewport": {"width": 1024, "height": 768}})
    page = context.new_page()
    complaints = []
    listen(page, complaints)
    sign_in(page)
    touch = Editor(page, admin).open(project, task)
    session = context.new_cdp_session(page)

    def send(kind, *points):
        session.send("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints": [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]})

    page.get_by_role("button", name=re.compile("^Car")).tap()
    a, b = touch.at(20, 20), touch.at(50, 50)
    send("touchStart", a)
    for share in (0.3, 0.6, 1):
        send("touchMove", (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
    send("touchEnd")
    touch.expect_regions(1)
    value = touch.results()[0]["value"]
    assert (value["width"], value["height"]) == approx((30, 30), abs=2)
    (before,) = page.evaluate("() => window.__editor.transforms()")
    x, y = touch.at(50, 50)
    send("touchStart", (x - 40, y), (x + 40, y))
    send("touchMove", (x - 60, y), (x + 60, y))
    send("touchMove", (x - 90, y), (x + 90, y))
    send("touchEnd")
    (after,) = page.evaluate("() => window.__editor.transforms()")
    assert after["scale"] > before["scale"] * 1.5
    touch.expect_regions(1)
    assert touch.surface.evaluate("(el) => getComputedStyle(el).touchAction") == "none"
    small = page.evaluate("""() => {
      const all = (root) => [...root.querySelectorAll("button, select, input, [role=tab]"),
        ...[...root.querySelectorAll("*")].flatMap((el) => (el.shadowRoot ? all(el.shadowRoot) : []))];
      return all(document).filter((el) => el.checkVisibility()).map((el) => {
        const { width, height } = el.getBoundingClientRect();
        return [el.getAttribute("aria-label") ?? el.textContent, width, height];
      }).filter(([, width, height]) => width < 24 || height < 24);
    }""")
    context.close()
    assert not small and not complaints, (small, complaints)


def test_E4_labels_are_found_counted_given_first_or_last(editor, tasks, image):
    project, (_, _, _, task, *_) = tasks
    editor.open(project, task)
    # Draw first, then say what it is; then change it.
    editor.press("r")
    editor.drag((10, 10), (20, 20))
    expect(editor.regions.first).to_contain_text("No label")
    editor.press("1")
    expect(editor.regions.first).to_contain_text("Car")
    editor.press("2")
    expect(editor.regions.first).to_contain_text("Bus")
    expect(editor.page.get_by_role("button", name=re.compile("^Bus")).locator(".label__count")).to_have_text("1")
    # The label that may be used once is used: the next region gets none, and is not submitted so.
    editor.press("Escape")
    editor.drag((40, 40), (50, 50))
    expect(editor.page.locator(".toast", has_text="can be used once").first).to_be_visible()
    expect(editor.regions.nth(1)).to_contain_text("No label")
    editor.press("Escape", "Control+Enter")
    expect(editor.page.locator(".toast", has_text="no label")).to_be_visible()
    expect(editor.regions.nth(1)).to_have_attribute("aria-selected", "true")
    assert editor.admin.value("GET", f"/api/tasks/{task}/annotations/") == []
    project, (other,) = editor.project(MANY, {"image": image}, title="Many labels")
    editor.open(project, other).press("r")
    editor.page.get_by_label("Find a label").fill("kind 19")
    expect(editor.page.get_by_label("Labels of box").get_by_role("button")).to_have_count(1)
    swatch = editor.page.locator(".label:visible .label__swatch")
    assert swatch.evaluate("(el) => getComputedStyle(el).backgroundColor") == "rgb(18, 25, 86)"
    editor.surface.focus()
    editor.drag((10, 10), (20, 20))
    assert editor.submit(other)[0]["value"]["rectanglelabels"] == []


def test_E10_nothing_changes_what_is_read_only(editor, tasks, admin):
    project, (*_, task, _) = tasks
    result = {"id": "p", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
              "original_width": 640, "original_height": 400, "image_rotation": 0, "score": 0.5,
              "value": {"x": 20, "y": 20, "width": 30, "height": 30, "rotation": 0, "rectanglelabels": ["Car"]}}
    admin.value("POST", "/api/predictions/", json={"task": task, "model_version": "m", "result": [result]})
    editor.open(project, task)
    editor.page.get_by_role("tab", name="m", exact=True).click()
    editor.page.wait_for_function("() => window.__editor.isComplete()")
    before = editor.results()
    assert before == [result]
    editor.click(30, 30)
    expect(editor.regions.first).to_have_attribute("aria-selected", "true")
    editor.drag((30, 30), (60, 60))
    editor.drag((20, 20), (10, 10))
    for key in ["2", "Delete", "Backspace", "Control+d", "Alt+l", "Alt+r", "Control+x", "Control+v", "Control+z",
                "ArrowLeft", "Alt+ArrowUp", "b", "r", "Control+Backspace", "Control+Enter"]:
        editor.press(key)
    editor.drag((5, 5), (15, 15))
    assert editor.results() == before
    expect(editor.page.get_by_role("button", name="Submit")).to_have_count(0)
    expect(editor.page.get_by_role("button", name=re.compile("^Car")).last).to_be_disabled()


def test_R7_undo_outlives_a_look_at_another_tab(editor, tasks, admin):
    project, (*_, task, _) = tasks
    editor.open(project, task)
    editor.page.get_by_role("tab", name="New").or_(editor.page.get_by_role("tab", name="Your draft")).first.click()
    editor.press("1")
    editor.drag((50, 50), (60, 60))
    editor.page.get_by_role("tab", name="m", exact=True).click()
    editor.page.get_by_role("tab").first.click()
    editor.expect_regions(1)
    editor.press("Control+z")
    editor.expect_regions(0)


def test_R1_moving_the_pointer_paints_the_topmost_layer_only(editor, tasks):
    project, (_, _, _, _, task, *_) = tasks
    editor.page.add_init_script("""(() => {
      window.__paints = {};
      const { clearRect } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.clearRect = function (...place) {
        const [, layer] = /surface__layer--(\\w+)/.exec(this.canvas.className) ?? [];
        if (layer) window.__paints[layer] = (window.__paints[layer] ?? 0) + 1;
        return clearRect.apply(this, place);
      };
    })()""")
    editor.open(project, task).press("1")
    editor.drag((20, 20), (40, 40))
    editor.expect_regions(1)
    editor.page.wait_for_timeout(300)
    editor.page.evaluate("() => { window.__paints = {}; }")
    for x in range(30, 70, 4):
        editor.move(x, 60)
    paints = editor.page.evaluate("() => window.__paints")
    assert paints.get("interaction", 0) > 3
    assert "media" not in paints and "regions" not in paints, paints


def test_R4_masks_are_the_business_of_a_worker(editor, tasks):
    project, (_, _, _, _, _, task, *_) = tasks
    editor.open(project, task).press("4")
    editor.drag((20, 20), (60, 60))
    editor.expect_regions(1)
    editor.page.wait_for_function("() => document.querySelector('.save-state').dataset.state === 'saved'")
    assert any("mask-worker" in worker.url for worker in editor.page.workers)
