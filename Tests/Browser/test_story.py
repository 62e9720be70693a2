"""The whole main job in one browser: from an empty list of projects to files in four formats."""

import io
import json
import re
import zipfile

import pytest
from imagery import TILE, cut_tiles, place_of
from playwright.sync_api import expect
from pycocotools.coco import COCO
from pyproj import Geod
from shapely.geometry import shape

PLAIN = """<View>
  <Image name="image" value="$image"/>
  <Choices name="quality" toName="image">
    <Choice value="Clear"/>
    <Choice value="Cloudy"/>
  </Choices>
</View>"""
TAG = """  <SatellitePolygon name="area" toName="image">
    <Label value="Land" background="#2a9d8f"/>
    <Label value="Water" background="#1d6fa5"/>
  </SatellitePolygon>
"""
WITH_TAG = PLAIN.replace("</View>", TAG + "</View>")
# Corners of the polygon in percent of the tile.
CORNERS = [(30, 30), (70, 32), (66, 64), (34, 60)]


@pytest.fixture(scope="module")
def tiles(tmp_path_factory):
    folder = tmp_path_factory.mktemp("imagery") / "tiles"
    return folder, cut_tiles(folder)


def make_project(page):
    page.get_by_role("link", name="New project").first.click()
    page.get_by_label("Name", exact=True).fill("Coasts from above")
    page.get_by_role("textbox", name="Labeling config").fill(PLAIN)
    page.get_by_role("button", name="Create project").click()
    page.wait_for_url(re.compile(r"/projects/\d+$"))
    return int(page.url.rsplit("/", 1)[1])


def import_folder(page, folder):
    page.get_by_role("button", name="Import").first.click()
    dialog = page.get_by_role("dialog")
    with page.expect_file_chooser() as choosing:
        dialog.get_by_role("button", name="Choose a folder").click()
    choosing.value.set_files(folder)
    dialog.get_by_role("button", name="Import").click()
    expect(page.get_by_text("4 tasks imported").first).to_be_visible()


def enable_tag(page, admin, project):
    """Adds the tag in the settings: refused at its line, then enabled and saved in one step."""
    refused = admin.patch(f"/api/projects/{project}/", json={"label_config": WITH_TAG})
    assert refused.status_code == 400
    body = refused.json()
    assert (body["code"], body["place"]["line"]) == ("tag_not_enabled", 7)
    assert body["plugin"]["id"] == "org.postil.satellite-polygon" and body["can_enable"]
    assert admin.value("GET", f"/api/projects/{project}/")["label_config"] == PLAIN

    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Labeling interface").click()
    page.get_by_role("textbox", name="Labeling config").fill(WITH_TAG)
    expect(page.get_by_text(re.compile("Line 7")).first).to_be_visible()
    page.get_by_role("button", name=re.compile("Enable .*Satellite polygon")).first.click()
    with page.expect_response(lambda r: r.request.method == "PATCH" and f"/api/projects/{project}/" in r.url) as saved:
        page.get_by_role("button", name="Save", exact=False).first.click()
    assert saved.value.ok, saved.value.text()
    expect(page.get_by_text("Settings saved.")).to_be_visible()
    assert admin.value("GET", f"/api/projects/{project}/")["label_config"] == WITH_TAG


def draw_polygon(page, shots):
    """Draws with the pointer; gives the hectares that the page shows and the points stored."""
    surface = page.get_by_role("application", name="Image")
    expect(surface).to_be_visible()
    page.get_by_role("button", name=re.compile("^Land")).first.click()
    page.get_by_role("button", name=re.compile("^Satellite polygon")).click()
    page.wait_for_function("() => window.__editor?.transforms()[0]?.scale > 0")
    box = image_box(page, surface)
    for x, y in [*CORNERS, CORNERS[0]]:
        page.mouse.move(box[0] + box[2] * x / 100, box[1] + box[3] * y / 100, steps=4)
        page.mouse.down()
        page.mouse.up()
    region = page.get_by_role("listbox", name="Regions").get_by_role("option").first
    expect(region).to_contain_text(re.compile(r"[\d.,]+ ha"))
    page.screenshot(path=shots / "satellite-polygon.png")
    shown = re.search(r"([\d.,]+) ha", region.inner_text())[1]
    return float(shown.replace(",", ""))


