"""Images that no browser shows whole: cut into tiles by the server, drawn from those that are in view."""

import io
import os
import re
import time

import budgets
import numpy
import pytest
from editing import Editor, picture
from PIL import Image
from playwright.sync_api import expect
from pytest import approx

# A test makes what it opens itself.
Image.MAX_IMAGE_PIXELS = None

WIDTH, HEIGHT = 20_000, 10_000
STRIPE = 4
CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels>
<BrushLabels name="brush" toName="image"><Label value="Lake"/></BrushLabels></View>"""
WAND = """<View><Image name="image" value="$image"/><Labels name="what" toName="image">
<Label value="Disc"/></Labels><MagicWand name="wand" toName="image"/></View>"""
PAGES = """<View><Image name="image" valueList="$pages"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels></View>"""
SLACK = 4 * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))


def source(path):
    return f"/data/local-files/?d={path.parent.name}/{path.name}"


def paint(path, width=WIDTH, height=HEIGHT):
    """Gray grows to the right, with upright stripes in the middle, each of a few pixels."""
    path.parent.mkdir(exist_ok=True)
    gray = numpy.repeat(numpy.linspace(0, 255, width).astype("u1")[None, :], height, axis=0)
    left, top = width // 2 - 400, height // 2 - 100
    gray[top:top + 200, left:left + 800] = numpy.where(numpy.arange(800) // STRIPE % 2, 255, 0)
    Image.fromarray(gray).save(path, compress_level=1)
    return source(path)


@pytest.fixture(scope="module")
def image(media_root):
    return paint(media_root / "huge" / "huge.png")


def fresh(media_root):
    """The same under a name that nothing has prepared yet, no earlier try of the test either."""
    path = media_root / "huge" / f"{time.time_ns()}.png"
    path.hardlink_to(media_root / "huge" / "huge.png")
    return source(path)


@pytest.fixture(scope="module")
def project(shared_editor, image):
    return shared_editor.project(CONFIG, *[{"image": image}] * 3, title="Huge")


@pytest.fixture
def requested(editor):
    """Requests of the page, as (address, range)."""
    seen = []

    def note(request):
        seen.append((request.url.removeprefix(editor.admin.url), request.headers.get("range")))

    editor.page.on("request", note)
    yield seen
    editor.page.remove_listener("request", note)


def tiles_of(requested):
    return [span for address, span in requested if address.startswith("/api/media/tiles/data?")]


def read_whole(requested):
    return {address for address, span in requested if address.startswith("/data/") and span is None}


def strip(editor: Editor, across=True, length=STRIPE * 16):
    """Gray values of a line of the screen through the middle of the image."""
    shot = Image.open(io.BytesIO(editor.page.screenshot())).convert("L")
    x, y = map(round, editor.at(50, 50))
    box = (x, y, x + length, y + 1) if across else (x, y, x + 1, y + length)
    return numpy.asarray(shot.crop(box)).ravel()


def are_stripes(line):
    """Black and white by turns, with no gray but at edges."""
    bright = line > 127
    turns = numpy.flatnonzero(bright[1:] != bright[:-1])
    return len(turns) >= 14 and set(numpy.diff(turns)) == {STRIPE} and ((line < 50) | (line > 205)).mean() > 0.9


def wait_for_stripes(editor, across=True):
    for _ in range(60):
        if are_stripes(line := strip(editor, across)):
            return
        editor.page.wait_for_timeout(150)
    raise AssertionError(line.tolist())


def test_I6_a_large_image_is_prepared_seen_sharply_and_labeled(editor, media_root, image, requested):
    number, (task,) = editor.project(CONFIG, {"image": fresh(media_root)}, title="Fresh")
    editor.page.goto(f"/projects/{number}/tasks/{task}")
    expect(editor.page.get_by_text(re.compile(r"This image is large. The server prepares it once: \d+ %"))).to_be_visible()
    editor.open(number, task)
    assert editor.pixel(25, 30)[0] == approx(64, abs=4) and editor.pixel(90, 80)[0] == approx(230, abs=4)
    fitted = len(tiles_of(requested))
    assert fitted <= 2 + 15  # the index, the smallest tile, those of the level that fits the window
    editor.surface.focus()
    editor.press("Shift+Digit2")
    wait_for_stripes(editor)
    # Of 800 tiles of that size only those in view came, each once.
    spans = tiles_of(requested)[fitted:]
    assert 4 <= len(spans) <= 5 * 4 and len(set(spans)) == len(spans)
    assert read_whole(requested) == set()
    editor.move(50.002, 50)
    expect(editor.page.locator(".surface__readout")).to_contain_text(re.compile(r"1000[01], (4999|5000)  ≈ #[0-9a-f]{6}"))
    expect(editor.page.locator(".surface__minimap")).to_be_visible()
    # What was drawn on single pixels is stored so.
    editor.press("1")
    corner, other = (9950, 4950), (10_050, 5020)
    editor.drag(*[(x / WIDTH * 100, y / HEIGHT * 100) for x, y in (corner, other)])
    editor.press("Escape")
    (result,) = editor.submit(task)
    assert (result["original_width"], result["original_height"]) == (WIDTH, HEIGHT)
    value = result["value"]
    assert value["x"] * WIDTH / 100 == approx(corner[0], abs=1.01)
    assert value["y"] * HEIGHT / 100 == approx(corner[1], abs=1.01)
    assert value["width"] * WIDTH / 100 == approx(100, abs=1.01)
    assert value["height"] * HEIGHT / 100 == approx(70, abs=1.01)


def test_I6_a_large_image_is_turned_and_adjusted(editor, project):
    number, (task, *_) = project
    editor.open(number, task)
    before = editor.pixel(25, 30)
    editor.surface.focus()
    editor.press("Alt+ArrowRight")
    assert editor.pixel(25, 30)[0] == approx(before[0], abs=3)
    editor.press("Shift+Digit2")
    wait_for_stripes(editor, across=False)
    editor.press("Alt+ArrowRight", "Alt+ArrowRight")
    wait_for_stripes(editor, across=False)
    editor.press("Alt+ArrowRight", "Shift+Digit1")
    editor.page.get_by_role("button", name="Look of the image").click()
    editor.page.get_by_label("Invert").check()
    assert editor.pixel(25, 30)[0] == approx(255 - before[0], abs=3)
    editor.page.get_by_role("button", name="Reset").click()
    editor.page.get_by_role("button", name="Look of the image").click()


def test_I6_neighboring_tiles_leave_no_seam(editor, project):
    number, (task, *_) = project
    editor.open(number, task)
    editor.move(75, 30)
    for _ in range(5):
        editor.page.mouse.wheel(0, -170)
        editor.page.wait_for_timeout(600)
        shot = Image.open(io.BytesIO(editor.page.screenshot())).convert("L")
        x, y = map(round, editor.at(75, 30))
        patch = numpy.asarray(shot.crop((x - 180, y - 100, x + 180, y + 100))).astype(int)
        assert numpy.abs(numpy.diff(patch, axis=0)).max() <= 6
        assert numpy.abs(numpy.diff(patch, axis=1)).max() <= 6


def test_I6_panning_and_zooming_a_large_image_stays_smooth(editor, project, requested):
    number, (task, *_) = project
    editor.open(number, task)
    for is_zoom, scale in ((True, 4), (False, 4)):
        frames = editor.page.evaluate(budgets.FRAMES, [90, is_zoom, scale])
        assert frames["median"] < 33 * SLACK, frames
    assert len(tiles_of(requested)) < 400


def test_I6_a_mask_is_painted_on_a_large_image(editor, project):
    number, (_, task, _) = project
    editor.open(number, task).press("2", "b")
    editor.drag((50, 50), (50.5, 50))
    editor.expect_regions(1)
    (result,) = editor.submit(task)
    assert (result["original_width"], result["original_height"]) == (WIDTH, HEIGHT)
    assert result["value"]["format"] == "rle" and len(result["value"]["rle"]) > 100
    editor.open(number, task).expect_regions(1)


def test_I6_the_magic_wand_says_that_an_image_is_too_large(editor, image):
    number, (task,) = editor.project(WAND, {"image": image}, title="Huge wand")
    editor.open(number, task).press("1", "w")
    editor.click(50, 50)
    expect(editor.page.get_by_text("The magic wand works on images of up to 32 million pixels")).to_be_visible()
    editor.expect_regions(0)


def test_I6_the_server_says_why_there_are_no_tiles_and_another_try_may_find_them(editor, project):
    number, (_, _, task) = project
    page = editor.page
    answers = [
        {"json": {"state": "running", "percent": 40}},
        {"status": 409, "json": {"code": "tool_missing", "detail": "This image is read with vips, which this server does not have.",
                                 "hint": "Install it on the server: apt-get install libvips-tools."}},
    ]
    page.route("**/api/media/tiles?*", lambda route: route.fulfill(**answers.pop(0)) if answers else route.continue_())
    page.goto(f"/projects/{number}/tasks/{task}")
    expect(page.get_by_text("This image is large. The server prepares it once: 40 %")).to_be_visible()
    expect(page.get_by_text("Install it on the server: apt-get install libvips-tools.")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function("() => window.__editor?.transforms()[0]?.scale > 0")
    assert editor.pixel(25, 30)[0] == approx(64, abs=4)


def test_I6_tiles_that_do_not_come_are_tried_again_and_then_told(editor, project):
    number, (_, _, task) = project
    page = editor.page
    editor.open(number, task)
    broken = {"left": 3}

    def answer(route):
        broken["left"] -= 1
        route.continue_() if broken["left"] < 0 else route.fulfill(status=500, json={"detail": "The disk is tired."})

    page.route("**/api/media/tiles/data?*", answer)
    editor.surface.focus()
    editor.press("Shift+Digit2")
    wait_for_stripes(editor)
    broken["left"] = 10_000
    editor.press("Alt+ArrowRight", "Shift+Digit1")
    editor.move(20, 20)
    page.mouse.wheel(0, -2000)
    expect(page.get_by_text("Parts of the image cannot be loaded. The disk is tired.")).to_be_visible()
    page.unroute_all()
    editor.press("Shift+Digit2")
    wait_for_stripes(editor, across=False)


def test_I6_the_coming_image_is_prepared_ahead(editor, media_root, image, requested):
    small = picture(media_root / "huge", "small.png", (300, 200))
    coming = fresh(media_root)
    number, _ = editor.project(CONFIG, {"image": small}, {"image": coming}, title="Ahead")
    with editor.page.expect_request(lambda r: "/api/media/tiles?" in r.url and coming.split("/")[-1] in r.url):
        editor.page.goto(f"/projects/{number}/label")
    expect(editor.surface).to_be_visible()
    assert read_whole(requested) == {small}


def test_I6_without_tiles_the_browser_shows_what_it_can(editor, media_root):
    number, (task,) = editor.project(CONFIG, {"image": paint(media_root / "huge" / "long.png", 9000, 500)}, title="Long")
    refusal = {"code": "tool_missing", "detail": "No vips here.", "hint": "Install it."}
    editor.page.route("**/api/media/tiles?*", lambda route: route.fulfill(status=409, json=refusal))
    editor.open(number, task)
    expect(editor.page.get_by_text("The browser shows this image whole, which can be slow. No vips here. Install it.")).to_be_visible()
    assert editor.pixel(25, 20)[0] == approx(64, abs=4)


def test_I6_a_tiff_file_is_an_image_like_others(editor, media_root):
    path = media_root / "huge" / "disc.png"
    picture(path.parent, path.name)
    Image.open(path).save(path.with_suffix(".tif"))
    number, (task,) = editor.project(WAND, {"image": source(path.with_suffix(".tif"))}, title="TIFF")
    editor.open(number, task)
    red, green, blue = editor.pixel(50, 50)
    assert red == approx(200, abs=6) and green == approx(30, abs=8) and blue == approx(30, abs=8)
    editor.press("1", "w")
    editor.click(50, 50)
    editor.expect_regions(1)
    results = editor.submit(task)
    assert {(r["original_width"], r["original_height"]) for r in results} == {(640, 400)}


def test_I6_a_turned_camera_and_transparency_are_taken_into_account(editor, media_root):
    folder = media_root / "huge"
    folder.mkdir(exist_ok=True)
    gray = Image.fromarray(numpy.linspace(0, 255, 20_000).astype("u1")[None, :]).resize((20_000, 1000))
    exif = Image.Exif()
    exif[0x0112] = 6
    gray.save(folder / "turned.jpg", exif=exif)
    clear = Image.fromarray(numpy.repeat([[0, 255]], 10_000, axis=1).astype("u1")).resize((20_000, 1000))
    Image.merge("LA", (Image.new("L", clear.size, 128), clear)).save(folder / "clear.png", compress_level=1)
    number, (turned, half) = editor.project(
        CONFIG, *[{"image": source(folder / name)} for name in ("turned.jpg", "clear.png")], title="Turned")
    editor.open(number, turned)
    # A quarter to the right: what grew to the right grows downwards.
    assert editor.pixel(30, 25)[0] == approx(64, abs=4) and editor.pixel(70, 75)[0] == approx(191, abs=4)
    editor.press("1")
    editor.drag((10, 20), (90, 40))
    (result,) = editor.submit(turned)
    assert (result["original_width"], result["original_height"]) == (1000, 20_000)
    editor.open(number, half)
    assert editor.pixel(75, 50) == approx((128, 128, 128), abs=3)
    corner = editor.surface.bounding_box()
    shot = Image.open(io.BytesIO(editor.page.screenshot())).convert("RGB")
    assert editor.pixel(25, 50) == shot.getpixel((round(corner["x"]) + 5, round(corner["y"]) + 20))


def test_I6_pages_may_be_large(editor, media_root, image, requested):
    small = picture(media_root / "huge", "small.png", (300, 200))
    number, (task,) = editor.project(PAGES, {"pages": [small, image]}, title="Large pages")
    editor.open(number, task)
    second = editor.page.get_by_role("button", name="Image 2")
    expect(second).to_have_text("2")
    second.click()
    editor.page.wait_for_function("() => window.__editor.transforms()[0]?.scale < 0.2")
    expect(second.locator("canvas")).to_be_visible()
    assert editor.pixel(25, 30)[0] == approx(64, abs=4)
    assert read_whole(requested) == {small}
    editor.press("1")
    editor.drag((20, 20), (40, 40))
    (result,) = editor.submit(task)
    assert (result["item_index"], result["original_width"]) == (1, WIDTH)
