"""Labels get other names, or become one, in the config and in all that was labeled."""

import uuid

import pytest
from installation import API, Daemon
from test_bad_input import assert_refused
from test_storages import begin_in_background
from test_webhooks import wait_for

CONFIG = """<View>
  <Image name="image" value="$image"/>
  <RectangleLabels name="box" toName="image">
    <Label value="car" background="red"/>
    <Label value="bus" hotkey="b"/> <!-- long ones -->
    <Label value="man"/>
  </RectangleLabels>
  <Choices name="mood" toName="image"><Choice value="fine &amp; good" alias="good"/><Choice value="bad"/></Choices>
  <TextArea name="why" toName="image" perRegion="true" whenTagName="box" whenLabelValue="car,bus,man"/>
  <Choices name="more" toName="image" visibleWhen="choice-selected" whenTagName="mood"
      whenChoiceValue="good"><Choice value="car"/></Choices>
  <Taxonomy name="tree" toName="image"><Choice value="animal"><Choice value="cat"/></Choice>
    <Choice value="plant"/></Taxonomy>
</View>"""
CHANGE = {"labels": {"box": {"car": "vehicle", "bus": "vehicle", "man": "per\"s<o>n"},
                     "mood": {"good": "great"}, "tree": {"cat": "tomcat"}}}
CHANGED = """<View>
  <Image name="image" value="$image"/>
  <RectangleLabels name="box" toName="image">
    <Label value="vehicle" background="red"/>
     <!-- long ones -->
    <Label value="per&#34;s&lt;o&gt;n"/>
  </RectangleLabels>
  <Choices name="mood" toName="image"><Choice value="fine &amp; good" alias="great"/><Choice value="bad"/></Choices>
  <TextArea name="why" toName="image" perRegion="true" whenTagName="box" whenLabelValue="vehicle,per&#34;s&lt;o&gt;n"/>
  <Choices name="more" toName="image" visibleWhen="choice-selected" whenTagName="mood"
      whenChoiceValue="great"><Choice value="car"/></Choices>
  <Taxonomy name="tree" toName="image"><Choice value="animal"><Choice value="tomcat"/></Choice>
    <Choice value="plant"/></Taxonomy>
</View>"""


def box(*labels):
    return {"id": uuid.uuid4().hex[:8], "from_name": "box", "to_name": "image",
            "type": "rectanglelabels", "original_width": 10, "original_height": 10,
            "value": {"x": 1, "y": 2, "width": 3, "height": 4, "rotation": 0,
                      "rectanglelabels": list(labels)}}


def chosen(name, kind, *values):
    return {"id": uuid.uuid4().hex[:8], "from_name": name, "to_name": "image", "type": kind,
            "value": {kind: list(values)}}


def labels(results):
    """What each result says, by its control."""
    return [(entry["from_name"], entry["value"][entry["type"]]) for entry in results]


def changes(project, rest=""):
    return f"/api/projects/{project}/label-changes/{rest}"


def apply(api, project, body):
    made = api.value("POST", changes(project), json=body)
    wait_for(lambda: api.value("GET", changes(project, made["id"]))["finished_at"], 300)
    return api.value("GET", changes(project, made["id"]))


RESULT = [box("car"), box("car", "bus"), box("man"), chosen("mood", "choices", "good"),
          chosen("more", "choices", "car"), chosen("tree", "taxonomy", ["animal", "cat"])]
NEW = [("box", ["vehicle"]), ("box", ["vehicle"]), ("box", ['per"s<o>n']), ("mood", ["great"]),
       ("more", ["car"]), ("tree", [["animal", "tomcat"]])]


@pytest.fixture
def filled(admin):
    """A project with an annotation, a skipped one, a draft and a prediction."""
    project = admin.make_project("Label changes", CONFIG)
    tasks = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                        json=[{"image": "a.png"}, {"image": "b.png"}, {"image": "c.png"}])["task_ids"]
    made = {"project": project, "tasks": tasks}
    made["annotation"] = admin.value("POST", f"/api/tasks/{tasks[0]}/annotations/", json={
        "result": RESULT, "lead_time": 3.5, "ground_truth": True})
    made["skipped"] = admin.value("POST", f"/api/tasks/{tasks[1]}/annotations/", json={
        "result": [box("bus")], "was_cancelled": True})
    made["untouched"] = admin.value("POST", f"/api/tasks/{tasks[1]}/annotations/", json={
        "result": [chosen("mood", "choices", "bad")]})
    made["draft"] = admin.value("POST", f"/api/tasks/{tasks[2]}/drafts", json={
        "result": [box("man")], "lead_time": 1})
    made["prediction"] = admin.value("POST", "/api/predictions/", json={
        "task": tasks[0], "result": RESULT, "score": 0.25, "model_version": "m"})
    return made


