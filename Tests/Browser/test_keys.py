"""Keys: who gets one, which labels have which, what people make of them, what the reference says."""

import os
import re
from pathlib import Path

import pytest
from editing import picture
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
LABELS = "".join(f'<Label value="L{i}"/>' for i in range(1, 15))
CONFIG = f"""<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image">{LABELS}</RectangleLabels>
<PolygonLabels name="outline" toName="image"><Label value="Roof" hotkey="y"/></PolygonLabels>
<BrushLabels name="brush" toName="image"><Label value="Lake" hotkey="e"/></BrushLabels></View>"""
ALL_TOOLS = """<View><Image name="image" value="$image"/><Labels name="what" toName="image"><Label value="A"/></Labels>
<Rectangle name="r" toName="image"/><Polygon name="p" toName="image"/><Ellipse name="e" toName="image"/>
<KeyPoint name="k" toName="image"/><Vector name="v" toName="image"/><Brush name="b" toName="image"/>
<MagicWand name="w" toName="image"/></View>"""


@pytest.fixture(scope="module")
def image(media_root):
    return picture(media_root / "keys", "disc.png")


@pytest.fixture(scope="module")
def tasks(shared_editor, image):
    return shared_editor.project(CONFIG, *[{"image": image}] * 4, title="Keys")


def draw_corners(editor):
    for corner in [(20, 20), (40, 20), (40, 40), (20, 40)]:
        editor.click(*corner)


def test_K1_the_innermost_scope_takes_a_key_alone(editor, tasks):
    project, (task, *_) = tasks
    editor.open(project, task).press("1")
    editor.drag((60, 60), (70, 70))
    editor.press("y")
    draw_corners(editor)
    # Inside the unfinished polygon undo takes its last point back, not the rectangle.
    editor.press("Control+z", "Enter")
    editor.expect_regions(2)
    assert len(editor.results()[1]["value"]["points"]) == 3
    editor.press("Control+z", "Control+z")
    editor.expect_regions(0)
    editor.press("Control+Shift+z", "Control+Shift+KeyZ")
    editor.expect_regions(2)
    # A field keeps what it types; Escape leaves the selection before the tool.
    editor.press("v")
    editor.click(65, 65)
    note = editor.page.get_by_label("Note on the region")
    note.fill("")
    note.press_sequentially("rvh1")
    expect(note).to_have_value("rvh1")
    expect(editor.page.get_by_role("button", name="Select", exact=True)).to_have_attribute("aria-pressed", "true")
    editor.surface.focus()
    editor.press("r", "Escape")
    expect(editor.regions.nth(0)).to_have_attribute("aria-selected", "false")
    expect(editor.page.get_by_role("button", name="Rectangle", exact=True)).to_have_attribute("aria-pressed", "true")


def test_K2_label_keys_keep_clear_of_tools_and_clashes_are_told(editor, tasks):
    project, (_, task, *_) = tasks
    editor.open(project, task)
    expect(editor.page.locator(".toast", has_text="Keys claimed twice")).to_contain_text("e")
    keys = editor.page.get_by_label("Labels of box").locator("kbd").all_inner_texts()
    assert keys[:10] == list("1234567890")
    assert not set(keys) & set("RPBEVHUY"), keys
    # What a person wrote wins over the tool.
    editor.press("e")
    expect(editor.page.get_by_role("button", name=re.compile("^Lake"))).to_have_attribute("aria-pressed", "true")
    expect(editor.page.get_by_role("button", name="Eraser")).to_have_attribute("aria-pressed", "false")


