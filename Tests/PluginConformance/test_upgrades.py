"""New versions of a plugin under a load of exports: nothing fails, nothing waits, and there is a way back."""

import gzip
import hashlib
import io
import json
import os
import tarfile
import threading
import time

import pytest
from authoring import new, postil, told
from installation import API, Daemon

# The goal is 200 without a failure: POSTIL_UPGRADES=200. Fewer in everyday runs, which take as long.
UPGRADES = int(os.environ.get("POSTIL_UPGRADES", "25"))
EXPORTING = 3
TASKS = 50
ID, NAME = "org.example.stamped", "STAMPED"
CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Good"/></Choices></View>"""
ANSWER = [{"id": "a", "from_name": "mood", "to_name": "text", "type": "choices",
           "value": {"choices": ["Good"]}}]


def version(number: int) -> str:
    """Of one length, so that it can be put into the library in the place of another one."""
    return f"1.{100 + number}.0"


class Publisher:
    """Makes packages of an exporter whose first column's title is its own version."""

    def __init__(self, folder):
        source = new(folder, "c", "exporter", "stamped")
        code = source / "stamped.c"
        text = code.read_text()
        assert text.count('"0.1.0"') == 1 and text.count('"task\\t') == 1
        first = version(0)
        code.write_text(text.replace('"0.1.0"', f'"{first}"').replace('"task\\t', f'"{first}\\t'))
        manifest = source / "manifest.json"
        manifest.write_text(manifest.read_text().replace('"0.1.0"', f'"{first}"'))
        built = postil("plugin", "build", source, "--output", folder / "built")
        assert built.returncode == 0, told(built)
        [package] = (folder / "built").glob("*/*")
        self.files = {str(path.relative_to(package)): path.read_bytes()
                      for path in package.rglob("*") if path.is_file()}
        [self.library] = [name for name in self.files if name.endswith(".so")]

    def package(self, number: int) -> bytes:
        """As the reference describes the format: other programs can write it too."""
        old, name = version(0).encode(), version(number).encode()
        files = dict(self.files)
        files[self.library] = files[self.library].replace(old, name)
        manifest = json.loads(files["manifest.json"])
        manifest["version"] = version(number)
        manifest["libraries"][0]["sha256"] = hashlib.sha256(files[self.library]).hexdigest()
        files["manifest.json"] = json.dumps(manifest).encode()
        sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as stream, \
                tarfile.open(fileobj=stream, mode="w") as archive:
            for path, content in [("SHA256SUMS", sums.encode()), *sorted(files.items())]:
                entry = tarfile.TarInfo(path)
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
        return packed.getvalue()


@pytest.fixture(scope="module")
def publisher(tmp_path_factory):
    return Publisher(tmp_path_factory.mktemp("publisher"))


@pytest.fixture
def place(tmp_path):
    daemon = Daemon(tmp_path / "data")
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    api = API(daemon.url, token)
    api.token = token
    yield api
    assert daemon.stop() == 0


def act(api, number, action, **body):
    return api.value("POST", f"/api/plugins/{ID}/{version(number)}/actions/{action}", json=body)


def install(api, publisher, number):
    report = api.value("POST", "/api/plugins", data=publisher.package(number),
                       headers={"Content-Type": "application/gzip"})
    assert report["passed"], report
    assert act(api, number, "allow")["state"] == "allowed"


def make_project(api, number):
    project = api.make_project("Stamps", CONFIG)
    api.value("POST", f"/api/projects/{project}/import",
              json=[{"text": f"task {index}"} for index in range(TASKS)])
    api.value("PUT", f"/api/projects/{project}/plugins/{ID}",
              json={"enabled": True, "version": version(number)})
    for task in api.value("GET", f"/api/projects/{project}/tasks/?page_size={TASKS}"):
        api.value("POST", f"/api/tasks/{task['id']}/annotations/", json={"result": ANSWER})
    return project


def export(api, project):
    """The version that wrote an export; the export has to be whole."""
    answer = api.get(f"/api/projects/{project}/export?exportType={NAME}")
    assert answer.status_code == 200, answer.text
    head, *lines = answer.text.splitlines()
    assert len(lines) == TASKS, f"{len(lines)} lines"
    return head.split("\t")[0]


