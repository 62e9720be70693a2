"""Formats without a daemon: our exporters by `postil plugin run`, Label Studio's by its converter."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from installation import distribution

# How many tasks went through the converter for each format.
COMPARED: Counter[str] = Counter()


@dataclass
class Run:
    """What an exporter wrote, and what it said it could not hold."""

    folder: Path
    losses: dict[str, int]

    def json(self, name: str = "result.json"):
        return json.loads((self.folder / name).read_bytes())

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf8")

    def files(self, below: str = "") -> dict[str, Path]:
        root = self.folder / below
        return {str(p.relative_to(root)): p for p in sorted(root.rglob("*")) if p.is_file()}


def plugin_folder(format_name: str) -> Path:
    """The package that offers a format, by the manifests alone."""
    for manifest in distribution().glob("lib/postil/plugins/*/*/manifest.json"):
        for capability in json.loads(manifest.read_text()).get("capabilities", []):
            if capability["id"] == "postil.exporter/1" and capability["name"] == format_name:
                return manifest.parent
    raise AssertionError(f"no installed plugin exports {format_name}")


def export(format_name, tasks, config, folder: Path, settings=None, media=None) -> Run:
    """Runs one of our exporters over tasks in Label Studio's JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    source, layout, out = folder / "tasks.json", folder / "config.xml", folder / "ours"
    out.mkdir(exist_ok=True)
    if isinstance(tasks, (list, dict)):
        source.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf8")
    else:
        source = tasks
    layout.write_text(config, encoding="utf8")
    command = [
        str(distribution() / "bin" / "postil"), "plugin", "run", str(plugin_folder(format_name)),
        "--exporter", format_name, "--tasks", str(source), "--label-config", str(layout),
        "--settings", json.dumps(settings or {}), "--output", str(out),
    ]
    if media:
        command += ["--media-root", str(media)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    losses = {
        code: int(count)
        for code, count in re.findall(r"^not in the format: .*\((\w+), (\d+) ×\)$", done.stdout, re.M)
    }
    return Run(out, losses)


def convert(format_name, tasks, config, folder: Path, **options) -> Path:
    """Runs Label Studio's converter over the same tasks and gives the folder it wrote."""
    import logging
    import warnings

    from label_studio_sdk.converter import Converter
    from label_studio_sdk.converter.converter import Format

    COMPARED[format_name] += len(tasks)
    folder.mkdir(parents=True, exist_ok=True)
    source, out = folder / "their-tasks.json", folder / "theirs"
    source.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf8")
    out.mkdir(exist_ok=True)
    options = {"download_resources": False, "upload_dir": str(folder), **options}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)  # It has a line to say about every task.
        converter = Converter(config, str(folder), **options)
        converter.convert(str(source), str(out), Format[format_name], is_dir=False)
        logging.disable(logging.NOTSET)
    return out


def cells(table: str, separator: str):
    """The header and the rows of a table; what is JSON in a cell is parsed."""
    def cell(value):
        try:
            return json.loads(value)
        except ValueError:
            return value
    rows = list(csv.reader(io.StringIO(table, newline=""), delimiter=separator))
    return rows[0], [[cell(value) for value in row] for row in rows[1:]]


def close(ours: float, theirs: float) -> bool:
    """Equal to 1e-9, relative for large numbers."""
    return abs(ours - theirs) <= 1e-9 * max(1.0, abs(theirs))


def same(ours, theirs, path="$"):
    """Compares parsed values; numbers to 1e-9. Says where the first difference is."""
    if isinstance(theirs, bool) or isinstance(ours, bool) or theirs is None or ours is None:
        assert ours is theirs, f"{path}: {ours!r} is not {theirs!r}"
    elif isinstance(theirs, (int, float)) and isinstance(ours, (int, float)):
        assert close(ours, theirs), f"{path}: {ours!r} is not {theirs!r}"
    elif isinstance(theirs, dict) and isinstance(ours, dict):
        assert set(ours) == set(theirs), f"{path}: keys {set(ours) ^ set(theirs)}"
        for key in theirs:
            same(ours[key], theirs[key], f"{path}.{key}")
    elif isinstance(theirs, list) and isinstance(ours, list):
        assert len(ours) == len(theirs), f"{path}: {len(ours)} and {len(theirs)} elements"
        for index, (a, b) in enumerate(zip(ours, theirs)):
            same(a, b, f"{path}[{index}]")
    else:
        assert ours == theirs, f"{path}: {ours!r} is not {theirs!r}"


def by_image(document):
    """Annotations under the name of their image, without the numbers that count up."""
    names = {i["id"]: PurePosixPath(i["file_name"]).name for i in document["images"]}
    return sorted(
        ([names[a["image_id"]], {k: v for k, v in a.items() if k not in ("id", "image_id")}]
         for a in document["annotations"]),
        key=lambda entry: (entry[0], json.dumps(entry[1].get("bbox"))),
    )


def label_lines(folder):
    """YOLO's lines by the name of their file."""
    return {path.name: path.read_text().splitlines() for path in (folder / "labels").iterdir()}


def same_lines(ours, theirs, classes=lambda number: number):
    """Compares YOLO's lines as numbers; `classes` gives their number of a class from ours."""
    assert set(ours) == set(theirs)
    for name, lines in theirs.items():
        assert len(ours[name]) == len(lines), name
        for mine, their in zip(ours[name], lines):
            mine, their = mine.split(), their.split()
            assert classes(int(mine[0])) == int(their[0])
            same([float(n) for n in mine[1:]], [float(n) for n in their[1:]], name)
