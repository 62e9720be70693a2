"""What a plugin must not do is refused in a running daemon, and stands in its log and its health."""

import json
import os
import platform
import re
import subprocess
import time

import pytest
from installation import ROOT, distribution

ARCH = platform.machine()
ID = "org.example.intruder"
TEXT = {"type": "string", "default": ""}


@pytest.fixture(scope="module")
def attempt(daemon, admin, tmp_path_factory):
    """Lets the intruder try everything; gives what it wrote down and where it wanted to go."""
    package = daemon.plugin_dir / ID / "1.0.0"
    library = package / "lib" / ARCH / "intruder.so"
    library.parent.mkdir(parents=True)
    subprocess.run(
        ["cc", "-std=c11", "-shared", "-fPIC", "-fvisibility=hidden",
         f"-I{distribution() / 'include'}", "-o", library,
         ROOT / "Tests/PluginHostTests/Fixtures/intruder.c"], check=True,
    )
    schema = {"type": "object", "properties": {"outside": TEXT, "database": TEXT,
                                               "daemon": {"type": "integer", "default": 0}}}
    (package / "manifest.json").write_text(json.dumps({
        "manifestVersion": 1, "id": ID, "version": "1.0.0", "name": "Intruder",
        "abi": {"built": abi(), "min": abi()},
        "capabilities": [{"id": "postil.exporter/1", "name": "TRY", "reads": "text",
                          "fileExtension": "txt", "settingsSchema": schema}],
        "libraries": [{"arch": ARCH, "path": f"lib/{ARCH}/intruder.so"}],
    }))
    outside = tmp_path_factory.mktemp("outside") / "made-by-a-plugin"
    (database,) = daemon.data_dir.glob("*.sqlite")
    project = admin.make_project("Intruder", '<View><Text name="t" value="$text"/></View>')
    admin.value("POST", f"/api/plugins/{ID}/1.0.0/actions/allow")
    settings = {"outside": str(outside), "database": str(database), "daemon": daemon.process.pid}
    admin.value("PUT", f"/api/projects/{project}/plugins/{ID}",
                json={"enabled": True, "settings": {"TRY": settings}})
    admin.value("POST", f"/api/projects/{project}/import", json=[{"data": {"text": "x"}}])
    answer = admin.get(f"/api/projects/{project}/export?exportType=TRY&download_all_tasks=true")
    assert answer.ok, answer.text
    (plugin,) = [p for p in admin.value("GET", "/api/plugins") if p["id"] == ID]
    if plugin["health"]["sandbox"] != "full":
        pytest.skip("this kernel does not deny: " + plugin["health"]["sandbox_missing"])
    return {"said": answer.text, "outside": outside, "database": database, "plugin": plugin}


def abi():
    header = (distribution() / "include" / "postil" / "plugin.h").read_text()
    return ".".join(re.findall(r"#define POSTIL_ABI_(?:MAJOR|MINOR) (\d+)", header))


def test_each_attempt_is_refused(daemon, attempt):
    assert attempt["said"].split("\n")[:-1] == [
        "passwd EACCES", "connect EPERM", "exec EPERM", "fork EPERM", "kill EPERM",
        "write EACCES", "database EACCES",
    ]
    assert not attempt["outside"].exists()
    os.kill(daemon.process.pid, 0)
    assert daemon.process.poll() is None


@pytest.mark.parametrize("what", ["open /etc/passwd", "socket", "connect", "execve", "clone",
                                  "kill", "open OUTSIDE", "open DATABASE"])
def test_each_refusal_is_logged_with_plugin_and_call(daemon, attempt, what):
    what = what.replace("OUTSIDE", str(attempt["outside"]))
    what = what.replace("DATABASE", str(attempt["database"]))
    wanted = f"The sandbox refused {ID} 1.0.0: {what}\n"
    for _ in range(50):
        lines = [line for line in daemon.log if wanted.strip() in line]
        if lines:
            break
        time.sleep(0.1)
    assert lines, "".join(daemon.log[-40:])
    assert "warning" in lines[0].lower()


def test_refusals_are_counted_in_the_health_of_the_plugin(admin, attempt):
    # They are told by the log's own way, which may be slower than the export.
    for _ in range(100):
        (plugin,) = [p for p in admin.value("GET", "/api/plugins") if p["id"] == ID]
        if plugin["health"]["refused_calls"] >= 8:
            return
        time.sleep(0.1)
    raise AssertionError(plugin["health"])
