"""Real imagery with a known place: the Natural Earth raster that PyPI's `cartopy` carries."""

from __future__ import annotations

from pathlib import Path

import cartopy
from PIL import Image

RASTER = Path(cartopy.__file__).parent / "data/raster/natural_earth"
TILE = 180  # pixels; the raster has half a degree a pixel


def cut_tiles(folder: Path, count: int = 4) -> dict[str, list[list[float]]]:
    """Writes tiles and their `footprints.csv`; the corners by name, clockwise from top left.

    The last tile is left out of the table and gets a world file instead.
    """
    folder.mkdir(parents=True, exist_ok=True)
    raster = Image.open(next(RASTER.glob("*.png"))).convert("RGB")
    degrees = 360 / raster.width
    corners: dict[str, list[list[float]]] = {}
    rows = ["image,ul_lon,ul_lat,ur_lon,ur_lat,lr_lon,lr_lat,ll_lon,ll_lat"]
    for i in range(count):
        left, top = (i * TILE) % raster.width, (i * TILE) // raster.width * TILE
        name = f"tile-{i}.png"
        raster.crop((left, top, left + TILE, top + TILE)).save(folder / name)
        west, north = -180 + left * degrees, 90 - top * degrees
        east, south = west + TILE * degrees, north - TILE * degrees
        corners[name] = [[west, north], [east, north], [east, south], [west, south]]
        if i < count - 1:
            rows.append(name + "," + ",".join(f"{v}" for corner in corners[name] for v in corner))
        else:
            half = degrees / 2
            numbers = (degrees, 0, 0, -degrees, west + half, north - half)
            (folder / name).with_suffix(".pgw").write_text("\n".join(map(str, numbers)) + "\n")
    (folder / "footprints.csv").write_text("\n".join(rows) + "\n")
    return corners


def place_of(corners: list[list[float]], x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point in percent of the tile."""
    u, v = x / 100, y / 100
    weights = [(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v]
    return (sum(w * c[0] for w, c in zip(weights, corners)),
            sum(w * c[1] for w, c in zip(weights, corners)))
