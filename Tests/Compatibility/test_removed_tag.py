"""A tag's plugin is taken away: what it made stays, byte for byte."""

import json
import shutil
import subprocess

import pytest
from installation import API, ROOT, Daemon

CONFIG = """<View><Image name="image" value="$image"/>
<SatellitePolygon name="field" toName="image"><Label value="Field"/></SatellitePolygon></View>"""
FOOTPRINT = [[10, 50.1], [10.2, 50.1], [10.2, 50], [10, 50]]
RESULT = {"id": "f1", "from_name": "field", "to_name": "image", "type": "satellitepolygon",
          "original_width": 640, "original_height": 320,
          "value": {"points": [[10, 10], [60.5, 10], [60.5, 70.25]], "closed": True,
                    "polygonlabels": ["Field"]}}


@pytest.fixture
def place(tmp_path):
    """A daemon whose satellite polygon is not a bundled plugin but one in a folder of its own."""
    daemon = Daemon(tmp_path / "data", ["--plugin-dir", str(tmp_path / "plugins")])
    shutil.copytree(daemon.dist / "lib/postil/plugins/org.postil.satellite-polygon",
                    tmp_path / "plugins/org.example.satellite", symlinks=True)
    manifest = next((tmp_path / "plugins").rglob("manifest.json"))
    text = manifest.read_text().replace("org.postil.satellite-polygon", "org.example.satellite")
    text = text.replace("SatellitePolygon", "SatelliteField")
    manifest.write_text(text)
    source = (ROOT / "Plugins/Tags/satellite-polygon/satellite_polygon.cpp").read_text()
    build = tmp_path / "build"
    shutil.copytree(ROOT / "Plugins/Tags/satellite-polygon", build)
    (build / "satellite_polygon.cpp").write_text(
        source.replace("org.postil.satellite-polygon", "org.example.satellite")
        .replace('"SatellitePolygon"', '"SatelliteField"'))
    library = next((tmp_path / "plugins").rglob("*.so"))
    subprocess.run(
        ["c++", "-std=c++17", "-O1", "-fPIC", "-shared", "-fvisibility=hidden",
         f"-I{daemon.dist}/include", f"-I{ROOT}/Plugins/Shared", "-o", library,
         build / "satellite_polygon.cpp", "-lproj"], check=True)
    data = json.loads(text)
    data["libraries"][0].pop("sha256")
    manifest.write_text(json.dumps(data))
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    yield tmp_path, API(daemon.url, token)
    daemon.stop()


def test_results_of_a_removed_tag_stay(place):
    folder, api = place
    config = CONFIG.replace("SatellitePolygon", "SatelliteField")
    api.value("POST", "/api/plugins/org.example.satellite/1.0.0/actions/allow")
    project = api.value("POST", "/api/projects/", json={
        "title": "Fields", "label_config": config,
        "enable_plugins": ["org.example.satellite"]})["id"]
    task = api.value("POST", f"/api/projects/{project}/import?return_task_ids=true", json=[
        {"image": "a.png", "footprint": FOOTPRINT}])["task_ids"][0]
    made = api.value("POST", f"/api/tasks/{task}/annotations/", json={"result": [RESULT]})
    area = made["result"][0]["value"]["satellitepolygon"]["area_ha"]
    assert area > 0
    before = api.get(f"/api/projects/{project}/export?exportType=JSON").content

    shutil.rmtree(folder / "plugins/org.example.satellite")

    assert api.get(f"/api/projects/{project}/export?exportType=JSON").content == before
    listed = api.value("GET", f"/api/tasks/{task}/annotations/")
    assert listed[0]["result"] == made["result"]
    kept = api.value("PATCH", f"/api/annotations/{made['id']}/", json={"lead_time": 3})
    assert kept["result"] == made["result"]
    opened = api.value("GET", f"/api/projects/{project}/")
    assert opened["label_config"] == config
    tags = api.value("GET", f"/api/projects/{project}/tags")
    gone = [tag for tag in tags if tag["tag"] == "SatelliteField"]
    assert all(not tag["available"] and tag["reason"] for tag in gone)
