"""What is read and marked: texts, HTML, dialogues, tables, PDFs."""

import re

import pytest
from filling import first_word, regions, surface
from media import make_media
from playwright.sync_api import Error, expect

TEXT = "Ada 🦊 met Grace.\r\nNai\u0308ve שלום 日本語 end. Last one here."
LABELED = """<View><Text name="text" value="$text"{more}/>
<Labels name="entity" toName="text"><Label value="Person"/><Label value="Place"/></Labels></View>"""


@pytest.fixture(scope="module")
def urls(media_root):
    return make_media(media_root)


def open_task(page, admin, config, data, prediction=None):
    project = admin.make_project("Documents", config)
    task = {"data": data}
    if prediction:
        task["predictions"] = [{"model_version": "m", "result": prediction}]
    made = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true", json=[task])
    page.goto(f"/projects/{project}/tasks/{made['task_ids'][0]}")
    page.wait_for_function("() => window.__editor && !document.body.innerText.includes('Loading…')")
    return made["task_ids"][0]


def drawn(page):
    return page.evaluate("() => window.__editor.regions()")


def place_of(page, text, start, end):
    """Where a piece of a text lies on the screen, by offsets in UTF-16."""
    return page.evaluate(
        """([whole, start, end]) => {
          const roots = [document];
          while (roots.length > 0) {
            const root = roots.pop();
            for (const el of root.querySelectorAll("*")) if (el.shadowRoot) roots.push(el.shadowRoot);
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              if (node.data !== whole) continue;
              const range = document.createRange();
              range.setStart(node, start);
              range.setEnd(node, end);
              const rects = range.getClientRects();
              const [a, b] = [rects[0], rects[rects.length - 1]];
              return { left: a.left, right: b.right, y: (a.top + a.bottom) / 2,
                       y2: (b.top + b.bottom) / 2 };
            }
          }
          return null;
        }""", [text, start, end])


def drag_over(page, place):
    page.mouse.move(place["left"] + 1, place["y"])
    page.mouse.down()
    page.mouse.move(place["right"] - 1, place["y2"], steps=6)
    page.mouse.up()


def units(text, piece):
    start = len(text[:text.index(piece)].encode("utf-16-le")) // 2
    return start, start + len(piece.encode("utf-16-le")) // 2


def test_T1_words_sentences_and_nested_spans_are_marked_by_clicks(signed_in, admin):
    page = signed_in
    open_task(page, admin, LABELED.format(more=""), {"text": TEXT})
    page.keyboard.press("1")
    at = place_of(page, TEXT, *units(TEXT, "Grace"))
    page.mouse.dblclick((at["left"] + at["right"]) / 2, at["y"])
    expect(regions(page)).to_have_count(1)
    assert drawn(page)[0]["value"]["text"].strip() == "Grace"
    at = place_of(page, TEXT, *units(TEXT, "Last"))
    page.mouse.click((at["left"] + at["right"]) / 2, at["y"], click_count=3)
    expect(regions(page)).to_have_count(2)
    assert drawn(page)[1]["value"]["text"] == "Last one here."
    # A span inside a span: both are told apart by their labels at the end, not by color alone.
    page.keyboard.press("2")
    drag_over(page, place_of(page, TEXT, *units(TEXT, "one")))
    expect(regions(page)).to_have_count(3)
    expect(page.locator(".text-surface__title", has_text="Place")).to_have_count(1)
    # A click selects the innermost span, another one the span around it.
    page.keyboard.press("v")
    at = place_of(page, TEXT, *units(TEXT, "one"))
    page.mouse.click((at["left"] + at["right"]) / 2, at["y"])
    expect(regions(page).nth(2)).to_have_attribute("aria-selected", "true")
    page.wait_for_timeout(600)
    page.mouse.click((at["left"] + at["right"]) / 2, at["y"])
    expect(regions(page).nth(1)).to_have_attribute("aria-selected", "true")


