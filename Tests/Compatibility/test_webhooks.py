"""Events reach webhooks: all of them, once, in order, and nobody waits for it."""

import time

import pytest
from companions import Receiver
from installation import API, Daemon

CONFIG = """<View><Image name="image" value="$image"/><Choices name="kind" toName="image">
<Choice value="car"/><Choice value="bus"/></Choices></View>"""
RESULT = [{"id": "c", "from_name": "kind", "to_name": "image", "type": "choices",
           "value": {"choices": ["car"]}}]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    daemon = Daemon(tmp_path_factory.mktemp("hooks"), ["--allow-outbound", "127.0.0.1"])
    token = daemon.make_user("hooks@example.org", "administrator")
    daemon.start()
    api = API(daemon.url, token)
    api.daemon = daemon
    yield api
    assert daemon.stop() == 0


def make_project(server, title):
    return server.make_project(title, CONFIG)


def make_task(server, project):
    return server.value("POST", "/api/tasks/", json={
        "project": project, "data": {"image": "https://images.invalid/a.jpg"}})["id"]


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)


def actions(receiver):
    return [event["action"] for event in receiver.received]


def test_every_event_arrives_with_its_payload(server):
    with Receiver() as receiver:
        wide = server.value("POST", "/api/webhooks/", json={"url": receiver.url + "/all"})
        project = make_project(server, "Events")
        server.value("PATCH", f"/api/projects/{project}/", json={"title": "Renamed"})
        task = make_task(server, project)
        made = server.value("POST", f"/api/tasks/{task}/annotations/", json={"result": RESULT})
        server.value("PATCH", f"/api/annotations/{made['id']}/", json={"lead_time": 4})
        server.delete(f"/api/annotations/{made['id']}/")
        server.value("POST", "/api/predictions/", json={"task": task, "result": RESULT})
        server.value(
            "POST", f"/api/dm/actions/?id=predictions_to_annotations&project={project}", json={})
        server.value(
            "POST", f"/api/dm/actions/?id=delete_tasks_annotations&project={project}", json={})
        server.delete(f"/api/tasks/{task}/")
        server.delete(f"/api/projects/{project}/")
        expected = [
            "PROJECT_CREATED", "PROJECT_UPDATED", "TASKS_CREATED", "ANNOTATION_CREATED",
            "ANNOTATION_UPDATED", "ANNOTATIONS_DELETED", "ANNOTATIONS_CREATED",
            "ANNOTATIONS_DELETED", "TASKS_DELETED", "PROJECT_DELETED",
        ]
        wait_for(lambda: len(receiver.received) >= len(expected))
        assert actions(receiver) == expected
        events = receiver.received
        # The project is as it is at the delivery: by now it may be gone.
        assert all(event["project"]["id"] == project for event in events)
        assert events[3]["annotation"]["result"] == RESULT
        assert events[3]["annotation"]["completed_by"] == made["completed_by"]
        assert events[3]["task"]["id"] == task
        assert events[4]["annotation"]["lead_time"] == 4
        assert events[5]["annotations"] == [{"id": made["id"]}]
        assert [a["result"] for a in events[6]["annotation"]] == [RESULT]
        assert [t["id"] for t in events[6]["task"]] == [task]
        assert events[8]["tasks"] == [{"id": task}]
        server.delete(f"/api/webhooks/{wide['id']}/")


def test_a_payload_has_the_fields_that_receivers_know(server):
    with Receiver() as receiver:
        project = make_project(server, "Fields")
        server.value("POST", "/api/webhooks/", json={
            "url": receiver.url, "project": project, "headers": {"X-Key": "secret"}})
        task = make_task(server, project)
        server.value("POST", f"/api/tasks/{task}/annotations/", json={"result": RESULT})
        wait_for(lambda: len(receiver.received) == 2)
        created, annotated = receiver.received
        assert created["tasks"][0]["data"] == {"image": "https://images.invalid/a.jpg"}
        assert {"inner_id", "overlap", "allow_skip", "total_predictions", "file_upload"} <= set(
            created["tasks"][0])
        assert {"unique_id", "result_count", "updated_by", "last_action"} <= set(
            annotated["annotation"])
        known = annotated["project"]
        assert known["title"] == "Fields" and known["label_config"] == CONFIG
        assert known["parsed_label_config"]["kind"]["type"] == "Choices"
        assert known["data_types"] == {"image": "Image"}
        assert known["task_number"] == 1
        assert receiver.headers[0]["X-Key"] == "secret"
        assert receiver.headers[0]["Postil-Delivery"] != receiver.headers[1]["Postil-Delivery"]


def test_a_webhook_gets_what_it_asked_for_and_no_more(server):
    with Receiver() as receiver:
        project = make_project(server, "Chosen")
        server.value("POST", "/api/webhooks/", json={
            "url": receiver.url, "project": project, "send_payload": False,
            "send_for_all_actions": False, "actions": ["TASKS_DELETED"]})
        off = server.value("POST", "/api/webhooks/", json={
            "url": receiver.url, "project": project, "is_active": False})
        task = make_task(server, project)
        server.delete(f"/api/tasks/{task}/")
        wait_for(lambda: receiver.received)
        time.sleep(0.3)
        assert receiver.received == [{"action": "TASKS_DELETED"}]
        assert server.value("GET", f"/api/webhooks/{off['id']}/deliveries") == []


