"""The editor around the image: lists, relations, tabs, clipboard, conditions, keys."""

import re

import pytest
from editing import picture
from playwright.sync_api import expect
from pytest import approx

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/><Label value="Wheel"/></RectangleLabels>
<Relations><Relation value="part of"/><Relation value="next to"/></Relations>
<Choices name="state" toName="image" perRegion="true" required="true" whenLabelValue="Car"
 visibleWhen="region-selected"><Choice value="moving"/><Choice value="parked"/></Choices>
<Choices name="light" toName="image"><Choice value="day"/><Choice value="night"/></Choices>
<View visibleWhen="choice-selected" whenTagName="light" whenChoiceValue="night">
<Header value="Look for lamps"/></View></View>"""
PLAIN = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/><Label value="Wheel"/></RectangleLabels></View>"""
PAGES = """<View><Image name="image" valueList="$pages"/>
<RectangleLabels name="box" toName="image"><Label value="Word"/></RectangleLabels>
<Choices name="kind" toName="image" perItem="true"><Choice value="letter"/><Choice value="bill"/></Choices>
</View>"""


def box(name, x, y, label="Car", **more):
    return {"id": name, "from_name": "box", "to_name": "image", "type": "rectanglelabels",
            "original_width": 640, "original_height": 400, "image_rotation": 0, "origin": "manual",
            "value": {"x": x, "y": y, "width": 10, "height": 10, "rotation": 0,
                      "rectanglelabels": [label]}, **more}


@pytest.fixture(scope="module")
def image(media_root):
    return picture(media_root / "shell", "disc.png")


@pytest.fixture(scope="module")
def tasks(shared_editor, image):
    return shared_editor.project(CONFIG, *[{"image": image}] * 4, title="Shell")


@pytest.fixture(scope="module")
def plain(shared_editor, image):
    return shared_editor.project(PLAIN, *[{"image": image}] * 8, title="Plain shell")


def annotate(admin, task, *results):
    return admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": list(results)})


def stored(admin, task):
    return admin.value("GET", f"/api/tasks/{task}/annotations/")[-1]["result"]


def test_E7_a_relation_is_made_by_a_key_and_two_clicks_turned_labeled_deleted(editor, tasks, admin):
    project, (task, *_) = tasks
    annotate(admin, task, box("wheel", 20, 20, "Wheel"), box("car", 60, 60, "Wheel"))
    editor.open(project, task).press("Alt+r")
    editor.click(25, 25)
    editor.click(65, 65)
    relations = editor.page.get_by_role("listitem").filter(has=editor.page.get_by_title("Change the direction"))
    expect(relations).to_have_count(1)
    expect(editor.page.locator(".relation__line")).to_have_count(1)
    editor.page.get_by_title("Change the direction").click()
    editor.page.get_by_role("button", name="part of").click()
    *_, relation = editor.submit(task)
    assert relation == {"from_id": "wheel", "to_id": "car", "type": "relation",
                        "direction": "left", "labels": ["part of"]}
    editor.open(project, task)
    editor.page.get_by_role("button", name="Hide all relations").click()
    expect(editor.page.locator(".relation__line")).to_have_count(0)
    editor.page.get_by_role("button", name="Delete the relation").click()
    expect(relations).to_have_count(0)
    editor.press("Control+z")
    # A region takes its relations along.
    editor.click(25, 25)
    editor.press("Delete")
    assert [r["id"] for r in editor.results()] == ["car"]


def test_E6_questions_about_a_region_and_what_shows_when(editor, tasks):
    project, (_, task, *_) = tasks
    editor.open(project, task)
    lamps = editor.page.get_by_text("Look for lamps")
    expect(lamps).to_be_hidden()
    editor.page.get_by_label("night").check()
    expect(lamps).to_be_visible()
    expect(editor.page.get_by_label("parked")).to_be_hidden()
    editor.press("1")
    editor.drag((20, 20), (30, 30))
    expect(editor.page.get_by_label("parked")).to_be_visible()
    editor.press("Escape", "Escape", "Control+Enter")
    # The question was not answered: it says so and shows where.
    expect(editor.page.locator(".toast").last).to_contain_text("must be answered")
    expect(editor.regions.first).to_have_attribute("aria-selected", "true")
    editor.page.get_by_label("parked").check()
    results = editor.submit(task)
    answer = next(r for r in results if r["from_name"] == "state")
    region = next(r for r in results if r["from_name"] == "box")
    assert answer["id"] == region["id"] and answer["value"]["choices"] == ["parked"]
    assert answer["value"]["width"] == approx(region["value"]["width"])


