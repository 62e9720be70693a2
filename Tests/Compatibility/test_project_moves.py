"""A whole project out of one daemon and into another: nothing is lost and nothing is added."""

import io
import json
import os
import subprocess
import tarfile

import pytest
from installation import API, Daemon

CONFIG = """<View><Image name="image" value="$image"/><RectangleLabels name="label" toName="image">
<Label value="car"/><Label value="person"/></RectangleLabels></View>"""
# `POSTIL_TASKS` says how many tasks the large project has.
TASKS = int(os.environ.get("POSTIL_TASKS", 20_000))
# What memory may grow by while a project moves, whatever its size.
GROWTH_MIB = 96


def box(x: float, label: str) -> dict:
    return {
        "id": f"box{x}", "from_name": "label", "to_name": "image", "type": "rectanglelabels",
        "original_width": 640, "original_height": 480, "image_rotation": 0,
        "value": {"x": x, "y": 10, "width": 20, "height": 30, "rotation": 0,
                  "rectanglelabels": [label]},
    }


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """Another installation, with projects and people of its own."""
    daemon = Daemon(tmp_path_factory.mktemp("there"))
    token = daemon.make_user("boss@elsewhere.example", "administrator")
    daemon.start()
    daemon.api = API(daemon.url, token)
    daemon.api.make_project("Something else", CONFIG)
    yield daemon
    assert daemon.stop() == 0


@pytest.fixture(scope="module")
def project(admin, daemon):
    """A project in which everything happened that can happen."""
    made = admin.make_project("On the move", CONFIG, maximum_annotations=2, color="#123456")
    admin.value("POST", f"/api/projects/{made}/import", files={
        "file": ("field.png", b"\x89PNG not quite", "image/png")})
    admin.value("POST", f"/api/projects/{made}/import", json=[
        {"data": {"image": f"https://images.invalid/{i}.jpg"},
         "predictions": [{"model_version": "m1", "score": 0.5, "result": [box(i, "car")]}]}
        for i in range(5)])
    tasks = admin.value("GET", f"/api/tasks/?project={made}")["tasks"]
    bob = API(daemon.url, daemon.make_user(f"bob{made}@example.org"))
    first = admin.value("POST", f"/api/tasks/{tasks[0]['id']}/annotations/",
                        json={"result": [box(1, "car")], "lead_time": 1.25})
    admin.value("PATCH", f"/api/annotations/{first['id']}/", json={"result": [box(2, "person")]})
    bob.value("POST", f"/api/tasks/{tasks[0]['id']}/annotations/",
              json={"result": [], "was_cancelled": True})
    gone = bob.value("POST", f"/api/tasks/{tasks[1]['id']}/annotations/",
                     json={"result": [box(3, "car")], "ground_truth": True})
    bob.delete(f"/api/annotations/{gone['id']}/")
    bob.value("POST", f"/api/tasks/{tasks[2]['id']}/drafts", json={"result": [box(4, "car")]})
    admin.value("PATCH", f"/api/projects/{made}/",
                json={"label_config": CONFIG.replace("person", "human")})
    admin.value("POST", "/api/dm/views/", json={
        "project": made, "data": {"title": "Mine", "filters": {"conjunction": "and", "items": []}}})
    return made


def pack(api, project, **query) -> bytes:
    answer = api.get(f"/api/projects/{project}/pack", params=query)
    assert answer.ok, answer.text
    return answer.content


def unpack(api, archive):
    return api.post("/api/projects/unpack", data=archive,
                    headers={"Content-Type": "application/x-tar"})


def plain(value):
    """An export without what has to be different: ids of rows, and of the project in addresses."""
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if isinstance(value, dict):
        ids = {"id", "project", "task", "completed_by", "updated_by", "last_created_by", "user",
               "drafts", "predictions", "file_upload", "parent_prediction", "created_ago"}
        return {key: plain(entry) for key, entry in value.items()
                if key not in ids or (key == "id" and isinstance(entry, str))}
    if isinstance(value, str) and value.startswith("/data/upload/"):
        return value.split("/", 4)[-1]
    return value


def export(api, project):
    return api.value("GET", f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true")


def test_packed_unpacked_and_packed_again_it_is_the_same_archive(admin, there, project):
    archive = pack(admin, project)
    made = unpack(there.api, archive)
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["task_count"], told["annotation_count"], told["draft_count"]) == (6, 2, 1)
    assert (told["prediction_count"], told["file_count"]) == (5, 1)
    assert f"bob{project}@example.org" in told["placeholders"]
    copy = told["project"]
    assert pack(there.api, copy) == archive
    assert plain(export(there.api, copy)) == plain(export(admin, project))
    ours, theirs = (api.value("GET", f"/api/projects/{id}/") for api, id in
                    [(there.api, copy), (admin, project)])
    for field in ["title", "label_config", "maximum_annotations", "color", "task_number",
                  "finished_task_number", "total_annotations_number", "total_predictions_number",
                  "skipped_annotations_number", "created_at"]:
        assert ours[field] == theirs[field], field
    assert [view["data"]["title"] for view in
            there.api.value("GET", f"/api/dm/views/?project={copy}")] == ["Mine"]
    task = there.api.value("GET", f"/api/tasks/?project={copy}")["tasks"][0]
    assert there.api.get(task["data"]["image"]).content == b"\x89PNG not quite"


