"""The client that Label Studio's users have, unchanged, against the daemon."""

import json

import pytest
from label_studio_sdk import LabelStudio

CONFIG = """<View><Image name="image" value="$image"/><RectangleLabels name="label" toName="image">
<Label value="car"/><Label value="person"/></RectangleLabels></View>"""


def box(x: float, label: str) -> dict:
    return {
        "id": f"box{x}", "from_name": "label", "to_name": "image", "type": "rectanglelabels",
        "original_width": 640, "original_height": 480, "image_rotation": 0,
        "value": {"x": x, "y": 10, "width": 20, "height": 30, "rotation": 0,
                  "rectanglelabels": [label]},
    }


@pytest.fixture(scope="module")
def client(daemon):
    return LabelStudio(base_url=daemon.url, api_key=daemon.admin_token)


@pytest.fixture(scope="module")
def project(client):
    made = client.projects.create(title="From the SDK", label_config=CONFIG)
    client.projects.import_tasks(
        id=made.id, request=[{"image": f"https://images.invalid/{i}.jpg"} for i in range(3)]
    )
    return made


def test_a_project_made_by_the_sdk_is_there(client, project):
    assert client.projects.get(id=project.id).title == "From the SDK"
    assert project.id in [listed.id for listed in client.projects.list()]


def test_imported_tasks_are_listed(client, project):
    tasks = list(client.tasks.list(project=project.id))
    assert [task.data["image"] for task in tasks] == [
        f"https://images.invalid/{i}.jpg" for i in range(3)
    ]


def test_annotations_are_made_and_changed(client, project):
    task = next(iter(client.tasks.list(project=project.id)))
    made = client.annotations.create(id=task.id, result=[box(5, "car")], lead_time=3.5)
    assert made.result[0]["value"]["rectanglelabels"] == ["car"]
    changed = client.annotations.update(id=made.id, result=[box(6, "person")])
    assert changed.result[0]["value"]["rectanglelabels"] == ["person"]
    assert [kept.id for kept in client.annotations.list(id=task.id)] == [made.id]


def test_a_prediction_is_stored(client, project):
    task = list(client.tasks.list(project=project.id))[1]
    made = client.predictions.create(
        task=task.id, result=[box(7, "car")], score=0.5, model_version="v1"
    )
    assert client.predictions.get(id=made.id).score == 0.5


def test_the_json_export_has_what_was_stored(client, project):
    exported = json.loads(b"".join(
        client.projects.exports.download_sync(id=project.id, export_type="JSON",
                                              download_all_tasks=True)
    ))
    assert len(exported) == 3
    results = [r for task in exported for a in task["annotations"] for r in a["result"]]
    assert [r["value"]["rectanglelabels"] for r in results] == [["person"]]
