"""The satellite polygon, a tag of a plugin: holes, snapping, measures that the server agrees with."""

import json
import re

import pytest
import renamed_tag
from editing import picture
from playwright.sync_api import expect
from pyproj import Geod

PLUGIN = "org.postil.satellite-polygon"
CONFIG = renamed_tag.CONFIG.replace(renamed_tag.TAG, "SatellitePolygon")
OUTER = [(20, 20), (80, 20), (80, 80), (20, 80)]
HOLE = [(40, 40), (60, 40), (60, 60), (40, 60)]


def area(ring):
    return abs(Geod(ellps="WGS84").polygon_area_perimeter(*zip(*ring))[0]) / 1e4


def open_task(editor, media_root, config=CONFIG):
    image = picture(media_root / "fields", "field.png", (640, 320))
    project = editor.admin.value("POST", "/api/projects/", json={
        "title": "Fields", "label_config": config, "enable_plugins": [PLUGIN, "org.postil.geojson"]})["id"]
    task = editor.admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                              json=[{"image": image, "footprint": renamed_tag.FOOTPRINT}])["task_ids"][0]
    editor.open(project, task)
    return project, task


def draw(editor, tool, points):
    editor.page.get_by_role("button", name=tool, exact=True).click()
    for point in points:
        editor.click(*point)
        editor.page.wait_for_timeout(400)  # clicks nearby in time would be a double click
    editor.press("Enter")


def test_G3_a_hole_is_cut_out_and_measured_as_the_server_measures_it(editor, media_root):
    project, task = open_task(editor, media_root)
    editor.press("1")
    draw(editor, "Satellite polygon", OUTER)
    editor.expect_regions(1)
    whole = editor.regions.first.inner_text()
    draw(editor, "Hole in a satellite polygon", HOLE)
    expect(editor.regions.first).not_to_have_text(whole)
    (result,) = editor.submit(task)
    own = result["value"]["satellitepolygon"]
    assert own["area_ha"] == pytest.approx(area(own["ring"]) - area(own["holes"][0]), rel=1e-6)
    shown = re.search(r"([\d.,]+) ha", editor.regions.first.inner_text())[1]
    assert float(shown.replace(",", "")) == pytest.approx(own["area_ha"], rel=1e-3)

    export = editor.admin.get(f"/api/projects/{project}/export", params={"exportType": "GEOJSON"})
    (feature,) = json.loads(export.content)["features"]
    outer, hole = feature["geometry"]["coordinates"]
    assert len(hole) == 5 and sorted(map(tuple, hole)) == sorted(map(tuple, own["holes"][0]))
    editor.open(project, task)
    assert editor.results() == [result]


def test_G3_the_place_under_the_pointer_is_read_in_degrees(editor, media_root):
    open_task(editor, media_root)
    editor.move(50, 25)
    readout = editor.page.get_by_label("Pixel under the pointer")
    north, east = re.search(r"([\d.]+)° N\s+([\d.]+)° E\s+EPSG:4326", readout.inner_text()).groups()
    assert (float(north), float(east)) == pytest.approx((50.075, 10.1), abs=5e-4)


def test_G3_a_file_of_parcels_comes_in_as_regions_that_can_be_edited(editor, media_root):
    image = picture(media_root / "fields", "field.png", (640, 320))
    project = editor.admin.value("POST", "/api/projects/", json={
        "title": "Parcels", "label_config": CONFIG, "enable_plugins": [PLUGIN]})["id"]
    parcel = {"type": "Feature", "properties": {"use": "Field"}, "geometry": {"type": "Polygon", "coordinates": [
        [[10.02, 50.02], [10.1, 50.02], [10.1, 50.08], [10.02, 50.08], [10.02, 50.02]]]}}
    settings = {"image": image, "footprint": json.dumps(renamed_tag.FOOTPRINT), "label_property": "use"}
    made = editor.admin.post(f"/api/projects/{project}/folder", params={"source": "geojson", "settings": json.dumps(settings)},
                             files=[("files", ("parcels.geojson", json.dumps({"type": "FeatureCollection",
                                                                              "features": [parcel]})))])
    assert made.status_code == 201, made.text
    (task,) = editor.admin.value("GET", f"/api/tasks/?project={project}")["tasks"]
    editor.open(project, task["id"])
    editor.expect_regions(1)
    expect(editor.regions.first).to_contain_text("ha")
    (result,) = editor.results()
    assert area(result["value"]["satellitepolygon"]["ring"]) == pytest.approx(
        area(parcel["geometry"]["coordinates"][0]), rel=1e-6)
    before = result["value"]["points"]
    editor.regions.first.click()
    editor.page.get_by_role("application", name="Image").focus()
    editor.press("ArrowRight")
    (moved,) = editor.submit(task["id"])
    assert moved["value"]["points"] != before


def test_G3_a_vertex_snaps_to_its_neighbors_corner(editor, media_root):
    open_task(editor, media_root)
    editor.press("1")
    draw(editor, "Satellite polygon", OUTER)
    draw(editor, "Satellite polygon", [(80.3, 20.4), (95, 20), (95, 60)])
    editor.expect_regions(2)
    first, second = [r["value"]["points"] for r in editor.results()]
    assert second[0] == pytest.approx(first[1], abs=1e-9)


def test_G3_a_polygon_below_the_least_area_is_refused_by_both_sides(editor, media_root):
    config = CONFIG.replace('toName="image"', 'toName="image" minArea="100000"')
    project, task = open_task(editor, media_root, config)
    editor.press("1")
    draw(editor, "Satellite polygon", [(20, 20), (25, 20), (25, 25)])
    expect(editor.page.locator(".toast", has_text="smaller than this project accepts")).to_be_visible()
    editor.expect_regions(0)
    small = {**renamed_tag.RESULT, "value": {"points": [[20, 20], [25, 20], [25, 25]], "closed": True,
                                             "polygonlabels": ["Field"]}}
    refused = editor.admin.post(f"/api/tasks/{task}/annotations/", json={"result": [small]})
    assert refused.status_code == 400 and "smaller than minArea" in refused.text


@pytest.mark.parametrize("hole, sentence", [
    ([[1, 1], [5, 1], [5, 5]], "not within its polygon"),
    ([[40, 40], [60, 40]], "at least three points"),
    ([[40, 40], [60, 60], [60, 40], [40, 60]], "Edges of this hole meet"),
])
def test_G3_the_server_judges_holes(editor, media_root, hole, sentence):
    _, task = open_task(editor, media_root)
    value = {"points": [[20, 20], [80, 20], [80, 80], [20, 80]], "closed": True,
             "polygonlabels": ["Field"], "satellitepolygon": {"hole_points": [hole]}}
    refused = editor.admin.post(f"/api/tasks/{task}/annotations/",
                                json={"result": [{**renamed_tag.RESULT, "value": value}]})
    assert refused.status_code == 400 and sentence in refused.text, refused.text
