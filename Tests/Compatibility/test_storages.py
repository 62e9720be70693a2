"""Folders and buckets: tasks come in, annotations go out, media come through the daemon."""

import contextlib
import json
import os
import sqlite3
import threading
import time

import pytest
import requests
from companions import Companion
from http.server import BaseHTTPRequestHandler
from installation import API, Daemon
from places import object_store
from test_webhooks import CONFIG, RESULT, wait_for

# `make test-storages` takes the number that is promised; the ordinary run is shorter.
KEYS = int(os.environ.get("POSTIL_STORAGE_KEYS", "2500"))


@pytest.fixture(scope="module")
def store():
    with object_store() as made:
        yield made


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def daemon(tmp_path_factory, media):
    daemon = Daemon(tmp_path_factory.mktemp("storages"), [
        "--allow-outbound", "127.0.0.1", "--media-root", str(media)])
    daemon.token = daemon.make_user("storages@example.org", "administrator")
    daemon.start()
    yield daemon
    assert daemon.stop() == 0


@pytest.fixture
def server(daemon):
    return API(daemon.url, daemon.token)


@pytest.fixture
def project(server):
    return server.make_project("Storages", CONFIG)


def bucket(store, name, objects):
    url, client = store
    client.create_bucket(Bucket=name)
    for key, body in objects.items():
        client.put_object(Bucket=name, Key=key, Body=body)
    return {"bucket": name, "s3_endpoint": url, "aws_access_key_id": "key",
            "aws_secret_access_key": "secret"}


def link(server, project, fields, path="/api/storages/s3"):
    return server.value("POST", path, json={"project": project, "use_blob_urls": True, **fields})


def sync(server, storage, path="/api/storages/s3"):
    """Synchronizes, and waits for what takes longer than one answer."""
    server.value("POST", f"{path}/{storage['id']}/sync", json={})
    wait_for(lambda: server.value("GET", f"{path}/{storage['id']}")["status"] not in (
        "queued", "in_progress"), 300)
    return server.value("GET", f"{path}/{storage['id']}")


def begin_in_background(server, path, body):
    """Sends a request to a daemon that will be killed before it has answered."""
    def send():
        with contextlib.suppress(requests.RequestException):
            server.post(path, json=body)

    threading.Thread(target=send, daemon=True).start()


def data(server, project, **query):
    answer = server.value("GET", f"/api/tasks/?project={project}&page_size=10000",
                          params=query)
    return [task["data"] for task in answer["tasks"]]


def test_objects_become_tasks_and_show_in_the_editor(server, store, project):
    picture = bytes(range(256)) * 40
    fields = bucket(store, "pictures", {
        "in/a b+ä.jpg": picture, "in/sub/c.jpg": b"c", "in/notes.txt": b"n", "out/d.jpg": b"d"})
    storage = link(server, project, {
        **fields, "prefix": "in", "regex_filter": ".*jpg", "recursive_scan": True})
    assert "aws_secret_access_key" not in storage and storage["status"] == "initialized"
    done = sync(server, storage)
    assert (done["status"], done["last_sync_count"]) == ("completed", 2)
    raw = data(server, project, resolve_uri="false")
    assert raw == [{"image": "s3://pictures/in/a b+ä.jpg"}, {"image": "s3://pictures/in/sub/c.jpg"}]
    shown = data(server, project)[0]["image"]
    assert shown.startswith("/tasks/") and "/presign/?fileuri=" in shown
    whole = server.get(shown)
    assert whole.content == picture and whole.headers["Content-Type"] == "image/jpeg"
    part = server.get(shown, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206 and part.content == picture[10:20]
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(picture)}"
    exported = server.value("GET", f"/api/projects/{project}/export?download_all_tasks=true")
    assert [task["data"] for task in exported] == raw


def test_media_of_other_buckets_and_for_strangers_are_not_handed_out(server, daemon, store):
    first = server.make_project("First", CONFIG)
    second = server.make_project("Second", CONFIG)
    fields = bucket(store, "private", {"a.jpg": b"secret"})
    sync(server, link(server, first, fields))
    shown = data(server, first)[0]["image"]
    assert server.get(shown).content == b"secret"
    assert API(daemon.url, None).get(shown).status_code == 401
    query = shown.split("?")[1]
    assert server.get(f"/projects/{first}/presign/?{query}").content == b"secret"
    assert server.get(f"/projects/{second}/presign/?{query}").status_code == 404