def image_box(page, surface):
    """Left, top, width and height of the tile on the screen, by the page's own account."""
    view = page.evaluate("() => window.__editor.transforms()[0]")
    box = surface.bounding_box()
    size = TILE * view["scale"]
    return box["x"] + view["x"], box["y"] + view["y"], size, size


def download(page, name, loses=None):
    """The file; `loses` is a word of what the format is said not to hold."""
    page.get_by_role("button", name="Export").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=name, exact=True).check()
    with page.expect_download() as waiting:
        dialog.get_by_role("button", name="Download").click()
    if loses:
        expect(dialog.get_by_role("listitem").filter(has_text=loses)).to_be_visible()
        page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    return open(waiting.value.path(), "rb").read()


def test_from_imagery_to_four_formats(signed_in, admin, tiles, tmp_path, shots):
    page = signed_in
    folder, corners = tiles
    project = make_project(page)
    import_folder(page, folder)
    tasks = admin.value("GET", f"/api/tasks/?project={project}")["tasks"]
    assert len(tasks) == 4 and all(len(t["data"]["footprint"]) in (3, 4) for t in tasks)

    enable_tag(page, admin, project)
    page.goto(f"/projects/{project}/label")
    hectares = draw_polygon(page, shots)
    page.get_by_label("Clear").check()
    with page.expect_response(lambda r: "/annotations/" in r.url and r.request.method == "POST"):
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text(f"{tasks[1]['id']}").first).to_be_visible()

    stored = admin.value("GET", f"/api/tasks/{tasks[0]['id']}/annotations/")[0]
    result = next(r for r in stored["result"] if r["type"] == "satellitepolygon")
    name = tasks[0]["data"]["file"].rsplit("/", 1)[-1]
    ring = [place_of(corners[name], x, y) for x, y in result["value"]["points"]]
    area, perimeter = Geod(ellps="WGS84").polygon_area_perimeter(*zip(*ring))
    own = result["value"]["satellitepolygon"]
    assert own["area_ha"] == pytest.approx(abs(area) / 1e4, rel=1e-6)
    assert own["perimeter_m"] == pytest.approx(perimeter, rel=1e-6)
    assert hectares == pytest.approx(abs(area) / 1e4, rel=1e-3)
    assert result["value"]["points"][0] == pytest.approx(CORNERS[0], abs=0.5)

    page.goto(f"/projects/{project}")
    check_coco(download(page, "COCO", loses="choices"), result, tmp_path)
    check_yolo(download(page, "YOLO", loses="choices"), result)
    assert b"Clear" in download(page, "CSV") and b"satellitepolygon" in download(page, "CSV")
    collection = json.loads(download(page, "GeoJSON"))
    (feature,) = collection["features"]
    polygon = shape(feature["geometry"])
    assert polygon.is_valid and polygon.exterior.is_ccw
    assert feature["properties"]["labels"] == ["Land"]
    assert feature["properties"]["area_ha"] == own["area_ha"]


def check_coco(text, result, folder):
    path = folder / "coco.json"
    path.write_bytes(text)
    coco = COCO(str(path))
    (annotation,) = coco.loadAnns(coco.getAnnIds())
    (image,) = coco.loadImgs(annotation["image_id"])
    (category,) = coco.loadCats(annotation["category_id"])
    assert category["name"] == "Land"
    points = result["value"]["points"]
    expected = [v for x, y in points for v in (x / 100 * image["width"], y / 100 * image["height"])]
    assert annotation["segmentation"][0] == pytest.approx(expected, abs=0.5)


def check_yolo(archive, result):
    files = zipfile.ZipFile(io.BytesIO(archive))
    classes = files.read("classes.txt").decode().split("\n")
    (label,) = [name for name in files.namelist() if name.startswith("labels/")]
    number, *values = files.read(label).decode().split()
    assert classes[int(number)] == "Land"
    expected = [v / 100 for point in result["value"]["points"] for v in point]
    assert list(map(float, values)) == pytest.approx(expected)
