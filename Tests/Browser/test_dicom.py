"""The DICOM viewer, a plugin: scans decoded on the server, shown with all their bits, measured in millimeters."""

import json
import math
import platform
import re
import subprocess

import dicom_files
import pytest
from installation import ROOT
from PIL import Image
from playwright.sync_api import expect

PLUGIN = "org.postil.dicom-viewer"
CONFIG = """<View><RectangleLabels name="box" toName="scan"><Label value="Bone"/></RectangleLabels>
<DicomMeasure name="length" toName="scan"><Label value="Diameter"/></DicomMeasure>
<PolygonLabels name="outline" toName="scan"><Label value="Lesion"/></PolygonLabels>
<DicomViewer name="scan" value="$dicom"/>
<Choices name="finding" toName="scan"><Choice value="Normal"/><Choice value="Fracture"/></Choices></View>"""


def frames(daemon, scans, target, address):
    program = (daemon.dist / "lib/postil/plugins" / PLUGIN / "1.0.0/bin" / platform.machine() / "dicom-frames")
    done = subprocess.run([program, scans, target, address], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((target / "tasks.json").read_text())


@pytest.fixture(scope="module")
def phantom(daemon, media_root, tmp_path_factory):
    """The task of a series of three slices, packed without loss as JPEG."""
    scans = dicom_files.phantom(tmp_path_factory.mktemp("scans"), packing="jpeg-lossless")
    (task,) = frames(daemon, scans, media_root / "phantom", "/data/local-files/?d=phantom")
    return task


def make_task(editor, task, config=CONFIG):
    project = editor.admin.value("POST", "/api/projects/", json={
        "title": "Scans", "label_config": config, "enable_plugins": [PLUGIN]})["id"]
    made = editor.admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true", json=[task])
    return project, made["task_ids"][0]


def surface(editor):
    return editor.page.get_by_role("application", name="Scan")


@pytest.mark.parametrize("packing", [None, *dicom_files.PROGRAMS])
def test_G2_pixels_of_every_packing_are_decoded_without_loss(daemon, tmp_path, packing):
    scans = dicom_files.phantom(tmp_path / "scans", slices=2, packing=packing)
    (tmp_path / "scans" / "notes.txt").write_text("no DICOM file")
    (task,) = frames(daemon, scans, tmp_path / "out", "/data/local-files/?d=x")
    scan = task["data"]["dicom"]
    assert (scan["rows"], scan["columns"]) == (dicom_files.ROWS, dicom_files.COLUMNS)
    assert scan["spacing"] == list(dicom_files.SPACING) and scan["window"] == [40, 400]
    assert scan["title"] == "CT Phantom" and scan["unit"] == "HU"
    assert "Doe" not in json.dumps(task)
    # Sorted by where they lie, not by name or number.
    for n, address in enumerate(scan["frames"]):
        picture = Image.open(tmp_path / "out" / address.removeprefix("/data/local-files/?d=x/"))
        for x, y in ((2, 2), (20, 20), (40 + 10 * n, 48), (70, 70)):
            stored = picture.getpixel((x, y))
            assert stored * scan["slope"] + scan["intercept"] == dicom_files.unit(x, y, n), (n, x, y)


def test_G2_color_images_come_out_in_their_colors(daemon, tmp_path):
    for is_jpeg in (False, True):
        scans = dicom_files.photograph(tmp_path / f"scans-{is_jpeg}", is_jpeg)
        (task,) = frames(daemon, scans, tmp_path / f"out-{is_jpeg}", "x")
        picture = Image.open(tmp_path / f"out-{is_jpeg}" / task["data"]["dicom"]["frames"][0][2:])
        assert picture.getpixel((10, 10)) == pytest.approx((200, 20, 20), abs=12)
        assert picture.getpixel((100, 10)) == pytest.approx((20, 20, 200), abs=12)


def test_G2_a_folder_without_scans_says_so(daemon, tmp_path):
    program = (daemon.dist / "lib/postil/plugins" / PLUGIN / "1.0.0/bin" / platform.machine() / "dicom-frames")
    done = subprocess.run([program, tmp_path, tmp_path / "out", "x"], capture_output=True, text=True)
    assert done.returncode == 1 and "there are no DICOM images below" in done.stderr


def test_G2_the_wheel_goes_through_slices_and_windows_show_what_they_hold(editor, phantom):
    project, task = make_task(editor, phantom)
    editor.open(project, task)
    page = editor.page
    expect(page.get_by_text("1 / 3")).to_be_visible()
    bone, water, air = (49, 50), (75, 50), (2, 5)
    # Center 40, width 400: bone is beyond it, air below, water a little darker than the middle.
    assert editor.pixel(*bone) == (255, 255, 255) or editor.pixel(31, 50) == (255, 255, 255)
    assert editor.pixel(*air) == (0, 0, 0)
    assert editor.pixel(*water)[0] == pytest.approx(102, abs=3)
    page.get_by_label("Usual windows").select_option("bone")
    expect(page.get_by_label("Width", exact=True)).to_have_value("1800")
    assert editor.pixel(31, 50)[0] == pytest.approx(255 * (0.5 + 300 / 1800), abs=4)
    page.get_by_label("Level").fill("0")
    page.get_by_label("Level").press("Enter")
    page.get_by_label("Width", exact=True).fill("1000")
    page.get_by_label("Width", exact=True).press("Enter")
    assert editor.pixel(*water)[0] == pytest.approx(127, abs=3)
    page.get_by_role("button", name="Invert").click()
    assert editor.pixel(*air) == (255, 255, 255)

    editor.move(75, 50)
    expect(page.get_by_label("Pixel under the pointer")).to_have_text("96, 48  0 HU")
    page.mouse.wheel(0, 50)
    expect(page.get_by_text("2 / 3")).to_be_visible()
    surface(editor).press("PageDown")
    expect(page.get_by_text("3 / 3")).to_be_visible()
    page.get_by_label("Slice").fill("1")
    expect(page.get_by_text("1 / 3")).to_be_visible()


def test_G2_the_right_button_pulls_the_window(editor, phantom):
    editor.open(*make_task(editor, phantom))
    page = editor.page
    before = float(page.get_by_label("Width", exact=True).input_value()), float(page.get_by_label("Level").input_value())
    editor.move(50, 50)
    page.mouse.down(button="right")
    x, y = editor.at(50, 50)
    page.mouse.move(x + 100, y + 60, steps=4)
    page.mouse.up(button="right")
    assert float(page.get_by_label("Width", exact=True).input_value()) == pytest.approx(before[0] + 100, abs=2)
    assert float(page.get_by_label("Level").input_value()) == pytest.approx(before[1] + 60, abs=2)
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_label("Width", exact=True)).to_have_value("400")


