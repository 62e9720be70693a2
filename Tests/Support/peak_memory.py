"""What a daemon and its workers need of memory at most."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path


def status(pid: int) -> dict[str, str]:
    """Lines of /proc/PID/status by name; empty when the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    return dict(line.split(":", 1) for line in lines if ":" in line)


def megabytes(pid: int, name: str) -> float:
    value = status(pid).get(name)
    return int(value.split()[0]) / 1024 if value else 0.0


def children(pid: int) -> list[int]:
    """All that a process started, and what those started."""
    found, waiting = [], [pid]
    while waiting:
        parent = waiting.pop()
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                waiting += map(int, task.read_text().split())
        found.append(parent)
    return found[1:]


class PeakMemory:
    """The highest resident size (VmHWM) of a process, and of its largest worker, stage by stage."""

    def __init__(self, pid: int):
        self.pid = pid
        self.idle = megabytes(pid, "VmRSS")
        self.stages: dict[str, tuple[float, float]] = {}

    @contextlib.contextmanager
    def stage(self, name: str):
        """Forgets earlier peaks, and notes those of what happens inside, in megabytes."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")
        over, largest = threading.Event(), [0.0]

        def watch():
            while not over.wait(0.05):
                for pid in children(self.pid):
                    largest[0] = max(largest[0], megabytes(pid, "VmHWM"))

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            yield
        finally:
            over.set()
            watching.join()
        self.stages[name] = (megabytes(self.pid, "VmHWM"), largest[0])

    def table(self) -> str:
        return f"idle {self.idle:.0f} MB\n" + "\n".join(
            f"{name:>12}: {daemon:.0f} MB, a worker {worker:.0f} MB"
            for name, (daemon, worker) in self.stages.items())
