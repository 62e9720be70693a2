#!/usr/bin/env python3
"""Measures what plugins cost and sets the figures beside the targets.

    bench_plugins.py --dist dist --config release

Builds the readers of `readers/` as a plugin author would, then runs the suite `PluginBench`, which
does the measuring inside one process. Figures of one machine on one day.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = Path(__file__).parent / "readers"
RUST = ROOT / "PluginTemplates" / "rust" / "exporter" / "src"

AT_MOST, AT_LEAST = "≤", "≥"
# Figure, words, unit, target; None where there is none.
ROWS = [
    ("call_ns", "host → plugin call, in process", "ns", (AT_MOST, 10)),
    ("read_c_ns", "full tree read, C", "ns/node", (AT_MOST, 6)),
    ("read_cpp_ns", "full tree read, C++", "ns/node", None),
    ("read_rust_ns", "full tree read, Rust", "ns/node", None),
    ("read_swift_ns", "full tree read, Swift (PostilPluginKit)", "ns/node", None),
    ("json_mb_per_s", "JSON text → tree", "MB/s", (AT_LEAST, 500)),
    *[
        (f"ratio_{name}_{size}", f"isolated / in process, {title}, {size} a batch", "",
         (AT_LEAST, 0.9) if size >= 256 else None)
        for name, title in [("csv", "CSV"), ("coco", "COCO"), ("count", "a counter")]
        for size in (1, 32, 256, 2048)
    ],
    ("crash_noticed_ms", "crash noticed (C)", "ms", (AT_MOST, 2)),
    ("crash_restored_ms", "work goes on after a crash (C)", "ms", (AT_MOST, 10)),
    ("start_first_ms", "first start of a worker, spawner included", "ms", None),
    ("start_ms", "start of a worker", "ms", None),
    ("discovery_ms", "discovery of 1,000 plugins, files in memory", "ms", (AT_MOST, 500)),
]
ELSEWHERE = [
    ("32 fault kinds survived", "FaultTableTests, Docs/reference/plugin-faults.md"),
    ("template → level 5", "Tests/PluginConformance/test_templates.py"),
]


def build_readers(dist: Path, folder: Path) -> Path:
    """Builds the readers; a language whose compiler is missing is told and left out."""
    packages = folder / "packages"
    packages.mkdir()
    for source in sorted(READERS.iterdir()):
        copy = folder / source.name
        shutil.copytree(source, copy)
        if source.name == "rust":
            for module in ("postil.rs", "postil_exporter.rs"):
                shutil.copy(RUST / module, copy / module)
            (copy / "src").mkdir()
            for file in copy.glob("*.rs"):
                file.rename(copy / "src" / ("lib.rs" if file.stem == "reader" else file.name))
        built = subprocess.run(
            [dist / "bin" / "postil", "plugin", "build", copy, "--output", packages],
            capture_output=True, text=True,
        )
        if built.returncode != 0:
            print(f"no reader in {source.name}: {built.stdout}{built.stderr}", file=sys.stderr)
    return packages


def measure(dist: Path, config: str, scratch: str | None, packages: Path) -> dict[str, float]:
    environment = {
        **os.environ, "POSTIL_BENCH_READERS": str(packages),
        "POSTIL_BENCH_BUNDLED": str(dist / "lib" / "postil" / "plugins"),
        "POSTIL_BENCH_RUNTIME": str(dist / "lib" / "postil" / "swift"),
    }
    command = ["swift", "test", "-c", config, "--skip-build", "--no-parallel",
               "--filter", r"^PluginHostTests\.PluginBench"]
    if scratch:
        command += ["--scratch-path", scratch]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    figures = {name: float(value) for name, value in
               re.findall(r"^bench (\w+) (\S+)$", done.stdout, re.M)}
    if done.returncode != 0 or not figures:
        raise SystemExit(done.stdout[-4000:] + done.stderr[-4000:])
    return figures


def row(figures: dict[str, float], name: str, words: str, unit: str, target) -> str:
    if name not in figures:
        return f"| {words} | – | | |"
    value = figures[name]
    wanted = f"{target[0]} {target[1]:g} {unit}".strip() if target else ""
    holds = ""
    if target:
        isgood = value <= target[1] if target[0] == AT_MOST else value >= target[1]
        holds = "holds" if isgood else "MISSED"
    return f"| {words} | {value:.3g} {unit}".rstrip() + f" | {wanted} | {holds} |"


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--dist", type=Path, default=ROOT / "dist")
    arguments.add_argument("--config", default="release")
    arguments.add_argument("--scratch-path")
    chosen = arguments.parse_args()
    dist = chosen.dist.resolve()
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as folder:
        packages = build_readers(dist, Path(folder))
        figures = measure(dist, chosen.config, chosen.scratch_path, packages)
    print(f"Tasks of {figures['task_bytes']:.0f} bytes; {chosen.config} build.\n")
    print("| Figure | Measured | Target | |\n| --- | --- | --- | --- |")
    for entry in ROWS:
        print(row(figures, *entry))
    for words, place in ELSEWHERE:
        print(f"| {words} | see {place} | | |")


if __name__ == "__main__":
    main()
