"""A daemon that strange requests are sent to: it always holds what they may be about.

Requests delete what others need, take tokens away and switch tokens off. After each that changed
something the server is put right: a new project when a part is gone, a new daemon when its caller
is locked out.
"""

from __future__ import annotations

from pathlib import Path

import requests
from companions import Model
from installation import API, Daemon

CONFIG = """<View><Image name="image" value="$image"/><Choices name="kind" toName="image">
<Choice value="car"/><Choice value="person"/></Choices></View>"""
IMAGE = "https://images.invalid/a.jpg"
RESULT = [{"id": "c1", "from_name": "kind", "to_name": "image", "type": "choices",
           "value": {"choices": ["car"]}}]
EMAIL = "fuzz@example.org"
PASSWORD = "correct horse"


class FuzzedServer:
    """Use as a context; `known` holds an identifier for each name that paths and bodies use."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.count = 0
        self.daemon: Daemon | None = None
        self.known: dict[str, object] = {}

    def __enter__(self):
        self.model = Model()
        self.begin()
        return self

    def __exit__(self, *_):
        self.end()
        self.model.close()

    def begin(self) -> None:
        """A daemon with data of its own."""
        self.count += 1
        media = self.folder / f"media{self.count}"
        for name in ("in", "out"):
            (media / name).mkdir(parents=True)
        (media / "in" / "a.jpg").write_bytes(b"a")
        self.media = media
        self.daemon = Daemon(self.folder / f"data{self.count}", [
            "--media-root", str(media), "--allow-outbound", "127.0.0.1"])
        self.token = self.daemon.make_user(EMAIL, "administrator", PASSWORD)
        self.daemon.start()
        self.api = API(self.daemon.url, self.token)
        self.known = {"user": self.make_member(), "organization": 1, "name": "task", "entity": 1,
                      "action": "delete_tasks"}
        plugin = self.api.value("GET", "/api/plugins")[0]
        self.known |= {"id": plugin["id"], "version": plugin["version"]}
        self.make_project()

    def end(self) -> None:
        assert self.daemon.process.poll() is None, "the daemon is gone:\n" + "".join(
            self.daemon.log[-40:])
        assert self.daemon.stop() == 0

    def make_member(self) -> int:
        self.members = getattr(self, "members", 0) + 1
        return self.api.value("POST", "/api/users/", json={
            "email": f"member{self.members}@example.org", "password": PASSWORD})["id"]

    def make_project(self) -> None:
        """A project with one of everything."""
        api, known = self.api, self.known
        project = known["project"] = api.make_project("Fuzzed", CONFIG)
        tasks = api.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                          json=[{"image": IMAGE}, {"image": IMAGE}, {"image": "b.jpg"}])["task_ids"]
        task = known["task"] = tasks[0]
        known["annotation"] = api.value(
            "POST", f"/api/tasks/{task}/annotations/", json={"result": RESULT})["id"]
        known["draft"] = api.value(
            "POST", f"/api/tasks/{task}/drafts", json={"result": RESULT})["id"]
        known["prediction"] = api.value("POST", "/api/predictions/", json={
            "task": tasks[1], "result": RESULT, "score": 0.5, "model_version": "m1"})["id"]
        known["view"] = api.value("POST", "/api/dm/views/", json={
            "project": project, "data": {"title": "All"}})["id"]
        known["webhook"] = api.value("POST", "/api/webhooks/", json={
            "project": project, "url": "https://hooks.invalid/", "is_active": False})["id"]
        known["file"] = api.value(
            "POST", f"/api/projects/{project}/import",
            files={"file": ("a.csv", b"image\nc.jpg\n", "text/csv")})["file_upload_ids"][0]
        known["export"] = api.value("POST", f"/api/projects/{project}/exports/", json={})["id"]
        known["report"] = api.get(f"/api/projects/{project}/export").headers[
            "Export-Report"].rsplit("/", 1)[1]
        known["backend"] = api.value("POST", "/api/ml/", json={
            "project": project, "url": self.model.url})["id"]
        for path, folder in (("", "in"), ("export/", "out")):
            known["storage"] = api.value("POST", f"/api/storages/{path}localfiles", json={
                "project": project, "path": str(self.media / folder)})["id"]

    def put_right(self, method: str, answer: requests.Response) -> None:
        """Makes up for what a request did."""
        if method == "GET" or not answer.ok:
            return
        me = self.api.get("/api/current-user/whoami")
        if me.status_code != 200 or me.json()["role"] != "administrator":
            self.end()
            self.begin()
            return
        if self.api.get(f"/api/users/{self.known['user']}/").status_code != 200:
            self.known["user"] = self.make_member()
        if method == "DELETE" or answer.request.path_url.startswith("/api/dm/actions/"):
            self.make_project()
