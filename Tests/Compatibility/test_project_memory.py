"""Nothing that takes in, lists or exports a project holds it in memory."""

import json
import os
from urllib.parse import urlencode

from installation import API, Daemon
from peak_memory import PeakMemory
from test_webhooks import wait_for

# `make test-memory` takes the number that is promised; the ordinary run is shorter.
TASKS = int(os.environ.get("POSTIL_MEMORY_TASKS", "20000"))
HALF = TASKS // 2
TEXT = "Wörter, the same in every task but for their beginning. " * 150
TASK_BYTES = 9_000
# What all tasks may need beyond half of them; the other half is far larger.
MORE_MEGABYTES = 50
WORKER_MEGABYTES = 100
CONFIG = """<View><Image name="image" value="$image"/><Text name="text" value="$text"/>
<RectangleLabels name="box" toName="image"><Label value="car"/><Label value="bus"/></RectangleLabels>
<Choices name="mood" toName="image"><Choice value="good"/></Choices></View>"""


def box(index, label):
    return {"id": f"b{index}", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
            "original_width": 640, "original_height": 480, "image_rotation": 0,
            "value": {"x": index % 50, "y": 2.5, "width": 30, "height": 40, "rotation": 0,
                      "rectanglelabels": [label]}}


def tasks(first, last):
    """A JSON list of tasks, in pieces, so that the test holds none either."""
    for index in range(first, last):
        result = [box(index, "car"), box(index + 1, "bus"),
                  {"id": "c", "from_name": "mood", "to_name": "image", "type": "choices",
                   "value": {"choices": ["good"]}}]
        task = {"data": {"image": f"https://images.invalid/{index}.jpg", "n": index,
                         "text": f"{index} {TEXT}"},
                "annotations": [{"result": result, "lead_time": index % 90}]}
        yield (("[" if index == first else ",") + json.dumps(task, ensure_ascii=False)).encode()
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


def work(api, project, count, peaks):
    """Imports half of the tasks, then does all that lists or exports; `count` are there then."""
    size = count * TASK_BYTES / 1e6
    with peaks.stage("import"):
        answer = api.value("POST", f"/api/projects/{project}/import", timeout=1800,
                           data=tasks(count - HALF, count),
                           headers={"Content-Type": "application/json"})
    assert (answer["task_count"], answer["annotation_count"]) == (HALF, HALF)
    with peaks.stage("pages"):
        for page in sorted({*range(1, 20), count // 200, count // 100}):
            listed = api.value("GET", f"/api/tasks/?project={project}&page={page}&page_size=100"
                                      "&fields=all")
            assert len(listed["tasks"]) == 100 and listed["total"] == count
    with peaks.stage("filters"):
        for asked, total in [
            (query([condition("data.text", "contains", "BEGINNING")]), count),
            (query([condition("data.text", "regex", "^1?7 W")]), 2),
            (query([condition("data.n", "less", 50, "Number")], ["-tasks:data.n"]), 50),
            (query([condition("annotations_results", "contains", "bus")]), count),
            (query(ordering=["tasks:data.text"]), count),
        ]:
            found = api.value("GET", f"/api/tasks/?project={project}&{urlencode(asked)}",
                              timeout=600)
            assert found["total"] == total
    exports = f"/api/projects/{project}/export?exportType="
    for name in ("JSON", "CSV", "COCO"):
        with peaks.stage(name):
            length = drained(api, exports + name)
        assert length > (count * 100 if name == "COCO" else size * 0.7e6), name
    path = f"/api/projects/{project}/exports/"
    with peaks.stage("snapshot"):
        made = api.value("POST", path, json={}, timeout=600)["id"]
        wait_for(lambda: api.value("GET", f"{path}{made}")["status"] == "completed", 1800)
        assert drained(api, f"{path}{made}/download") > size * 0.7e6
    with peaks.stage("conversion"):
        # Converting goes through the snapshot's file.
        api.value("POST", f"{path}{made}/convert", json={"export_type": "CSV"}, timeout=600)
        wait_for(lambda: all(c["status"] == "completed" for c in api.value(
            "GET", f"{path}{made}")["converted_formats"]), 1800)


def test_no_work_on_a_project_holds_it_in_memory(tmp_path):
    daemon = Daemon(tmp_path / "data")
    token = daemon.make_user("memory@example.org", "administrator")
    project, measured = None, []
    for count in (HALF, TASKS):
        # Each in a process of its own, so that neither begins with what the other had.
        daemon.start()
        api = API(daemon.url, token)
        project = project or api.make_project("Large", CONFIG)
        measured.append(PeakMemory(daemon.process.pid))
        work(api, project, count, measured[-1])
        assert daemon.stop() == 0
    half, whole = measured
    told = f"{HALF} tasks, {half.table()}\n{TASKS} tasks, {whole.table()}"
    print(told)
    assert HALF * TASK_BYTES / 1e6 > 1.5 * MORE_MEGABYTES
    for name, (peak, worker) in whole.stages.items():
        assert peak - half.stages[name][0] < MORE_MEGABYTES, f"{name}\n{told}"
        assert worker < WORKER_MEGABYTES, f"{name}\n{told}"