def test_a_receiver_that_was_down_gets_everything_once_in_order(server):
    with Receiver() as probe:
        port = probe.port
    project = make_project(server, "Down")
    hook = server.value("POST", "/api/webhooks/", json={
        "url": f"http://127.0.0.1:{port}/", "project": project})
    tasks, longest = [], 0.0
    for _ in range(25):
        begun = time.monotonic()
        tasks.append(make_task(server, project))
        longest = max(longest, time.monotonic() - begun)
    time.sleep(4)
    # An event before it is not passed by one after it, and no request waited for the receiver.
    assert longest < 1
    records = server.value("GET", f"/api/webhooks/{hook['id']}/deliveries")
    assert [record["state"] for record in records] == ["waiting"] * 25
    assert records[-1]["attempts"] >= 2 and records[-1]["error"]
    assert all(record["attempts"] == 0 for record in records[:-1])
    with Receiver(port, status=503) as receiver:
        time.sleep(2)
        receiver.status = 200
        wait_for(lambda: len(receiver.received) >= 25, 90)
        time.sleep(1)
        told = [event["tasks"][0]["id"] for event in receiver.received]
        assert told == tasks
    wait_for(lambda: all(
        record["state"] == "delivered"
        for record in server.value("GET", f"/api/webhooks/{hook['id']}/deliveries")))


def test_what_waits_survives_a_kill(tmp_path):
    daemon = Daemon(tmp_path, ["--allow-outbound", "127.0.0.1"])
    token = daemon.make_user("kill@example.org", "administrator")
    daemon.start()
    server = API(daemon.url, token)
    with Receiver() as probe:
        port = probe.port
    project = make_project(server, "Killed")
    server.value("POST", "/api/webhooks/", json={
        "url": f"http://127.0.0.1:{port}/", "project": project})
    tasks = [make_task(server, project) for _ in range(5)]
    daemon.kill()
    with Receiver(port) as receiver:
        daemon.start()
        wait_for(lambda: len(receiver.received) >= 5)
        assert [event["tasks"][0]["id"] for event in receiver.received] == tasks
    assert daemon.stop() == 0


def test_a_receiver_that_refuses_does_not_hold_up_the_next_event(server):
    with Receiver(status=400) as receiver:
        project = make_project(server, "Refused")
        hook = server.value("POST", "/api/webhooks/", json={
            "url": receiver.url, "project": project})
        make_task(server, project)
        path = f"/api/webhooks/{hook['id']}/deliveries"
        wait_for(lambda: [r["state"] for r in server.value("GET", path)] == ["refused"])
        receiver.status = 200
        make_task(server, project)
        wait_for(lambda: len(receiver.received) == 1)
        assert server.value("GET", path)[1]["status"] == 400


def test_a_test_is_sent_at_once_past_what_waits(server):
    with Receiver(status=503) as receiver:
        project = make_project(server, "Tests")
        hook = server.value("POST", "/api/webhooks/", json={
            "url": receiver.url, "project": project, "headers": {"X-Key": "secret"}})
        path = f"/api/webhooks/{hook['id']}"
        refused = server.value("POST", path + "/test")
        assert (refused["delivered"], refused["status"], refused["error"]) == (False, 503, None)
        make_task(server, project)
        wait_for(lambda: server.value("GET", path + "/deliveries")[0]["attempts"] > 0)
        server.value("PATCH", path + "/", json={"is_active": False})
        receiver.status = 200
        took = server.value("POST", path + "/test")
        assert (took["delivered"], took["status"], took["error"]) == (True, 200, None)
        assert took["seconds"] >= 0
        at = actions(receiver).index("WEBHOOK_TEST")
        assert receiver.received[at]["project"]["title"] == "Tests"
        assert receiver.headers[at]["Postil-Delivery"] == "test"
        assert receiver.headers[at]["X-Key"] == "secret"
        told = server.value("GET", path + "/deliveries")
        assert [record["action"] for record in told] == ["TASKS_CREATED"]
        server.delete(path + "/")
    gone = server.value("POST", "/api/webhooks/", json={"url": receiver.url, "project": project})
    silent = server.value("POST", f"/api/webhooks/{gone['id']}/test")
    assert not silent["delivered"] and silent["status"] is None and silent["error"]
    assert server.post("/api/webhooks/999999/test").status_code == 404


def test_a_test_of_the_organization_needs_an_administrator(server):
    with Receiver() as receiver:
        hook = server.value("POST", "/api/webhooks/", json={"url": receiver.url})
        path = f"/api/webhooks/{hook['id']}/test"
        assert server.value("POST", path)["delivered"]
        assert receiver.received == [{"action": "WEBHOOK_TEST"}]
        member = server.daemon.make_user("tester@example.org", "member")
        assert API(server.url, member).post(path).status_code == 403
        server.delete(f"/api/webhooks/{hook['id']}/")


@pytest.mark.parametrize("body, field", [
    ({}, "url"), ({"url": ""}, "url"), ({"url": "ftp://a.example/"}, "url"),
    ({"url": "http://10.0.0.1/"}, "url"), ({"url": "http://169.254.169.254/latest"}, "url"),
    ({"url": "https://a.example", "actions": ["NOTHING"]}, "actions"),
    ({"url": "https://a.example", "headers": {"a b": "c"}}, "headers"),
    ({"url": "https://a.example", "headers": {"a": "c\r\nd: e"}}, "headers"),
    ({"url": "https://a.example", "headers": {str(i): "" for i in range(11)}}, "headers"),
])
def test_what_cannot_be_a_webhook_is_refused(server, body, field):
    project = make_project(server, "Refusals")
    answer = server.post("/api/webhooks/", json={"project": project, **body})
    assert answer.status_code == 400
    assert field in answer.json()["validation_errors"]


def test_actions_of_the_organization_are_not_for_a_project(server):
    project = make_project(server, "Narrow")
    answer = server.post("/api/webhooks/", json={
        "url": "https://a.example", "project": project, "actions": ["PROJECT_CREATED"]})
    assert answer.status_code == 400
