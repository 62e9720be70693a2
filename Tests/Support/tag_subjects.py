"""Tag modules that the conformance kit looks at: those that come along, and a stranger's.

POSTIL_TAG_PACKAGE names the folder of a plugin with `samples/cases.json`; its tag is looked at too.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

import renamed_tag
import web_plugins
from installation import ROOT


@dataclass
class Subject:
    """One tag in a config, with a task and results that its server half accepts."""

    name: str
    plugin: str
    config: str
    data: dict
    results: list
    package: Path | None = None  # None: bundled
    tier: str | None = None  # None: as its manifest says
    tag: str = ""
    extra: dict = field(default_factory=dict)

    def prepare(self, daemon, admin):
        """Makes it ready to be enabled in projects."""
        if self.package is None:
            return self
        manifest = json.loads((self.package / "manifest.json").read_text())
        tags = [{**tag, **({"isolation": self.tier} if self.tier else {})} for tag in manifest["tags"]]
        files = {entry["module"]: (self.package / entry["module"]).read_text()
                 for entry in manifest["web"]}
        if not (daemon.plugin_dir / self.plugin).exists():
            web_plugins.install(daemon.plugin_dir, self.plugin, files, tags=tags)
            web_plugins.allow(admin, self.plugin)
        return self


def element(node):
    """XML of an element as the samples describe it."""
    attributes = "".join(f" {name}={quoteattr(str(value))}" for name, value in node["attributes"].items())
    inner = "".join(element(child) for child in node.get("children", []))
    return f"<{node['tag']}{attributes}>{inner}</{node['tag']}>"


def from_samples(package: Path, tier=None) -> Subject:
    """The tag of the first case in `samples/cases.json`, with all cases of the same config."""
    cases = [case for case in json.loads((package / "samples/cases.json").read_text())
             if case.get("valid") is not False]
    first = cases[0]
    objects = "".join(element(node) for node in first["element"]["objects"].values())
    same = [case for case in cases if case["element"] == first["element"]]
    results = [{**case["result"], "id": f"sample{i}"} for i, case in enumerate(same)]
    tag = first["element"]["tag"]
    own = json.loads((package / "manifest.json").read_text())["id"]
    # The tag of a template has no id of its own yet; a copy of each tier needs one.
    plugin = f"org.example.{tag.lower()}-{tier}" if tier else own
    return Subject(f"{tag}-{tier or 'own'}", plugin, f"<View>{objects}{element(first['element'])}</View>",
                   first["data"], results, package, tier, tag)


def satellite() -> Subject:
    """The bundled tag; its results are those of the tests that rename it."""
    result = json.loads(json.dumps(renamed_tag.RESULT))
    # Wide enough for a hole to be cut wherever the kit draws.
    result["value"]["points"] = [[5, 5], [95, 5], [95, 95], [5, 95]]
    config = renamed_tag.CONFIG.replace(renamed_tag.TAG, "SatellitePolygon")
    return Subject("SatellitePolygon", "org.postil.satellite-polygon", config,
                   {"image": "", "footprint": renamed_tag.FOOTPRINT}, [result], tag="SatellitePolygon")


def measure() -> Subject:
    """The bundled tag that measures scans, on a plain image: what it draws is the same there."""
    config = ('<View><Image name="image" value="$image"/><DicomMeasure name="length" toName="image">'
              '<Label value="Diameter"/></DicomMeasure></View>')
    result = {"id": "m1", "from_name": "length", "to_name": "image", "type": "dicommeasure",
              "original_width": 640, "original_height": 480, "image_rotation": 0,
              "value": {"dicommeasure": {"start": [20, 30], "end": [60, 70]}, "labels": ["Diameter"]}}
    return Subject("DicomMeasure", "org.postil.dicom-viewer", config, {"image": ""}, [result],
                   tag="DicomMeasure")


def subjects() -> list[Subject]:
    template = ROOT / "PluginTemplates/c/tag"
    listed = [satellite(), measure(), from_samples(template, "inline"), from_samples(template, "frame")]
    if named := os.environ.get("POSTIL_TAG_PACKAGE"):
        listed.append(from_samples(Path(named)))
    return listed
