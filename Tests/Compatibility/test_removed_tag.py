"""A tag's plugin is taken away: what it made stays, byte for byte."""

import shutil

import pytest
from installation import API, Daemon
from renamed_tag import CONFIG, FOOTPRINT, PLUGIN, RESULT, TAG, install


@pytest.fixture
def place(tmp_path):
    """A daemon whose satellite polygon is not a bundled plugin but one in a folder of its own."""
    daemon = Daemon(tmp_path / "data", ["--plugin-dir", str(tmp_path / "plugins")])
    folder = install(daemon.dist, tmp_path / "plugins", tmp_path / "build")
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    yield folder, API(daemon.url, token)
    daemon.stop()


def test_results_of_a_removed_tag_stay(place):
    folder, api = place
    api.value("POST", f"/api/plugins/{PLUGIN}/1.0.0/actions/allow")
    project = api.value("POST", "/api/projects/", json={
        "title": "Fields", "label_config": CONFIG,
        "enable_plugins": [PLUGIN]})["id"]
    task = api.value("POST", f"/api/projects/{project}/import?return_task_ids=true", json=[
        {"image": "a.png", "footprint": FOOTPRINT}])["task_ids"][0]
    made = api.value("POST", f"/api/tasks/{task}/annotations/", json={"result": [RESULT]})
    area = made["result"][0]["value"]["satellitepolygon"]["area_ha"]
    assert area > 0
    before = api.get(f"/api/projects/{project}/export?exportType=JSON").content

    shutil.rmtree(folder)

    assert api.get(f"/api/projects/{project}/export?exportType=JSON").content == before
    listed = api.value("GET", f"/api/tasks/{task}/annotations/")
    assert listed[0]["result"] == made["result"]
    kept = api.value("PATCH", f"/api/annotations/{made['id']}/", json={"lead_time": 3})
    assert kept["result"] == made["result"]
    opened = api.value("GET", f"/api/projects/{project}/")
    assert opened["label_config"] == CONFIG
    tags = api.value("GET", f"/api/projects/{project}/tags")
    gone = [tag for tag in tags if tag["tag"] == TAG]
    assert all(not tag["available"] and tag["reason"] for tag in gone)