def test_T1_a_finger_selects_and_says_when_it_is_done(signed_in, admin):
    page = signed_in
    open_task(page, admin, LABELED.format(more=""), {"text": TEXT})
    page.keyboard.press("1")
    mark = page.get_by_role("button", name="Mark", exact=True)
    expect(mark).to_be_hidden()
    # What the system does with its own handles ends in a selection.
    page.locator(".text-surface__content").evaluate(
        """(content) => {
          content.dispatchEvent(new PointerEvent("pointerdown", { pointerType: "touch", bubbles: true }));
          getSelection().setBaseAndExtent(content.firstChild, 0, content.firstChild, 3);
        }""")
    mark.click()
    expect(regions(page)).to_have_count(1)
    assert drawn(page)[0]["value"] == {"start": 0, "end": 3, "text": "Ada"}
    expect(mark).to_be_hidden()


def test_T1_a_browser_without_highlights_lays_bars_under_the_spans(signed_in, admin):
    page = signed_in
    page.add_init_script("delete window.Highlight")
    open_task(page, admin, LABELED.format(more=""), {"text": TEXT})
    page.keyboard.press("1")
    at = place_of(page, TEXT, *units(TEXT, "Grace"))
    drag_over(page, at)
    bar = page.locator(".text-surface__bar")
    expect(bar).to_have_count(1)
    box = bar.bounding_box()
    assert abs(box["x"] - at["left"]) < 2 and abs(box["x"] + box["width"] - at["right"]) < 2
    assert box["y"] < at["y"] < box["y"] + box["height"]


@pytest.mark.parametrize("granularity, piece, expected", [
    ("word", "rac", "Grace"), ("sentence", "one", "Last one here."),
])
def test_T1_a_span_is_widened_to_its_granularity(signed_in, admin, granularity, piece, expected):
    page = signed_in
    open_task(page, admin, LABELED.format(more=f' granularity="{granularity}"'), {"text": TEXT})
    page.keyboard.press("1")
    drag_over(page, place_of(page, TEXT, *units(TEXT, piece)))
    expect(regions(page)).to_have_count(1)
    assert drawn(page)[0]["value"]["text"].rstrip(".") == expected.rstrip(".")


@pytest.mark.parametrize("piece", ["Grace", "Nai\u0308ve", "日本語", "end"])
def test_T2_offsets_count_code_points_in_every_script(signed_in, admin, piece):
    page = signed_in
    open_task(page, admin, LABELED.format(more=""), {"text": TEXT})
    page.keyboard.press("1")
    drag_over(page, place_of(page, TEXT, *units(TEXT, piece)))
    expect(regions(page)).to_have_count(1)
    value = drawn(page)[0]["value"]
    assert TEXT[value["start"]:value["end"]] == value["text"] == piece


def test_T2_the_ends_of_a_span_are_moved(signed_in, admin):
    page = signed_in
    start, end = TEXT.index("Grace"), TEXT.index("Grace") + 5
    task = open_task(page, admin, LABELED.format(more=""), {"text": TEXT})
    page.keyboard.press("1")
    drag_over(page, place_of(page, TEXT, *units(TEXT, "Grace")))
    regions(page).first.click()
    handle = page.get_by_role("slider", name="End of the span")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert drawn(page)[0]["value"] == {"start": start, "end": end - 2, "text": "Gra"}
    box = page.get_by_role("slider", name="Start of the span").bounding_box()
    at = place_of(page, TEXT, *units(TEXT, "met"))
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(at["left"] + 1, at["y"], steps=8)
    page.mouse.up()
    assert drawn(page)[0]["value"]["text"] == "met Gra"
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Submitted").first).to_be_attached()
    (stored,) = admin.value("GET", f"/api/tasks/{task}/annotations/")
    assert stored["result"][0]["value"]["labels"] == ["Person"]


HOSTILE = """<h1 onclick="document.title='hacked'">Ada 🦊 <b>Lovelace</b></h1>
<script>document.title = 'hacked'</script><img src="x" onerror="document.title='hacked'">
<img src="https://example.org/spy.png" alt="map"><iframe src="https://example.org"></iframe>
<a href="javascript:document.title='hacked'">link</a><p style="color: red">She lived in London.</p>
<form action="/x"><button>go</button></form><style>body { display: none }</style>"""
HYPER = """<View><HyperText name="text" value="$text" clickableLinks="true"/>
<HyperTextLabels name="ner" toName="text"><Label value="Person"/></HyperTextLabels></View>"""


