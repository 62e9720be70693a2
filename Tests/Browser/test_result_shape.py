"""Every member of a result, as Label Studio has them: read, kept, changed, written."""

import pytest
from editing import picture
from playwright.sync_api import expect

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/><Label value="Bus"/></RectangleLabels></View>"""
WHOLE = {
    "id": "whole", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
    "origin": "prediction", "score": 0.87, "parentID": "parent", "readonly": False, "hidden": False,
    "original_width": 640, "original_height": 400, "image_rotation": 0, "meta": {"text": ["a note"]},
    "x-own": {"kept": 1.50},
    "value": {"x": 50, "y": 50, "width": 10, "height": 10, "rotation": 90, "rectanglelabels": ["Car"],
              "x-value": [1, 2]},
}
PARENT = {**WHOLE, "id": "parent", "origin": "manual", "parentID": None,
          "value": {"x": 5, "y": 5, "width": 10, "height": 10, "rotation": 0, "rectanglelabels": ["Bus"]}}


@pytest.fixture
def opened(editor, media_root):
    image = picture(media_root / "shape", "disc.png")
    project, (task,) = editor.project(CONFIG, {"image": image}, title="Shape")
    editor.admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": [WHOLE, PARENT]})
    editor.open(project, task)
    editor.expect_regions(2)
    editor.press("v")
    return task


def result(editor, name):
    return next(r for r in editor.results() if r["id"] == name)


def test_R11_a_result_opens_with_all_its_members(editor, opened):
    assert editor.results() == [WHOLE, PARENT]
    # Turned clockwise about its top left corner, by 90 degrees it lies left of that corner.
    editor.click(53, 53)
    expect(editor.page.get_by_role("option", selected=True).locator("visible=true")).to_have_count(0)
    editor.click(48, 53)
    option = editor.regions.and_(editor.page.get_by_role("option", selected=True))
    expect(option).to_have_count(1)
    expect(option).to_contain_text("Car")


def test_R11_a_change_touches_what_it_changes_and_nothing_else(editor, opened):
    editor.click(48, 53)
    editor.surface.focus()
    editor.press("ArrowRight")
    changed = result(editor, "whole")
    assert changed["value"]["x"] == pytest.approx(50 + 100 / 640, abs=1e-6)
    assert changed["origin"] == "prediction-changed"
    same = {**changed, "origin": "prediction", "value": {**changed["value"], "x": 50}}
    assert same == WHOLE
    assert result(editor, "parent") == PARENT


def test_R11_a_new_result_has_every_member_it_needs(editor, opened):
    editor.press("1")
    editor.drag((60, 20), (80, 40))
    editor.expect_regions(3)
    (made,) = [r for r in editor.submit(opened) if r["id"] not in ("whole", "parent")]
    assert {k: v for k, v in made.items() if k not in ("id", "value")} == {
        "from_name": "box", "to_name": "image", "type": "rectanglelabels", "origin": "manual",
        "original_width": 640, "original_height": 400, "image_rotation": 0}
    assert made["id"] and made["value"]["rectanglelabels"] == ["Car"]
    expected = {"x": 60, "y": 20, "width": 20, "height": 20, "rotation": 0}
    assert {k: made["value"][k] for k in expected} == pytest.approx(expected, abs=0.3)
