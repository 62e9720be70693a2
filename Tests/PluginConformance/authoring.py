"""The tools for plugin authors, as an author runs them."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from installation import ROOT, distribution

TEMPLATES = sorted(
    (path.parent.parent.name, path.parent.name)
    for path in (ROOT / "PluginTemplates").glob("*/*/manifest.json")
)


def postil(*arguments: str, program: Path | None = None, **options) -> subprocess.CompletedProcess:
    """Runs the installed program, or another one of it."""
    return subprocess.run(
        [program or distribution() / "bin" / "postil", *map(str, arguments)],
        capture_output=True, text=True, timeout=600, **options,
    )


def told(done: subprocess.CompletedProcess) -> str:
    return done.stdout + done.stderr


def check(folder: Path, level: int = 5, *arguments: str, **options) -> dict:
    """The report of `postil plugin check` as JSON; the exit code has to agree with it."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "report.json"
        done = postil("plugin", "check", folder, "--level", str(level), "--json", path,
                      *arguments, **options)
        assert path.exists(), told(done)
        report = json.loads(path.read_text())
    assert done.returncode == (0 if report["passed"] else 1), told(done)
    return report


def failed(report: dict) -> dict[str, str]:
    """Findings of what did not pass, by check."""
    return {
        result["id"]: " ".join(result["findings"])
        for result in report["checks"] if result["verdict"] in ("failed", "broken")
    }


def new(folder: Path, language: str, capability: str, name: str = "my-plugin") -> Path:
    made = postil("plugin", "new", capability, name, "--language", language,
                  "--directory", folder / name)
    assert made.returncode == 0, told(made)
    return folder / name


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, **changes}
