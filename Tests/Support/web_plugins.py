"""Plugins of web files only, made for one test: a manifest around modules that tests write."""

from __future__ import annotations

import json
from pathlib import Path

MODULES = Path(__file__).resolve().parents[1] / "Browser" / "plugins"


def tag_entry(tag, module, isolation, **more):
    """An entry of `tags`: a control of images with labels, unless `more` says otherwise."""
    entry = {
        "tag": tag, "kind": "control", "module": module, "isolation": isolation,
        "targets": ["Image"], "children": ["Label"],
        "attributes": {"type": "object", "properties": {
            "name": {"type": "string", "x-postil-type": "id"},
            "toName": {"type": "string", "x-postil-type": "ref"},
            **{name: {"type": "string"} for name in ("fails", "slow", "loops")}},
            "required": ["name", "toName"]},
        "resultTypes": [{"type": tag.lower()}],
        **more,
    }
    return {key: value for key, value in entry.items() if value is not None}


def install(folder: Path, plugin: str, files: dict[str, str], *, tags=(), panels=(), version="1.0.0"):
    """Writes the package into a plugin folder. `files`: text by path below the package."""
    package = folder / plugin / version
    for path, text in files.items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(text)
    manifest = {
        "manifestVersion": 1, "id": plugin, "version": version, "name": plugin,
        "abi": {"built":"1.0","min":"1.0"},
        "tags": list(tags), "panels": list(panels), "web": [{"module": path} for path in files],
    }
    (package / "manifest.json").write_text(json.dumps(manifest))
    return package


def allow(admin, plugin, version="1.0.0"):
    return admin.value("POST", f"/api/plugins/{plugin}/{version}/actions/allow")


def trial(daemon, admin, plugin, tag, isolation, module="trial.js", **more):
    """Installs and allows a module of Tests/Browser/plugins under a name of its own."""
    text = (MODULES / module).read_text().replace("TAG_NAME", tag).replace("tag_type", tag.lower())
    path = "web/" + module
    install(daemon.plugin_dir, plugin, {path: text}, tags=[tag_entry(tag, path, isolation, **more)])
    allow(admin, plugin)
    return plugin
