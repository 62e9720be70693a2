"""Tags that arrange, panes that move, and what must hold at every size."""

import re

import pytest
from editing import picture
from playwright.sync_api import expect
from pytest import approx

FOLDED = """<View className="mine"><Style>.mine { outline: 3px solid rgb(1, 2, 3); } body { display: none; }</Style>
<Header value="Title &lt;b&gt;$name" size="2"/>
<Collapse accordion="true"><Panel value="First part"><Header value="inside one"/></Panel>
<Panel value="Second part"><Header value="inside two"/></Panel></Collapse>
<Repeater on="$pictures" mode="pagination"><Image name="image_{{idx}}" value="$pictures[{{idx}}]"/>
<Filter name="find_{{idx}}" toName="box_{{idx}}" minLength="2"/>
<RectangleLabels name="box_{{idx}}" toName="image_{{idx}}"><Label value="Car"/><Label value="Bus"/>
<Label value="Cart"/></RectangleLabels></Repeater>
</View>"""
PLAIN = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels></View>"""
OCR = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Text"/></RectangleLabels>
<TextArea name="transcription" toName="image" perRegion="true" editable="true" required="true"
 displayMode="region-list"/></View>"""


@pytest.fixture(scope="module")
def image(media_root):
    return picture(media_root / "layout", "disc.png")


@pytest.fixture(scope="module")
def plain(shared_editor, image):
    return shared_editor.project(PLAIN, *[{"image": image}] * 5, title="Panes")


def test_E12_layout_tags_fold_repeat_and_filter(editor, image):
    project, (task,) = editor.project(
        FOLDED, {"name": "of mine", "pictures": [image, image, image]}, title="Folded")
    page = editor.open(project, task).page
    expect(page.get_by_role("heading", name="Title <b>of mine")).to_be_visible()
    # A config's style reaches its own part of the page and nothing else.
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    assert page.locator(".mine").evaluate("(el) => getComputedStyle(el).outlineColor") == "rgb(1, 2, 3)"
    expect(page.get_by_text("inside one")).to_be_hidden()
    page.get_by_text("First part").click()
    expect(page.get_by_text("inside one")).to_be_visible()
    page.get_by_text("Second part").click()
    expect(page.get_by_text("inside one")).to_be_hidden()
    page.get_by_label("Quick Filter").first.fill("car")
    expect(page.get_by_label("Labels of box_0").get_by_role("button", name=re.compile("^Bus"))).to_be_hidden()
    expect(page.get_by_label("Labels of box_0").get_by_role("button", name=re.compile("^Cart"))).to_be_visible()
    expect(page.get_by_text("1 / 3")).to_be_visible()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("2 / 3")).to_be_visible()
    page.get_by_role("button", name="Previous page").click()
    page.get_by_label("Labels of box_0").get_by_role("button", name=re.compile("^Car")).first.click()
    x, y = editor.at(20, 20)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.up()
    assert editor.results()[0]["to_name"] == "image_0"


def test_I7_tab_transcribes_regions_in_the_order_of_reading(editor, image):
    project, (task,) = editor.project(OCR, {"image": image}, title="Reading")
    page = editor.open(project, task).page
    editor.press("1")
    places = {"three": (10, 60), "two": (60, 12), "one": (10, 10)}
    for x, y in places.values():
        editor.drag((x, y), (x + 20, y + 15))
    editor.expect_regions(3)
    page.get_by_label("Sort").select_option("As it is read")
    editor.press("v")
    editor.click(20, 17)
    expect(editor.regions.first).to_have_attribute("aria-selected", "true")
    field = page.get_by_role("textbox", name="transcription", exact=True)
    field.focus()
    for text in ("one", "two", "three"):
        page.keyboard.type(text)
        if text != "three":
            editor.press("Tab")
            expect(field).to_be_focused()
    editor.press("Enter", "Shift+Tab", "Shift+Tab")
    # Back to the first region; before it Tab goes where it goes everywhere.
    expect(editor.regions.first).to_have_attribute("aria-selected", "true")
    editor.press("Shift+Tab")
    expect(field).not_to_be_focused()
    results = editor.submit(task)
    boxes = {one["id"]: (round(one["value"]["x"]), round(one["value"]["y"])) for one in results
             if one["type"] == "rectanglelabels"}
    said = {one["value"]["text"][0]: boxes[one["id"]] for one in results if one["type"] == "textarea"}
    assert {text: approx(place, abs=1) for text, place in places.items()} == said


def test_E1_panes_are_resized_folded_and_remembered(editor, plain):
    project, (task, *_) = plain
    page = editor.open(project, task).page
    panel = page.get_by_role("complementary", name="Regions")
    before = panel.bounding_box()["width"]
    page.get_by_role("separator").focus()
    editor.press("ArrowLeft", "ArrowLeft")
    assert panel.bounding_box()["width"] > before
    wide = panel.bounding_box()["width"]
    editor.open(project, task)
    assert panel.bounding_box()["width"] == wide
    page.get_by_role("button", name="Hide the panel").click()
    expect(panel).to_be_hidden()
    editor.open(project, task)
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="Show the panel").click()
    expect(panel).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (820, 1180)])