def test_people_who_were_not_known_cannot_sign_in(admin, there, project):
    unpack(there.api, pack(admin, project))
    people = there.api.value("GET", "/api/users/")
    stranger = next(p for p in people if p["email"] == f"bob{project}@example.org")
    answer = API(there.url, None).post("/api/session", json={
        "email": stranger["email"], "password": "correct horse"})
    assert answer.status_code in (400, 401, 403)


def test_a_standard_tar_reads_it_and_its_digests_fit(admin, project, tmp_path):
    with tarfile.open(fileobj=io.BytesIO(pack(admin, project))) as archive:
        names = archive.getnames()
        archive.extractall(tmp_path, filter="data")
    assert names[0] == "manifest.json" and names[-2:] == ["project.json", "sums/000001.sha256"]
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest == {"format": "postil.project", "version": 1}
    lines = (tmp_path / "tasks/000001.ndjson").read_text().splitlines()
    assert len(lines) == 6
    subprocess.run(["sha256sum", "-c", "--quiet", "sums/000001.sha256"], cwd=tmp_path, check=True)


def test_a_damaged_archive_says_where_and_changes_nothing(admin, there, project):
    archive = pack(admin, project)
    before = there.api.value("GET", "/api/projects/?page_size=100")["count"]
    people = len(there.api.value("GET", "/api/users/"))
    broken = archive.replace(b'"inner_id":3,', b'"inner_id":x,')
    answer = unpack(there.api, broken)
    assert answer.status_code == 400
    assert "tasks/000001.ndjson, line 3" in answer.json()["detail"]
    answer = unpack(there.api, archive.replace(b'"lead_time":1.25', b'"lead_time":9.25'))
    assert answer.json()["code"] == "archive_damaged"
    answer = unpack(there.api, archive[: len(archive) // 2])
    assert answer.json()["code"] == "archive_truncated"
    assert answer.json()["place"] == {"offset": len(archive) // 2}
    assert there.api.value("GET", "/api/projects/?page_size=100")["count"] == before
    assert len(there.api.value("GET", "/api/users/")) == people


def test_members_pack_what_they_made_and_unpack_nothing(admin, daemon, project):
    member = API(daemon.url, daemon.make_user(f"packer{project}@example.org"))
    own = member.make_project("Hers", CONFIG)
    archive = pack(member, own)
    assert member.get(f"/api/projects/{project}/pack").status_code == 403
    assert unpack(member, archive).status_code == 403


def test_commands_move_it_while_the_daemons_run(admin, daemon, there, project, tmp_path):
    file = tmp_path / "moved.tar"
    packed = daemon.run("project", "pack", "--data-dir", str(daemon.data_dir),
                        "--project", str(project), "--output", str(file))
    assert packed.returncode == 0, packed.stderr
    assert file.read_bytes() == pack(admin, project)
    made = there.run("project", "unpack", "--data-dir", str(there.data_dir),
                     "--title", "By command", str(file))
    assert made.returncode == 0, made.stderr
    assert "6 tasks, 2 annotations" in made.stdout
    found = there.api.value("GET", "/api/projects/?title=By%20command")["results"]
    assert len(found) == 1 and found[0]["task_number"] == 6
    file.write_bytes(file.read_bytes()[:3000])
    refused = there.run("project", "unpack", "--data-dir", str(there.data_dir), str(file))
    assert refused.returncode == 1 and "cut off behind 3000 bytes" in refused.stderr


def peak_mib(daemon) -> float:
    """The most memory that the daemon has had since the last time."""
    status = open(f"/proc/{daemon.process.pid}/status").read()
    peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
    with open(f"/proc/{daemon.process.pid}/clear_refs", "w") as file:
        file.write("5")
    return peak / 1024


def test_a_large_project_moves_in_bounded_memory(tmp_path_factory):
    here, there = (Daemon(tmp_path_factory.mktemp(name)) for name in ["large", "large-there"])
    apis = []
    for daemon in [here, there]:
        token = daemon.make_user("boss@example.org", "administrator")
        apis.append(API(daemon.start().url, token))
    project = apis[0].make_project("Large", CONFIG)
    filling = "x" * 1_500
    for start in range(0, TASKS, 10_000):
        apis[0].value("POST", f"/api/projects/{project}/import", timeout=600, json=[
            {"data": {"image": f"https://images.invalid/{i}.jpg", "text": filling},
             "annotations": [{"result": [box(i % 80, "car")]}]}
            for i in range(start, min(start + 10_000, TASKS))])
    file = tmp_path_factory.mktemp("archive") / "large.tar"
    before = [peak_mib(daemon) and peak_mib(daemon) for daemon in [here, there]]
    with apis[0].get(f"/api/projects/{project}/pack", stream=True, timeout=600) as answer:
        with file.open("wb") as target:
            for chunk in answer.iter_content(1 << 20):
                target.write(chunk)
    assert file.stat().st_size > TASKS * 1_800
    with file.open("rb") as source:
        told = apis[1].value("POST", "/api/projects/unpack", data=source, timeout=600)
    assert told["task_count"] == TASKS and told["annotation_count"] == TASKS
    for daemon, idle in zip([here, there], before):
        assert peak_mib(daemon) < idle + GROWTH_MIB
    again = apis[1].get(f"/api/projects/{told['project']}/pack", timeout=600).content
    assert again == file.read_bytes()
    assert here.stop() == 0 and there.stop() == 0