def answers(api, made):
    return {name: api.value("GET", f"/api/{path}/{made[name]['id']}/") for name, path in (
        ("annotation", "annotations"), ("skipped", "annotations"), ("untouched", "annotations"),
        ("draft", "drafts"), ("prediction", "predictions"))}


def test_a_preview_counts_and_changes_nothing(admin, filled):
    project = filled["project"]
    before = answers(admin, filled), admin.value("GET", f"/api/projects/{project}/")
    seen = admin.value("POST", changes(project, "preview"), json=CHANGE)
    assert seen["label_config"] == CHANGED and seen["changes_config"]
    counts = {(c["control"], c["old"]): c for c in seen["changes"]}
    car = counts["box", "car"]
    assert car["new"] == "vehicle"
    assert car["annotations"] == {"answers": 1, "results": 2}
    assert car["predictions"] == {"answers": 1, "results": 2}
    assert car["drafts"] == {"answers": 0, "results": 0}
    assert car["types"] == {"rectanglelabels": 4}
    assert counts["box", "bus"]["annotations"] == {"answers": 2, "results": 2}
    assert counts["box", "man"]["drafts"] == {"answers": 1, "results": 1}
    assert counts["tree", "cat"]["types"] == {"taxonomy": 2}
    total = seen["total"]
    assert [total[kind]["answers"] for kind in ("annotations", "drafts", "predictions")] == [2, 1, 1]
    assert (answers(admin, filled), admin.value("GET", f"/api/projects/{project}/")) == before
    assert admin.value("GET", changes(project)) == []


def test_a_change_reaches_the_config_and_every_answer(admin, filled):
    project = filled["project"]
    preview = admin.value("POST", changes(project, "preview"), json=CHANGE)
    old = answers(admin, filled)
    done = apply(admin, project, CHANGE)
    assert done["status"] == "completed" and done["error"] is None
    assert (done["changes"], done["total"]) == (preview["changes"], preview["total"])
    assert admin.value("GET", changes(project)) == [done]
    assert admin.value("GET", f"/api/projects/{project}/")["label_config"] == CHANGED
    new = answers(admin, filled)
    assert labels(new["annotation"]["result"]) == NEW == labels(new["prediction"]["result"])
    assert labels(new["skipped"]["result"]) == [("box", ["vehicle"])]
    assert labels(new["draft"]["result"]) == [("box", ['per"s<o>n'])]
    assert new["untouched"]["result"] == old["untouched"]["result"]
    assert new["untouched"]["revision"] == old["untouched"]["revision"]
    for name in ("annotation", "skipped"):
        for field in ("lead_time", "ground_truth", "was_cancelled", "completed_by", "created_at"):
            assert new[name][field] == old[name][field]
    assert new["prediction"]["score"] == 0.25 and new["prediction"]["misfit"] is None
    history = admin.value("GET", f"/api/annotations/{filled['annotation']['id']}/history")
    assert [version["action"] for version in history] == ["created", "updated"]
    assert history[0]["annotation"]["result"] == RESULT
    # Nothing is left to do, and both names can be asked for again.
    again = admin.value("POST", changes(project, "preview"), json={
        "labels": {"box": {"car": "vehicle"}}})
    assert not again["changes_config"] and again["total"]["types"] == {}
    admin.value("POST", f"/api/tasks/{filled['tasks'][2]}/annotations/", json={
        "result": [box("vehicle")]})