def test_E1_everything_is_reached_at_every_size(editor, plain, size):
    project, (task, *_) = plain
    page = editor.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        editor.open(project, task)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        editor.press("1")
        editor.drag((20, 20), (40, 40))
        editor.expect_regions(1)
        expect(page.get_by_role("button", name="Submit")).to_be_in_viewport()
        editor.regions.first.scroll_into_view_if_needed()
        expect(editor.regions.first).to_be_in_viewport()
        editor.press("Control+z")
    finally:
        page.set_viewport_size({"width": 1280, "height": 800})


def test_E5_the_tool_stays_and_draws_over_shapes(editor, plain):
    project, (_, task, *_) = plain
    editor.open(project, task).press("1")
    for i in range(4):
        editor.drag((20 + i, 20 + i), (60 - i, 60 - i), steps=3)
    editor.expect_regions(4)
    expect(editor.page.get_by_role("dialog")).to_have_count(0)
    expect(editor.page.get_by_role("button", name="Rectangle", exact=True)).to_have_attribute("aria-pressed", "true")


def test_R6_a_drag_is_one_step_and_keys_in_a_row_are_one(editor, plain):
    project, (_, _, task, *_) = plain
    editor.open(project, task).press("1")
    editor.drag((20, 20), (40, 40))
    first = editor.results()
    editor.press("v")
    editor.click(30, 30)
    editor.drag((30, 30), (50, 50), (55, 40), (60, 60))
    assert editor.results() != first
    editor.press("Control+z")
    assert editor.results() == first
    editor.press(*["ArrowRight"] * 5)
    editor.press("Control+z")
    assert editor.results() == first


def test_R10_unknown_attributes_results_and_tags_come_back_as_they_were(editor, admin, image):
    project = admin.make_project("Unknown", PLAIN.replace("<View>", '<View odd="yes">'))
    task = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                       json=[{"image": image}])["task_ids"][0]
    result = [{"id": "a", "from_name": "box", "to_name": "image", "type": "rectanglelabels", "odd": [1.50],
               "original_width": 640, "original_height": 400, "image_rotation": 0,
               "value": {"x": 10.0, "y": 10, "width": 10, "height": 10, "rotation": 0, "rectanglelabels": ["Car"],
                         "strange": {"deep": [1, 2]}}},
              {"type": "relation", "from_id": "a", "to_id": "a", "direction": "right", "odd": {"n": 1.0}}]
    admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": result})
    editor.open(project, task)
    assert editor.results() == result
    editor.click(15, 15)
    editor.press("ArrowRight")
    stored = editor.submit(task)
    assert stored[1] == result[1] and stored[0]["odd"] == [1.5]
    assert stored[0]["value"]["strange"] == {"deep": [1, 2]}
    assert stored[0]["value"]["x"] > 10


def test_R9_a_stale_write_is_shown_and_nothing_is_overwritten(editor, plain, admin):
    project, (_, _, _, task, _) = plain
    made = admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": []})
    editor.open(project, task).press("1")
    editor.drag((20, 20), (40, 40))
    admin.value("PATCH", f"/api/annotations/{made['id']}/", json={"lead_time": 7})
    editor.press("Control+Enter")
    dialog = editor.page.get_by_role("dialog")
    expect(dialog).to_contain_text("This annotation has changed")
    assert admin.value("GET", f"/api/annotations/{made['id']}/")["result"] == []
    dialog.get_by_role("button", name="Replace theirs with mine").click()
    expect(editor.page.locator(".toast", has_text="Updated").first).to_be_visible()
    assert len(admin.value("GET", f"/api/annotations/{made['id']}/")["result"]) == 1


def test_R12_a_turned_photograph_is_turned_once_and_the_next_one_is_loaded_ahead(editor, media_root, admin):
    from PIL import Image

    folder = media_root / "exif"
    folder.mkdir()
    photo = Image.new("RGB", (600, 300), (20, 20, 20))
    photo.paste((220, 30, 30), (0, 0, 100, 100))  # shown turned: at the top right
    exif = Image.Exif()
    exif[274] = 6
    photo.save(folder / "turned.jpg", exif=exif, quality=95)
    picture(folder, "next.png")
    urls = [f"/data/local-files/?d=exif/{name}" for name in ("turned.jpg", "next.png")]
    project, (task, _) = editor.project(PLAIN, *[{"image": url} for url in urls], title="EXIF")
    with editor.page.expect_response(lambda r: "next.png" in r.url):
        editor.page.goto(f"/projects/{project}/label")
    editor.open(project, task)
    red = editor.pixel(90, 8)
    assert red[0] > 150 and red[1] < 90, red
    editor.press("1")
    editor.drag((67, 1), (99, 16))
    (result,) = editor.submit(task)
    assert (result["original_width"], result["original_height"]) == (300, 600)
