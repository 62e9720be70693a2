"""How a server is measured when the shared harness does not stand beside the project."""

from __future__ import annotations

import contextlib
import json
import os
import random
import secrets
import socket
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import requests

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "label-studio-venv"
# A peer annotates some tens of tasks in one run, so a single run says little: the median counts.
ANNOTATE_RUNS = 3
LABELS = ["car", "person", "bicycle", "truck", "bus", "dog"]
CONFIG = (
    '<View><Image name="image" value="$image"/><RectangleLabels name="label" toName="image">'
    + "".join(f'<Label value="{label}"/>' for label in LABELS)
    + "</RectangleLabels></View>"
)


def box(chance: random.Random) -> dict:
    return {
        "id": secrets.token_hex(5), "type": "rectanglelabels", "origin": "manual",
        "from_name": "label", "to_name": "image", "image_rotation": 0,
        "original_width": 1024, "original_height": 768,
        "value": {
            "x": round(chance.uniform(0, 60), 6), "y": round(chance.uniform(0, 60), 6),
            "width": round(chance.uniform(5, 40), 6), "height": round(chance.uniform(5, 40), 6),
            "rotation": 0, "rectanglelabels": [chance.choice(LABELS)],
        },
    }


def tasks(count: int, regions: int = 0):
    chance = random.Random(1)
    for i in range(count):
        task = {"data": {"image": f"https://images.invalid/{i:07}.jpg", "camera": f"cam-{i % 9}"}}
        if regions:
            task["annotations"] = [{"result": [box(chance) for _ in range(regions)]}]
        yield task


def measure(server: dict, count: int, seconds: int) -> dict:
    """Figures by name; times in ms, memory in MB, everything else per second."""
    session = requests.Session()
    session.headers["Authorization"] = f"Token {server['token']}"

    def call(method: str, path: str, body: bytes | None = None):
        headers = {"Content-Type": "application/json"} if body else {}
        answer = session.request(method, server["url"] + path, data=body, headers=headers)
        answer.raise_for_status()
        return answer

    def project(title: str) -> int:
        fields = json.dumps({"title": title, "label_config": CONFIG}).encode()
        return call("POST", "/api/projects/", fields).json()["id"]

    def fill(into: int, number: int, regions: int = 0) -> float:
        rest, spent = list(tasks(number, regions)), 0.0
        for start in range(0, number, 5000):
            body = json.dumps(rest[start:start + 5000]).encode()
            began = time.perf_counter()
            call("POST", f"/api/projects/{into}/import", body)
            spent += time.perf_counter() - began
        return number / spent

    found = {"import": max(fill(project(f"import {i}"), count) for i in range(2))}
    listed = project("list")
    fill(listed, count)
    times = []
    for page in range(1, 41):
        began = time.perf_counter()
        call("GET", f"/api/tasks?project={listed}&page={page % (count // 100) + 1}&page_size=100")
        times.append((time.perf_counter() - began) * 1000)
    found["list page p50 ms"] = statistics.median(times)
    for annotators in (1, 16, 64):
        runs = []
        for i in range(ANNOTATE_RUNS):
            into = project(f"annotate {annotators} {i}")
            fill(into, server.get("annotate_tasks", count))
            runs.append(annotate(server, into, annotators, seconds))
        found[f"annotate {annotators}"] = statistics.median(run["per_second"] for run in runs)
        found["tasks annotated twice"] = max(
            found.get("tasks annotated twice", 0), *(run["twice"] for run in runs))
    labeled = project("export")
    fill(labeled, count, regions=3)
    for name in ("JSON", "COCO", "CSV", "YOLO"):
        best = 0.0
        for _ in range(2):
            began = time.perf_counter()
            call("GET", f"/api/projects/{labeled}/export?exportType={name}&download_resources=false")
            best = max(best, count / (time.perf_counter() - began))
        found[f"export {name}"] = best
    found["memory after exports MB"] = resident(server["pid"])
    return found


def annotate(server: dict, project: int, annotators: int, seconds: int) -> dict:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as body:
        chance = random.Random(2)
        json.dump({"result": [box(chance), box(chance)], "lead_time": 3.2}, body)
        body.flush()
        done = subprocess.run(
            ["wrk", f"-t{annotators}", f"-c{annotators}", f"-d{seconds}s", "--timeout", "120s",
             "-s", str(HERE / "annotate.lua"), server["url"], "--", str(project),
             server["tokens_file"], body.name],
            capture_output=True, text=True, check=True,
        )
    line = next(line for line in done.stdout.splitlines() if line.startswith("FIGURES "))
    return json.loads(line.removeprefix("FIGURES "))


