"""Nothing that takes in, lists or exports a project holds it in memory."""

import json
import os
from urllib.parse import urlencode

import pytest
from installation import API, Daemon
from peak_memory import PeakMemory
from test_webhooks import wait_for

# `make test-memory` takes the number that is promised; the ordinary run is shorter.
TASKS = int(os.environ.get("POSTIL_MEMORY_TASKS", "20000"))
TEXT = "Wörter, the same in every task but for their beginning. " * 70
# A project of the ordinary size is larger than what may be added to an idle daemon.
TASK_BYTES = 5_000
DAEMON_MEGABYTES = 70
WORKER_MEGABYTES = 70
CONFIG = """<View><Image name="image" value="$image"/><Text name="text" value="$text"/>
<RectangleLabels name="box" toName="image"><Label value="car"/><Label value="bus"/></RectangleLabels>
<Choices name="mood" toName="image"><Choice value="good"/></Choices></View>"""


def box(index, label):
    return {"id": f"b{index}", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
            "original_width": 640, "original_height": 480, "image_rotation": 0,
            "value": {"x": index % 50, "y": 2.5, "width": 30, "height": 40, "rotation": 0,
                      "rectanglelabels": [label]}}


def tasks():
    """A JSON list of tasks, in pieces, so that the test holds none either."""
    for index in range(TASKS):
        result = [box(index, "car"), box(index + 1, "bus"),
                  {"id": "c", "from_name": "mood", "to_name": "image", "type": "choices",
                   "value": {"choices": ["good"]}}]
        task = {"data": {"image": f"https://images.invalid/{index}.jpg", "n": index,
                         "text": f"{index} {TEXT}"},
                "annotations": [{"result": result, "lead_time": index % 90}]}
        yield (("[" if index == 0 else ",") + json.dumps(task, ensure_ascii=False)).encode()
    yield b"]"


def drained(api, path, **options):
    """How many bytes an answer has."""
    with api.get(path, stream=True, timeout=600, **options) as answer:
        assert answer.status_code == 200, answer.text[:600]
        return sum(len(chunk) for chunk in answer.iter_content(1 << 20))


def query(filters=(), ordering=()):
    return {"query": json.dumps({
        "filters": {"conjunction": "and", "items": list(filters)}, "ordering": list(ordering)})}


def condition(column, operator, value, kind="String"):
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    daemon = Daemon(tmp_path_factory.mktemp("memory"))
    token = daemon.make_user("memory@example.org", "administrator")
    daemon.start()
    api = API(daemon.url, token)
    api.get("/api/projects/")
    yield api, PeakMemory(daemon.process.pid)
    assert daemon.stop() == 0


def test_no_work_on_a_project_holds_it_in_memory(memory):
    api, peaks = memory
    project = api.make_project("Large", CONFIG)
    with peaks.stage("import"):
        answer = api.value("POST", f"/api/projects/{project}/import", data=tasks(), timeout=1800,
                           headers={"Content-Type": "application/json"})
    assert (answer["task_count"], answer["annotation_count"]) == (TASKS, TASKS)
    size = TASKS * TASK_BYTES / 1e6

    with peaks.stage("pages"):
        pages = sorted({*range(1, 20), TASKS // 200, TASKS // 100})
        for page in pages:
            listed = api.value("GET", f"/api/tasks/?project={project}&page={page}&page_size=100"
                                      "&fields=all")
            assert len(listed["tasks"]) == 100 and listed["total"] == TASKS
    with peaks.stage("filters"):
        for asked, total in [
            (query([condition("data.text", "contains", "BEGINNING")]), TASKS),
            (query([condition("data.text", "regex", "^1?7 W")]), 2),
            (query([condition("data.n", "less", 50, "Number")], ["-tasks:data.n"]), 50),
            (query([condition("annotations_results", "contains", "bus")]), TASKS),
            (query(ordering=["tasks:data.text"]), TASKS),
        ]:
            found = api.value("GET", f"/api/tasks/?project={project}&{urlencode(asked)}",
                              timeout=600)
            assert found["total"] == total
    exports = f"/api/projects/{project}/export?exportType="
    for name in ("JSON", "CSV", "COCO"):
        with peaks.stage(name):
            length = drained(api, exports + name)
        assert length > (TASKS * 100 if name == "COCO" else size * 0.7e6), name
    with peaks.stage("snapshot"):
        path = f"/api/projects/{project}/exports/"
        made = api.value("POST", path, json={}, timeout=600)["id"]
        wait_for(lambda: api.value("GET", f"{path}{made}")["status"] == "completed", 1800)
        assert drained(api, f"{path}{made}/download") > size * 0.7e6
    with peaks.stage("conversion"):
        # Converting goes through the snapshot's file.
        api.value("POST", f"{path}{made}/convert", json={"export_type": "CSV"}, timeout=600)
        wait_for(lambda: all(c["status"] == "completed" for c in api.value(
            "GET", f"{path}{made}")["converted_formats"]), 1800)
    print(f"{TASKS} tasks, {size:.0f} MB\n{peaks.table()}")
    assert size > DAEMON_MEGABYTES
    for name, (daemon, worker) in peaks.stages.items():
        assert daemon - peaks.idle < DAEMON_MEGABYTES, f"{name}\n{peaks.table()}"
        assert worker < WORKER_MEGABYTES, f"{name}\n{peaks.table()}"
