"""Deleted things are nowhere, and come back as they were: counters, queue, lists and exports."""

import pytest
from installation import API
from test_project_moves import CONFIG, box


@pytest.fixture
def project(admin):
    made = admin.make_project("Things to lose", CONFIG)
    admin.value("POST", f"/api/projects/{made}/import", json=[
        {"data": {"image": f"https://images.invalid/{i}.jpg"},
         "annotations": [{"result": [box(i % 80, "car")]}] if i % 2 else []} for i in range(600)])
    return made


@pytest.fixture
def member(daemon, project):
    return API(daemon.url, daemon.make_user(f"member{project}@example.org"))


def state(api, project):
    """All that a deletion changes and a restore must bring back."""
    told = api.value("GET", f"/api/projects/{project}/")
    counters = {name: told[name] for name in told if name.endswith("_number") or "num_" in name}
    exported = api.value("GET", f"/api/projects/{project}/export?download_all_tasks=true")
    listed = api.value("GET", f"/api/tasks/?project={project}&page=1&page_size=1000")
    return counters, exported, [task["id"] for task in listed["tasks"]], listed["total"]


def entries(api, project):
    return api.value("GET", f"/api/projects/{project}/trash")["entries"]


def test_tasks_come_back_in_lists_counters_and_exports(admin, member, project):
    before = state(admin, project)
    ids = [task["id"] for task in before[1]]
    member.value("POST", f"/api/dm/actions?project={project}&id=delete_tasks",
                 json={"selectedItems": {"all": True, "excluded": ids[:100]}})
    counters, exported, _, total = state(admin, project)
    assert (counters["task_number"], len(exported), total) == (100, 100, 100)
    assert admin.get(f"/api/tasks/{ids[200]}/").status_code == 404
    entry = entries(admin, project)[0]
    assert (entry["kind"], entry["count"], entry["inner_id"]) == ("tasks", 500, 101)
    assert entry["deleted_by"]["email"] == f"member{project}@example.org" and entry["expires_at"]
    done = member.value("POST", f"/api/projects/{project}/trash/{entry['id']}/restore")
    assert done == {"restored": 500}
    assert state(admin, project) == before
    assert entries(admin, project) == []


def test_an_annotation_comes_back_to_its_task_and_the_queue(admin, project):
    task = admin.value("GET", f"/api/tasks/?project={project}&page_size=2")["tasks"][1]
    kept = admin.value("GET", f"/api/tasks/{task['id']}/annotations/")[0]
    finished = admin.value("GET", f"/api/projects/{project}/")["finished_task_number"]
    admin.delete(f"/api/annotations/{kept['id']}/")
    assert admin.value("GET", f"/api/projects/{project}/")["finished_task_number"] == finished - 1
    entry = entries(admin, project)[0]
    admin.value("POST", f"/api/projects/{project}/trash/{entry['id']}/restore")
    back = admin.value("GET", f"/api/annotations/{kept['id']}/")
    assert back["result"] == kept["result"] and back["unique_id"] == kept["unique_id"]
    assert admin.value("GET", f"/api/projects/{project}/")["finished_task_number"] == finished
    history = admin.value("GET", f"/api/annotations/{kept['id']}/history")
    assert [version["action"] for version in history] == ["created", "deleted", "restored"]


def test_a_project_comes_back_with_everything(admin, member, project):
    before = state(admin, project)
    member.delete(f"/api/projects/{project}/")
    assert admin.get(f"/api/projects/{project}/").status_code == 404
    assert admin.get(f"/api/tasks/{before[1][0]['id']}/").status_code == 404
    deleted = admin.value("GET", "/api/trash")["entries"]
    entry = next(one for one in deleted if one["project"] == project)
    assert entry["title"] == "Things to lose" and entry["kind"] == "project"
    assert admin.post(f"/api/projects/{project}/trash/{entry['id']}/restore").status_code == 404
    member.value("POST", f"/api/trash/{entry['id']}/restore")
    assert state(admin, project) == before


def test_only_owners_and_administrators_empty_it(admin, member, project):
    tasks = admin.value("GET", f"/api/tasks/?project={project}&page_size=3")["tasks"]
    for task in tasks:
        member.delete(f"/api/tasks/{task['id']}/")
    first = entries(member, project)[0]["id"]
    assert member.delete(f"/api/projects/{project}/trash/{first}").status_code == 403
    assert member.delete(f"/api/projects/{project}/trash").status_code == 403
    assert member.patch("/api/trash", json={"days": 1}).status_code == 403
    assert admin.patch("/api/trash", json={"days": -1}).status_code == 400
    assert admin.delete(f"/api/projects/{project}/trash/{first}").status_code == 204
    assert admin.post(f"/api/projects/{project}/trash/{first}/restore").status_code == 404
    assert admin.value("DELETE", f"/api/projects/{project}/trash") == {"deleted": 2}
    assert entries(admin, project) == []
    own = member.make_project("Hers", CONFIG)
    member.delete(f"/api/projects/{own}/")
    entry = next(e for e in admin.value("GET", "/api/trash")["entries"] if e["project"] == own)
    assert member.delete(f"/api/trash/{entry['id']}").status_code == 204
    assert member.post(f"/api/trash/{entry['id']}/restore").status_code == 404
