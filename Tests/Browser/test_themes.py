"""Themes, what the system asks for, and how our elements are made."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from editing import picture
from playwright.sync_api import TimeoutError, expect

CONFIG = """<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image">
<Label value="Car" background="#ffe04a"/><Label value="Bus" background="#123456"/></RectangleLabels></View>"""


@pytest.fixture(scope="module")
def task(shared_editor, media_root):
    image = picture(media_root / "themes", "disc.png")
    project, (task,) = shared_editor.project(CONFIG, {"image": image}, title="Themes")
    result = {"id": "b1", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
              "original_width": 640, "original_height": 400, "image_rotation": 0,
              "value": {"x": 10, "y": 10, "width": 20, "height": 20, "rotation": 0,
                        "rectanglelabels": ["Car"]}}
    shared_editor.admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": [result]})
    return project, task


@pytest.fixture
def chosen(editor):
    """Chooses a theme in the account page; takes it back afterwards."""
    def choose(name):
        editor.page.goto("/account")
        editor.page.get_by_role("radio", name=re.compile(f"^{name}")).check()
    yield choose
    editor.page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    choose("System")


@pytest.mark.parametrize("place", ["/projects", "/account", "editor"])
def test_X5_high_contrast_is_kept_and_has_no_barrier(editor, task, chosen, place):
    chosen("High contrast")
    if place == "editor":
        editor.open(*task)
    else:
        editor.page.goto(place)
        expect(editor.page.get_by_role("heading").first).to_be_visible()
    page = editor.page
    assert page.evaluate("() => document.documentElement.dataset.theme") == "contrast"
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    found = Axe().run(page).response["violations"]
    assert not [v["id"] for v in found if v["impact"] in ("serious", "critical")], found


def test_X5_a_theme_is_a_set_of_values(editor, chosen):
    """Nothing but custom properties and the color scheme differs from theme to theme."""
    rules = editor.page.evaluate("""() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule.selectorText?.includes("data-theme"))
      .flatMap((rule) => [...rule.style])""")
    assert rules and all(name.startswith("--") or name == "color-scheme" for name in rules), rules


def test_X5_less_motion_and_forced_colors_are_obeyed(editor, task, chosen):
    page = editor.page
    page.emulate_media(reduced_motion="reduce", forced_colors="active")
    editor.open(*task)
    editor.press("v")
    longest = page.evaluate("""() => Math.max(...[...document.querySelectorAll("*")].map((one) => {
      const { animationDuration, transitionDuration } = getComputedStyle(one);
      return Math.max(parseFloat(animationDuration) || 0, parseFloat(transitionDuration) || 0);
    }))""")
    assert longest <= 0.001
    pressed = page.get_by_role("button", name="Select", exact=True)
    assert pressed.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
    # A label's color says something, so it stays.
    swatch = editor.regions.first.locator(".region__swatch")
    assert swatch.evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgb(255, 224, 74)"


def test_X5_labels_can_be_told_apart_without_colors(editor, task):
    page = editor.page
    page.goto("/account")
    box = page.get_by_role("checkbox", name="Show a label's initial on its color")
    box.check()
    editor.open(*task)
    for name, ink in (("Car", "rgb(0, 0, 0)"), ("Bus", "rgb(255, 255, 255)")):
        swatch = page.get_by_role("button", name=name).locator(".label__swatch")
        shown = swatch.evaluate("""(one) => {
          const { content, display, color } = getComputedStyle(one, "::after");
          return [content, display, color];
        }""")
        assert shown == [f'"{name[0]}"', "block", ink]
    page.goto("/account")
    box.uncheck()


ROOTS = """() => {
  const found = [];
  const walk = (root) => {
    for (const one of root.querySelectorAll("*")) {
      if (one.localName.includes("-") && !customElements.get(one.localName)) found.push(`${one.localName} is not defined`);
      if (!one.shadowRoot) continue;
      if (one.shadowRoot.mode !== "open") found.push(`${one.localName} is closed`);
      if (one.shadowRoot.adoptedStyleSheets.length === 0) found.push(`${one.localName} adopts no sheet`);
      if (one.shadowRoot.querySelector("style")) found.push(`${one.localName} has a style element`);
      walk(one.shadowRoot);
    }
  };
  walk(document);
  return found;
}"""


def test_X7_elements_have_open_roots_and_adopted_sheets(editor, task):
    editor.open(*task)
    nothing_amiss(editor.page)
    editor.page.goto(f"/projects/{task[0]}/settings/interface")
    expect(editor.page.get_by_role("textbox", name="Labeling config")).to_be_visible()
    nothing_amiss(editor.page)


def nothing_amiss(page):
    """An element that loads gets its sheet with what it shows, a moment after it is there."""
    try:
        page.wait_for_function(f"() => ({ROOTS})().length === 0", timeout=5000)
    except TimeoutError:
        assert page.evaluate(ROOTS) == []


def test_X7_what_holds_a_value_belongs_to_its_form_and_has_parts(editor, task):
    page = editor.page
    page.goto(f"/projects/{task[0]}/settings/interface")
    expect(page.get_by_role("textbox", name="Labeling config")).to_be_visible()
    told = page.evaluate("""() => {
      const editor = document.querySelector("postil-code-editor, code-editor");
      const form = document.createElement("form");
      const made = document.createElement(editor.localName);
      made.setAttribute("name", "config");
      form.append(made);
      document.body.append(form);
      made.value = "<View/>";
      const value = new FormData(form).get("config");
      form.remove();
      return [value, [...made.shadowRoot.querySelectorAll("[part]")].map((one) => one.part.value).sort()];
    }""")
    assert told == ["<View/>", ["frame", "lines", "text"]]


def test_X5_what_holds_nothing_takes_no_room(editor, task):
    page = editor.page
    nothing_is_flat = """() => [...document.querySelectorAll(".panel > *, .dialog__body > *, .filter-bar > *")]
      .filter((one) => one.checkVisibility() && getComputedStyle(one).position !== "absolute")
      .map((one) => one.getBoundingClientRect())
      .every(({ width, height }) => width > 0 && height > 0)"""
    page.goto("/account")
    expect(page.get_by_role("button", name="New access token")).to_be_visible()
    page.wait_for_function(nothing_is_flat)
    page.goto(f"/projects/{task[0]}")
    expect(page.get_by_role("button", name="Filter")).to_be_visible()
    views = page.get_by_role("navigation", name="Views")
    assert page.get_by_role("button", name="Filter").bounding_box()["x"] == views.bounding_box()["x"]
    # One line below the view that is open, not the button's own besides.
    tab = views.get_by_role("button").first
    assert tab.evaluate("(tab) => getComputedStyle(tab).borderBottomWidth") == "0px"
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("dialog", name="Import")).to_be_visible()
    page.wait_for_function(nothing_is_flat)


def test_X5_a_label_is_seen_on_its_own_color(editor, task):
    """Its swatch has an edge."""
    page = editor.open(*task).page
    for swatch in (page.locator(".label__swatch").first, page.locator(".region__swatch").first):
        assert "inset" in swatch.evaluate("(swatch) => getComputedStyle(swatch).boxShadow")
