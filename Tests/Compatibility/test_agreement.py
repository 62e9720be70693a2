"""How far people agree, asked of a running daemon."""

import pytest

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="car"/><Label value="bus"/></RectangleLabels>
<Choices name="mood" toName="image"><Choice value="good"/><Choice value="bad"/></Choices></View>"""


def box(x, label="car"):
    return {"id": f"b{x}", "type": "rectanglelabels", "from_name": "box", "to_name": "image",
            "original_width": 100, "original_height": 100,
            "value": {"x": x, "y": 0, "width": 40, "height": 40, "rotation": 0,
                      "rectanglelabels": [label]}}


def mood(choice):
    return {"id": "m", "type": "choices", "from_name": "mood", "to_name": "image",
            "value": {"choices": [choice]}}


@pytest.fixture(scope="module")
def project(admin):
    made = admin.make_project("Agreement", CONFIG)
    tasks = [
        {"data": {"image": "a.png"},
         "annotations": [{"result": [box(0), mood("good")]}, {"result": [box(20), mood("bad")]},
                         {"result": [], "was_cancelled": True}],
         "predictions": [{"model_version": "m1", "result": [box(0)]}]},
        {"data": {"image": "b.png"},
         "annotations": [{"result": [mood("good")]}, {"result": [mood("good")]},
                         {"result": [mood("bad")]}]},
        {"data": {"image": "c.png"}, "annotations": [{"result": [mood("good")]}]},
        {"data": {"image": "d.png"}},
    ]
    admin.value("POST", f"/api/projects/{made}/import", json=tasks)
    return made


@pytest.fixture(scope="module")
def tasks(admin, project):
    page = admin.value("GET", f"/api/tasks/?project={project}&page_size=100")
    return sorted(task["id"] for task in page["tasks"])


def by_metric(answer):
    return {entry["metric"]["name"]: entry for entry in answer["metrics"]}


def test_a_task_is_judged_by_the_metrics_that_fit_its_config(admin, tasks):
    answer = admin.value("GET", f"/api/tasks/{tasks[0]}/agreement")
    found = by_metric(answer)
    assert set(found) == {"exact-match", "choices", "choices-kappa", "region-iou", "region-f1"}
    assert len(answer["answers"]) == 2, "the skipped annotation is left out"
    assert found["region-iou"]["mean"] == pytest.approx(1 / 3)
    (score,) = found["region-iou"]["scores"]
    assert score["parts"] == [{"label": "car", "score": pytest.approx(1 / 3), "weight": 1}]
    assert {score["first"]["id"], score["second"]["id"]} == {a["id"] for a in answer["answers"]}
    assert found["choices"]["mean"] == 0
    assert found["choices-kappa"]["mean"] == -1


def test_predictions_are_compared_when_asked(admin, tasks):
    path = f"/api/tasks/{tasks[0]}/agreement?metric=region-iou&predictions=true"
    (judged,) = admin.value("GET", path)["metrics"]
    kinds = {(s["first"]["kind"], s["second"]["kind"]): s["score"] for s in judged["scores"]}
    assert len(judged["scores"]) == 3
    assert ("annotation", "prediction") in kinds
    assert any(s["score"] == 1 and s["second"]["model_version"] == "m1" for s in judged["scores"])


def test_one_answer_agrees_with_nobody(admin, tasks):
    (judged,) = admin.value("GET", f"/api/tasks/{tasks[2]}/agreement?metric=choices")["metrics"]
    assert judged["scores"] == [] and judged["mean"] is None and judged["reason"] is None


def test_a_project_is_summed_up(admin, project):
    answer = admin.value("GET", f"/api/projects/{project}/agreement?metric=choices")
    assert (answer["scores"], answer["tasks"], answer["without_score"]) == (4, 2, 0)
    assert answer["mean"] == pytest.approx(1 / 4)
    assert (answer["minimum"], answer["maximum"]) == (0, 1)
    labels = {entry["label"]: entry for entry in answer["labels"]}
    # 2a / (2a + b + c): once both, three times one of two.
    assert labels["good"]["mean"] == pytest.approx(2 / 5)
    assert labels["bad"]["mean"] == 0
    (pair,) = answer["annotators"]
    assert pair["first"] == pair["second"] and pair["scores"] == 4


def test_questions_without_a_score_are_counted(admin, project):
    answer = admin.value("GET", f"/api/projects/{project}/agreement?metric=region-iou")
    assert (answer["scores"], answer["without_score"]) == (1, 3)


def test_settings_of_the_project_reach_the_metric(admin, project, tasks):
    path = f"/api/projects/{project}/plugins/org.postil.metric.regions"
    admin.value("PUT", path, json={"enabled": True, "settings": {"region-f1": {"threshold": 0.2}}})
    (judged,) = admin.value("GET", f"/api/tasks/{tasks[0]}/agreement?metric=region-f1")["metrics"]
    assert judged["metric"]["settings"]["threshold"] == 0.2
    assert judged["mean"] == 1
    refused = admin.request("PUT", path, json={"enabled": True,
                                               "settings": {"region-f1": {"threshold": 2}}})
    assert refused.status_code == 400
    assert refused.json()["place"]["pointer"] == "/settings/region-f1/threshold"
    admin.value("PUT", path, json={"enabled": True, "settings": {}})


def test_a_metric_that_is_off_says_why(admin, project, tasks):
    path = f"/api/projects/{project}/plugins/org.postil.metric.numbers"
    admin.value("PUT", path, json={"enabled": False})
    refused = admin.get(f"/api/tasks/{tasks[0]}/agreement?metric=number-agreement")
    assert refused.status_code == 400
    assert refused.json()["code"] == "metric_not_enabled"
    listed = {m["name"]: m for m in admin.value("GET", f"/api/projects/{project}/metrics")}
    assert listed["number-agreement"]["enabled"] is False
    assert listed["number-agreement"]["reason"]["code"] == "plugin_not_enabled"
    assert listed["number-distance"]["maximum"] is None
    assert listed["choices"]["enabled"] is True


@pytest.mark.parametrize("path, status, code", [
    ("/api/tasks/{task}/agreement?metric=nothing", 400, "metric_unknown"),
    ("/api/projects/{project}/agreement?metric=nothing", 400, "metric_unknown"),
    ("/api/projects/{project}/agreement", 400, None),
    ("/api/tasks/999999/agreement", 404, None),
    ("/api/projects/999999/agreement?metric=choices", 404, None),
])
def test_what_is_refused(admin, project, tasks, path, status, code):
    answer = admin.get(path.format(task=tasks[0], project=project))
    assert answer.status_code == status, answer.text
    assert code is None or answer.json()["code"] == code