def test_objects_hold_tasks_too(server, store, project):
    plain = {"image": "https://images.invalid/1.jpg"}
    fields = bucket(store, "tasks", {
        "1.json": json.dumps(plain), "2.json": json.dumps([{"data": plain}, {"data": plain}]),
        "3.jsonl": json.dumps(plain) + "\n" + json.dumps(
            {"data": plain, "annotations": [{"result": RESULT}]}),
        "4.json": "[", "5.json": json.dumps({"other": 1})})
    done = sync(server, link(server, project, {**fields, "use_blob_urls": False}))
    assert (done["status"], done["last_sync_count"]) == ("completed_with_errors", 5)
    assert "4.json" in done["traceback"] and "5.json" in done["traceback"]
    assert data(server, project) == [plain] * 5
    counters = server.value("GET", f"/api/projects/{project}/")
    assert counters["ground_truth_number"] == 1


def test_a_second_look_sees_what_is_new_only(server, store, project):
    fields = bucket(store, "many", {f"{i:06}.json": json.dumps({"image": str(i)})
                                    for i in range(KEYS)})
    storage = link(server, project, {**fields, "use_blob_urls": False})
    done = sync(server, storage)
    assert (done["status"], done["last_sync_count"]) == ("completed", KEYS)
    store[1].put_object(Bucket="many", Key="new.json", Body=json.dumps({"image": "new"}))
    begun = time.monotonic()
    again = sync(server, storage)
    seconds = time.monotonic() - begun
    assert again["last_sync_count"] == 1 and again["meta"]["tasks_existed"] == KEYS
    assert server.value("GET", f"/api/projects/{project}/")["task_number"] == KEYS + 1
    print(f"{KEYS} keys; the second look took {seconds:.1f} s")


