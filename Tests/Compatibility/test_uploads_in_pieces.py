"""Files that come in pieces go on where they broke off; files of other servers are fetched."""

import json
import socket
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import pytest
from companions import Companion
from installation import API, Daemon

CONFIG = '<View><Text name="text" value="$text"/></View>'
IMAGES = '<View><Image name="image" value="$image"/></View>'
NAME = "0123456789abcdef" * 2
PIECES = {"Content-Type": "application/octet-stream"}


@pytest.fixture
def project(admin):
    return admin.make_project("Pieces", CONFIG)


def send(api, project, piece, offset, name=NAME):
    return api.patch(f"/api/projects/{project}/uploads/{name}", params={"offset": offset},
                     data=piece, headers=PIECES)


def test_a_file_in_pieces_becomes_tasks_and_goes_away(admin, project):
    text = json.dumps([{"text": f"number {i}"} for i in range(500)]).encode()
    half = len(text) // 2
    assert send(admin, project, text[:half], 0).json() == {"received": half}
    # A piece that was sent before, or one too far on, is refused and tells where to go on.
    for offset in (0, half + 1):
        refused = send(admin, project, text[half:], offset)
        assert refused.status_code == 409 and f"byte {half}" in refused.text
    assert send(admin, project, text[half:], half).json() == {"received": len(text)}
    made = admin.value("POST", f"/api/projects/{project}/uploads", json={"files": {NAME: "a.json"}})
    assert made["task_count"] == 500 and made["found_formats"] == {".json": 1}
    assert admin.value("GET", f"/api/projects/{project}/uploads/{NAME}") == {"received": 0}


def test_what_came_of_a_broken_request_stays(admin, daemon, project):
    address = urlsplit(daemon.url)
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall((
            f"PATCH /api/projects/{project}/uploads/{NAME}?offset=0 HTTP/1.1\r\n"
            f"Host: {address.netloc}\r\nAuthorization: Token {daemon.admin_token}\r\n"
            "Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\n").encode())
        connection.sendall(b'[{"text": "one"},')
        connection.shutdown(socket.SHUT_WR)
        connection.recv(65536)
    received = admin.value("GET", f"/api/projects/{project}/uploads/{NAME}")["received"]
    assert received in (0, 17)
    rest = b'[{"text": "one"},{"text": "two"}]'[received:]
    assert send(admin, project, rest, received).ok
    made = admin.value("POST", f"/api/projects/{project}/uploads", json={"files": {NAME: "a.json"}})
    assert made["task_count"] == 2


def test_a_refused_import_keeps_the_pieces_and_nothing_else(admin, project):
    send(admin, project, b'[{"words": "no text"}]', 0)
    refused = admin.post(f"/api/projects/{project}/uploads", json={"files": {NAME: "a.json"}})
    assert refused.status_code == 400 and "text" in refused.text
    assert admin.value("GET", f"/api/projects/{project}/uploads/{NAME}")["received"] == 22
    assert admin.value("GET", f"/api/projects/{project}/file-uploads?all=true") == []
    assert admin.delete(f"/api/projects/{project}/uploads/{NAME}").status_code == 204
    gone = admin.post(f"/api/projects/{project}/uploads", json={"files": {NAME: "a.json"}})
    assert gone.status_code == 400 and gone.json()["code"] == "upload_unknown"


def test_a_folder_in_pieces_is_read_by_its_source(admin):
    project = admin.make_project("Folder of pieces", IMAGES)
    files = {NAME: "below/a.png", NAME[::-1]: "b.png"}
    for name in files:
        assert send(admin, project, b"\x89PNG", 0, name).ok
    made = admin.value("POST", f"/api/projects/{project}/uploads",
                       json={"files": files, "source": "local-folder"})
    assert made["task_count"] == 2
    tasks = admin.value("GET", f"/api/tasks/?project={project}&fields=all")["tasks"]
    assert sorted(task["data"]["image"].split("/")[-1] for task in tasks) == ["a.png", "b.png"]


def test_uploads_belong_to_who_sends_them(admin, daemon, project):
    send(admin, project, b"[", 0)
    other = API(daemon.url, daemon.make_user("pieces@example.org"))
    assert other.value("GET", f"/api/projects/{project}/uploads/{NAME}") == {"received": 0}


@pytest.mark.parametrize("name", ["short", "G" * 32, "..%2F..%2Fetc%2Fpasswd", "A" * 32])
def test_a_name_that_is_none_is_refused(admin, project, name):
    assert send(admin, project, b"x", 0, name).status_code == 400


class Shelf(BaseHTTPRequestHandler):
    """Files of another server."""

    files = {"/list.csv": ("text/csv", b"text,n\none,1\ntwo,2\n"),
             "/data?v=2": ("application/json; charset=utf-8", b'[{"text": "three"}]')}

    def do_GET(self):
        kind, text = self.files.get(self.path, ("text/plain", b""))
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def test_a_file_of_another_server_is_fetched(tmp_path):
    daemon = Daemon(tmp_path / "data", ["--allow-outbound", "127.0.0.1"])
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    try:
        api = API(daemon.url, token)
        project = api.make_project("Fetched", CONFIG)
        with Companion(Shelf) as shelf:
            for path, count in (("/list.csv", 2), ("/data?v=2", 1)):
                made = api.value("POST", f"/api/projects/{project}/import",
                                 data={"url": shelf.url + path})
                assert made["task_count"] == count, path
            missing = api.post(f"/api/projects/{project}/import", data={"url": shelf.url + "/no"})
            assert missing.status_code == 400 and "404" in missing.text
    finally:
        daemon.stop()


def test_an_address_of_the_own_machine_is_refused(admin, project):
    refused = admin.post(f"/api/projects/{project}/import", data={"url": "http://127.0.0.1:9/a.json"})
    assert refused.status_code == 400 and "--allow-outbound" in refused.text
