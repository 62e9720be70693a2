#!/usr/bin/env python3
"""Measures Postil beside Label Studio on both of its databases, in one run, and prints ratios.

    bench.py --dist dist                 Postil and both peers
    bench.py --dist dist --only postil   Postil alone

All servers are measured from outside, over HTTP on loopback, one after another. The method is the harness
in `../shared/bench` where that folder stands beside the project, else the one in `method.py`; both do
the same: import in batches, next task and submit with 1, 16 and 64 annotators, export, a page of the
task list, start, memory. Figures of one machine on one day: only the ratios say something.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import method

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Support"))
HARNESS = ROOT.parent / "shared" / "bench"
PEERS = ("label-studio-sqlite", "label-studio-postgres")
# What Postil promises at this stage, as multiples of the better peer.
TARGETS = {"annotate 16": 500, "import": 50, "export JSON": 100, "export COCO": 100}


def say(*what):
    print(*what, file=sys.stderr, flush=True)


@contextlib.contextmanager
def postil(dist: Path):
    """A fresh daemon; gives what a method needs to know of a server."""
    from installation import Daemon

    with tempfile.TemporaryDirectory(prefix="postil-bench-") as folder:
        daemon = Daemon(Path(folder) / "data", dist=dist)
        token = daemon.make_user("bench@example.org", "administrator")
        tokens_file = Path(folder) / "tokens.txt"
        made = daemon.run(
            "user", "create", "--data-dir", str(daemon.data_dir), "--email",
            "annotator@example.org", "--role", "member", "--count", "64",
            "--tokens-file", str(tokens_file),
        )
        if made.returncode != 0:
            raise SystemExit(made.stderr)
        daemon.start()
        try:
            yield {"url": daemon.url, "token": token, "tokens_file": str(tokens_file),
                   "pid": daemon.process.pid}
        finally:
            daemon.stop()


@contextlib.contextmanager
def label_studio(mode: str):
    """Label Studio as PyPI has it; the harness's script installs and starts it."""
    script = HARNESS / "label-studio-up.sh"
    if not script.exists():
        with method.label_studio(mode) as server:
            yield server
        return
    with tempfile.TemporaryDirectory(prefix="peer-bench-") as state:
        os.chmod(state, 0o755)
        environment = {**os.environ, "LS_MODE": mode, "LS_STATE": state, "LS_ANNOTATORS": "64"}
        up = subprocess.run([str(script), "up"], env=environment, capture_output=True, text=True)
        if up.returncode != 0:
            raise SystemExit(f"the peer did not start: {up.stderr[-2000:]}")
        settings = dict(
            line.removeprefix("export ").split("=", 1)
            for line in up.stdout.replace(";", "\n").splitlines() if "=" in line
        )
        settings = {key.strip(): value.strip().strip("'\"") for key, value in settings.items()}
        try:
            yield {"url": settings["BASE_URL"], "token": settings["TOKEN"],
                   "tokens_file": settings["TOKENS_FILE"], "pid": int(settings["SERVER_PID"])}
        finally:
            subprocess.run([str(script), "down"], env=environment, capture_output=True)


def measure(server: dict, options) -> dict:
    """One server's figures by the method at hand."""
    if not HARNESS.exists():
        return method.measure(server, options.tasks, options.seconds)
    found = figures(harness(
        server, "--suites", "import,list,export", "--import-sizes", str(options.tasks),
        "--export-sizes", str(options.tasks), "--formats", "JSON,COCO,CSV,YOLO",
        "--list-seconds", "3",
    ))
    # The idle memory is that of the fresh server.
    return figures(harness(
        server, "--suites", "annotate", "--annotators", "1,16,64", "--repeat", str(method.ANNOTATE_RUNS),
        "--annotate-seconds", str(options.seconds),
        "--annotate-tasks", str(server.get("annotate_tasks", options.tasks)),
    )) | found


