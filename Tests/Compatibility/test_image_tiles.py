"""Tiles of large images: cut once by vips, read in ranges, and refused in words."""

import io
import shutil
import struct
import time
import zlib

import numpy
import pytest
from installation import API, Daemon
from PIL import Image

# A test makes what it opens itself.
Image.MAX_IMAGE_PIXELS = None

TILE = 512


def source_of(path):
    return f"/data/local-files/?d={path.parent.name}/{path.name}"


def paint(path, width, height, mode="RGB", **options):
    """Red grows to the right and green downwards, so that a pixel tells where it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    across = Image.fromarray(numpy.linspace(0, 255, width).astype("u1")[None, :]).resize((width, height))
    down = Image.fromarray(numpy.linspace(0, 255, height).astype("u1")[:, None]).resize((width, height))
    image = Image.merge("RGB", (across, down, Image.new("L", (width, height), 60)))
    if mode == "RGBA":
        image.putalpha(Image.new("L", (width, height), 128))
    image.save(path, **options)
    return source_of(path)


def made(api, source):
    for _ in range(1200):
        answer = api.get("/api/media/tiles", params={"src": source})
        if answer.status_code != 200 or answer.json()["state"] == "ready":
            return answer
        assert 0 <= answer.json()["percent"] <= 100
        time.sleep(0.05)
    raise AssertionError("the tiles were never ready")


def part(api, source, first, last):
    answer = api.get("/api/media/tiles/data", params={"src": source}, headers={"Range": f"bytes={first}-{last - 1}"})
    assert answer.status_code == 206, answer.status_code
    assert len(answer.content) == last - first
    return answer.content


def tile(api, source, tiles, number, column, row):
    before = sum(level["columns"] * level["rows"] for level in tiles["levels"][:number])
    at = tiles["index"] + 8 * (before + row * tiles["levels"][number]["columns"] + column)
    first, last = struct.unpack("<QQ", part(api, source, at, at + 16))
    return Image.open(io.BytesIO(part(api, source, first, last)))


def check(api, source, tiles, number, column, row):
    """A tile has the size that its place leaves it, and shows what is there."""
    level = tiles["levels"][number]
    image = tile(api, source, tiles, number, column, row)
    size = min(TILE, level["width"] - column * TILE), min(TILE, level["height"] - row * TILE)
    assert image.size == size
    x, y = size[0] // 2, size[1] // 2
    red, green = image.convert("RGB").getpixel((x, y))[:2]
    assert red == pytest.approx(255 * (column * TILE + x) / level["width"], abs=6)
    assert green == pytest.approx(255 * (row * TILE + y) / level["height"], abs=6)


def test_every_level_of_a_large_image_can_be_read_tile_by_tile(admin, media_root):
    source = paint(media_root / "tiles" / "large.png", 20_000, 10_000, compress_level=1)
    tiles = made(admin, source).json()["tiles"]
    assert (tiles["width"], tiles["height"], tiles["tile_size"]) == (20_000, 10_000, TILE)
    assert tiles["content_type"] == "image/jpeg"
    levels = tiles["levels"]
    assert [level["width"] for level in levels] == [313, 625, 1250, 2500, 5000, 10_000, 20_000]
    assert [(level["columns"], level["rows"]) for level in (levels[0], levels[-1])] == [(1, 1), (40, 20)]
    for number, level in enumerate(levels):
        for column, row in {(0, 0), (level["columns"] // 2, level["rows"] // 2), (level["columns"] - 1, level["rows"] - 1)}:
            check(admin, source, tiles, number, column, row)
    count = sum(level["columns"] * level["rows"] for level in levels)
    whole = admin.get("/api/media/tiles/data", params={"src": source}, headers={"Range": "bytes=0-0"})
    assert whole.headers["Content-Range"] == f"bytes 0-0/{tiles['index'] + 8 * (count + 1)}"


@pytest.mark.parametrize("name, mode, content_type", [
    ("a.jpg", "RGB", "image/jpeg"), ("a.tif", "RGB", "image/jpeg"), ("a.webp", "RGB", "image/jpeg"),
    ("alpha.png", "RGBA", "image/webp"),
    # What vips would take for an option of its own.
    ("odd[page=7].png", "RGB", "image/jpeg"),
])
def test_formats_of_images(admin, media_root, name, mode, content_type):
    source = paint(media_root / "tiles" / name, 1301, 701, mode).replace("[", "%5B").replace("]", "%5D")
    answer = made(admin, source)
    assert answer.status_code == 200, answer.text
    tiles = answer.json()["tiles"]
    assert tiles["content_type"] == content_type
    for number, column, row in [(0, 0, 0), (2, 1, 0), (2, 2, 1)]:
        check(admin, source, tiles, number, column, row)


def test_a_turned_camera_is_taken_into_account(admin, media_root):
    exif = Image.Exif()
    exif[0x0112] = 6
    source = paint(media_root / "tiles" / "turned.jpg", 1400, 600, exif=exif)
    tiles = made(admin, source).json()["tiles"]
    assert (tiles["width"], tiles["height"]) == (600, 1400)
    image = tile(admin, source, tiles, 0, 0, 0).convert("RGB")
    # A quarter to the right: what grew to the right grows downwards.
    assert image.getpixel((image.width // 2, image.height - 3))[0] > 240
    assert image.getpixel((3, image.height // 2))[1] > 240


@pytest.mark.parametrize("name, content", [
    ("text.png", b"this is no image"),
    ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='/etc/passwd'/></svg>"),
    ("empty.png", b""),
])
def test_what_is_no_image_is_refused_with_the_reason(admin, media_root, name, content):
    folder = media_root / "tiles"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    refused = made(admin, source_of(folder / name))
    assert refused.status_code == 400 and refused.json()["code"] == "image_unreadable", refused.text
    assert admin.get("/health").ok


def test_an_image_of_too_many_pixels_is_refused_before_it_is_read(admin, media_root):
    head = b"IHDR" + struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    path = media_root / "tiles" / "bomb.png"
    path.parent.mkdir(exist_ok=True)
    blocks = [head, b"IDAT" + zlib.compress(bytes(100)), b"IEND"]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in blocks))
    refused = made(admin, source_of(path))
    assert refused.status_code == 413 and refused.json()["code"] == "image_too_large", refused.text
    assert "100000 × 100000" in refused.text


def test_only_images_that_may_be_seen_have_tiles(admin, media_root):
    assert admin.get("/api/media/tiles", params={"src": "/data/local-files/?d=../etc/passwd"}).status_code == 404
    source = paint(media_root / "tiles" / "mine.png", 600, 400)
    assert made(admin, source).status_code == 200
    for path in ("/api/media/tiles", "/api/media/tiles/data"):
        assert API(admin.url, "none").get(path, params={"src": source}).status_code == 401


def test_a_missing_vips_is_named(tmp_path):
    source = paint(tmp_path / "media" / "tiles" / "a.png", 600, 400)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "prlimit").symlink_to(shutil.which("prlimit"))
    daemon = Daemon(tmp_path / "data", ["--media-root", str(tmp_path / "media")],
                    environment={"PATH": str(tmp_path / "bin")})
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    try:
        refused = made(API(daemon.url, token), source)
        assert refused.status_code == 409 and "apt-get install libvips-tools" in refused.json()["hint"], refused.text
    finally:
        daemon.stop()
