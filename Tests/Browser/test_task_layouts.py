"""The data manager's layouts: columns by hand, thumbnails with regions, the editor beside the list."""

import io
import json
import re
import wave

import pytest
from axe_playwright_python.sync_playwright import Axe
from editing import picture
from PIL import Image
from playwright.sync_api import expect

TEXT = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>"""
BOXES = """<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image">
<Label value="Car" background="#2f5bb7"/><Label value="Person"/></RectangleLabels></View>"""


def box(label, x, y):
    return {"id": f"{label}{x}", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
            "original_width": 640, "original_height": 400, "image_rotation": 0,
            "value": {"x": x, "y": y, "width": 20, "height": 30, "rotation": 0, "rectanglelabels": [label]}}


@pytest.fixture
def page(editor):
    editor.page.evaluate("() => localStorage.clear()")
    return editor.page


@pytest.fixture(scope="module")
def texts(admin):
    project = admin.make_project("Layouts", TEXT)
    admin.value("POST", f"/api/projects/{project}/import", json=[
        {"text": f"Sentence {i}", "city": "Wien", "size": i} for i in range(80)])
    return project


@pytest.fixture(scope="module")
def images(admin, media_root):
    project = admin.make_project("Thumbnails", BOXES)
    shown = [picture(media_root / "thumbnails", f"{i}.png", (640, 400)) for i in range(3)]
    tasks = [{"data": {"image": image}} for image in shown]
    tasks[0]["annotations"] = [{"result": [box("Car", 10, 20), box("Person", 60, 40)]}]
    tasks[1]["predictions"] = [{"result": [box("Person", 30, 30)]}]
    admin.value("POST", f"/api/projects/{project}/import", json=tasks)
    return project


def heads(page):
    return page.get_by_role("columnheader").locator("button").all_inner_texts()


def head(page, name):
    return page.get_by_role("columnheader", name=re.compile(f"^{name}"))


def barriers(page):
    page.emulate_media(reduced_motion="reduce")  # colors on their way are no colors of the page
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found
            if v["impact"] in ("serious", "critical")]


def test_W2_a_column_is_resized_with_pointer_and_keys_and_stays_so(page, texts):
    page.goto(f"/projects/{texts}")
    edge = page.get_by_role("separator", name="Width of city")
    expect(edge).to_be_attached()
    place = edge.bounding_box()
    before = head(page, "city").bounding_box()["width"]
    page.mouse.move(place["x"] + 4, place["y"] + 10)
    page.mouse.down()
    page.mouse.move(place["x"] + 84, place["y"] + 10, steps=4)
    page.mouse.up()
    wide = head(page, "city").bounding_box()["width"]
    assert abs(wide - before - 80) < 3, (before, wide)
    edge.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert abs(head(page, "city").bounding_box()["width"] - wide + 32) < 2
    page.reload()
    expect(edge).to_be_attached()
    assert abs(head(page, "city").bounding_box()["width"] - wide + 32) < 2
    cell = page.locator("tr[data-task]").first.get_by_role("cell", name="Wien")
    assert abs(cell.bounding_box()["width"] - wide + 32) < 2


def test_W2_columns_are_put_in_another_order(page, texts):
    page.goto(f"/projects/{texts}")
    expect(head(page, "size")).to_be_visible()
    first = heads(page)
    place = first.index("size")
    head(page, "size").get_by_role("button").focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_role("columnheader").locator("button").nth(place - 1)).to_have_text("size")
    # The keys go along with the column.
    expect(head(page, "size").get_by_role("button")).to_be_focused()
    head(page, "text").drag_to(head(page, "ID"))
    expect(page.get_by_role("columnheader").locator("button").first).to_have_text("text")
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("button", name="Move text to the right").press("Enter")
    expect(page.get_by_role("columnheader").locator("button").nth(1)).to_have_text("text")
    expect(page.get_by_role("button", name="Move text to the right")).to_be_focused()
    page.reload()
    expect(page.get_by_role("columnheader").locator("button").nth(1)).to_have_text("text")
    # The first column still leads to the task.
    page.locator("tr[data-task]").first.get_by_role("cell", name="Wien").click(force=True)
    page.wait_for_url(re.compile("/tasks/[0-9]+"))


def test_W2_a_pinned_column_stays_while_others_scroll(page, texts):
    page.goto(f"/projects/{texts}")
    expect(head(page, "size")).to_be_visible()
    page.get_by_text("Columns", exact=True).click()
    for name in ("ID", "size"):
        page.get_by_role("button", name=f"Pin {name}", exact=True).click()
    edge = page.get_by_role("separator", name="Width of text")
    page.get_by_text("Columns", exact=True).click()
    for _ in range(3):
        edge.focus()
        for _ in range(20):
            page.keyboard.press("ArrowRight")
    assert heads(page)[:2] == ["ID", "size"]
    before = [head(page, name).bounding_box()["x"] for name in ("ID", "size", "text")]
    page.locator(".task-list").evaluate("(frame) => { frame.scrollLeft = 300; }")
    after = [head(page, name).bounding_box()["x"] for name in ("ID", "size", "text")]
    assert after == pytest.approx([*before[:2], before[2] - 300], abs=1)
    cells = page.locator("tr[data-task]").first.locator(".cell--pinned")
    assert [cells.nth(i).bounding_box()["x"] for i in (1, 2)] == pytest.approx(after[:2], abs=1)
    cells.nth(2).click()
    page.wait_for_url(re.compile("/tasks/[0-9]+"))


def test_W2_a_saved_view_keeps_its_layout(page, texts, admin):
    page.goto(f"/projects/{texts}")
    page.get_by_role("button", name="Save as view").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Large ones")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    tab = page.get_by_role("button", name="Large ones", exact=True)
    expect(tab).to_have_attribute("aria-current", "page")
    page.get_by_label("Show tasks as").select_option("Grid")
    expect(page.get_by_label("Size of the thumbnails")).to_be_visible()
    page.get_by_label("Size of the thumbnails").fill("320")
    expect(page.locator("li[data-task]").first).to_have_css("width", "320px")
    page.get_by_role("button", name="All tasks", exact=True).click()
    expect(page.get_by_role("columnheader").first).to_be_visible()
    with page.expect_response(re.compile("/api/tasks/")):
        page.reload()
    tab.click()
    expect(page.locator("li[data-task]").first).to_have_css("width", "320px")
    (view,) = admin.value("GET", f"/api/dm/views/?project={texts}")
    assert (view["data"]["type"], view["data"]["gridSize"]) == ("grid", 320)


def test_W2_thumbnails_show_regions_and_are_gone_through_with_keys(page, images):
    page.goto(f"/projects/{images}")
    page.get_by_label("Show tasks as").select_option("Grid")
    cards = page.locator("li[data-task]")
    expect(cards).to_have_count(3)
    first = cards.filter(has=page.get_by_role("link", name=re.compile("2 results, Car, Person")))
    rects = first.locator("svg.region-overlay rect")
    expect(rects).to_have_count(2)
    expect(rects.first).to_have_attribute("stroke", "#2f5bb7")
    page.wait_for_function("() => document.querySelector('li[data-task] img').naturalWidth > 0")
    # The overlay lies on the picture: the box begins at a tenth of its width.
    image, rect = first.locator("img").bounding_box(), rects.first.bounding_box()
    assert abs(rect["x"] - image["x"] - image["width"] * 0.1) < 2
    assert abs(rect["height"] - image["height"] * 0.3) < 3
    # A model's regions stand in where nobody has answered.
    expect(cards.locator("svg.region-overlay")).to_have_count(2)
    page.get_by_label("Size of the thumbnails").fill("300")
    expect(cards.first).to_have_css("width", "300px")
    cards.first.get_by_role("link").focus()
    page.keyboard.press("ArrowRight")
    expect(cards.nth(1).get_by_role("link")).to_be_focused()
    cards.nth(2).get_by_role("checkbox").check()
    expect(page.get_by_text("1 task chosen")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    page.keyboard.press("Escape")
    cards.nth(1).get_by_role("link").press("Enter")
    page.wait_for_url(re.compile("/tasks/[0-9]+"))


def test_W2_sounds_are_played_in_the_list(page, admin, media_root):
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 40_000)
    (media_root / "long.wav").write_bytes(made.getvalue())
    project = admin.make_project("Sounds", '<View><Audio name="audio" value="$audio"/></View>')
    admin.value("POST", f"/api/projects/{project}/import", json=[
        {"audio": "/data/local-files/?d=long.wav"}, {"audio": "https://example.org/far.wav"}])
    page.goto(f"/projects/{project}")
    play = page.get_by_role("button", name="Play long.wav")
    play.press("Enter")
    page.get_by_role("button", name="Stop long.wav").click()
    expect(play).to_be_visible()
    # What the page may not load has a name and no button.
    expect(page.get_by_text("far.wav")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("far.wav"))).to_have_count(0)
    page.get_by_label("Show tasks as").select_option("Grid")
    expect(page.get_by_label("long.wav")).to_have_attribute("controls", "")


def test_W2_the_editor_stands_beside_the_list(page, texts, admin):
    page.goto(f"/projects/{texts}")
    page.get_by_label("Show tasks as").select_option("List and editor")
    expect(page.get_by_text("No task is open")).to_be_visible()
    row = page.locator("tr[data-task]").nth(1)
    task = row.get_attribute("data-task")
    row.get_by_role("link").press("Enter")
    inside = page.frame_locator('iframe[title="Labeling editor"]')
    inside.get_by_label("Good").check()
    expect(row).to_have_attribute("aria-current", "true")
    with page.expect_response(lambda r: r.url.endswith("/annotations/") or "/annotations" in r.url
                              and r.request.method == "POST"):
        inside.get_by_role("button", name=re.compile("^Submit")).click()
    # The list tells at once that the task is finished.
    expect(page.locator(f'tr[data-task="{task}"] .badge--ok')).to_be_visible()
    assert admin.value("GET", f"/api/tasks/{task}/")["total_annotations"] == 1
    line = page.get_by_role("separator", name="Width of the list")
    share = int(line.get_attribute("aria-valuenow"))
    line.press("ArrowRight")
    expect(line).to_have_attribute("aria-valuenow", str(share + 2))
    page.reload()
    expect(inside.get_by_text("Sentence 1", exact=True)).to_be_visible()
    assert f"task={task}" in page.url, json.dumps(page.url)
    assert barriers(page) == []
    # A link inside leads the whole page on.
    inside.get_by_role("link", name="Back to the project").click()
    expect(page.get_by_text("No task is open")).to_be_visible()


def test_W2_rows_have_one_height_however_long_their_texts_are(page, admin):
    project = admin.make_project("Long rows", TEXT)
    admin.value("POST", f"/api/projects/{project}/import",
                json=[{"text": "many words " * 200, "note": "more of them " * 90} for _ in range(3)])
    page.goto(f"/projects/{project}")
    rows = page.locator("tr[data-task]")
    expect(rows).to_have_count(3)
    assert [round(rows.nth(i).bounding_box()["height"]) for i in range(3)] == [57, 57, 57]


def test_W2_upright_pictures_keep_their_regions_on_them(page, admin, media_root):
    image = picture(media_root / "upright", "a.png", (300, 600))
    project = admin.make_project("Upright", BOXES)
    tall = box("Car", 10, 20) | {"original_width": 300, "original_height": 600}
    admin.value("POST", f"/api/projects/{project}/import",
                json=[{"data": {"image": image}, "annotations": [{"result": [tall]}]}])
    page.goto(f"/projects/{project}")
    page.get_by_label("Show tasks as").select_option("Grid")
    shown = page.locator("li[data-task] img")
    page.wait_for_function("() => document.querySelector('li[data-task] img')?.naturalWidth > 0")
    whole, rect = shown.bounding_box(), page.locator(".region-overlay rect").bounding_box()
    assert whole["width"] / whole["height"] == pytest.approx(0.5, abs=0.02)
    assert rect["x"] - whole["x"] == pytest.approx(whole["width"] * 0.1, abs=2)
    assert rect["width"] == pytest.approx(whole["width"] * 0.2, abs=3)


def test_W2_lists_load_small_pictures_of_large_images(page, editor, media_root):
    """A TIFF file, which browsers do not show, and a photo that would cost 48 megabytes of memory."""
    folder = media_root / "photos"
    folder.mkdir(exist_ok=True)
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB")
    noise.save(folder / "photo.jpg", quality=70)
    noise.resize((1200, 900)).save(folder / "scan.tif")
    sources = [f"/data/local-files/?d=photos/{name}" for name in ("photo.jpg", "scan.tif")]
    project, _ = editor.project(BOXES, *[{"image": source} for source in sources])
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/projects/{project}")
    sizes = """(images) => images.map((image) => [image.naturalWidth, image.naturalHeight])"""
    for choice, size in (("table", [160, 120]), ("grid", [640, 480])):
        if choice == "grid":
            page.get_by_label("Show tasks as").select_option("Grid")
        pictures = page.locator(".preview__image" if choice == "table" else ".task-card__frame img")
        expect(pictures).to_have_count(2)
        page.wait_for_function("() => [...document.images].every((image) => image.complete)")
        assert pictures.evaluate_all(sizes) == [size, size]
    assert not [url for url in asked if "/data/local-files" in url.split("?")[0]]
