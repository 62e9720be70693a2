"""What is answered: choices, trees, numbers, dates, texts, rankings, conversations."""

import pytest
from filling import Pointer, group, regions
from media import make_media
from playwright.sync_api import expect
from test_documents import open_task


@pytest.fixture(scope="module")
def urls(media_root):
    return make_media(media_root)


def submit(page, admin, task):
    """What was stored, by control."""
    with page.expect_response(lambda r: "/annotations/" in r.url and r.request.method == "POST"):
        page.keyboard.press("Control+Enter")
    (stored,) = admin.value("GET", f"/api/tasks/{task}/annotations/")
    return {result["from_name"]: result["value"] for result in stored["result"]}


CHOICES = """<View><Text name="t" value="$t"/>
<Choices name="one" toName="t"><Choice value="A"/><Choice value="B" alias="bee"/></Choices>
<Choices name="many" toName="t" choice="multiple" layout="inline"><Choice value="X" selected="true"/>
  <Choice value="Y" html="&lt;b&gt;why&lt;/b&gt;"/></Choices>
<Choices name="picked" toName="t" layout="select"><Choice value="S1"/><Choice value="S2"/></Choices>
<Choices name="tree" toName="t" choice="multiple" allowNested="true"><Choice value="P">
  <Choice value="Q"/><Choice value="R"/></Choice></Choices></View>"""


def test_C1_choices_of_every_kind(signed_in, admin):
    page = signed_in
    task = open_task(page, admin, CHOICES, {"t": "text"})
    one = group(page, "one")
    one.get_by_label("B").check()
    one.get_by_label("B").click()  # a single choice can be taken back
    expect(one.get_by_label("B")).not_to_be_checked()
    one.get_by_label("B").check()
    expect(group(page, "many").get_by_label("X")).to_be_checked()
    expect(group(page, "many").locator("b", has_text="why")).to_be_visible()
    page.get_by_label("picked").select_option("S2")
    group(page, "tree").get_by_label("P").check()
    expect(group(page, "tree").get_by_label("R")).to_be_checked()
    page.keyboard.press("Control+z")
    expect(group(page, "tree").get_by_label("R")).not_to_be_checked()
    group(page, "tree").get_by_label("P").check()
    group(page, "tree").get_by_label("Q").uncheck()
    values = submit(page, admin, task)
    assert values["one"] == {"choices": ["bee"]} and values["many"] == {"choices": ["X"]}
    assert values["picked"] == {"choices": ["S2"]}
    assert values["tree"] == {"choices": [["P", "R"]]}


FORM = """<View><Text name="t" value="$t"/>
<Rating name="stars" toName="t" maxRating="5"/>
<Number name="size" toName="t" min="1" max="10" step="0.5" slider="true"/>
<Number name="usual" toName="t" defaultValue="7"/>
<DateTime name="day" toName="t" only="date" format="%d.%m.%Y"/>
<DateTime name="clock" toName="t" only="time"/>
<DateTime name="year" toName="t" only="year" format="%Y"/>
<TextArea name="notes" toName="t" rows="1" editable="true" maxSubmissions="2" skipDuplicates="true">
  <Shortcut alias="Dash" value="—" hotkey="alt+q"/></TextArea>
<TextArea name="title" toName="t" maxSubmissions="1"/></View>"""


