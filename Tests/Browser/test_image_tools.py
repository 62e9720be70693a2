"""Every kind of shape on an image: drawn, reshaped, undone, stored as Label Studio does."""

import random
import re

import numpy
import pytest
from editing import picture
from label_studio_sdk.converter.brush import decode_rle, encode_rle
from playwright.sync_api import expect
from pytest import approx

SHAPES = """<View><Image name="image" value="$image"/>
<EllipseLabels name="disc" toName="image"><Label value="Cell"/></EllipseLabels>
<KeyPointLabels name="point" toName="image"><Label value="Eye"/></KeyPointLabels>
<VectorLabels name="path" toName="image" closable="true" curves="true"><Label value="Road"/></VectorLabels>
<PolygonLabels name="outline" toName="image"><Label value="Roof"/></PolygonLabels>
<RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels></View>"""
MASKS = """<View><Image name="image" value="$image"/>
<BrushLabels name="brush" toName="image"><Label value="Lake"/><Label value="Land"/></BrushLabels>
<BitmaskLabels name="bits" toName="image"><Label value="Snow"/></BitmaskLabels></View>"""
WAND = """<View><Image name="image" value="$image"/><Labels name="what" toName="image">
<Label value="Disc"/></Labels><MagicWand name="wand" toName="image"/></View>"""


@pytest.fixture(scope="module")
def image(media_root):
    return picture(media_root / "shapes", "disc.png")


@pytest.fixture(scope="module")
def shapes(shared_editor, image):
    return shared_editor.project(SHAPES, *[{"image": image}] * 8, title="Shapes")


@pytest.fixture(scope="module")
def masks(shared_editor, image):
    return shared_editor.project(MASKS, *[{"image": image}] * 6, title="Masks")


def test_I4_an_ellipse_is_drawn_turned_and_stored(editor, shapes):
    project, tasks = shapes
    editor.open(project, tasks[0]).press("1", "o")
    editor.drag((20, 20), (60, 50))
    editor.expect_regions(1)
    editor.press("v")
    editor.click(40, 35)
    # Its turning handle stands above it; with shift it goes in steps of 15 degrees.
    editor.page.keyboard.down("Shift")
    editor.drag((40, 14), (60, 30))
    editor.page.keyboard.up("Shift")
    (result,) = editor.submit(tasks[0])
    value = result["value"]
    assert result["type"] == "ellipselabels" and value["ellipselabels"] == ["Cell"]
    assert (value["x"], value["y"]) == approx((40, 35), abs=0.6)
    assert (value["radiusX"], value["radiusY"]) == approx((20, 15), abs=0.6)
    assert value["rotation"] % 15 == 0 and value["rotation"] > 0
    assert result["original_width"] == 640 and result["image_rotation"] == 0


def test_I4_a_key_point_has_a_size(editor, shapes):
    project, tasks = shapes
    editor.open(project, tasks[1]).press("2", "k")
    editor.click(30, 40)
    editor.press("]", "]")
    editor.click(60, 40)
    first, second = editor.submit(tasks[1])
    assert (first["value"]["x"], first["value"]["y"]) == approx((30, 40), abs=0.5)
    assert first["value"]["width"] == 2 and second["value"]["width"] > 2
    assert first["value"]["keypointlabels"] == ["Eye"]


def test_I3_a_vector_bends_where_it_is_pulled(editor, shapes):
    project, tasks = shapes
    editor.open(project, tasks[2]).press("3")
    editor.click(20, 30)
    editor.drag((50, 30), (60, 20))
    editor.click(80, 60)
    editor.press("Enter")
    editor.expect_regions(1)
    # A vertex is put into the middle of the straight first half, and taken out again.
    editor.press("v")
    editor.click(80, 60)
    (result,) = editor.results()
    before = result["value"]["vertices"]
    assert [v.get("isBezier") for v in before] == [False, True, False]
    assert before[1]["controlPoint2"]["x"] == approx(60, abs=0.6)
    assert [v.get("prevPointId") for v in before] == [None, before[0]["id"], before[1]["id"]]
    (stored,) = editor.submit(tasks[2])
    assert stored["value"]["vertices"] == before and stored["value"]["closed"] is False


def test_I3_a_polygon_is_drawn_freehand_and_simplified(editor, shapes):
    project, tasks = shapes
    editor.open(project, tasks[3]).press("4")
    corners = [(20, 20), (60, 20), (60, 60), (20, 60), (20, 21)]
    editor.drag(*corners, steps=12)
    editor.expect_regions(1)
    (result,) = editor.results()
    points = result["value"]["points"]
    assert result["value"]["closed"] and 4 <= len(points) <= 12, points
    for corner in corners[:4]:
        assert min(abs(x - corner[0]) + abs(y - corner[1]) for x, y in points) < 3