def test_E3_regions_are_grouped_nested_ordered_noted_locked_and_hidden(editor, plain, admin):
    project, (task, *_) = plain
    annotate(admin, task, box("a", 10, 10, score=0.4), box("b", 30, 10, "Wheel", score=0.9),
             box("c", 50, 10, score=0.7))
    editor.open(project, task)
    expect(editor.regions.first).to_contain_text("0.40")
    editor.page.get_by_label("Sort regions").select_option("By score")
    expect(editor.regions.first).to_contain_text("0.90")
    editor.page.get_by_label("Group regions").select_option("By label")
    expect(editor.page.locator(".regions__group")).to_have_text(["Wheel1", "Car2"])
    editor.page.get_by_label("Group regions").select_option("Not grouped")
    editor.page.get_by_label("Sort regions").select_option("In drawing order")
    expect(editor.regions.first).to_contain_text("0.40")
    # By keys: the last one up to the top, and the second one into the first.
    editor.regions.nth(2).click()
    editor.press("Alt+ArrowUp", "Alt+ArrowUp")
    assert [r["id"] for r in editor.results()] == ["c", "a", "b"]
    editor.regions.nth(1).click()
    editor.page.get_by_role("listbox", name="Regions").focus()
    editor.press("Alt+ArrowRight")
    assert editor.results()[1]["parentID"] == "c"
    # By pointer: onto the lower edge of another row.
    expect(editor.regions.nth(2)).to_contain_text("Wheel")
    editor.regions.nth(2).drag_to(editor.regions.nth(0), target_position={"x": 60, "y": 3})
    assert [r["id"] for r in editor.results()][0] == "b"
    expect(editor.regions.first).to_contain_text("Wheel")
    editor.regions.nth(0).click()
    expect(editor.regions.first).to_have_attribute("aria-selected", "true")
    editor.press("Alt+m")
    editor.page.keyboard.type("bent\nrusty")
    editor.press("Tab", "Alt+l")
    result = next(r for r in editor.results() if r["id"] == "b")
    assert result["meta"] == {"text": ["bent", "rusty"]} and result["readonly"] is True
    editor.press("Alt+Shift+H")
    expect(editor.page.locator(".region--hidden")).to_have_count(2)
    results = editor.submit(task)
    assert next(r for r in results if r["id"] == "a")["parentID"] == "c"


def test_E9_regions_are_copied_pasted_moved_and_deleted_together(editor, plain, admin):
    project, (_, task, other, *_) = plain
    annotate(admin, task, box("a", 10, 10), box("b", 30, 10, "Wheel"))
    editor.open(project, task)
    editor.drag((5, 5), (45, 25))  # a marquee around both
    editor.press("Control+c", "Control+v")
    editor.expect_regions(4)
    copy = editor.results()[2]
    assert copy["value"]["x"] == approx(11.5) and copy["id"] not in ("a", "b")
    # The pasted ones are selected: they move and go together.
    editor.press("Shift+ArrowRight")
    assert editor.results()[3]["value"]["x"] == approx(31.5 + 10 / 6.4)
    editor.press("Delete")
    editor.expect_regions(2)
    editor.drag((5, 5), (45, 25))
    editor.press("Control+c")
    editor.open(project, other).press("Control+v")
    editor.expect_regions(2)
    first, second = editor.results()
    assert (first["value"]["x"], second["value"]["rectanglelabels"]) == (10, ["Wheel"])
    editor.press("Control+d")
    editor.expect_regions(4)
    editor.press("Control+z", "Control+z")
    editor.expect_regions(0)


def test_E2_predictions_are_copied_annotations_starred_compared_and_told_apart(editor, plain, admin):
    project, (*_, task, _) = plain
    made = annotate(admin, task, box("a", 10, 10))
    admin.value("PATCH", f"/api/annotations/{made['id']}/", json={"result": [box("a", 20, 10)]})
    admin.value("POST", "/api/predictions/", json={
        "task": task, "model_version": "finder", "score": 0.8,
        "result": [box("p", 50, 50, "Wheel", origin="prediction")]})
    editor.open(project, task)
    page = editor.page
    more = page.get_by_role("button", name="More for this annotation")
    more.click()
    page.get_by_role("menuitem", name="Set as ground truth").click()
    expect(page.get_by_role("tab", selected=True)).to_contain_text("★")
    assert admin.value("GET", f"/api/annotations/{made['id']}/")["ground_truth"] is True
    more.click()
    page.get_by_role("menuitem", name="Compare with “finder”").click()
    expect(page.get_by_role("application", name="Image")).to_have_count(2)
    more.click()
    page.get_by_role("menuitem", name="End the comparison").click()
    expect(page.get_by_role("application", name="Image")).to_have_count(1)
    more.click()
    page.get_by_role("menuitem", name="History").click()
    page.get_by_role("dialog").get_by_role("button", name="Show").first.click()
    assert editor.results()[0]["value"]["x"] == 10
    # The state is read-only: nothing can be drawn over it.
    editor.press("1")
    editor.drag((60, 60), (80, 80))
    editor.expect_regions(1)
    page.get_by_role("tab", name="finder").click()
    more.click()
    page.get_by_role("menuitem", name="Copy into a new annotation").click()
    editor.expect_regions(1)
    with page.expect_response(lambda r: "/annotations/" in r.url and r.request.method == "POST") as sent:
        editor.press("Control+Enter")
    copied = sent.value.json()
    assert copied["result"][0]["id"] == "p" and copied["parent_prediction"] is not None
    more.click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("tab", name=f"Annotation {copied['id']}")).to_have_count(0)