def test_T3_html_shows_without_running_or_loading_anything(signed_in, admin):
    page = signed_in
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_task(page, admin, HYPER, {"text": HOSTILE})
    expect(page.get_by_text("She lived in London.")).to_be_visible()
    expect(page.get_by_alt_text(re.compile("not loaded"))).to_have_count(1)
    page.get_by_text("Lovelace").click()
    assert "hacked" not in page.title()
    assert not [url for url in asked if "example.org" in url]
    assert page.locator("iframe, form, script[src='x'], [onclick], [onerror]").count() == 0
    assert page.get_by_text("link", exact=True).get_attribute("href") is None


def test_T3_regions_are_xpaths_with_offsets(signed_in, admin):
    page = signed_in
    task = open_task(page, admin, HYPER, {"text": HOSTILE})
    page.keyboard.press("1")
    box = first_word(page.get_by_text("She lived in London."))
    page.mouse.move(box["left"] + 1, box["y"])
    page.mouse.down()
    page.mouse.move(box["right"] - 1, box["y"], steps=4)
    page.mouse.up()
    expect(regions(page)).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Submitted").first).to_be_attached()
    (stored,) = admin.value("GET", f"/api/tasks/{task}/annotations/")
    value = stored["result"][0]["value"]
    assert (value["start"], value["end"]) == ("/p[1]/text()[1]", "/p[1]/text()[1]")
    assert (value["startOffset"], value["endOffset"]) == (0, 3)
    assert value["hypertextlabels"] == ["Person"] and value["text"] == "She"
    assert value["globalOffsets"]["end"] - value["globalOffsets"]["start"] == 3
    page.reload()
    expect(page.locator(".text-surface__title")).to_have_text("Person")


def test_T4_a_dialogue_is_filtered_marked_across_phrases_and_follows_the_sound(
        signed_in, admin, urls):
    page = signed_in
    said = [{"author": "Ada", "text": "Good morning.", "start": 0, "end": 1},
            {"author": "Grace", "text": "Hello 🦊 Ada.", "start": 1, "end": 2},
            {"author": "Ada", "text": "Goodbye.", "start": 2, "end": 3}]
    open_task(page, admin, """<View><Audio name="audio" value="$audio" sync="text"/>
      <Paragraphs name="text" value="$text" layout="dialogue" sync="audio" contextScroll="true"/>
      <ParagraphLabels name="label" toName="text"><Label value="Greeting"/></ParagraphLabels></View>""",
              {"audio": urls["talk.wav"], "text": said})
    page.keyboard.press("1")
    first = first_word(page.get_by_text("Good morning."))
    last = place_of(page, "Hello 🦊 Ada.", 0, 8)
    page.mouse.move(first["left"] + 1, first["y"])
    page.mouse.down()
    page.mouse.move(last["right"] - 1, last["y"], steps=8)
    page.mouse.up()
    expect(regions(page)).to_have_count(1)
    assert drawn(page)[0]["value"] == {
        "start": "0", "end": "1", "startOffset": 0, "endOffset": 7,
        "text": "Good morning.\nHello 🦊"}
    page.get_by_role("button", name="Play from 0:01.0").click()
    expect(page.locator(".phrase--current")).to_contain_text("Hello")
    page.get_by_label("Show author").select_option("Grace")
    expect(page.get_by_text("Goodbye.")).to_be_hidden()
    expect(page.get_by_text("Hello 🦊 Ada.")).to_be_visible()


def box_at_rest(page, text):
    """Where a text of a document is, once the page that zooming draws anew has stopped moving."""
    last = None
    for _ in range(50):
        try:
            text.scroll_into_view_if_needed(timeout=1000)
            box = text.bounding_box(timeout=1000)
        except Error:  # It was drawn anew just now.
            box = None
        if box and box == last:
            return box
        last = box
        page.wait_for_timeout(100)
    raise AssertionError("the page never came to rest")


