"""GeoJSON comes in: polygons on images whose footprint is known, and our own export comes back."""

import json

import pytest
import renamed_tag
from test_round_trips import exported, upload

PLUGINS = ["org.postil.satellite-polygon", "org.postil.geojson"]
SATELLITE = """<View><Image name="image" value="$image"/><SatellitePolygon name="field" toName="image">
<Label value="Field"/><Label value="Forest"/></SatellitePolygon></View>"""
PLAIN = """<View><Image name="image" value="$image"/><PolygonLabels name="field" toName="image">
<Label value="Field"/></PolygonLabels></View>"""
IMAGE = "https://images.invalid/a.tif"
CORNERS = [[10, 50.1], [10.2, 50.1], [10.2, 50], [10, 50]]


def place(x, y):
    """Longitude and latitude of a place in percent of an image with these corners."""
    return [10 + 0.2 * x / 100, 50.1 - 0.1 * y / 100]


def ring(*points):
    return [place(*p) for p in (*points, points[0])]


def feature(*rings, **properties):
    return {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": list(rings)},
            "properties": {"image": IMAGE, "footprint": CORNERS, "labels": ["Field"], **properties}}


def collection(*features, **more):
    return {"labels.geojson": json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()}


@pytest.fixture(scope="module")
def make(admin):
    def project(config):
        return admin.value("POST", "/api/projects/", json={
            "title": "From GeoJSON", "label_config": config, "enable_plugins": PLUGINS})["id"]
    return project


def results(admin, project):
    tasks = admin.value("GET", f"/api/projects/{project}/export", params={"exportType": "JSON"})
    return [result for task in tasks for annotation in task["annotations"] for result in annotation["result"]]


def test_what_went_out_comes_back(admin, make):
    first, again = make(SATELLITE), make(SATELLITE)
    hole = [[40, 40], [60, 40], [60, 60], [40, 60]]
    drawn = [
        {"id": "a", "from_name": "field", "to_name": "image", "type": "satellitepolygon", "value": {
            "points": [[20, 20], [80, 20], [80, 80], [20, 80.5]], "closed": True, "polygonlabels": ["Field"],
            "satellitepolygon": {"hole_points": [hole]}}},
        {"id": "b", "from_name": "field", "to_name": "image", "type": "satellitepolygon", "value": {
            "points": [[0, 0], [100, 0], [100, 10]], "closed": True, "polygonlabels": ["Forest"]}}]
    admin.value("POST", f"/api/projects/{first}/import", json=[
        {"data": {"image": IMAGE, "footprint": renamed_tag.FOOTPRINT}, "annotations": [{"result": drawn}]},
        {"data": {"image": "https://images.invalid/b.tif", "footprint": [[179.9, 1], [180.1, 1.1], [180.1, 0]]},
         "annotations": [{"result": drawn[1:]}, {"result": drawn[1:]}]}])
    out, _ = exported(admin, first, "GEOJSON")
    answer = upload(admin, again, "geojson", {"result.geojson": out["result"]})
    assert (answer["task_count"], answer["annotation_count"]) == (2, 3) and "losses" not in answer

    def rounded(content):
        return sorted(json.dumps([f["properties"]["image"], f["properties"]["labels"],
                                  round(f["properties"]["area_ha"], 3),
                                  sorted([round(x, 6), round(y, 6)] for r in f["geometry"]["coordinates"] for x, y in r[1:])])
                      for f in json.loads(content)["features"])

    assert rounded(exported(admin, again, "GEOJSON")[0]["result"]) == rounded(out["result"])
    came = results(admin, again)
    assert [len(r["value"]["satellitepolygon"].get("hole_points", [])) for r in came] == [1, 0, 0, 0]


def test_polygons_are_cut_at_the_image_and_what_is_beside_it_is_told(admin, make):
    project = make(PLAIN)
    answer = upload(admin, project, "geojson", collection(
        feature(ring((-50, 10), (50, 10), (50, 20), (-50, 20))),
        feature(ring((150, 10), (160, 10), (160, 20))),
        feature(ring((10, 10), (90, 10), (90, 90), (10, 90)), ring((30, 30), (40, 30), (40, 40))),
        {**feature(), "geometry": {"type": "Point", "coordinates": place(5, 5)}},
        {**feature(), "geometry": {"type": "MultiPolygon", "coordinates": [
            [ring((1, 1), (2, 1), (2, 2))], [ring((3, 3), (4, 3), (4, 4))]]}}))
    assert {loss["code"]: loss["count"] for loss in answer["losses"]} == {
        "region_cut_at_border": 1, "region_outside_image": 1, "hole_left_out": 1, "geometry_not_read": 1}
    cut, whole, one, two = (r["value"]["points"] for r in results(admin, project))
    assert sorted(map(tuple, cut)) == [(0, 10), (0, 20), (50, 10), (50, 20)]
    assert whole == [[10, 10], [90, 10], [90, 90], [10, 90]]
    assert one == [[1, 1], [2, 1], [2, 2]] and two == [[3, 3], [4, 3], [4, 4]]


def test_image_footprint_and_label_may_come_as_settings(admin, make):
    project = make(PLAIN)
    bare = {"type": "Feature", "properties": {"use": "Field"}, "geometry": {
        "type": "Polygon", "coordinates": [ring((10, 10), (20, 10), (20, 20))]}}
    upload(admin, project, "geojson", collection(bare), label_property="use", image="a.tif",
           image_root="https://images.invalid/", footprint=json.dumps(CORNERS))
    (task,) = admin.value("GET", f"/api/projects/{project}/export", params={"exportType": "JSON"})
    assert task["data"] == {"image": IMAGE, "footprint": CORNERS}
    assert task["annotations"][0]["result"][0]["value"]["polygonlabels"] == ["Field"]


@pytest.mark.parametrize("files, sentence", [
    (collection(feature(ring((1, 1), (2, 1), (2, 2)), footprint=[[1, 2]])), "is no footprint"),
    (collection(feature(ring((1, 1), (2, 1), (2, 2)), image="")), "feature 1 does not say on which image"),
    (collection(feature(ring((1, 1), (2, 1), (2, 2)), labels=[])), "feature 1 has no label in `labels`"),
    (collection(feature(ring((1, 1), (2, 1), (2, 2)), labels=["Lake"])), 'no label \\"Lake\\"'),
    (collection(crs={"type": "name", "properties": {"name": "EPSG:25832"}}), "not in WGS84"),
    (collection(), "is empty"),
    ({"labels.geojson": b'{"type": "Feature"}'}, "is no FeatureCollection"),
    ({"labels.geojson": b'{"features": [{"properties": '}, "labels.geojson"),
    ({"labels.geojson": b'{"features": [{"geometry": 5, "properties": {"image": "/a", "labels": ["Field"], '
                        b'"footprint": [[1, 2], [2, 2], [2, 1]]}}]}'}, "feature 1"),
])
def test_a_file_that_cannot_be_read_says_where_and_why(admin, make, files, sentence):
    project = make(PLAIN)
    refused = admin.post(f"/api/projects/{project}/folder", params={"source": "geojson"},
                         files=[("files", (name, content)) for name, content in files.items()])
    assert refused.status_code == 400 and sentence in refused.text, refused.text
    assert admin.value("GET", f"/api/projects/{project}/")["task_number"] == 0
