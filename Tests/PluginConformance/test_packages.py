"""Packages as publishers make them and operators install them, checked with other people's tools."""

import base64
import hashlib
import json
import re
import subprocess
import tarfile

import pytest
from authoring import new, postil, told
from installation import API, Daemon, distribution
from test_lessons import follow


def run(*arguments, **options):
    done = subprocess.run([*map(str, arguments)], capture_output=True, text=True, **options)
    assert done.returncode == 0, told(done)
    return done.stdout


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A signed package of a C exporter, its key, and the folder that they lie in."""
    folder = tmp_path_factory.mktemp("publisher")
    source = new(folder, "c", "exporter", "parcel-list")
    for arguments in (
        ("pack", source, "-o", folder / "package.tar.gz"), ("keygen", folder / "key"),
        ("sign", folder / "package.tar.gz", "--key", folder / "key"),
    ):
        done = postil("plugin", *arguments)
        assert done.returncode == 0, told(done)
    return folder


def test_the_guide_to_publishing_works_to_the_letter(tmp_path):
    (tmp_path / "dist").symlink_to(distribution(), target_is_directory=True)
    said = follow("how-to/publish-a-plugin.md", tmp_path)
    assert "org.example.parcel-list 0.1.0\ttrusted" in "".join(said)
    installed = tmp_path / "data/plugins/org.example.parcel-list"
    assert sorted(path.name for path in installed.iterdir()) == ["0.1.0", "0.2.0"]
    log = postil("plugin", "list", "--data-dir", tmp_path / "data").stdout
    assert "org.example.parcel-list 0.2.0\ttrusted" in log


def test_tar_and_sha256sum_read_a_package(package, tmp_path):
    run("tar", "xzf", package / "package.tar.gz", "-C", tmp_path)
    checked = run("sha256sum", "-c", "--strict", "SHA256SUMS", cwd=tmp_path).splitlines()
    with tarfile.open(package / "package.tar.gz") as archive:
        members = archive.getmembers()
    names = [member.name for member in members]
    assert names[:2] == ["SHA256SUMS", "signature.json"]
    assert [line.removesuffix(": OK") for line in checked] == names[2:] == sorted(names[2:])
    assert {(m.uid, m.gid, m.mode, m.mtime) for m in members} == {(0, 0, 0o644, 1577836800)}


def test_openssl_verifies_the_signature(package, tmp_path):
    run("tar", "xzf", package / "package.tar.gz", "-C", tmp_path)
    signature = json.loads((tmp_path / "signature.json").read_text())
    (tmp_path / "signature").write_bytes(base64.b64decode(signature["signature"]))
    verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", package / "key.pub.pem",
              "-rawin", "-in", tmp_path / "SHA256SUMS", "-sigfile", tmp_path / "signature"]
    assert "Verified Successfully" in run(*verify)
    with (tmp_path / "SHA256SUMS").open("a") as sums:
        sums.write("\n")
    assert subprocess.run([*map(str, verify)], capture_output=True).returncode == 1


def test_a_key_of_openssl_signs(package, tmp_path):
    run("openssl", "genpkey", "-algorithm", "ed25519", "-out", tmp_path / "key")
    run("openssl", "pkey", "-in", tmp_path / "key", "-pubout", "-out", tmp_path / "key.pub")
    (tmp_path / "package.tar.gz").write_bytes((package / "package.tar.gz").read_bytes())
    signed = postil("plugin", "sign", tmp_path / "package.tar.gz", "--key", tmp_path / "key")
    trusted = postil("plugin", "trust", tmp_path / "key.pub", "--name", "us",
                     "--data-dir", tmp_path / "data")
    fingerprints = [re.search(r"SHA256:\S+", told(done))[0] for done in (signed, trusted)]
    assert fingerprints[0] == fingerprints[1]
    done = postil("plugin", "install", tmp_path / "package.tar.gz", "--data-dir", tmp_path / "data",
                  env={"POSTIL_PLUGIN_TRUST": "trusted"})
    assert done.returncode == 0 and "trust: trusted" in done.stdout, told(done)


def test_packing_again_gives_the_same_bytes(package, tmp_path):
    source = new(tmp_path, "c", "exporter", "same")
    for name in ("c", "d"):
        built = postil("plugin", "build", source, "--output", tmp_path / name)
        assert built.returncode == 0
        done = postil("plugin", "pack", tmp_path / name / "org.example.same/0.1.0",
                      "-o", tmp_path / f"{name}.tar.gz")
        assert done.returncode == 0, told(done)
    assert (tmp_path / "c.tar.gz").read_bytes() == (tmp_path / "d.tar.gz").read_bytes()


def test_a_refused_package_says_why_and_leaves_nothing(package, tmp_path):
    bent = bytearray((package / "package.tar.gz").read_bytes())
    bent[len(bent) // 2] ^= 0xFF
    (tmp_path / "bent.tar.gz").write_bytes(bent)
    done = postil("plugin", "install", tmp_path / "bent.tar.gz", "--plugin-dir", tmp_path / "plugins")
    assert done.returncode == 1
    assert re.search(r"Error: .*\. ", done.stderr), done.stderr
    assert not list((tmp_path / "plugins").glob("[!.]*"))
    assert not list((tmp_path / "plugins/.incoming").iterdir())
    untrusted = postil("plugin", "install", package / "package.tar.gz",
                       "--plugin-dir", tmp_path / "plugins", env={"POSTIL_PLUGIN_TRUST": "trusted"})
    assert untrusted.returncode == 1 and "does not trust" in untrusted.stderr
    assert not list((tmp_path / "plugins").glob("[!.]*"))


def test_a_daemon_takes_a_package_in_and_lists_its_story(package, tmp_path):
    daemon = Daemon(tmp_path / "data")
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    api = API(daemon.url, token)
    with (package / "package.tar.gz").open("rb") as file:
        report = api.value("POST", "/api/plugins", files={"file": file})
    assert report["passed"] and report["trust"]["level"] == "signed"
    path = f"/api/plugins/{report['id']}/{report['version']}"
    allowed = api.value("POST", f"{path}/actions/allow", json={"memory": 64 << 20})
    assert allowed["granted_permissions"] == {"network": False, "scratch": 0, "memory": 64 << 20}
    assert allowed["last_report"]["report"]["kind"] == "verification"
    project = api.make_project("Packages", '<View><Text name="t" value="$t"/></View>')
    api.value("PUT", f"/api/projects/{project}/plugins/{report['id']}", json={"enabled": True})
    answer = api.get(f"/api/projects/{project}/export?exportType=PARCEL-LIST")
    assert answer.status_code == 200, answer.text
    api.value("POST", f"{path}/actions/retire", json={"reason": "Replaced by the land register."})
    refused = api.get(f"/api/projects/{project}/export?exportType=PARCEL-LIST")
    assert "Replaced by the land register." in refused.text

    subject = f"plugin:{report['id']}/{report['version']}"
    page = api.value("GET", f"/api/audit?subject={subject}")
    assert [(entry["actor"], entry["action"], entry["project"]) for entry in page["entries"]] == [
        ("admin@example.org", "plugin.retired", None),
        ("admin@example.org", "plugin.enabled", project),
        ("admin@example.org", "plugin.allowed", None),
        ("admin@example.org", "plugin.installed", None),
    ]
    assert page["entries"][-1]["detail"]["digest"] == report["digest"]
    check_chain(api)
    assert daemon.stop() == 0


def check_chain(api):
    """Computes the chain as the reference describes it."""
    entries = api.value("GET", "/api/audit?limit=1000")["entries"][::-1]
    before = "0" * 64
    for number, entry in enumerate(entries, 1):
        fields = [before, entry["sequence"], entry["at_microseconds"], entry["user"], entry["actor"],
                  entry["action"], entry["subject"], entry["project"], entry["detail"]]
        text = json.dumps(fields, separators=(",", ":"), ensure_ascii=False)
        before = hashlib.sha256(text.encode()).hexdigest()
        assert entry["hash"] == before and entry["sequence"] == number
    verdict = api.value("GET", "/api/audit/verification")
    assert verdict == {"intact": True, "entries": len(entries), "head": before, "broken_at": None}