def test_T5_a_pdf_is_read_searched_and_marked(signed_in, admin, urls):
    page = signed_in
    open_task(page, admin, """<View><Pdf name="pdf" value="$pdf"/><OcrLabels name="ocr" toName="pdf">
      <Label value="Amount"/></OcrLabels></View>""", {"pdf": urls["paper.pdf"]})
    expect(page.get_by_text("Invoice page 1")).to_be_attached()
    search = page.get_by_label("Search the document")
    search.fill("page 3")
    search.press("Enter")
    expect(page.get_by_text("Found on page 3")).to_be_visible()
    expect(page.get_by_label("Page", exact=True)).to_have_value("3")
    page.get_by_role("button", name="Zoom out").last.click()
    page.keyboard.press("1")
    box = box_at_rest(page, page.get_by_text("Total amount 123.50"))
    page.mouse.move(box["x"] - 4, box["y"] - 3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 4, box["y"] + box["height"] + 3, steps=6)
    page.mouse.up()
    expect(regions(page)).to_have_count(1)
    value = drawn(page)[0]["value"]
    assert value["ocrtext"] == "Total amount 123.50" and value["pageIndex"] == 2
    assert 0 < value["x"] < 30 and 10 < value["y"] < 25 and value["rotation"] == 0
    # Turned, the box stays where it is on the page.
    page.get_by_role("button", name="Turn").click()
    assert drawn(page)[0]["value"] == value


def test_T6_a_table_sorts_and_shows_every_kind_of_json(signed_in, admin):
    page = signed_in
    open_task(page, admin, """<View><Table name="rows" value="$rows"/><Table name="pairs"
      value="$pairs"/><Choices name="ok" toName="rows"><Choice value="Yes"/></Choices></View>""",
              {"rows": [{"name": "b", "count": 10}, {"name": "a", "count": 9, "extra": {"x": 1}}],
               "pairs": {"Zeta": 1, "alpha": "<b>"}})
    rows = page.get_by_role("region", name="rows")
    expect(rows.get_by_role("row").nth(1)).to_contain_text("b")
    rows.get_by_role("button", name="count").click()
    expect(rows.get_by_role("row").nth(1)).to_contain_text("9")
    expect(rows.get_by_role("columnheader", name="count")).to_have_attribute("aria-sort", "ascending")
    rows.get_by_role("button", name="count").click()
    expect(rows.get_by_role("row").nth(1)).to_contain_text("10")
    expect(rows.get_by_text('{"x":1}')).to_be_visible()
    expect(page.get_by_role("region", name="pairs").get_by_role("row").nth(1)).to_contain_text("<b>")


def test_P6_a_long_text_with_many_spans_is_shown_and_scrolls(signed_in, admin):
    page = signed_in
    words = "lorem ipsum dolor sit amet 🦊 consectetur "
    text = (words * (300_000 // len(words) + 1))[:300_000]
    spans = [{"id": f"s{i}", "from_name": "entity", "to_name": "text", "type": "labels",
              "value": {"start": i * 140, "end": i * 140 + 200, "labels": ["Person"],
                        "text": text[i * 140:i * 140 + 200]}} for i in range(2000)]
    project = admin.make_project("Long", LABELED.format(more=""))
    made = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true", json=[
        {"data": {"text": text}, "annotations": [{"result": spans}]}])
    page.goto(f"/projects/{project}/tasks/{made['task_ids'][0]}")
    expect(page.locator(".text-surface__title").first).to_be_attached()
    assert len(drawn(page)) == 2000
    # Only titles in view exist, however many spans there are.
    assert page.locator(".text-surface__title").count() <= 300
    slow = page.evaluate(
        """async () => {
          const stage = document.getElementById("stage");
          const times = [];
          let last = performance.now();
          for (let i = 0; i < 40; i += 1) {
            stage.scrollTop += 400;
            await new Promise(requestAnimationFrame);
            const now = performance.now();
            times.push(now - last);
            last = now;
          }
          return times.sort((a, b) => a - b)[Math.floor(times.length * 0.5)];
        }""")
    # The budget of 33 ms (95th of 100) is measured by itself; here the machine does other things too.
    assert slow < 250, slow
