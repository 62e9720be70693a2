"""The satellite polygon tag under other names: a tag plugin that is not bundled and can be removed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from installation import ROOT

SOURCE = ROOT / "Plugins/Tags/satellite-polygon"
PLUGIN, TAG = "org.example.satellite", "SatelliteField"
FOOTPRINT = [[10, 50.1], [10.2, 50.1], [10.2, 50], [10, 50]]
CONFIG = f"""<View><Image name="image" value="$image"/>
<{TAG} name="field" toName="image"><Label value="Field"/></{TAG}></View>"""
RESULT = {"id": "f1", "from_name": "field", "to_name": "image", "type": "satellitepolygon",
          "original_width": 640, "original_height": 320,
          "value": {"points": [[10, 10], [60.5, 10], [60.5, 70.25]], "closed": True,
                    "polygonlabels": ["Field"]}}


def install(dist: Path, plugins: Path, build: Path) -> Path:
    """Compiles the renamed plugin into `plugins`; gives its folder. `build` is made for it."""
    folder = plugins / PLUGIN
    shutil.copytree(dist / "lib/postil/plugins/org.postil.satellite-polygon", folder, symlinks=True)
    shutil.copytree(SOURCE, build)
    code = (build / "satellite_polygon.cpp").read_text()
    (build / "satellite_polygon.cpp").write_text(
        code.replace("org.postil.satellite-polygon", PLUGIN).replace('"SatellitePolygon"', f'"{TAG}"'))
    subprocess.run(
        ["c++", "-std=c++17", "-O1", "-fPIC", "-shared", "-fvisibility=hidden",
         f"-I{dist}/include", f"-I{ROOT}/Plugins/Shared", "-o", next(folder.rglob("*.so")),
         build / "satellite_polygon.cpp", "-lproj"], check=True)
    manifest = next(folder.rglob("manifest.json"))
    text = manifest.read_text().replace("org.postil.satellite-polygon", PLUGIN)
    description = json.loads(text.replace("SatellitePolygon", TAG))
    description["libraries"][0].pop("sha256")
    manifest.write_text(json.dumps(description))
    return folder