def test_C1_numbers_dates_ratings_and_texts(signed_in, admin):
    page = signed_in
    task = open_task(page, admin, FORM, {"t": "text"})
    stars = group(page, "stars")
    stars.locator("label").nth(3).click()
    expect(stars.get_by_text("4 / 5")).to_be_visible()
    stars.locator("label").nth(3).click()
    expect(stars.get_by_text("4 / 5")).to_be_hidden()
    stars.locator("label").nth(2).click()
    size = page.get_by_label("size", exact=True)
    size.fill("99")
    expect(page.get_by_text("99 is above 10.")).to_be_visible()
    page.keyboard.press("Control+Enter")
    assert admin.value("GET", f"/api/tasks/{task}/annotations/") == []
    size.fill("2.5")
    expect(page.get_by_label("size, slider")).to_have_value("2.5")
    page.get_by_label("day").fill("2024-03-05")
    page.get_by_label("clock").fill("13:45")
    page.get_by_label("year").fill("1999")
    notes = page.get_by_label("notes", exact=True)
    notes.fill("one")
    notes.press("Enter")
    notes.fill("one")
    notes.press("Enter")
    expect(group(page, "notes").get_by_role("listitem")).to_have_count(1)
    notes.fill("two")
    notes.press("Alt+q")
    expect(notes).to_have_value("two—")
    notes.press("Enter")
    expect(notes).to_be_hidden()  # two are enough
    page.get_by_label("notes, entry 1").fill("first")
    page.get_by_label("title").fill("A title")
    values = submit(page, admin, task)
    assert values == {
        "stars": {"rating": 3}, "size": {"number": 2.5}, "usual": {"number": 7},
        "day": {"datetime": "05.03.2024"}, "clock": {"datetime": "13:45"},
        "year": {"datetime": "1999"}, "notes": {"text": ["first", "two—"]},
        "title": {"text": ["A title"]}}
    page.reload()
    expect(page.get_by_label("day")).to_have_value("2024-03-05")
    expect(page.get_by_label("year")).to_have_value("1999")
    expect(stars.get_by_text("3 / 5")).to_be_visible()