class Load:
    """Threads that export one after another and note which version wrote what and when."""

    def __init__(self, api, project):
        self.exports, self.failures = [], []
        self.ending = threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(api, project))
                        for _ in range(EXPORTING)]

    def run(self, api, project):
        own = API(api.url, api.token)
        while not self.ending.is_set():
            began = time.monotonic()
            try:
                self.exports.append((began, export(own, project)))
            except Exception as failure:  # noqa: BLE001 - every failure counts
                self.failures.append(repr(failure))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        for thread in self.threads:
            thread.join()


def test_upgrades_under_load_fail_no_export(place, publisher):
    api = place
    install(api, publisher, 0)
    project = make_project(api, 0)
    assert export(api, project) == version(0)
    asked, served = [], []
    with Load(api, project) as load:
        for number in range(1, UPGRADES + 1):
            install(api, publisher, number)
            asked.append(time.monotonic())
            upgraded = act(api, number, "upgrade")
            assert upgraded["moved"] == [project] and upgraded["report"]["passed"]
            assert export(api, project) == version(number)
            served.append(time.monotonic())
    assert load.failures == []
    assert len(load.exports) > UPGRADES
    waits = [after - before for before, after in zip(asked, served)]
    print(f"{UPGRADES} upgrades under {len(load.exports)} exports; until the new version had "
          f"served: median {sorted(waits)[len(waits) // 2]:.3f} s, most {max(waits):.3f} s")
    assert max(waits) < 1
    # What began after an upgrade was answered is written by the new version.
    for began, wrote in load.exports:
        done = sum(1 for moment in served if moment <= began)
        assert int(wrote.split(".")[1]) - 100 >= done, (wrote, done)


def test_a_rollback_gives_back_version_and_settings(place, publisher):
    api = place
    for number in (0, 1):
        install(api, publisher, number)
    moved, kept = make_project(api, 0), make_project(api, 0)
    assert sorted(act(api, 1, "upgrade")["moved"]) == [moved, kept]
    api.value("PUT", f"/api/projects/{kept}/plugins/{ID}", json={"enabled": True})
    assert act(api, 1, "rollback")["moved"] == [{"project": moved, "version": version(0)}]
    assert export(api, moved) == version(0)
    assert export(api, kept) == version(1)
    assert act(api, 1, "rollback")["moved"] == []
    actions = [entry["action"] for entry in api.value("GET", f"/api/audit?project={moved}")["entries"]]
    assert actions[:2] == ["plugin.rolled_back", "plugin.upgraded"]


def test_a_version_that_does_not_prove_itself_changes_nothing(place, publisher):
    api = place
    install(api, publisher, 0)
    project = make_project(api, 0)
    # The library says that it is another version than its manifest: the host finds out by running it.
    broken = Publisher.__new__(Publisher)
    broken.files, broken.library = dict(publisher.files), publisher.library
    broken.files[broken.library] = broken.files[broken.library].replace(b"1.100.0", b"9.999.9")
    install(api, broken, 1)
    refused = api.post(f"/api/plugins/{ID}/{version(1)}/actions/upgrade")
    assert refused.status_code == 409 and refused.json()["code"] == "plugin_self_test_failed"
    assert export(api, project) == version(0)
    report = api.value("GET", f"/api/plugins/{ID}/{version(1)}")["last_report"]["report"]
    assert report["kind"] == "self_test" and not report["passed"]
    unknown = api.post(f"/api/plugins/{ID}/9.9.9/actions/upgrade")
    assert unknown.status_code == 404


def test_only_what_is_allowed_is_upgraded_to(place, publisher):
    api = place
    install(api, publisher, 0)
    make_project(api, 0)
    install(api, publisher, 1)
    act(api, 1, "quarantine", reason="Under suspicion.")
    refused = api.post(f"/api/plugins/{ID}/{version(1)}/actions/upgrade")
    assert refused.status_code == 400 and "Under suspicion." in refused.text
