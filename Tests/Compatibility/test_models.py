"""ML backends: asked as Label Studio asks them."""

import pytest
from companions import Model
from installation import API, Daemon
from test_webhooks import CONFIG, make_task, wait_for


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    daemon = Daemon(tmp_path_factory.mktemp("models"), ["--allow-outbound", "127.0.0.1"])
    token = daemon.make_user("models@example.org", "administrator")
    daemon.start()
    yield API(daemon.url, token)
    assert daemon.stop() == 0


@pytest.fixture
def model():
    with Model() as running:
        yield running


@pytest.fixture
def project(server):
    return server.make_project("Models", CONFIG)


def add(server, project, model, **fields):
    return server.value("POST", "/api/ml/", json={
        "url": model.url, "project": project, "title": "Cars", **fields})


def test_a_backend_is_asked_before_it_is_saved(server, project, model):
    made = add(server, project, model)
    assert made["state"] == "CO" and made["model_version"] == "cars-2"
    paths = [path for path, _ in model.calls]
    assert paths[:2] == ["/health", "/setup"]
    setup = model.calls[1][1]
    assert setup["schema"] == CONFIG and setup["project"].startswith(f"{project}.")
    hooks = server.value("GET", f"/api/webhooks/?project={project}")
    assert [hook["url"] for hook in hooks] == [model.url + "/webhook"]
    assert server.value("GET", f"/api/projects/{project}/")["model_version"] == "Cars"


def test_what_is_no_backend_is_refused_with_a_sentence(server, project):
    for url in ["http://127.0.0.1:1", "http://10.0.0.1/", "nonsense"]:
        answer = server.post("/api/ml/", json={"url": url, "project": project})
        assert answer.status_code == 400 and answer.json()["validation_errors"]["url"]
    assert server.value("GET", f"/api/ml/?project={project}") == []


def test_a_backend_that_went_away_is_told_as_silent(server, project):
    with Model() as model:
        made = add(server, project, model)
    seen = server.value("GET", f"/api/ml/{made['id']}")
    assert seen["state"] == "DI" and seen["error_message"]


def test_predictions_are_retrieved_for_tasks_that_have_none(server, project, model):
    add(server, project, model)
    tasks = [make_task(server, project) for _ in range(3)]
    path = f"/api/dm/actions/?id=retrieve_tasks_predictions&project={project}"
    assert server.value("POST", path, json={})["processed_items"] == 3
    for task in tasks:
        made = server.value("GET", f"/api/predictions/?task={task}")
        assert [p["model_version"] for p in made] == ["cars-2"]
        assert made[0]["result"] == Model.RESULT and made[0]["score"] == 0.5
    asked = [body for path, body in model.calls if path == "/predict"]
    assert [task["id"] for task in asked[0]["tasks"]] == tasks
    assert asked[0]["label_config"] == CONFIG
    server.value("POST", path, json={})
    assert len([path for path, _ in model.calls if path == "/predict"]) == 1


def test_annotators_see_what_the_model_that_the_project_is_named_after_says(server, project, model):
    add(server, project, model)
    task = make_task(server, project)
    for version in ("cars-1", "cars-2"):
        server.value("POST", "/api/predictions/", json={
            "task": task, "result": Model.RESULT, "model_version": version})

    def offered():
        found = server.value("GET", f"/api/projects/{project}/next")
        return [prediction["model_version"] for prediction in found["predictions"]]

    assert server.value("GET", f"/api/projects/{project}/")["model_version"] == "Cars"
    assert offered() == ["cars-2"]
    for named, seen in (("cars-1", ["cars-1"]), ("", ["cars-1", "cars-2"]), ("Nobody", [])):
        server.value("PATCH", f"/api/projects/{project}/", json={"model_version": named})
        assert offered() == seen


def test_a_model_answers_while_someone_draws(server, project, model):
    made = add(server, project, model, is_interactive=True)
    task = make_task(server, project)
    answer = server.value("POST", f"/api/ml/{made['id']}/interactive-annotating", json={
        "task": task, "context": {"result": [{"id": "a"}]}})
    assert answer["data"]["result"] == Model.RESULT
    sent = [body for path, body in model.calls if path == "/predict"][-1]
    assert sent["params"]["context"] == {"result": [{"id": "a"}]}
    assert server.value("GET", f"/api/predictions/?task={task}") == []
    server.value("PATCH", f"/api/ml/{made['id']}", json={"is_interactive": False})
    refused = server.value("POST", f"/api/ml/{made['id']}/interactive-annotating", json={
        "task": task})
    assert refused["errors"]


def test_training_and_events_reach_the_backend(server, project, model):
    made = add(server, project, model)
    answer = server.post(f"/api/ml/{made['id']}/train", json={})
    assert answer.status_code == 200 and answer.content == b""
    told = {body["action"]: body for path, body in model.calls if path == "/webhook"}
    assert told["START_TRAINING"]["project"]["id"] == project
    make_task(server, project)
    wait_for(lambda: any(
        body and body.get("action") == "TASKS_CREATED" for path, body in model.calls))


def test_credentials_go_to_the_backend_and_nowhere_else(server, project, model):
    made = add(server, project, model, auth_method="BASIC_AUTH", basic_auth_user="u",
               basic_auth_pass="p")
    assert made["basic_auth_pass_is_set"] and "p" not in [made.get("basic_auth_pass")]
    answer = server.post("/api/ml/", json={
        "url": model.url, "project": project, "auth_method": "BASIC_AUTH"})
    assert answer.status_code == 400


def test_a_deleted_backend_leaves_the_project(server, project, model):
    made = add(server, project, model)
    assert server.value("GET", f"/api/ml/{made['id']}/versions") == {
        "versions": ["cars-1", "cars-2"]}
    assert server.delete(f"/api/ml/{made['id']}").status_code == 204
    assert server.get(f"/api/ml/{made['id']}").status_code == 404
    assert server.value("GET", f"/api/projects/{project}/")["model_version"] == ""
