"""Plugin folders that are broken are listed with the reason, and loaded by nobody."""

import hashlib
import json
import platform
import subprocess

import pytest

ARCH = platform.machine()
MANIFEST = {
    "manifestVersion": 1, "id": "org.example.broken", "version": "1.0.0", "name": "Broken",
    "description": "", "vendor": "Example", "license": "Apache-2.0",
    "abi": {"built": "1.0", "min": "1.0"},
    "capabilities": [{"id": "postil.exporter/1", "name": "BROKEN", "title": "Broken",
                      "mediaTypes": ["text/plain"], "fileExtension": "txt", "reads": "text"}],
    "libraries": [{"arch": ARCH, "path": f"lib/{ARCH}/broken.so"}],
}


def install(daemon, name, manifest, library=b"\x7fELF"):
    package = daemon.plugin_dir / f"org.example.{name}" / "1.0.0"
    (package / "lib" / ARCH).mkdir(parents=True)
    (package / "lib" / ARCH / "broken.so").write_bytes(library)
    if isinstance(manifest, dict):
        manifest = json.dumps({**manifest, "id": f"org.example.{name}"}).encode()
    (package / "manifest.json").write_bytes(manifest)
    return f"org.example.{name}"


def with_library(**changes):
    return {**MANIFEST, "libraries": [{**MANIFEST["libraries"][0], **changes}]}


CASES = {
    "notjson": (b"{", "manifest_not_json"),
    "oversized": (b" " * 300_000 + b"{}", "manifest_too_large"),
    "traversal": (with_library(path="../../../etc/passwd"), "path_escapes"),
    "absolute": (with_library(path="/etc/passwd"), "path_escapes"),
    "digest": (with_library(sha256=hashlib.sha256(b"other").hexdigest()), "digest_mismatch"),
    "arch": (with_library(arch="pdp11"), "architecture_missing"),
    "abi": ({**MANIFEST, "abi": {"built": "9.0", "min": "9.0"}}, "abi_unknown"),
    "unknownkey": ({**MANIFEST, "surprise": 1}, "manifest_invalid"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_package_is_refused_with_its_reason(daemon, admin, name):
    manifest, code = CASES[name]
    plugin_id = install(daemon, name, manifest)
    found = [p for p in admin.value("GET", "/api/plugins") if p["id"] == plugin_id]
    assert len(found) == 1 and found[0]["state"] == "refused", found
    reason = found[0]["reason"]
    assert reason["code"] == code and reason["detail"] and reason["hint"]
    refused = admin.post(f"/api/plugins/{plugin_id}/1.0.0/actions/allow")
    assert 400 <= refused.status_code < 500 and refused.json()["code"]


def test_a_library_without_the_entry_fails_the_export_with_a_reason(daemon, admin, tmp_path):
    source = tmp_path / "empty.c"
    source.write_text("int nothing_to_see_here(void) { return 1; }\n")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", tmp_path / "empty.so", source], check=True)
    plugin_id = install(daemon, "noentry", MANIFEST, (tmp_path / "empty.so").read_bytes())
    project = admin.make_project("No entry", '<View><Text name="t" value="$text"/></View>')
    admin.value("POST", f"/api/plugins/{plugin_id}/1.0.0/actions/allow")
    admin.value("PUT", f"/api/projects/{project}/plugins/{plugin_id}", json={"enabled": True})
    answer = admin.get(f"/api/projects/{project}/export?exportType=BROKEN")
    assert answer.status_code >= 400
    assert answer.json()["code"] == "entry_missing" and answer.json()["hint"]
    assert admin.get("/health").status_code == 200