def test_answers_follow_a_config_that_was_changed_by_hand(admin, filled):
    project = filled["project"]
    by_hand = CONFIG.replace('<Label value="bus" hotkey="b"/>', "").replace(
        "car,bus,man", "car,man")
    admin.value("PATCH", f"/api/projects/{project}/", json={"label_config": by_hand})
    done = apply(admin, project, {"labels": {"box": {"bus": "car"}}})
    assert done["total"]["annotations"] == {"answers": 2, "results": 2}
    assert admin.value("GET", f"/api/projects/{project}/")["label_config"] == by_hand
    found = answers(admin, filled)
    assert labels(found["skipped"]["result"]) == [("box", ["car"])]
    assert labels(found["annotation"]["result"])[:2] == [("box", ["car"]), ("box", ["car"])]


def test_a_prediction_that_did_not_fit_is_looked_at_again(admin, filled):
    made = admin.value("POST", "/api/predictions/", json={
        "task": filled["tasks"][0], "result": [box("lorry")], "model_version": "m"})
    assert "lorry" in made["misfit"]
    apply(admin, filled["project"], {"labels": {"box": {"lorry": "car"}}})
    kept = admin.value("GET", f"/api/predictions/{made['id']}/")
    assert kept["misfit"] is None and labels(kept["result"]) == [("box", ["car"])]


@pytest.mark.parametrize("body, pointer", [
    ({}, "/labels"), ({"labels": []}, "/labels"), ({"labels": {}}, "/labels"),
    ({"labels": {"nothing": {"a": "b"}}}, "/labels/nothing"),
    ({"labels": {"box": ["car"]}}, "/labels/box"), ({"labels": {"box": {}}}, "/labels"),
    ({"labels": {"box": {"car": 7}}}, "/labels/box/car"),
    ({"labels": {"box": {"car": ""}}}, "/labels/box/car"),
    ({"labels": {"box": {"car": " x"}}}, "/labels/box/car"),
    ({"labels": {"box": {"car": "a\u0001b"}}}, "/labels/box/car"),
    ({"labels": {"box": {"car": "car"}}}, "/labels/box/car"),
    ({"labels": {"box": {"car": "bus", "bus": "car"}}}, "/labels/box/car"),
    ({"labels": {"box": {"lorry": "van"}}}, "/labels/box/lorry"),
    ({"labels": {"why": {"a": "b"}}}, "/labels/why/a"),
    ({"labels": {"tree": {"cat": "plant"}}}, "/labels/tree/cat"),
    ({"labels": {"box": {"a/b~": "x"}}}, "/labels/box/a~1b~0"),
])
def test_what_cannot_be_changed_is_refused_with_its_place(admin, filled, body, pointer):
    project = filled["project"]
    for path in ("preview", ""):
        refused = assert_refused(admin.post(changes(project, path), json=body), (400,))
        assert refused["place"] == {"pointer": pointer}
    assert admin.value("GET", f"/api/projects/{project}/")["label_config"] == CONFIG
    assert admin.value("GET", changes(project)) == []


def test_a_change_that_was_broken_off_goes_on(tmp_path):
    count = 3000
    daemon = Daemon(tmp_path / "data")
    token = daemon.make_user("labels@example.org", "administrator")
    daemon.start()
    api = API(daemon.url, token)
    project = api.make_project("Broken off", CONFIG)
    api.value("POST", f"/api/projects/{project}/import", timeout=120, json=[
        {"data": {"image": "a.png"}, "annotations": [{"result": [box("car"), box("man")]}]}
        for _ in range(count)])
    body = {"labels": {"box": {"car": "vehicle"}}}
    begin_in_background(API(daemon.url, token), changes(project), body)
    wait_for(lambda: any(c["tasks_done"] > 0 for c in api.value("GET", changes(project))))
    found = api.value("GET", changes(project))[0]
    # While it runs there is no other one.
    if found["status"] == "in_progress":
        assert api.post(changes(project), json={
            "labels": {"box": {"man": "person"}}}).status_code == 409
    daemon.kill()
    daemon.start()
    api = API(daemon.url, token)
    wait_for(lambda: api.value("GET", changes(project, found["id"]))["finished_at"], 300)
    done = api.value("GET", changes(project, found["id"]))
    assert done["status"] == "completed"
    assert done["total"]["annotations"] == {"answers": count, "results": count}
    summary = api.value("GET", f"/api/projects/{project}/summary/")
    assert summary["created_labels"]["box"] == {"man": count, "vehicle": count}
    assert 'value="vehicle"' in api.value("GET", f"/api/projects/{project}/")["label_config"]
    assert daemon.stop() == 0
