"""Exports with images whose images lie elsewhere: in a bucket that is linked with the project, and on other servers."""

import io
import json
import threading
import wave
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from installation import API, Daemon
from PIL import Image
from places import object_store
from test_storages import link, sync

CONFIG = """<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image">
<Label value="car"/></RectangleLabels></View>"""
SPEECH = '<View><Audio name="sound" value="$sound"/><TextArea name="said" toName="sound"/></View>'
SIZE = (40, 30)


def picture(color):
    content = io.BytesIO()
    Image.new("RGB", SIZE, color).save(content, "PNG")
    return content.getvalue()


class Site(BaseHTTPRequestHandler):
    """Two images, one of them behind another address, and what is none."""

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path == "/moved.png":
            self.send_response(302)
            self.send_header("Location", "/b.png?x=1")
            return self.end_headers()
        content = picture("blue") if self.path.startswith("/b.png") else b"gone"
        self.send_response(200 if self.path.startswith("/b.png") else 404)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", server.asked
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def store():
    with object_store() as made:
        yield made


def running(folder, *arguments):
    made = Daemon(folder, list(arguments))
    made.token = made.make_user("fetching@example.org", "administrator")
    made.start()
    yield made
    assert made.stop() == 0


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    """One that may ask this machine."""
    yield from running(tmp_path_factory.mktemp("fetching"), "--allow-outbound", "127.0.0.1")


@pytest.fixture
def closed(tmp_path):
    """One that may not: as it is unless an administrator says otherwise."""
    yield from running(tmp_path / "closed")


def exported(server, project, name, **settings):
    answer = server.get(f"/api/projects/{project}/export", params={
        "exportType": name, "download_all_tasks": "true", "settings": json.dumps(settings)})
    assert answer.ok, answer.text
    report = server.value("GET", answer.headers["Export-Report"])
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    return ({name: archive.read(name) for name in archive.namelist()},
            {loss["code"]: loss["count"] for loss in report["losses"]})


def box(width=SIZE[0], height=SIZE[1]):
    return [{"result": [{"id": "r", "type": "rectanglelabels", "from_name": "box", "to_name": "image",
                         "original_width": width, "original_height": height,
                         "value": {"x": 10, "y": 10, "width": 20, "height": 20, "rectanglelabels": ["car"]}}]}]


def test_images_of_a_linked_bucket_are_in_the_export(daemon, store):
    server, (url, client) = API(daemon.url, daemon.token), store
    client.create_bucket(Bucket="pictures")
    images = {"in/a b+ä%41.png": picture("red"), "in/sub/c.png": picture("green")}
    for key, content in images.items():
        client.put_object(Bucket="pictures", Key=key, Body=content)
    project = server.make_project("Bucket", CONFIG)
    done = sync(server, link(server, project, {
        "bucket": "pictures", "s3_endpoint": url, "aws_access_key_id": "key", "aws_secret_access_key": "secret",
        "prefix": "in", "regex_filter": ".*png", "recursive_scan": True}))
    assert done["last_sync_count"] == 2
    server.value("POST", f"/api/projects/{project}/import", json=[
        {"data": {"image": address}, "annotations": box()} for address in (
            "s3://pictures/in/gone.png", "s3://pictures/outside.png", "s3://strangers/in/a.png", "gs://b/a.png")])
    for name in ("COCO_WITH_IMAGES", "YOLO_WITH_IMAGES", "VOC"):
        files, losses = exported(server, project, name, empty_tasks="keep")
        found = [content for path, content in files.items() if path.startswith("images/")]
        assert sorted(found) == sorted(images.values()), name
        assert losses["image_missing"] == 4
        if name == "COCO_WITH_IMAGES":
            sizes = {i["file_name"]: (i["width"], i["height"]) for i in json.loads(files["result.json"])["images"]}
            assert all(sizes[path] == SIZE for path in files if path.startswith("images/"))
    # Another project has no key to that bucket.
    other = server.make_project("Another", CONFIG)
    server.value("POST", f"/api/projects/{other}/import", json=[{"image": "s3://pictures/in/sub/c.png"}])
    files, losses = exported(server, other, "COCO_WITH_IMAGES")
    assert losses == {"image_missing": 1} and not any(n.startswith("images/") and len(n) > 7 for n in files)


def web_export(daemon, url):
    """Of three annotated images; gives the fetched ones, and the losses."""
    server = API(daemon.url, daemon.token)
    project = server.make_project("Web", CONFIG)
    server.value("POST", f"/api/projects/{project}/import", json=[
        {"data": {"image": f"{url}{path}"}, "annotations": box()} for path in ("/b.png", "/moved.png", "/gone.png")])
    files, losses = exported(server, project, "COCO_WITH_IMAGES")
    assert len(json.loads(files["result.json"])["annotations"]) == 3
    assert not list(daemon.data_dir.rglob("*.partial"))
    return [content for path, content in files.items() if path.startswith("images/") and content], losses


def test_images_of_other_servers_are_in_the_export(daemon, site):
    assert web_export(daemon, site[0]) == ([picture("blue")] * 2, {"image_missing": 1})


def test_nobody_reaches_the_daemons_own_network_by_a_task(closed, site):
    url, asked = site
    asked.clear()
    assert web_export(closed, url) == ([], {"image_missing": 3}) and asked == []


def test_recordings_of_a_bucket_have_their_length(daemon, store):
    server, (url, client) = API(daemon.url, daemon.token), store
    client.create_bucket(Bucket="sounds")
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1), sound.setsampwidth(2), sound.setframerate(8_000)
        sound.writeframes(bytes(2 * 12_000))
    client.put_object(Bucket="sounds", Key="a.wav", Body=content.getvalue())
    project = server.make_project("Sounds", SPEECH)
    link(server, project, {"bucket": "sounds", "s3_endpoint": url, "aws_access_key_id": "key",
                           "aws_secret_access_key": "secret"})
    said = {"id": "s", "type": "textarea", "from_name": "said", "to_name": "sound", "value": {"text": ["hello"]}}
    server.value("POST", f"/api/projects/{project}/import", json=[
        {"data": {"sound": "s3://sounds/a.wav"}, "annotations": [{"result": [said]}]}])
    files, losses = exported(server, project, "ASR_MANIFEST")
    line = json.loads(files["manifest.json"])
    assert line["duration"] == 1.5 and files[line["audio_filepath"]] == content.getvalue() and losses == {}
