"""The tutorial `first-exporter-plugin`, followed to the letter on a running daemon."""

import platform
import re
import subprocess
import time

import pytest
from installation import API, ROOT, Daemon

TUTORIAL = (ROOT / "Docs/tutorials/first-exporter-plugin.md").read_text()
CONFIG = """<View><Text name="text" value="$text"/><Choices name="mood" toName="text">
<Choice value="good"/><Choice value="bad"/></Choices></View>"""
ANSWER = [{"id": "a", "from_name": "mood", "to_name": "text", "type": "choices",
           "value": {"choices": ["good"]}}]
# A library that leaves a mark when anything loads it.
MARK = """
#include <stdlib.h>
#include <stdio.h>
__attribute__((constructor)) static void leave_a_mark(void) {
    const char *path = getenv("POSTIL_TEST_MARK");
    FILE *file = path ? fopen(path, "a") : NULL;
    if (file) { fputs("loaded\\n", file); fclose(file); }
}
"""


def follow(folder):
    """Writes the files of the tutorial and runs its commands in `folder`."""
    arch = platform.machine()
    for path, text in re.findall(r"```\w+ file=(\S+)\n(.*?)```", TUTORIAL, re.S):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("x86_64", arch) + (MARK if path.endswith(".c") else ""))
    for commands in re.findall(r"```sh\n(.*?)```", TUTORIAL, re.S):
        done = subprocess.run(
            ["sh", "-eu", "-c", commands.replace("x86_64", arch)], cwd=folder, text=True,
            capture_output=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def place(tmp_path):
    """A folder with `dist` in it and a daemon that was started before the plugin existed."""
    daemon = Daemon(tmp_path / "data", ["--plugin-dir", str(tmp_path / "my-plugins")],
                    environment={"POSTIL_TEST_MARK": str(tmp_path / "mark")})
    (tmp_path / "dist").symlink_to(daemon.dist, target_is_directory=True)
    (tmp_path / "my-plugins").mkdir()
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    yield tmp_path, API(daemon.url, token)
    daemon.stop()


def plugin(api):
    found = [p for p in api.value("GET", "/api/plugins") if p["id"] == "org.example.tally"]
    return found[0] if found else None


def test_the_tutorial_leads_to_a_working_format(place):
    folder, api = place
    project = api.make_project("Tutorial", CONFIG)
    other = api.make_project("Without", CONFIG)
    tasks = api.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                      json=[{"text": "one"}, {"text": "two"}])["task_ids"]
    api.value("POST", f"/api/tasks/{tasks[1]}/annotations/", json={"result": ANSWER})
    assert plugin(api) is None

    follow(folder)

    deadline = time.monotonic() + 10
    while plugin(api) is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert plugin(api)["state"] == "installed"
    refused = api.put(f"/api/projects/{project}/plugins/org.example.tally", json={"enabled": True})
    assert refused.status_code in (400, 403, 409) and "allow" in refused.text.lower()

    allowed = api.value("POST", "/api/plugins/org.example.tally/0.1.0/actions/allow")
    assert (allowed["state"], allowed["isolation"]) == ("allowed", "isolated")
    refused = api.get(f"/api/projects/{project}/export?exportType=TALLY")
    assert refused.status_code == 400 and refused.json()["code"] == "exporter_not_enabled"

    api.value("PUT", f"/api/projects/{project}/plugins/org.example.tally", json={"enabled": True})
    offered = api.value("GET", f"/api/projects/{project}/capabilities")["exporters"]
    assert [e["title"] for e in offered if e["name"] == "TALLY" and e["enabled"]] == ["Tally"]
    api.value("GET", "/api/tags")
    assert not (folder / "mark").exists(), "a request that only lists has loaded the library"

    exported = api.get(f"/api/projects/{project}/export?exportType=TALLY&download_all_tasks=true")
    assert exported.text == f"{tasks[0]}\t0\n{tasks[1]}\t1\n"
    assert "tsv" in exported.headers["Content-Disposition"]
    health = plugin(api)["health"]
    assert (health["crashes"], health["last_crash"]) == (0, None)
    # The constructor has run by now, in a process that has nothing of the daemon's environment.
    assert health["sandbox"] in ("full", "partial", "none")
    assert not (folder / "mark").exists()

    elsewhere = api.get(f"/api/projects/{other}/export?exportType=TALLY")
    assert elsewhere.status_code == 400 and elsewhere.json()["code"] == "exporter_not_enabled"
    assert "not enabled" in str(elsewhere.json()["validation_errors"]), elsewhere.text
    assert elsewhere.json()["hint"]


def test_the_library_has_one_symbol(place):
    folder, _ = place
    follow(folder)
    library = next((folder / "my-plugins").rglob("*.so"))
    symbols = subprocess.run(["nm", "-D", "--defined-only", library], text=True,
                             capture_output=True, check=True).stdout.split("\n")
    assert [line.split()[-1] for line in symbols if line] == ["postil_plugin_entry_v1"]
