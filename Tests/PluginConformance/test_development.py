"""`serve --plugin-dev`: sources change, and the daemon and open pages follow."""

import json
import re
import threading
import time

import pytest
from authoring import new
from installation import API, ROOT, Daemon

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Good"/></Choices></View>"""
ID = "org.example.label-list"


def until(what, seconds=60):
    """The first answer of `what` that counts."""
    end = time.monotonic() + seconds
    while True:
        answer = what()
        if answer:
            return answer
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture
def place(tmp_path):
    source = new(tmp_path / "plugins", "c", "exporter", "label-list")
    daemon = Daemon(tmp_path / "data", ["--plugin-dev", str(tmp_path / "plugins")])
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    api = API(daemon.url, token)
    api.daemon = daemon
    yield source, api
    assert daemon.stop() == 0


class Events:
    """What the event stream of plugins tells, gathered beside the test."""

    def __init__(self, api):
        self.told = []
        self.answer = api.get("/api/plugins/events", stream=True, timeout=(10, None))
        assert self.answer.headers["Content-Type"] == "text/event-stream"
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()
        until(lambda: "ready" in self.told)

    def read(self):
        kind = ""
        for line in self.answer.iter_lines(decode_unicode=True):
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                event = json.loads(line.removeprefix("data: "))
                self.told.append(event if kind == "plugin" else kind)

    def of(self, change):
        return [event for event in self.told if event != "ready" and event["change"] == change]


def test_a_change_of_the_sources_is_in_use_at_once(place):
    source, api = place
    code = source / "label_list.c"
    events = Events(api)
    plugin = until(lambda: [p for p in api.value("GET", "/api/plugins") if p["id"] == ID])[0]
    until(lambda: api.value("GET", f"/api/plugins/{ID}/0.1.0")["state"] == "allowed")
    assert plugin["isolation"] == "isolated"
    project = api.make_project("Developed", CONFIG)
    api.value("PUT", f"/api/projects/{project}/plugins/{ID}", json={"enabled": True})

    def exported():
        return api.get(f"/api/projects/{project}/export?exportType=LABEL-LIST").text

    assert exported().startswith("task\t")
    reloads = len(events.of("reloaded"))
    code.write_text(code.read_text().replace('"task\\t', '"number\\t'))
    until(lambda: len(events.of("reloaded")) > reloads)
    assert exported().startswith("number\t")

    sound = code.read_text()
    code.write_text(sound + "\nthis is no C\n")
    failed = until(lambda: events.of("build_failed"))[0]
    assert failed["id"] == "label-list" and "could not compile" in failed["detail"]
    assert exported().startswith("number\t"), "the last build that worked stays in use"
    code.write_text(sound.replace('"number\\t', '"nr\\t'))
    until(lambda: exported().startswith("nr\t"))


def test_the_guide_starts_the_daemon_so():
    page = (ROOT / "Docs/how-to/develop-a-plugin-beside-the-daemon.md").read_text()
    [command] = re.findall(r"^dist/bin/postil serve (.*)$", page, re.M)
    assert command == "--data-dir data --plugin-dev length-line"
    assert "dist/bin/postil plugin new tag length-line --language c\n" in page


def test_a_folder_that_is_not_there_is_told_at_once(tmp_path):
    daemon = Daemon(tmp_path / "data")
    done = daemon.run("serve", "--data-dir", str(tmp_path / "data"), "--plugin-dev",
                      str(tmp_path / "nothing"))
    assert done.returncode == 64 and "--plugin-dev: there is no folder" in done.stderr


def test_the_event_stream_lets_the_daemon_end(place):
    _, api = place
    Events(api)
    began = time.monotonic()
    api.daemon.process.terminate()
    assert api.daemon.process.wait(20) == 0
    assert time.monotonic() - began < 10
    api.daemon.process = None