def test_what_was_broken_off_goes_on(store, tmp_path):
    daemon = Daemon(tmp_path, ["--allow-outbound", "127.0.0.1"])
    token = daemon.make_user("broken@example.org", "administrator")
    daemon.start()
    server = API(daemon.url, token)
    project = server.make_project("Broken", CONFIG)
    fields = bucket(store, "broken", {f"{i:06}.json": json.dumps({"image": str(i)})
                                      for i in range(KEYS)})
    storage = link(server, project, {**fields, "use_blob_urls": False})
    path = f"/api/storages/s3/{storage['id']}"

    def count():
        return server.value("GET", f"/api/projects/{project}/")["task_number"]

    def broken_at(least):
        """Kills the daemon when there are so many tasks; gives how many it had stored."""
        wait_for(lambda: count() >= least, 300)
        daemon.kill()
        with contextlib.closing(sqlite3.connect(tmp_path / "postil.sqlite")) as database:
            return database.execute("SELECT count(*) FROM tasks WHERE project_id = ?",
                                    (project,)).fetchone()[0]

    begin_in_background(API(daemon.url, token), f"{path}/sync", {})
    first = broken_at(1)
    assert 0 < first < KEYS
    daemon.start()
    server = API(daemon.url, token)
    second = broken_at(KEYS // 2)
    daemon.start()
    server = API(daemon.url, token)
    wait_for(lambda: server.value("GET", path)["status"] == "completed", 300)
    done = server.value("GET", path)
    # The last run made the rest and nothing else.
    assert (done["meta"]["tasks_existed"], done["last_sync_count"]) == (second, KEYS - second)
    assert first <= second and count() == KEYS
    pages = range(1, -(-KEYS // 10_000) + 1)
    images = [task["image"] for page in pages for task in data(server, project, page=page)]
    assert sorted(map(int, images)) == list(range(KEYS))
    assert daemon.stop() == 0


def test_annotations_are_written_once_and_when_they_change(server, store, project):
    fields = bucket(store, "answers", {})
    task = server.value("POST", "/api/tasks/", json={
        "project": project, "data": {"image": "https://images.invalid/a.jpg"}})["id"]
    made = [server.value("POST", f"/api/tasks/{task}/annotations/", json={"result": RESULT})
            for _ in range(3)]
    path = "/api/storages/export/s3"
    storage = link(server, project, {**fields, "prefix": "p", "can_delete_objects": True}, path)
    wait_for(lambda: server.value("GET", f"{path}/{storage['id']}")["status"] == "completed")
    client = store[1]

    def objects():
        listed = client.list_objects_v2(Bucket="answers").get("Contents", [])
        return {entry["Key"]: json.loads(
            client.get_object(Bucket="answers", Key=entry["Key"])["Body"].read())
            for entry in listed}

    assert set(objects()) == {f"p/{annotation['id']}" for annotation in made}
    written = objects()[f"p/{made[0]['id']}"]
    assert written["result"] == RESULT and written["task"]["id"] == task
    assert written["completed_by"]["email"] == "storages@example.org"
    server.value("PATCH", f"/api/annotations/{made[0]['id']}/", json={"lead_time": 9})
    server.delete(f"/api/annotations/{made[1]['id']}/")
    done = sync(server, storage, path)
    assert done["last_sync_count"] == 1
    assert objects()[f"p/{made[0]['id']}"]["lead_time"] == 9
    assert f"p/{made[1]['id']}" not in objects()


def test_folders_are_storages_too(server, media, project):
    (media / "in" / "sub").mkdir(parents=True)
    (media / "out").mkdir()
    (media / "in" / "a ä.jpg").write_bytes(b"a")
    (media / "in" / "sub" / "b.jpg").write_bytes(b"b")
    path = "/api/storages/localfiles"
    storage = link(server, project, {"path": str(media / "in")}, path)
    assert sync(server, storage, path)["last_sync_count"] == 1
    server.value("PATCH", f"{path}/{storage['id']}", json={"recursive_scan": True})
    again = sync(server, storage, path)
    assert (again["last_sync_count"], again["meta"]["tasks_existed"]) == (1, 1)
    assert [server.get(entry["image"]).content for entry in data(server, project)] == [b"a", b"b"]
    task = server.value("GET", f"/api/tasks/?project={project}")["tasks"][0]["id"]
    made = server.value("POST", f"/api/tasks/{task}/annotations/", json={"result": RESULT})
    path = "/api/storages/export/localfiles"
    storage = link(server, project, {"path": str(media / "out")}, path)
    wait_for(lambda: server.value("GET", f"{path}/{storage['id']}")["status"] == "completed")
    written = json.loads((media / "out" / str(made["id"])).read_text())
    assert written["result"] == RESULT


class Denying(BaseHTTPRequestHandler):
    """Answers as S3 does when the signature is wrong."""

    def do_GET(self):
        text = b"<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>"
        self.send_response(403)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


@pytest.mark.parametrize("change, sentence", [
    ({"bucket": "nothing"}, "no bucket"), ({"s3_endpoint": "http://127.0.0.1:1"}, "reached"),
    ({"s3_endpoint": "denying"}, "secret access key is wrong"), ({"bucket": ""}, "missing"),
    ({"s3_endpoint": "http://10.0.0.1/"}, "private network"),
    ({"s3_endpoint": "nonsense"}, "not a URL"), ({"regex_filter": "("}, "broken"),
])
def test_what_cannot_be_reached_is_told_and_changes_nothing(
        server, store, project, change, sentence):
    name = f"faults-{project}"
    fields = bucket(store, name, {"a.jpg": b"a"})
    storage = link(server, project, fields)
    with Companion(Denying) as denying:
        if change.get("s3_endpoint") == "denying":
            change = {"s3_endpoint": denying.url}
        body = {"project": project, **fields, **change}
        for path in ["", "/validate"]:
            answer = server.post(f"/api/storages/s3{path}", json=body)
            assert answer.status_code == 400, answer.text
            assert sentence in answer.text
        changed = server.patch(f"/api/storages/s3/{storage['id']}", json=change)
        assert changed.status_code == 400 and sentence in changed.text
    assert server.value("GET", f"/api/storages/s3/{storage['id']}") == storage
    assert len(server.value("GET", f"/api/storages/?project={project}")) == 1
    assert data(server, project) == []


def test_a_storage_that_breaks_later_says_why_and_loses_nothing(server, store, project):
    fields = bucket(store, "vanishing", {"a.jpg": b"a"})
    storage = link(server, project, fields)
    assert sync(server, storage)["last_sync_count"] == 1
    store[1].delete_object(Bucket="vanishing", Key="a.jpg")
    store[1].delete_bucket(Bucket="vanishing")
    failed = sync(server, storage)
    assert failed["status"] == "failed" and "no bucket" in failed["traceback"]
    assert len(data(server, project)) == 1
    answer = server.get(data(server, project)[0]["image"])
    assert answer.status_code in (400, 404)


def test_folders_outside_the_media_roots_are_refused(server, media, project, tmp_path):
    for path in [str(tmp_path), "/etc", str(media), str(media / "nothing"), "../etc"]:
        answer = server.post("/api/storages/localfiles", json={"project": project, "path": path})
        assert answer.status_code in (400, 403), path
