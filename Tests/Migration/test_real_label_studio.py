"""A project out of Label Studio itself, as it comes from PyPI: `make test-label-studio`."""

import os
import re
import time

import pytest
import requests
from installation import API, Daemon
from original import install, is_installed, label_studio

CONFIG = """<View><Image name="image" value="$image"/><RectangleLabels name="label" toName="image">
<Label value="car"/><Label value="person"/></RectangleLabels></View>"""
TASKS = int(os.environ.get("POSTIL_TASKS", 230))


def box(x: float, label: str) -> dict:
    return {
        "id": f"box{x}", "from_name": "label", "to_name": "image", "type": "rectanglelabels",
        "original_width": 640, "original_height": 480, "image_rotation": 0,
        "value": {"x": x, "y": 10, "width": 20, "height": 30, "rotation": 0,
                  "rectanglelabels": [label]},
    }


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    if not is_installed():
        install()
    folder = tmp_path_factory.mktemp("studio")
    with label_studio(folder, "boss@studio.example") as (url, token):
        api = API(url, token)
        api.token, api.folder = token, folder
        yield api


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    daemon = Daemon(tmp_path_factory.mktemp("target"))
    token = daemon.make_user("boss@target.example", "administrator")
    daemon.start()
    daemon.api = API(daemon.url, token)
    yield daemon
    assert daemon.stop() == 0


@pytest.fixture(scope="module")
def project(studio):
    made = studio.make_project("From the studio", CONFIG, maximum_annotations=2,
                               expert_instruction="Look", show_instruction=True)
    studio.value("POST", f"/api/projects/{made}/import", files={
        "file": ("road 1.png", b"\x89PNG a road", "image/png")})
    studio.value("POST", f"/api/projects/{made}/import", json=[
        {"data": {"image": f"https://images.invalid/{i}.jpg"}, "meta": {"from": i},
         "predictions": [{"model_version": "m1", "score": 0.5, "result": [box(i % 80, "car")]}]}
        for i in range(TASKS)])
    tasks = studio.value("GET", f"/api/tasks/?project={made}&page_size=3")["tasks"]
    studio.value("POST", f"/api/tasks/{tasks[0]['id']}/annotations/", json={
        "result": [box(1, "car")], "lead_time": 2.5, "ground_truth": True})
    studio.value("POST", f"/api/tasks/{tasks[1]['id']}/annotations/", json={
        "result": [box(2, "person")], "was_cancelled": True})
    studio.value("POST", f"/api/tasks/{tasks[2]['id']}/drafts", json={"result": [box(4, "car")]})
    studio.value("POST", "/api/dm/views/", json={"project": made, "data": {"title": "Mine"}})
    return made


def copy(target, studio, project, token):
    done = target.run(
        "project", "copy-from-label-studio", "--data-dir", str(target.data_dir),
        "--url", studio.url, "--project", str(project), "--allow-outbound", "127.0.0.1",
        env={**os.environ, "LABEL_STUDIO_TOKEN": token},
    )
    assert done.returncode == 0, done.stderr
    return int(re.match(r"project (\d+):", done.stdout)[1]), done


def wanted(entry: dict) -> dict:
    """What an annotation, prediction or draft says, without its ids."""
    names = ["result", "was_cancelled", "ground_truth", "lead_time", "created_at", "updated_at",
             "draft_created_at", "last_action", "model_version", "score", "was_postponed"]
    return {name: entry.get(name) for name in names}


def everything(api, project):
    page = api.value("GET", f"/api/tasks/?project={project}&fields=all&page_size=100000")
    return [
        {
            **{name: task[name] for name in
               ["inner_id", "meta", "is_labeled", "overlap", "created_at", "total_annotations",
                "cancelled_annotations", "total_predictions"]},
            "image": re.sub(r"/data/upload/\d+/", "", task["data"]["image"]),
            **{name: [wanted(entry) for entry in task[name]]
               for name in ["annotations", "predictions", "drafts"]},
        }
        for task in page["tasks"]
    ]


def personal_token(studio) -> str:
    made = studio.post("/api/token/", json={})
    if made.ok:
        return made.json()["token"]
    pytest.skip(f"Label Studio makes no personal tokens here: {made.status_code}")


@pytest.mark.parametrize("way", ["legacy", "personal"])
def test_a_project_of_label_studio_arrives_whole(studio, target, project, way):
    token = studio.token if way == "legacy" else personal_token(studio)
    made, done = copy(target, studio, project, token)
    theirs, ours = everything(studio, project), everything(target.api, made)
    # A person's own drafts are told to that person only, and who copied is another one here.
    drafts = [task.pop("drafts") for task in theirs]
    for task in ours:
        task.pop("drafts")
    assert ours == theirs
    assert f"{TASKS + 1} tasks, 2 annotations" in done.stdout, done.stdout
    assert f"{sum(map(len, drafts))} drafts, {TASKS} predictions" in done.stdout, done.stdout
    settings = target.api.value("GET", f"/api/projects/{made}/")
    for field in ["title", "label_config", "expert_instruction", "show_instruction",
                  "maximum_annotations", "sampling", "skip_queue", "created_at"]:
        assert settings[field] == studio.value("GET", f"/api/projects/{project}/")[field], field
    first = target.api.value("GET", f"/api/tasks/?project={made}&page_size=1")["tasks"][0]
    assert target.api.get(first["data"]["image"]).content == b"\x89PNG a road"
    views = target.api.value("GET", f"/api/dm/views/?project={made}")
    assert "Mine" in [view["data"]["title"] for view in views]