def test_K3_keys_mean_what_they_type_and_nothing_while_composing(editor, tasks):
    project, (_, _, task, _) = tasks
    editor.open(project, task)
    send = """([key, code, more]) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
      { key, code, bubbles: true, cancelable: true, composed: true, ...more }))"""
    rectangle = editor.page.get_by_role("button", name="Rectangle", exact=True)
    editor.page.evaluate(send, ["r", "KeyR", {"isComposing": True}])
    expect(rectangle).to_have_attribute("aria-pressed", "false")
    # On a Dvorak layout R lies elsewhere; on a Cyrillic one its place decides.
    editor.page.evaluate(send, ["r", "KeyO", {}])
    expect(rectangle).to_have_attribute("aria-pressed", "true")
    editor.press("v")
    editor.page.evaluate(send, ["к", "KeyR", {}])
    expect(rectangle).to_have_attribute("aria-pressed", "true")
    first = editor.page.get_by_role("button", name=re.compile("^L1 ?"), exact=False).first
    editor.press("Digit1")
    editor.page.evaluate(send, ["1", "Digit1", {"repeat": True}])
    expect(first).to_have_attribute("aria-pressed", "true")
    # What the browser does with these keys itself is prevented.
    kept = editor.page.evaluate("""() => ["d", "h"].map((key) => {
      const event = new KeyboardEvent("keydown", { key, code: `Key${key.toUpperCase()}`, ctrlKey: true,
        bubbles: true, cancelable: true, composed: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    })""")
    assert kept == [True, True]
    editor.press("v", "?")
    editor.page.get_by_label("Single letters and digits are keys").uncheck()
    editor.press("Escape", "r")
    expect(rectangle).to_have_attribute("aria-pressed", "false")
    editor.press("Control+Shift+KeyZ")
    editor.page.evaluate("() => localStorage.removeItem('postil.editor.single-keys')")


def test_K4_keys_are_found_and_changed(editor, tasks):
    project, (*_, task) = tasks
    editor.open(project, task).press("?")
    page = editor.page
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Find a key").fill("duplicate")
    expect(dialog.locator("dt")).to_have_text(["Duplicate"])
    change = dialog.get_by_role("button", name="Duplicate")
    change.click()
    page.keyboard.press("Control+Enter")  # another scope: no conflict there
    expect(dialog.get_by_role("status")).to_contain_text("is Ctrl+Enter now")
    dialog.get_by_role("button", name="Duplicate").click()
    page.keyboard.press("v")
    expect(dialog.get_by_role("status")).to_contain_text("is the key of “Select”")
    dialog.get_by_role("button", name="Duplicate").click()
    page.keyboard.press("Alt+d")
    page.keyboard.press("Escape")
    editor.press("1")
    editor.drag((20, 20), (30, 30))
    editor.open(project, task).press("v")
    editor.press("Control+a", "Alt+d")
    editor.expect_regions(2)
    editor.press("Control+d")
    editor.expect_regions(2)
    editor.press("?")
    dialog.get_by_role("button", name="Reset all keys").click()
    page.keyboard.press("Escape")
    editor.press("Control+d")
    editor.expect_regions(4 if editor.page.locator('[role="option"][aria-selected="true"]').count() == 2 else 3)


def test_K4_the_reference_is_the_live_keymap(editor, image):
    project, (task,) = editor.project(ALL_TOOLS, {"image": image}, title="All tools")
    editor.open(project, task)
    titles = {"draft": "While drawing", "object": "On the image or text", "editor": "In the editor",
              "page": "On the page"}
    lines = ["# Keys", "", "What each key does in the editor, by default. Cmd stands for Ctrl on a Mac. The innermost part that",
             "has a use for a key takes it, alone: a field, an unfinished shape, the image or text, the editor, the page.",
             "Press `?` in the editor to search this list, to change keys, or to switch single letters off.", "",
             "Written by `POSTIL_WRITE=1 pytest Tests/Browser/test_keys.py` from the running editor."]
    keys = editor.page.evaluate("() => window.__editor.keys()")
    for scope, title in titles.items():
        lines += ["", f"## {title}", "", "| Command | Keys | Does |", "| --- | --- | --- |"]
        lines += [f"| `{k['command']}` | {', '.join(f'`{c}`' for c in k['chords'])} | {k['title']} |"
                  for k in keys if k["scope"] == scope and not k["command"].startswith("label:")]
    lines += ["", "## Labels and choices", "",
              "The first 33 without a `hotkey` get, in the order of the config, `1234567890qwetasdfgzxcvbyiopjklnm`, except",
              "letters that a tool of the config has. A `hotkey` wins, also over a tool; the clash is told."]
    text = "\n".join(lines) + "\n"
    page = ROOT / "Docs/reference/keymap.md"
    if os.environ.get("POSTIL_WRITE"):
        page.write_text(text)
    assert page.read_text() == text