def resident(pid: int) -> float:
    """Resident megabytes of a process and its children."""
    total = 0
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        with contextlib.suppress(OSError):
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1])
            for thread in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
    return total * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextlib.contextmanager
def label_studio(mode: str):
    """Label Studio from PyPI on a port of loopback, with SQLite or a PostgreSQL of its own."""
    if not (CACHE / "bin" / "label-studio").exists():
        subprocess.run(["python3", "-m", "venv", CACHE], check=True)
        subprocess.run([CACHE / "bin/pip", "install", "-q", "label-studio"], check=True)
    with tempfile.TemporaryDirectory(prefix="peer-") as folder, contextlib.ExitStack() as stack:
        os.chmod(folder, 0o755)
        token = secrets.token_hex(20)
        port = free_port()
        environment = {
            **os.environ, "LABEL_STUDIO_BASE_DATA_DIR": f"{folder}/data", "LOG_LEVEL": "ERROR",
            "COLLECT_ANALYTICS": "false", "LATEST_VERSION_CHECK": "false", "SENTRY_DSN": "",
            "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true", "DJANGO_DB": "sqlite",
        }
        if mode == "postgres":
            environment |= stack.enter_context(postgres(Path(folder)))
        account = ["--username", "bench@example.org", "--password", "bench-secret-1",
                   "--user-token", token, "--enable-legacy-api-token"]
        subprocess.run([CACHE / "bin/label-studio", "init", "-q", *account], env=environment,
                       check=True, capture_output=True)
        process = subprocess.Popen(
            [CACHE / "bin/label-studio", "start", "--no-browser", "--port", str(port)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        stack.callback(process.wait, 30)
        stack.callback(process.terminate)
        url = f"http://127.0.0.1:{port}"
        wait_for(url, process)
        tokens_file = Path(folder) / "tokens.txt"
        tokens_file.write_text("\n".join(annotator_tokens(url, token, 64)) + "\n")
        yield {"url": url, "token": token, "tokens_file": str(tokens_file), "pid": process.pid}


def annotator_tokens(url: str, token: str, count: int) -> list[str]:
    """Users of the peer; each signs in by the form once to read the token that it was given."""
    made = []
    for i in range(count):
        email, password = f"annotator{i}@example.org", "bench-secret-1"
        answer = requests.post(f"{url}/api/users/", json={"email": email, "username": email,
                                                          "password": password},
                               headers={"Authorization": f"Token {token}"}, timeout=60)
        answer.raise_for_status()
        browser = requests.Session()
        browser.get(f"{url}/user/login/", timeout=60)
        browser.post(f"{url}/user/login/", timeout=60, data={
            "csrfmiddlewaretoken": browser.cookies["csrftoken"], "email": email,
            "password": password})
        made.append(browser.get(f"{url}/api/current-user/token", timeout=60).json()["token"])
    return made


@contextlib.contextmanager
def postgres(folder: Path):
    """A PostgreSQL of Debian's package, run by an account that is not root."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        raise SystemExit("the peer's second database needs Debian's package postgresql")
    port, data = free_port(), folder / "pg"
    drop = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    prefix = drop if os.geteuid() == 0 else []
    data.mkdir()
    if prefix:
        subprocess.run(["chown", "postgres", str(data)], check=True)
    run = {"cwd": "/", "check": True, "capture_output": True}
    subprocess.run([*prefix, programs[-1] / "initdb", "-D", data, "-U", "ls", "--auth=trust",
                    "-E", "UTF8", "--locale=C"], **run)
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={data}"
    control = [*prefix, programs[-1] / "pg_ctl", "-D", data, "-w"]
    subprocess.run([*control, "-o", options, "-l", data / "log", "start"], **run)
    try:
        subprocess.run([programs[-1] / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "ls",
                        "ls"], **run)
        yield {"DJANGO_DB": "default", "POSTGRE_HOST": "127.0.0.1", "POSTGRE_PORT": str(port),
               "POSTGRE_USER": "ls", "POSTGRE_NAME": "ls", "POSTGRE_PASSWORD": "ls"}
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], **run)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, process: subprocess.Popen) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("the peer ended before it answered")
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{url}/health", timeout=5).ok:
                return
        time.sleep(0.5)
    raise SystemExit("the peer did not answer within five minutes")