def test_I3_vertices_are_inserted_moved_together_snapped_and_deleted(editor, shapes):
    project, tasks = shapes
    editor.open(project, tasks[4]).press("4")
    for corner in [(20, 20), (40, 20), (40, 40), (20, 40)]:
        editor.click(*corner)
    editor.press("Enter")
    editor.click(70, 20)
    editor.click(90, 20)
    editor.click(90, 50)
    editor.press("Enter")
    editor.expect_regions(2)
    editor.press("v")
    editor.click(30, 30)
    editor.drag((30, 20), (30, 10))  # the middle of an edge
    (first, _) = editor.results()
    assert len(first["value"]["points"]) == 5
    editor.page.keyboard.down("Shift")
    editor.click(40, 20)
    editor.click(40, 40)
    editor.page.keyboard.up("Shift")
    editor.drag((40, 40), (50, 40))  # both go
    (first, _) = editor.results()
    xs = sorted(x for x, _ in first["value"]["points"])
    assert xs[-2:] == approx([50, 50], abs=0.6), xs
    editor.press("Escape")
    editor.click(40, 30)
    editor.drag((50, 20), (70.4, 20.4))  # near a corner of the other one: exactly onto it
    first, second = editor.results()
    assert second["value"]["points"][0] in first["value"]["points"]
    count = len(first["value"]["points"])
    editor.page.keyboard.down("Alt")
    editor.click(30, 10)
    editor.page.keyboard.up("Alt")
    assert len(editor.results()[0]["value"]["points"]) == count - 1
    for _ in range(4):
        editor.press("Control+z")
    assert len(editor.results()[0]["value"]["points"]) == 4


def test_I2_rectangles_by_three_points_from_the_center_and_square(editor, shapes):
    project, tasks = shapes
    editor.open(project, tasks[5]).press("5", "Shift+R")
    editor.click(20, 40)
    editor.click(40, 20)
    editor.click(55, 45)
    editor.press("r")
    editor.page.keyboard.down("Alt")
    editor.drag((70, 70), (80, 80))
    editor.page.keyboard.up("Alt")
    editor.page.keyboard.down("Shift")
    editor.drag((10, 70), (30, 75))
    editor.page.keyboard.up("Shift")
    editor.expect_regions(3)
    turned, centered, square = [r["value"] for r in editor.results()]
    assert (turned["x"], turned["y"]) == approx((20, 40), abs=0.6) and turned["rotation"] > 300
    assert (centered["x"], centered["width"]) == approx((60, 20), abs=0.8)
    assert square["width"] * 640 == approx(square["height"] * 400, rel=0.02)
    # Nudges are pixels of the image: one, and ten with shift.
    editor.press("v")
    editor.click(70, 70)
    editor.press("ArrowRight", "Shift+ArrowDown")
    moved = editor.results()[1]["value"]
    assert (moved["x"] - centered["x"]) * 6.4 == approx(1, abs=0.01)
    assert (moved["y"] - centered["y"]) * 4 == approx(10, abs=0.01)


def alpha(result):
    pixels = numpy.array(decode_rle(result["value"]["rle"]))
    return pixels.reshape(result["original_height"], result["original_width"], 4)[:, :, 3]


def test_I4_a_brush_paints_erases_and_stores_what_the_sdk_reads(editor, masks):
    project, tasks = masks
    editor.open(project, tasks[0]).press("1", "b")
    editor.drag((20, 50), (80, 50))
    editor.expect_regions(1)
    editor.drag((50, 20), (50, 80))  # goes on with the same region
    editor.expect_regions(1)
    editor.press("e")
    editor.drag((20, 50), (30, 50))
    editor.press("Control+z", "Control+Shift+KeyZ")
    (result,) = editor.submit(tasks[0])
    assert result["type"] == "brushlabels" and result["value"]["format"] == "rle"
    mask = alpha(result)
    assert mask[200, 400] == 255 and mask[100, 320] == 255
    assert mask[200, 140] == 0 and mask[100, 400] == 0
    # The very bytes that the SDK writes for this mask.
    again = encode_rle(numpy.repeat(mask.reshape(-1), 4))
    assert list(again) == result["value"]["rle"]


def test_R7_undo_of_strokes_ends_where_it_began(editor, masks):
    project, tasks = masks
    editor.open(project, tasks[1]).press("2", "b")
    texts = []
    for i in range(12):
        editor.drag((10 + 5 * i, 20), (12 + 5 * i, 80), steps=2)
        texts.append(editor.page.evaluate("() => window.__editor.resultText()"))
    for i in reversed(range(11)):
        editor.press("Control+z")
        assert editor.page.evaluate("() => window.__editor.resultText()") == texts[i]
    editor.press("Control+z")
    assert editor.results() == []
    for text in texts:
        editor.press("Control+Shift+KeyZ")
        assert editor.page.evaluate("() => window.__editor.resultText()") == text


