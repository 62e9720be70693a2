"""Small pictures of images: made once by vips, of what it may open, and else the image itself."""

import io
import shutil
import time

import numpy
import pytest
from installation import API, Daemon
from PIL import Image

# A test makes what it opens itself.
Image.MAX_IMAGE_PIXELS = None


def write(path, width, height, mode="RGB", **options):
    """Left half black, right half white, under noise that does not pack."""
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = numpy.random.default_rng(1).integers(0, 40, (height, width, len(mode)), dtype="u1")
    noise[:, width // 2:, :3] += 200
    if mode == "RGBA":
        noise[..., 3] = 128
    Image.fromarray(noise, mode).save(path, **options)
    return f"/data/local-files/?d={path.parent.name}/{path.name}"


def thumbnail(api, source, **params):
    return api.get("/api/media/thumbnail", params={"src": source, **params})


@pytest.mark.parametrize("name, mode", [("a.png", "RGB"), ("a.jpg", "RGB"), ("a.tif", "RGB"), ("a.webp", "RGB"),
                                        ("alpha.png", "RGBA"), ("odd[page=7].png", "RGB")])
@pytest.mark.parametrize(("side", "size"), [(None, (160, 80)), (160, (160, 80)), (640, (640, 320))])
def test_an_image_becomes_small(admin, media_root, name, mode, side, size):
    source = write(media_root / "small" / name, 1200, 600, mode).replace("[", "%5B").replace("]", "%5D")
    answer = thumbnail(admin, source, **({"side": side} if side else {}))
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "image/webp"
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size == size
    left, right = (picture.convert("L").getpixel((size[0] * k // 4, size[1] // 2)) for k in (1, 3))
    assert left < 60 and right > 180
    if mode == "RGBA":
        assert picture.convert("RGBA").getpixel((5, 5))[3] == pytest.approx(128, abs=4)


def test_it_is_made_once(admin, media_root):
    source = write(media_root / "small" / "large.png", 6000, 6000, compress_level=1)
    begun = time.monotonic()
    first = thumbnail(admin, source)
    made = time.monotonic() - begun
    begun = time.monotonic()
    assert thumbnail(admin, source).content == first.content
    assert time.monotonic() - begun < made / 2
    assert len(first.content) < 20_000


def test_a_turned_camera_is_taken_into_account(admin, media_root):
    exif = Image.Exif()
    exif[0x0112] = 6
    source = write(media_root / "small" / "turned.jpg", 1200, 600, exif=exif)
    assert Image.open(io.BytesIO(thumbnail(admin, source).content)).size == (80, 160)


@pytest.mark.parametrize("name", ["tiny.png", "drawing.svg", "moving.gif"])
def test_what_is_small_or_of_another_format_comes_as_it_is(admin, media_root, name):
    path = media_root / "small" / name
    if name.endswith("svg"):
        path.write_text("<svg xmlns='http://www.w3.org/2000/svg'>" + "<g/>" * 9000 + "</svg>")
    else:
        write(path, *((40, 40) if name == "tiny.png" else (600, 600)))
    answer = thumbnail(admin, f"/data/local-files/?d=small/{name}")
    assert answer.status_code == 200 and answer.content == path.read_bytes()


def test_mistakes_are_told(admin, media_root):
    path = media_root / "small" / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20_000))
    answer = thumbnail(admin, "/data/local-files/?d=small/broken.png")
    assert answer.status_code == 400 and answer.json()["code"] == "image_unreadable"
    source = write(media_root / "small" / "sound.png", 300, 300)
    assert thumbnail(admin, source, side=161).status_code == 400
    assert thumbnail(admin, "/data/local-files/?d=small/none.png").status_code == 404
    assert thumbnail(admin, "http://127.0.0.1/a.png").status_code == 400


def test_without_vips_the_image_comes_as_it_is(tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "prlimit").symlink_to(shutil.which("prlimit"))
    path = tmp_path / "media" / "small" / "a.png"
    source = write(path, 400, 400)
    daemon = Daemon(tmp_path / "data", ["--media-root", str(tmp_path / "media")],
                    environment={"PATH": str(programs)})
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    try:
        answer = thumbnail(API(daemon.url, token), source)
        assert answer.status_code == 200 and answer.content == path.read_bytes()
    finally:
        daemon.stop()