def harness(server: dict, *arguments: str) -> dict:
    """The document of one run of the shared harness."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [
            sys.executable, str(HARNESS / "ls_bench.py"),
            "--base-url", server["url"], "--token", server["token"],
            "--tokens-file", server["tokens_file"], "--server-pid", str(server["pid"]),
            *arguments, "-o", out.name,
        ]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr[-3000:])
        return json.load(open(out.name))


def figures(document: dict) -> dict:
    """The harness's document as one figure a line."""
    found: dict[str, float] = {}
    runs = [r["tasks_per_s"] for r in document.get("import", {}).get("batches", [])
            if "tasks_per_s" in r]
    if runs:
        found["import"] = max(runs)
    for level in document.get("annotate", []):
        found[f"annotate {level['annotators']}"] = statistics.median(
            run.get("annotations_per_s", 0) for run in level["runs"])
        for run in level["runs"]:
            found["tasks annotated twice"] = max(
                found.get("tasks annotated twice", 0), run.get("tasks_annotated_twice", 0))
    for export in document.get("export", []):
        found[f"export {export['format']}"] = export["best"] or 0
    pages = [entry["best_p50_ms"] for entry in document.get("list", [])
             if entry.get("best_p50_ms")]
    if pages:
        found["list page p50 ms"] = max(pages)
    for when, memory in document.get("memory", {}).items():
        found[f"memory {when} MB"] = memory["rss_mb"]
    return found


def start_time(dist: Path) -> float:
    """Seconds from exec to the first answer of a daemon that has run before; the best of five."""
    import time

    from installation import Daemon

    best = float("inf")
    with tempfile.TemporaryDirectory(prefix="postil-start-") as folder:
        for _ in range(6):
            daemon = Daemon(Path(folder), dist=dist)
            began = time.perf_counter()
            daemon.start()
            best = min(best, time.perf_counter() - began)
            daemon.stop()
    return best


def report(results: dict[str, dict]) -> bool:
    """Prints the table and says which targets hold."""
    ours = results["postil"]
    names = list(results)
    print(f"{'':24}" + "".join(f"{name:>24}" for name in names) + f"{'ratio':>10}")
    holds = True
    for figure in ours:
        values = [results[name].get(figure) for name in names]
        others = [v for v in values[1:] if v]
        ratio = ""
        if others and values[0]:
            smaller_is_better = figure.endswith((" ms", " MB", " s"))
            best = min(others) if smaller_is_better else max(others)
            ratio = best / values[0] if smaller_is_better else values[0] / best
            target = TARGETS.get(figure)
            if target:
                holds &= ratio >= target
            mark = "" if not target else f" (target {target}: {'holds' if ratio >= target else 'MISSED'})"
            ratio = f"{ratio:10.1f}{mark}"
        cells = "".join(f"{v:24.3f}" if v is not None else f"{'':24}" for v in values)
        print(f"{figure:24}{cells}{ratio}")
    return holds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--dist", type=Path, default=ROOT / "dist")
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=10, help="length of one annotate run")
    parser.add_argument("--only", choices=["postil"], help="leave the peers out")
    parser.add_argument("-o", "--output", type=Path, help="keep the figures as JSON")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("bench needs wrk: apt-get install wrk")
    results = {}
    with postil(options.dist.resolve()) as server:
        # Enough tasks that the annotators do not run out of them.
        server["annotate_tasks"] = max(options.tasks, 10_000 * options.seconds)
        say("measuring postil")
        results["postil"] = measure(server, options)
    results["postil"]["start s"] = start_time(options.dist.resolve())
    if options.only != "postil":
        for peer in PEERS:
            say("measuring", peer)
            with label_studio(peer.removeprefix("label-studio-")) as server:
                results[peer] = measure(server, options)
    if options.output:
        options.output.write_text(json.dumps(results, indent=1) + "\n")
    return 0 if report(results) else 1


if __name__ == "__main__":
    sys.exit(main())
