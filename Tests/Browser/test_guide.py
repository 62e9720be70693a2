"""Takes the pictures of the annotator's guide, and fails when what they show is not there."""

from PIL import Image

import pytest
from editing import Editor
from imagery import RASTER
from playwright.sync_api import expect

CONFIG = """<View><Image name="image" value="$image"/>
<BrushLabels name="brush" toName="image"><Label value="Forest" background="#2a9d8f"/></BrushLabels>
<PolygonLabels name="outline" toName="image"><Label value="Country"/></PolygonLabels>
<EllipseLabels name="disc" toName="image"><Label value="Storm"/></EllipseLabels>
<KeyPointLabels name="place" toName="image"><Label value="City"/></KeyPointLabels>
<VectorLabels name="path" toName="image" curves="true"><Label value="River"/></VectorLabels>
<Relations><Relation value="flows into"/></Relations></View>"""


@pytest.fixture(scope="module")
def world(media_root):
    folder = media_root / "guide"
    folder.mkdir()
    raster = Image.open(next(RASTER.glob("*.png"))).convert("RGB")
    raster.resize((1440, 720)).save(folder / "world.png")
    return "/data/local-files/?d=guide/world.png"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_guide_shows_every_shape(editor: Editor, world, shots, scheme):
    project, (task,) = editor.project(CONFIG, {"image": world}, title="Satellite shapes")
    editor.page.emulate_media(color_scheme=scheme)
    editor.open(project, task).press("1")
    editor.drag((30, 30), (40, 40), (45, 25))
    editor.press("Escape", "Escape", "2")
    for corner in [(55, 20), (70, 22), (68, 40), (56, 38)]:
        editor.click(*corner)
    editor.press("Enter", "3")
    editor.drag((20, 60), (30, 75))
    editor.press("4")
    editor.click(80, 60)
    editor.press("5")
    editor.click(40, 80)
    editor.drag((55, 70), (60, 65))
    editor.click(75, 85)
    editor.press("Enter", "v", "Alt+r")
    editor.click(54.7, 70)
    editor.click(60, 30)
    editor.expect_regions(5)
    expect(editor.page.locator(".relation__line")).to_have_count(1)
    editor.click(60, 30)
    # Forced colors or not, every label has a color of its own.
    colors = editor.page.locator(".label__swatch").evaluate_all(
        "(all) => all.map((el) => getComputedStyle(el).backgroundColor)")
    assert len(set(colors)) == 5, colors
    editor.page.wait_for_timeout(200)
    editor.page.screenshot(path=shots / ("editor-shapes.png" if scheme == "light" else "editor-dark.png"))
    editor.page.emulate_media(color_scheme="light")