def test_G2_boxes_polygons_and_choices_are_made_on_slices(editor, phantom):
    project, task = make_task(editor, phantom)
    editor.open(project, task)
    page = editor.page
    page.get_by_label("Slice").fill("2")
    expect(page.get_by_text("2 / 3")).to_be_visible()
    page.wait_for_function("() => window.__editor.isComplete()")
    page.get_by_role("button", name="Bone").click()
    editor.drag((30, 40), (50, 60))
    editor.expect_regions(1)
    page.get_by_role("button", name="Lesion").click()
    for place in ((60, 60), (70, 60), (70, 75)):
        editor.click(*place)
        page.wait_for_timeout(400)  # clicks nearby in time would be a double click
    editor.press("Enter")
    editor.expect_regions(2)
    page.get_by_label("Fracture").check()
    stored = {one["type"]: one for one in editor.submit(task)}
    assert stored["rectanglelabels"]["item_index"] == stored["polygonlabels"]["item_index"] == 1
    assert stored["rectanglelabels"]["original_width"] == dicom_files.COLUMNS
    assert stored["choices"]["value"]["choices"] == ["Fracture"]


def test_G2_lengths_are_in_millimeters_and_the_server_says_the_same(editor, phantom):
    project, task = make_task(editor, phantom)
    editor.open(project, task)
    page = editor.page
    page.get_by_role("button", name="Diameter").click()
    editor.drag((20, 30), (60, 80))
    editor.expect_regions(1)
    (stored,) = editor.submit(task)
    own = stored["value"]["dicommeasure"]
    (x1, y1), (x2, y2) = own["start"], own["end"]
    expected = math.hypot((x2 - x1) / 100 * dicom_files.COLUMNS * dicom_files.SPACING[1],
                          (y2 - y1) / 100 * dicom_files.ROWS * dicom_files.SPACING[0])
    assert own["length_mm"] == pytest.approx(expected, rel=1e-9)
    assert f"{expected:.1f} mm" in editor.regions.first.inner_text()
    # Whatever a client says of the length, the points decide.
    lie = {**stored, "id": "lie", "value": {**stored["value"], "dicommeasure": {**own, "length_mm": 1}}}
    made = editor.admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": [lie]})
    assert made["result"][0]["value"]["dicommeasure"]["length_mm"] == pytest.approx(expected, rel=1e-9)
    out = {**lie, "value": {"dicommeasure": {"start": [1, 1], "end": [1, 101]}}}
    refused = editor.admin.post(f"/api/tasks/{task}/annotations/", json={"result": [out]})
    assert refused.status_code == 400 and "outside the image" in refused.text
    editor.open(project, task)
    assert editor.results()[0]["value"]["dicommeasure"] == own


def test_G2_a_task_without_a_scan_and_a_missing_slice_say_so(editor, phantom):
    project, task = make_task(editor, {"data": {"dicom": {"frames": []}}})
    editor.page.goto(f"/projects/{project}/tasks/{task}")
    expect(editor.page.get_by_text("This task has no scan")).to_be_visible()
    gone = {"data": {"dicom": {**phantom["data"]["dicom"], "frames": ["/data/local-files/?d=phantom/no.png"]}}}
    project, task = make_task(editor, gone)
    editor.page.goto(f"/projects/{project}/tasks/{task}")
    expect(editor.page.get_by_text("the slice cannot be had (404)")).to_be_visible()


@pytest.mark.parametrize("plugin", ["satellite-polygon", "point-cloud-cuboid", "dicom-viewer"])
def test_Q8_reference_plugins_use_the_public_interface_only(plugin):
    """What a module imports is its own, and nothing of the app is reached around `ctx`."""
    modules = sorted((ROOT / "Plugins/Tags" / plugin / "web").glob("*.js"))
    listed = json.loads((ROOT / "Plugins/Tags" / plugin / "manifest.json").read_text())["web"]
    assert [f"web/{module.name}" for module in modules] == sorted(entry["module"] for entry in listed)
    for module in modules:
        code = re.sub(r"/\*.*?\*/", "", module.read_text(), flags=re.S)
        imports = re.findall(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""", code)
        assert all(re.fullmatch(r"\./[\w-]+\.js", path) for path in imports), (module.name, imports)
        reached = re.findall(r"__editor|localStorage|sessionStorage|\.parentNode|getRootNode|\.host\b\.store", code)
        assert not reached, (module.name, reached)
