"""Snapshots through the client that Label Studio's users have."""

import hashlib
import json
import time

import pytest
from label_studio_sdk import LabelStudio
from test_label_studio_sdk import CONFIG, box


@pytest.fixture(scope="module")
def client(daemon):
    return LabelStudio(base_url=daemon.url, api_key=daemon.admin_token)


@pytest.fixture(scope="module")
def project(client):
    made = client.projects.create(title="Snapshots", label_config=CONFIG)
    client.projects.import_tasks(
        id=made.id, request=[{"image": f"https://images.invalid/{i}.jpg"} for i in range(4)]
    )
    tasks = list(client.tasks.list(project=made.id))
    client.annotations.create(id=tasks[0].id, result=[box(5, "car")])
    client.annotations.create(id=tasks[1].id, result=[box(6, "person")], ground_truth=True)
    client.annotations.create(id=tasks[2].id, result=[], was_cancelled=True)
    return made


def finished(client, project, made):
    """Polls as scripts do."""
    for _ in range(200):
        if made.status in ("completed", "failed"):
            return made
        time.sleep(0.1)
        made = client.projects.exports.get(id=project.id, export_pk=made.id)
    raise AssertionError(f"the snapshot is still {made.status}")


def download(client, project, made, **more):
    return b"".join(
        client.projects.exports.download(id=project.id, export_pk=made.id, **more)
    )


def test_a_snapshot_stays_as_it_was(client, project):
    made = finished(client, project, client.projects.exports.create(id=project.id, title="one"))
    assert made.status == "completed" and made.title == "one"
    before = download(client, project, made)
    assert hashlib.md5(before).hexdigest() == made.md5
    tasks = list(client.tasks.list(project=project.id))
    late = client.annotations.create(id=tasks[3].id, result=[box(9, "car")])
    assert download(client, project, made) == before
    assert len(json.loads(before)) == 4
    assert json.loads(before)[3]["annotations"] == []
    client.annotations.delete(id=late.id)
    assert made.id in [known.id for known in client.projects.exports.list(id=project.id)]


@pytest.mark.parametrize("options, counts", [
    ({"task_filter_options": {"annotated": "only"}}, [1, 1]),
    ({"task_filter_options": {"only_with_annotations": True}}, [1, 1]),
    ({"task_filter_options": {"skipped": "only"}}, [1]),
    ({"task_filter_options": {"finished": "exclude"}}, [1, 0]),
    ({"annotation_filter_options": {"ground_truth": True}}, [0, 1, 0, 0]),
    ({"annotation_filter_options": {"usual": True, "skipped": True}}, [1, 0, 1, 0]),
])
def test_options_choose_tasks_and_annotations(client, project, options, counts):
    made = finished(client, project, client.projects.exports.create(id=project.id, **options))
    tasks = json.loads(download(client, project, made))
    assert [len(task["annotations"]) for task in tasks] == counts


def test_a_snapshot_is_converted_once(client, project):
    made = finished(client, project, client.projects.exports.create(id=project.id))
    answer = client.projects.exports.convert(
        id=project.id, export_pk=made.id, export_type="CSV"
    )
    known = client.projects.exports.get(id=project.id, export_pk=made.id).converted_formats
    assert [(f.id, f.export_type) for f in known] == [(answer.converted_format, "CSV")]
    csv = download(client, project, made, export_type="CSV").decode()
    assert len(csv.strip().splitlines()) >= 3 and csv.splitlines()[0].find("image") >= 0
    with pytest.raises(Exception) as refused:
        client.projects.exports.convert(id=project.id, export_pk=made.id, export_type="CSV")
    assert refused.value.status_code == 400


def test_a_deleted_snapshot_is_gone_with_its_files(client, project, daemon):
    made = finished(client, project, client.projects.exports.create(id=project.id))
    files = [path.name for path in daemon.data_dir.glob("export/*/*")]
    assert any(name.startswith(f"{made.id}-") for name in files)
    client.projects.exports.delete(id=project.id, export_pk=made.id)
    files = [path.name for path in daemon.data_dir.glob("export/*/*")]
    assert not any(name.startswith(f"{made.id}-") for name in files)
    with pytest.raises(Exception) as missing:
        client.projects.exports.get(id=project.id, export_pk=made.id)
    assert missing.value.status_code == 404
