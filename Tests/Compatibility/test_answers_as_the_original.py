"""What the comparison with Label Studio mended stays as it is there; `make compare` has the rest."""

import pytest

CONFIG = """<View><Image name="image" value="$image"/><Choices name="kind" toName="image">
<Choice value="car"/></Choices></View>"""
CHOICE = {"id": "c", "from_name": "kind", "to_name": "image", "type": "choices",
          "value": {"choices": ["car"]}}


@pytest.fixture(scope="module")
def task(admin):
    project = admin.make_project("As the original", CONFIG)
    made = admin.value("POST", "/api/tasks/", json={"project": project, "data": {"image": "a.jpg"}})
    admin.value("POST", f"/api/tasks/{made['id']}/annotations/", json={"result": [CHOICE]})
    return made


@pytest.mark.parametrize("method, path, body, status, field", [
    ("POST", "/api/users/", {"email": "admin@example.org"}, 400, "email"),
    ("POST", "/api/users/", {"email": "n@example.org", "first_name": 257 * "x"}, 400, "first_name"),
    ("PATCH", "/api/users/1/", {"last_name": 257 * "x"}, 400, "last_name"),
    ("POST", "/api/projects/", {"title": "Other", "organization": 7}, 400, "organization"),
    ("PATCH", "/api/tasks/{task}/", {"data": None}, 400, "data"),
    ("GET", "/api/dm/views/?project=987654", None, 404, None),
    ("POST", "/api/token/blacklist/", {"refresh": "nonsense"}, 404, None),
])
def test_what_cannot_be_is_refused(admin, task, method, path, body, status, field):
    answer = admin.request(method, path.format(task=task["id"]), json=body)
    assert answer.status_code == status, answer.text
    if field:
        assert list(answer.json()["validation_errors"]) == [field]


def test_a_changed_task_tells_its_answers(admin, task):
    changed = admin.value("PATCH", f"/api/tasks/{task['id']}/", json={"meta": {"a": 1}})
    assert [a["result"] for a in changed["annotations"]] == [[CHOICE]] and changed["predictions"] == []


def test_results_of_a_list_are_spaced(admin, task):
    listed = admin.value("GET", f"/api/tasks/?project={task['project']}&fields=all")["tasks"][0]
    assert listed["annotations_results"] == (
        "[{id: c, from_name: kind, to_name: image, type: choices, value: {choices: [car]}}]")


def test_a_user_has_hotkeys_permissions_and_an_organization(admin):
    keys = {"annotation:submit": {"key": "ctrl+enter", "active": True}}
    admin.value("PATCH", "/api/current-user/hotkeys/", json={"custom_hotkeys": keys})
    who = admin.value("GET", "/api/current-user/whoami")
    assert who["custom_hotkeys"] == keys
    assert "organizations.invite" in who["permissions"] and "tasks.change" in who["permissions"]
    assert who["active_organization_meta"]["email"]
    admin.value("PATCH", "/api/current-user/hotkeys/", json={"custom_hotkeys": {}})


def test_numbers_of_a_queue_are_numbers_from_the_start(admin):
    made = admin.value("POST", "/api/projects/", json={"title": "Queue", "label_config": CONFIG})
    assert (made["queue_total"], made["queue_done"], made["task_number"]) == (0, 0, None)


def test_an_export_says_that_nothing_was_made_in_bulk(admin, task):
    exported = admin.value("GET", f"/api/projects/{task['project']}/export?exportType=JSON")
    assert exported[0]["annotations"][0]["bulk_created"] is False