def test_I6_pages_have_their_own_regions_and_answers(editor, media_root):
    pages = [picture(media_root / "pages", f"{i}.png", (300 + 100 * i, 400)) for i in range(3)]
    project, (task,) = editor.project(PAGES, {"pages": pages}, title="Pages")
    editor.open(project, task).press("1")
    editor.drag((20, 20), (50, 40))
    editor.page.get_by_label("bill").check()
    editor.surface.focus()
    editor.press("Control+ArrowRight", "Control+ArrowRight")
    expect(editor.page.get_by_text("3 / 3")).to_be_visible()
    editor.page.wait_for_function("() => window.__editor.transforms().length === 1")
    expect(editor.page.get_by_label("bill")).not_to_be_checked()
    editor.drag((20, 20), (50, 40))
    results = editor.submit(task)
    boxes = [r for r in results if r["type"] == "rectanglelabels"]
    assert [(r["item_index"], r["original_width"]) for r in boxes] == [(0, 300), (2, 500)]
    answer = next(r for r in results if r["type"] == "choices")
    assert answer["item_index"] == 0 and answer["value"]["choices"] == ["bill"]
    editor.open(project, task)
    editor.regions.nth(1).click()
    expect(editor.page.get_by_text("3 / 3")).to_be_visible()
    editor.page.get_by_role("button", name="Image 1").click()
    expect(editor.page.get_by_label("bill")).to_be_checked()


def test_I1_the_view_is_turned_zoomed_and_adjusted(editor, plain):
    project, (_, _, _, task, *_) = plain
    editor.open(project, task)
    editor.surface.focus()
    before = editor.pixel(50, 50)
    (fitted,) = editor.page.evaluate("() => window.__editor.transforms()")
    editor.press("Alt+ArrowRight")
    (turned,) = editor.page.evaluate("() => window.__editor.transforms()")
    assert turned["turn"] == 1 and editor.pixel(50, 50) == before
    editor.press("1")
    editor.drag((20, 20), (40, 60))
    (result,) = editor.results()
    value = result["value"]
    assert (value["x"], value["y"]) == approx((20, 20), abs=0.6) and result["image_rotation"] == 90
    assert (value["width"], value["height"]) == approx((20, 40), abs=0.8)
    editor.press("Control+z", "Alt+ArrowLeft", "Shift+Digit1")
    (again,) = editor.page.evaluate("() => window.__editor.transforms()")
    assert again == fitted
    # The point under the pointer stays while the wheel zooms.
    editor.press("Escape")
    editor.move(30, 40)
    x, y = editor.at(30, 40)
    editor.page.mouse.wheel(0, -400)
    editor.page.wait_for_function(
        "(scale) => window.__editor.transforms()[0].scale > scale * 1.2", arg=fitted["scale"])
    assert editor.at(30, 40) == approx((x, y), abs=1)
    expect(editor.page.locator(".surface__minimap")).to_be_visible()
    expect(editor.page.locator(".surface__readout")).to_contain_text(
        re.compile("19[12], (159|160)  #[0-9a-f]{6}"))
    editor.press("Shift+Digit1")
    editor.page.get_by_role("button", name="Look of the image").click()
    editor.page.get_by_label("Invert").check()
    red, green, blue = editor.pixel(50, 50)
    assert (red, green, blue) == approx((255 - before[0], 255 - before[1], 255 - before[2]), abs=3)
    editor.page.get_by_label("Grayscale").check()
    red, green, blue = editor.pixel(50, 50)
    assert abs(red - green) <= 2 and abs(green - blue) <= 2
    editor.page.get_by_role("button", name="Reset").click()
    editor.page.get_by_label("Gamma").fill("3")
    assert editor.pixel(50, 50)[1] > before[1] + 40
    editor.page.get_by_role("button", name="Reset").click()
    editor.page.get_by_role("button", name="Look of the image").click()
    assert editor.pixel(50, 50) == before
