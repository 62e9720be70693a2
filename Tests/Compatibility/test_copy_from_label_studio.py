"""The command that copies a project out of a running Label Studio, with a daemon as the source.

It speaks the same API; `make test-label-studio` asks Label Studio itself.
"""

import os
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from installation import API, ROOT, Daemon, distribution
from test_project_moves import CONFIG, box, export, plain

PAGE = "Docs/how-to/move-from-label-studio.md"


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    daemon = Daemon(tmp_path_factory.mktemp("target"))
    token = daemon.make_user("boss@target.example", "administrator")
    daemon.start()
    daemon.api = API(daemon.url, token)
    yield daemon
    assert daemon.stop() == 0


@pytest.fixture(scope="module")
def project(admin, daemon):
    made = admin.make_project("To be copied", CONFIG, maximum_annotations=2,
                              expert_instruction="<b>Look</b>", show_instruction=True)
    admin.value("POST", f"/api/projects/{made}/import", files={
        "file": ("road 1.png", b"\x89PNG a road", "image/png")})
    admin.value("POST", f"/api/projects/{made}/import", json=[
        {"data": {"image": f"https://images.invalid/{i}.jpg"}, "meta": {"from": i},
         "predictions": [{"model_version": "m1", "score": 0.5, "result": [box(i % 80, "car")]}]}
        for i in range(250)])
    tasks = admin.value("GET", f"/api/tasks/?project={made}&page_size=3")["tasks"]
    eve = API(daemon.url, daemon.make_user(f"eve{made}@example.org"))
    eve.value("POST", f"/api/tasks/{tasks[0]['id']}/annotations/", json={
        "result": [box(1, "car")], "lead_time": 2.5, "ground_truth": True})
    admin.value("POST", f"/api/tasks/{tasks[0]['id']}/annotations/", json={
        "result": [], "was_cancelled": True})
    admin.value("POST", f"/api/tasks/{tasks[1]['id']}/drafts", json={"result": [box(4, "car")]})
    admin.value("POST", "/api/dm/views/", json={"project": made, "data": {"title": "Mine"}})
    return made


def copy(target, url, project, token, *more, stdin=False):
    """Runs the command; its token goes by the variable or by standard input."""
    environment = {**os.environ, **({} if stdin else {"LABEL_STUDIO_TOKEN": token})}
    return target.run(
        "project", "copy-from-label-studio", "--data-dir", str(target.data_dir), "--url", url,
        "--project", str(project), "--allow-outbound", "127.0.0.1", *more,
        env=environment, input=token + "\n" if stdin else None,
    )


def copied(done) -> int:
    assert done.returncode == 0, done.stderr
    return int(re.match(r"project (\d+):", done.stdout)[1])


def personal_token(admin) -> str:
    return admin.value("POST", "/api/token/")["token"]


@pytest.mark.parametrize("way", ["legacy", "personal"])
def test_a_project_comes_with_all_that_was_said(admin, daemon, target, project, way):
    token = daemon.admin_token if way == "legacy" else personal_token(admin)
    done = copy(target, daemon.url, project, token, "--title", f"Copy, {way}",
                *(["--token-stdin"] if way == "personal" else []), stdin=way == "personal")
    made = copied(done)
    assert "251 tasks, 2 annotations" in done.stdout and "1 drafts, 250 predictions" in done.stdout
    theirs, ours = plain(export(admin, project)), plain(export(target.api, made))
    if way == "personal":  # a second copy in the same place has unique ids of its own
        for annotation in [a for task in theirs + ours for a in task["annotations"]]:
            annotation.pop("unique_id")
    assert ours == theirs
    settings = target.api.value("GET", f"/api/projects/{made}/")
    assert settings["title"] == f"Copy, {way}" and settings["maximum_annotations"] == 2
    assert settings["expert_instruction"] == "<b>Look</b>" and settings["show_instruction"]
    assert settings["label_config"] == CONFIG
    first = target.api.value("GET", f"/api/tasks/?project={made}&page_size=1&fields=all")["tasks"][0]
    assert target.api.get(first["data"]["image"]).content == b"\x89PNG a road"
    people = {p["id"]: p["email"] for p in target.api.value("GET", "/api/users/")}
    authors = [people[a["completed_by"]] for a in first["annotations"]]
    assert authors == [f"eve{project}@example.org", "admin@example.org"]
    views = target.api.value("GET", f"/api/dm/views/?project={made}")
    assert [view["data"]["title"] for view in views] == ["Mine"]