def test_C1_a_taxonomy_is_searched_loaded_piece_by_piece_and_stays_small(signed_in, admin):
    page = signed_in

    def items(route):
        if "path=" in route.request.url:
            route.fulfill(json={"items": [{"value": "Leaf", "isLeaf": True}]})
        else:
            many = [{"value": f"Item {i}", "isLeaf": True} for i in range(30_000)]
            route.fulfill(json={"items": [{"value": "Branch", "isLeaf": False}, *many]})

    page.route("**/taxonomy-items*", items)
    task = open_task(page, admin, """<View><Text name="t" value="$t"/><Taxonomy name="kind" toName="t"
      apiUrl="/taxonomy-items" showFullPath="true" maxUsages="2"/></View>""", {"t": "text"})
    tree = page.get_by_role("tree")
    expect(tree.get_by_role("treeitem", name="Branch")).to_be_visible()
    assert tree.get_by_role("treeitem").count() < 40
    tree.focus()
    page.keyboard.press("ArrowRight")
    expect(tree.get_by_role("treeitem", name="Leaf")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.get_by_label("kind: search").fill("item 27123")
    tree.get_by_role("treeitem", name="Item 27123").click()
    expect(page.get_by_role("list", name="Chosen").get_by_role("listitem")).to_have_count(2)
    page.get_by_label("kind: search").fill("item 5")
    tree.get_by_role("treeitem").nth(1).click()
    expect(page.get_by_text("Only 2 can be chosen.").first).to_be_visible()
    assert submit(page, admin, task)["kind"] == {"taxonomy": [["Branch", "Leaf"], ["Item 27123"]]}


BUCKETS = """<View><List name="items" value="$items" title="Items"/><Ranker name="rank" toName="items">
<Bucket name="good" title="Good"/><Bucket name="bad" title="Bad"/></Ranker></View>"""
ITEMS = [{"id": 1, "title": "One"}, {"id": "two", "body": "Second"}, {"id": "3", "html": "<i>Third</i>"}]


def test_C2_items_are_sorted_into_buckets_by_drag_and_by_keys(signed_in, admin):
    page = signed_in
    task = open_task(page, admin, BUCKETS, {"items": ITEMS})
    good = page.get_by_role("listbox", name="Good")
    a = page.get_by_role("option", name="One").bounding_box()
    b = good.bounding_box()
    Pointer(page).drag(a["x"] + 40, a["y"] + 20, b["x"] + 40, b["y"] + 40)
    expect(good.get_by_role("option", name="One")).to_be_visible()
    second = page.get_by_role("option", name="Second")
    second.focus()
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    expect(page.get_by_role("listbox", name="Bad").get_by_role("option", name="Second")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(good.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Control+Shift+KeyZ")
    assert submit(page, admin, task)["rank"] == {
        "ranker": {"_": ["3"], "good": ["1"], "bad": ["two"]}}


def test_C2_of_a_pair_the_better_is_pressed(signed_in, admin):
    page = signed_in
    task = open_task(page, admin, """<View><Pairwise name="pw" toName="a,b"/><Text name="a" value="$a"/>
      <Text name="b" value="$b"/></View>""", {"a": "left answer", "b": "right answer"})
    page.get_by_text("right answer").click()
    second = page.get_by_role("button", name="Second is better →")
    expect(second).to_have_attribute("aria-pressed", "true")
    second.click()
    expect(second).to_have_attribute("aria-pressed", "false")
    page.get_by_text("left answer").click()
    submit(page, admin, task)
    (stored,) = admin.value("GET", f"/api/tasks/{task}/annotations/")
    (result,) = stored["result"]
    assert (result["from_name"], result["to_name"]) == ("pw", "pw")
    assert result["value"] == {"selected": "left"}


def test_C3_a_conversation_is_written_changed_and_rated(signed_in, admin):
    page = signed_in
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    task = open_task(page, admin, """<View><Chat name="chat" value="$chat" minMessages="4" maxMessages="4"
      editable="true"/><View visibleWhen="region-selected" whenRole="assistant"><Rating name="quality"
      toName="chat" perRegion="true"/></View></View>""", {"chat": [
        {"role": "user", "content": "Show **bold** and ![spy](https://example.org/spy.png)"},
        {"role": "assistant", "content": "<img src=x onerror=alert(1)> is text.\n\n| a | b |\n|-|-|\n| 1 | 2 |"}]})
    messages = page.locator(".message")
    expect(messages).to_have_count(2)
    expect(messages.first.locator("strong")).to_have_text("bold")
    expect(messages.nth(1).get_by_role("cell", name="2")).to_be_visible()
    assert page.locator(".message img").count() == 0
    assert not [url for url in asked if "example.org" in url]
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("needs at least 4 messages").first).to_be_visible()
    for text in ("One more question", "And its answer"):
        page.get_by_label("Message", exact=True).fill(text)
        page.get_by_label("Message", exact=True).press("Enter")
    expect(messages).to_have_count(4)
    expect(page.get_by_label("Message", exact=True)).to_be_hidden()
    messages.nth(3).get_by_role("button", name="Edit").click()
    page.get_by_label("Change the message").fill("And a better answer")
    page.get_by_label("Change the message").press("Enter")
    expect(messages.nth(3)).to_contain_text("And a better answer")
    messages.nth(2).click(position={"x": 10, "y": 10})
    expect(group(page, "quality")).to_be_hidden()
    messages.nth(3).click(position={"x": 10, "y": 10})
    group(page, "quality").locator("label").nth(4).click()
    with page.expect_response(lambda r: "/annotations/" in r.url and r.request.method == "POST"):
        page.keyboard.press("Control+Enter")
    (stored,) = admin.value("GET", f"/api/tasks/{task}/annotations/")
    said = [r for r in stored["result"] if r["type"] == "chatmessage"]
    assert [(r["from_name"], r["to_name"]) for r in said] == [("chat", "chat")] * 4
    last = said[3]["value"]["chatmessage"]
    assert (last["role"], last["content"]) == ("assistant", "And a better answer")
    (rating,) = [r for r in stored["result"] if r["type"] == "rating"]
    assert rating["id"] == said[3]["id"] and rating["value"]["rating"] == 5
    page.reload()
    expect(messages).to_have_count(4)
    expect(regions(page)).to_have_count(4)
