"""Fills any labeling config as a person would: with the pointer, or with keys alone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

ANSWERS = {"Choices", "TextArea", "Rating", "Taxonomy", "Pairwise", "Ranker", "Number", "DateTime"}


class Config:
    """The tags of a labeling config that are filled, in order."""

    def __init__(self, xml: str):
        plain = re.sub(r"<!--.*?-->", "", xml, flags=re.S)
        self.tags = [(tag, dict(re.findall(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']", attributes)))
                     for tag, attributes in re.findall(r"<(\w+)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
                                                       plain)]
        self.object = {a["name"]: tag for tag, a in self.tags if "name" in a and "toName" not in a}

    @property
    def markers(self):
        """Controls that mark, each with the tag of what it marks."""
        return [(tag, attributes, self.object[attributes["toName"].split(",")[0]])
                for tag, attributes in self.tags
                if tag.endswith("Labels") and attributes.get("toName", "") in self.object]

    def answers(self, per_region: bool):
        return [(tag, a) for tag, a in self.tags
                if tag in ANSWERS and (a.get("perRegion") == "true") is per_region]

    def chat(self):
        return next((a for tag, a in self.tags if tag == "Chat"), None)


def regions(page: Page):
    return page.get_by_role("listbox", name="Regions").get_by_role("option")


def group(page: Page, name: str):
    return page.locator(f"[data-control='{name}']")


def surface(page: Page, tag: str, name: str):
    place = page.locator(f"[data-name='{name}'][data-tag='{tag}']")
    if tag == "Image":
        return place.get_by_role("application", name="Image")
    return place.locator("[tabindex='0']").first


class Pointer:
    """A mouse; texts are typed, as they must be."""

    def __init__(self, page: Page):
        self.page = page

    def mark(self, control: str, attributes: dict, tag: str):
        page, name = self.page, attributes["toName"]
        page.get_by_role("group", name=f"Labels of {attributes['name']}").get_by_role(
            "button").first.click()
        before = regions(page).count()
        target = surface(page, tag, name)
        if tag in ("Text", "HyperText", "Paragraphs"):
            selector = ".phrase__text" if tag == "Paragraphs" else ".text-surface__content"
            box = first_word(target.locator(selector).first)
            self.drag(box["left"] + 1, box["y"], box["right"] - 1, box["y"])
        elif control == "PolygonLabels":
            box = target.bounding_box()
            for x, y in [(0.4, 0.4), (0.6, 0.4), (0.5, 0.6), (0.4, 0.4)]:
                page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        else:
            strip = {"Audio": ".strip", "TimeSeries": ".strip", "Video": ".timeline__band",
                     "Pdf": ".pdf__page"}.get(tag)
            part = target.locator(strip).first if strip else target
            part.scroll_into_view_if_needed()
            box = part.bounding_box()
            self.drag(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.4,
                      box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.6)
        expect(regions(page)).to_have_count(before + 1)

    def select_first(self):
        regions(self.page).first.click()

    def drag(self, x1, y1, x2, y2):
        self.page.mouse.move(x1, y1)
        self.page.mouse.down()
        self.page.mouse.move(x2, y2, steps=6)
        self.page.mouse.up()

    def answer(self, tag: str, attributes: dict):
        page, name = self.page, attributes["name"]
        place = group(page, name)
        if tag == "Choices":
            place.locator("label").first.click()
        elif tag == "TextArea":
            place.locator("input, textarea").last.fill("written by hand")
            add = place.get_by_role("button", name="Add")
            if add.count() > 0 and add.is_visible():
                add.click()
        elif tag == "Rating":
            place.locator("label").nth(2).click()
        elif tag == "Taxonomy":
            place.get_by_role("treeitem", name="Bacteria").click()
        elif tag == "Pairwise":
            first = attributes["toName"].split(",")[0]
            page.locator(f"[data-name='{first}'] > *").first.click()
        elif tag == "Ranker":
            items = place.get_by_role("option")
            a, b = items.nth(0).bounding_box(), items.nth(1).bounding_box()
            self.drag(a["x"] + 30, a["y"] + 12, b["x"] + 30, b["y"] + b["height"] - 4)

    def chat(self, attributes: dict):
        page = self.page
        for text in ("Good morning!", "Good morning, *Ada*."):
            page.get_by_label("Message", exact=True).fill(text)
            page.get_by_role("button", name="Send").click()
        page.get_by_role("listitem").nth(1).click(position={"x": 8, "y": 8})

    def submit(self):
        self.page.get_by_role("button", name=re.compile("Submit|Update")).click()


class Keys:
    """A keyboard and nothing else."""

    def __init__(self, page: Page):
        self.page = page

    def tab_to(self, target):
        for _ in range(120):
            if target.evaluate("e => e.matches(':focus')"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def press(self, *keys: str):
        for key in keys:
            self.page.keyboard.press(key)

    def mark(self, control: str, attributes: dict, tag: str):
        page, name = self.page, attributes["toName"]
        before = regions(page).count()
        label = page.get_by_role("group", name=f"Labels of {attributes['name']}").get_by_role(
            "button").first
        self.tab_to(label)
        self.press("Enter")
        self.tab_to(surface(page, tag, name))
        if tag in ("Text", "HyperText", "Paragraphs"):
            self.press(*["ArrowRight"] * 2, *["Shift+ArrowRight"] * 4, "Enter")
        elif control == "PolygonLabels":
            self.press("Enter", *["Shift+ArrowRight"] * 3, "Space", *["Shift+ArrowDown"] * 3,
                       "Space", "Enter")
        elif tag == "Pdf":
            self.press("Enter")
        else:
            self.press("Enter", *["Shift+ArrowRight"] * 3, *["Shift+ArrowDown"] * 3, "Enter")
        expect(regions(page)).to_have_count(before + 1)

    def select_first(self):
        if self.page.evaluate("() => window.__editor.regions().length") and regions(
                self.page).first.get_attribute("aria-selected") != "true":
            self.press("Alt+Shift+Digit1")

    def answer(self, tag: str, attributes: dict):
        page, name = self.page, attributes["name"]
        place = group(page, name)
        if tag == "Choices":
            self.tab_to(place.locator("input, select").first)
            self.press("Space")
        elif tag == "TextArea":
            self.tab_to(place.locator("input, textarea").last)
            page.keyboard.type("written by hand")
            if attributes.get("maxSubmissions") != "1":
                self.press("Enter")
        elif tag == "Rating":
            self.tab_to(place.locator("input").first)
            self.press("Space", "ArrowRight", "ArrowRight")
        elif tag == "Taxonomy":
            self.tab_to(place.get_by_role("tree"))
            self.press("ArrowDown", "Space")
        elif tag == "Pairwise":
            self.tab_to(place.get_by_role("button").first)
            self.press("Space")
        elif tag == "Ranker":
            self.tab_to(place.get_by_role("option").first)
            self.press("Alt+ArrowDown")

    def chat(self, attributes: dict):
        page = self.page
        self.tab_to(page.get_by_label("Message", exact=True))
        for text in ("Good morning!", "Good morning, *Ada*."):
            page.keyboard.type(text)
            self.press("Enter")
        self.tab_to(page.get_by_role("listitem").nth(1))
        self.press("Enter")

    def submit(self):
        self.press("Control+Enter")


def first_word(target):
    """Where the first word of an element's text lies on the screen."""
    target.scroll_into_view_if_needed()
    return target.evaluate(
        """(element) => {
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          let node = walker.nextNode();
          while (node && node.data.trim() === "") node = walker.nextNode();
          const word = /\\S+/.exec(node.data);
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          return { left, right, y: (top + bottom) / 2 };
        }""")


def fill(hand: Pointer | Keys, config: Config):
    chat = config.chat()
    if chat:
        hand.chat(chat)
    for control, attributes, tag in config.markers:
        hand.mark(control, attributes, tag)
    per_region = config.answers(per_region=True)
    if per_region and not chat:
        hand.select_first()
    for tag, attributes in per_region:
        if group(hand.page, attributes["name"]).first.is_visible():
            hand.answer(tag, attributes)
    for tag, attributes in config.answers(per_region=False):
        hand.answer(tag, attributes)
