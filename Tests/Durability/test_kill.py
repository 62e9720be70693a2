"""`kill -9` while people annotate: what was acknowledged is there afterwards."""

import random
import sqlite3
import threading
import time
import uuid

import pytest
import requests
from installation import API, Daemon

ANNOTATORS = 32
ROUNDS = 20
CONFIG = """<View><Text name="text" value="$text"/><Choices name="sentiment" toName="text">
<Choice value="good"/><Choice value="bad"/></Choices></View>"""
RESULT = [
    {"id": "r1", "from_name": "sentiment", "to_name": "text", "type": "choices",
     "value": {"choices": ["good"]}}
]


@pytest.fixture
def kept(tmp_path):
    daemon = Daemon(tmp_path / "data")
    yield daemon
    if daemon.process:
        daemon.stop()


def annotate_until_it_dies(url, token, project, acknowledged, stop):
    """Labels task after task; notes each annotation only once the daemon has said 201."""
    api = API(url, token)
    while not stop.is_set():
        try:
            task = api.get(f"/api/projects/{project}/next", timeout=10)
            if task.status_code != 200:
                return
            unique_id = str(uuid.uuid4())
            answer = api.post(
                f"/api/tasks/{task.json()['id']}/annotations/",
                json={"result": RESULT, "unique_id": unique_id},
                timeout=10,
            )
            if answer.status_code == 201:
                acknowledged.append((answer.json()["id"], task.json()["id"]))
        except (requests.RequestException, ValueError):
            return


def test_twenty_kills_lose_no_acknowledged_annotation(kept):
    admin_token = kept.make_user("admin@example.org", "administrator")
    tokens = [kept.make_user(f"annotator{i}@example.org") for i in range(ANNOTATORS)]
    kept.start()
    project = API(kept.url, admin_token).make_project("Kill", CONFIG)
    chance = random.Random(7)
    acknowledged: list[tuple[int, int]] = []
    for _ in range(ROUNDS):
        admin = API(kept.url, admin_token)
        admin.value("POST", f"/api/projects/{project}/import",
                    json=[{"text": f"task {i}"} for i in range(3000)])
        stop = threading.Event()
        threads = [
            threading.Thread(target=annotate_until_it_dies,
                             args=(kept.url, token, project, acknowledged, stop))
            for token in tokens
        ]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(0.3, 1.2))
        kept.kill()
        stop.set()
        for thread in threads:
            thread.join(15)
        kept.start()

    assert len(acknowledged) > ROUNDS * ANNOTATORS, "too few annotations to tell anything"
    admin = API(kept.url, admin_token)
    exported = admin.value("GET", f"/api/projects/{project}/export?exportType=JSON")
    stored = {annotation["id"]: task["id"] for task in exported for annotation in task["annotations"]}
    lost = [pair for pair in acknowledged if stored.get(pair[0]) != pair[1]]
    assert not lost, f"{len(lost)} of {len(acknowledged)} acknowledged annotations are gone"
    assert all(len(task["annotations"]) == 1 for task in exported), "a task was handed out twice"

    # Leases of the dead are no obstacle: the next annotator gets a task at once.
    assert API(kept.url, tokens[0]).get(f"/api/projects/{project}/next").status_code == 200
    counters = admin.value("GET", f"/api/projects/{project}/")
    assert counters["total_annotations_number"] == len(stored)
    assert kept.stop() == 0
    for database in kept.data_dir.glob("*.sqlite*"):
        if not database.name.endswith(("-wal", "-shm")):
            with sqlite3.connect(database) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_sixty_four_annotators_never_get_the_same_task(kept):
    admin_token = kept.make_user("admin@example.org", "administrator")
    tokens_file = kept.data_dir / "tokens.txt"
    made = kept.run("user", "create", "--data-dir", str(kept.data_dir), "--email",
                    "annotator@example.org", "--role", "member", "--count", "64",
                    "--tokens-file", str(tokens_file))
    assert made.returncode == 0, made.stderr
    tokens = tokens_file.read_text().split()
    assert len(tokens) == 64
    kept.start()
    admin = API(kept.url, admin_token)
    project = admin.make_project("Overlap", CONFIG)
    admin.value("POST", f"/api/projects/{project}/import",
                json=[{"text": f"task {i}"} for i in range(2000)])
    acknowledged: list[tuple[int, int]] = []
    stop = threading.Event()
    threads = [
        threading.Thread(target=annotate_until_it_dies,
                         args=(kept.url, token, project, acknowledged, stop))
        for token in tokens
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    tasks = [task for _, task in acknowledged]
    assert len(tasks) == len(set(tasks)) == 2000