class Between(BaseHTTPRequestHandler):
    """Passes requests on to the source until there have been enough of them."""

    protocol_version = "HTTP/1.1"
    source, left = "", 0

    def do_GET(self):
        type(self).left -= 1
        if self.left < 0:
            self.send_response(403)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        answer = requests.get(self.source + self.path, headers={
            "Authorization": self.headers["Authorization"]}, timeout=60)
        self.send_response(answer.status_code)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, *_):
        pass


def test_a_copy_that_broke_off_left_nothing_and_is_begun_again(daemon, target, project):
    before = target.api.value("GET", "/api/projects/")["count"]
    people = len(target.api.value("GET", "/api/users/"))
    handler = type("Limited", (Between,), {"source": daemon.url, "left": 6})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    broken = copy(target, url, project, daemon.admin_token)
    assert broken.returncode == 1 and "does not accept the token" in broken.stderr
    assert "tasks have come" in broken.stderr
    assert target.api.value("GET", "/api/projects/")["count"] == before
    assert len(target.api.value("GET", "/api/users/")) == people
    handler.left = 1_000
    made = copied(copy(target, url, project, daemon.admin_token))
    server.shutdown()
    assert target.api.value("GET", "/api/projects/")["count"] == before + 1
    assert target.api.value("GET", f"/api/projects/{made}/")["task_number"] == 251


def test_what_did_not_come_is_told_with_its_reason(admin, daemon, target):
    project = admin.make_project("Incomplete", CONFIG)
    admin.value("POST", f"/api/projects/{project}/import", json=[
        {"image": f"/data/upload/{project}/00000000-gone.png"}, {"image": "s3://bucket/a.png"}])
    admin.value("POST", "/api/webhooks/", json={"url": "https://hooks.invalid/", "project": project})
    done = copy(target, daemon.url, project, daemon.admin_token)
    copied(done)
    for code in ["file_not_given, 1 ×", "cloud_reference, 1 ×", "webhook_not_copied, 1 ×"]:
        assert code in done.stderr, done.stderr


@pytest.mark.parametrize("change, sentence", [
    ({"token": "0" * 40}, "does not accept the token"),
    ({"project": 999_999}, "has nothing at /api/projects/999999/"),
    ({"url": "http://127.0.0.1:1"}, "cannot be reached"),
    ({"url": "ftp://127.0.0.1/"}, "is no address of a server"),
])
def test_mistakes_are_told_and_change_nothing(daemon, target, project, change, sentence):
    before = target.api.value("GET", "/api/projects/")["count"]
    call = {"url": daemon.url, "project": project, "token": daemon.admin_token, **change}
    done = copy(target, call["url"], call["project"], call["token"])
    assert done.returncode == 1 and sentence in done.stderr, done.stderr
    assert target.api.value("GET", "/api/projects/")["count"] == before


def test_this_machine_is_asked_only_when_that_is_allowed(daemon, target, project):
    done = target.run(
        "project", "copy-from-label-studio", "--data-dir", str(target.data_dir),
        "--url", daemon.url, "--project", str(project),
        env={**os.environ, "LABEL_STUDIO_TOKEN": daemon.admin_token},
    )
    assert done.returncode == 1 and "--allow-outbound 127.0.0.1" in done.stderr


def test_a_command_without_a_token_says_where_to_put_it(target, project):
    environment = {k: v for k, v in os.environ.items() if k != "LABEL_STUDIO_TOKEN"}
    done = target.run(
        "project", "copy-from-label-studio", "--data-dir", str(target.data_dir),
        "--url", "https://label.invalid", "--project", "1", env=environment,
    )
    assert done.returncode == 1 and "LABEL_STUDIO_TOKEN" in done.stderr


def test_the_page_about_moving_leads_to_the_project(admin, daemon, tmp_path, project):
    """Every command of the page, in its order, with a real server in the place of the example's."""
    (tmp_path / "dist").symlink_to(distribution(), target_is_directory=True)
    text = (ROOT / PAGE).read_text()
    environment = {**os.environ, "LABEL_STUDIO_TOKEN": daemon.admin_token, "PROJECT": str(project)}
    said = []
    for body in re.findall(r"```sh\n(.*?)```", text, re.S):
        body = body.replace("https://label.example.org", daemon.url)
        body = body.replace("--allow-outbound 10.0.0.0/8", "--allow-outbound 127.0.0.1")
        done = subprocess.run(["sh", "-eu", "-c", body], cwd=tmp_path, env=environment, text=True,
                              capture_output=True, timeout=300)
        assert done.returncode == 0, f"{body}\n{done.stdout}{done.stderr}"
        said.append(done.stdout)
    assert any("251 tasks" in text for text in said)
