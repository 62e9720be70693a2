"""The installation under test, and daemons of it on loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]


def distribution() -> Path:
    """What `make build` put together; POSTIL_DIST names another one."""
    dist = Path(os.environ.get("POSTIL_DIST", ROOT / "dist"))
    if not (dist / "bin" / "postil").exists():
        raise SystemExit(f"{dist} holds no installation: run `make build` first")
    return dist


@dataclass
class Daemon:
    """One `postil serve`, stopped by its own pid."""

    data_dir: Path
    arguments: list[str] = field(default_factory=list)
    dist: Path = field(default_factory=distribution)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    url: str = ""
    log: list[str] = field(default_factory=list)

    @property
    def program(self) -> str:
        return str(self.dist / "bin" / "postil")

    def start(self) -> Daemon:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [self.program, "serve", "--data-dir", str(self.data_dir), "--port", "0", *self.arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **self.environment},
        )
        for line in self.process.stdout:
            self.log.append(line)
            ready = re.match(r"listening on (http://\S+)", line)
            if ready:
                self.url = ready[1]
                threading.Thread(target=self._drain, daemon=True).start()
                return self
        raise AssertionError("the daemon ended before it listened:\n" + "".join(self.log))

    def _drain(self) -> None:
        for line in self.process.stdout:
            self.log.append(line)

    def stop(self) -> int:
        """Ends it gracefully and gives its exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(30)
        self.process = None
        return status

    def kill(self) -> None:
        """`kill -9`: nothing can be tidied up."""
        self.process.kill()
        self.process.wait(30)
        self.process = None

    def run(self, *arguments: str, **options) -> subprocess.CompletedProcess:
        """Runs another command of the program, such as `user create`."""
        return subprocess.run(
            [self.program, *arguments], capture_output=True, text=True, timeout=120, **options
        )

    def make_user(self, email: str, role: str = "member", password: str = "correct horse") -> str:
        """Makes a user with a password and gives the API token."""
        made = self.run(
            "user", "create", "--data-dir", str(self.data_dir), "--email", email,
            "--role", role, "--password-stdin", "--print-token",
            input=password + "\n",
        )
        assert made.returncode == 0, made.stdout + made.stderr
        return made.stdout.strip().splitlines()[-1]


class API:
    """Requests of one user to one daemon."""

    def __init__(self, url: str, token: str | None):
        self.url = url
        self.session = requests.Session()
        if token:
            self.session.headers["Authorization"] = f"Token {token}"

    def request(self, method: str, path: str, **options) -> requests.Response:
        options.setdefault("timeout", 60)
        return self.session.request(method, self.url + path, **options)

    def get(self, path: str, **options):
        return self.request("GET", path, **options)

    def post(self, path: str, **options):
        return self.request("POST", path, **options)

    def patch(self, path: str, **options):
        return self.request("PATCH", path, **options)

    def put(self, path: str, **options):
        return self.request("PUT", path, **options)

    def delete(self, path: str, **options):
        return self.request("DELETE", path, **options)

    def value(self, method: str, path: str, **options):
        """The answer's JSON; anything but success fails the test with the answer's text."""
        answer = self.request(method, path, **options)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:600]}"
        return answer.json() if answer.content else None

    def make_project(self, title: str, config: str, **fields) -> int:
        body = {"title": title, "label_config": config, **fields}
        return self.value("POST", "/api/projects/", json=body)["id"]