# Label, then tool, as keys; and how many pages of gestures each is tried with.
BY_KEYS = {"ellipse": "1o", "key point": "2k", "vector": "3", "polygon": "4", "rectangle": "5"}
PAINTING = {"brush": "1b", "bitmask": "3b"}


@pytest.mark.parametrize("tool", [*BY_KEYS, *PAINTING])
def test_R7_random_gestures_are_undone_to_the_start_and_done_again(editor, shapes, masks, tool):
    """A short one through the page; `tool-property.test.js` goes through 500 for each tool."""
    chance = random.Random(tool)
    place = lambda: (chance.randrange(5, 95), chance.randrange(5, 95))  # noqa: E731
    text = lambda: editor.page.evaluate("() => window.__editor.resultText()")  # noqa: E731
    project, tasks = masks if tool in PAINTING else shapes
    editor.open(project, tasks[-1]).press(*{**BY_KEYS, **PAINTING}[tool])
    for _ in range(8):
        editor.press(*{**BY_KEYS, **PAINTING}[tool])
        if chance.random() < 0.3:
            editor.press("v")
        for _ in range(chance.randrange(2, 5)):
            if chance.random() < 0.5:
                editor.drag(place(), place(), steps=2)
            else:
                editor.click(*place())
        editor.press(chance.choice(["Enter", "Escape", "Enter", "ArrowLeft", "Control+d"]), "Escape")
    end = text()
    assert end != "[]"
    # More than there can be steps: one gesture is one step.
    editor.press(*["Control+z"] * 60)
    assert text() == "[]"
    editor.press(*["Control+Shift+KeyZ"] * 60)
    assert text() == end
    editor.press(*["Control+z"] * 60)
    expect(editor.regions).to_have_count(0)


def test_I4_a_mask_is_read_shown_and_kept_byte_for_byte(editor, masks, admin):
    project, tasks = masks
    painted = numpy.zeros((400, 640), dtype=numpy.uint8)
    painted[100:300, 200:400] = 255
    result = {"id": "mask1", "from_name": "brush", "to_name": "image", "type": "brushlabels",
              "original_width": 640, "original_height": 400, "image_rotation": 0,
              "value": {"format": "rle", "rle": encode_rle(numpy.repeat(painted.reshape(-1), 4)),
                        "brushlabels": ["Lake"]}}
    result["value"]["rle"] = [int(one) for one in result["value"]["rle"]]
    admin.value("POST", f"/api/tasks/{tasks[2]}/annotations/", json={"result": [result]})
    editor.open(project, tasks[2])
    expect(editor.regions.first).to_contain_text("40,000 px")
    inside, outside = editor.pixel(50, 50), editor.pixel(50, 10)
    assert inside != outside
    assert editor.results() == [result]


def test_I4_a_bitmask_is_a_png_and_a_fill_closes_it(editor, masks):
    import base64
    import io

    from PIL import Image

    project, tasks = masks
    editor.open(project, tasks[3]).press("3", "b")
    editor.drag((30, 30), (70, 30), (70, 70), (30, 70), (30, 30))
    editor.expect_regions(1)
    editor.press("Shift+B")
    editor.click(50, 50)
    editor.page.wait_for_function("() => document.querySelector('[aria-label=\\'Undo: Fill\\']')")
    (result,) = editor.submit(tasks[3])
    assert result["type"] == "bitmasklabels"
    head, _, body = result["value"]["imageDataURL"].partition(",")
    assert head == "data:image/png;base64"
    mask = numpy.array(Image.open(io.BytesIO(base64.b64decode(body))).convert("RGBA"))[:, :, 3]
    assert mask.shape == (400, 640) and mask[200, 320] == 255 and mask[20, 20] == 0


def test_I4_the_magic_wand_finds_the_disc(editor, image):
    project, tasks = editor.project(WAND, {"image": image}, title="Wand")
    editor.open(project, tasks[0]).press("1", "w")
    editor.click(50, 50)
    editor.expect_regions(1)
    stored = editor.submit(tasks[0])
    wand = next(r for r in stored if r["type"] == "magicwand")
    labels = next(r for r in stored if r["type"] == "labels")
    assert labels["id"] == wand["id"] and labels["value"]["labels"] == ["Disc"]
    mask = alpha(wand)
    assert mask[200, 320] == 255 and (mask > 0).sum() == approx(3.14159 * 60 * 60, rel=0.05)


def test_I4_tools_of_masks_are_in_the_toolbar(editor, masks):
    project, tasks = masks
    editor.open(project, tasks[4])
    tools = editor.page.get_by_role("toolbar", name="Tools")
    for name in ["Brush", "Eraser", "Fill"]:
        expect(tools.get_by_role("button", name=name)).to_be_visible()
    tools.get_by_role("button", name="Brush").click()
    slider = editor.page.get_by_label(re.compile("^Size"))
    expect(slider).to_be_visible()
    before = slider.input_value()
    editor.press("]")
    assert float(slider.input_value()) > float(before)
