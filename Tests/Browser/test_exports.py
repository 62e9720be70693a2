"""The export dialog: finding a format, and snapshots that stay."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Good"/></Choices></View>"""


@pytest.fixture
def dialog(editor, admin):
    project = admin.make_project("Exports", CONFIG)
    admin.value("POST", f"/api/projects/{project}/import", json=[{"text": "one"}, {"text": "two"}])
    editor.page.goto(f"/projects/{project}")
    editor.page.get_by_role("button", name="Export").first.click()
    return editor.page.get_by_role("dialog", name="Export")


def test_W7_formats_are_found_by_name(dialog):
    expect(dialog.get_by_role("radio", name="CSV", exact=True)).to_be_visible()
    dialog.get_by_label("Find a format").fill("csv")
    expect(dialog.get_by_role("radio", name="CSV", exact=True)).to_be_visible()
    expect(dialog.get_by_role("radio", name="JSON", exact=True)).to_be_hidden()


def test_W7_a_snapshot_is_made_downloaded_with_its_checksum_and_deleted(editor, dialog):
    expect(dialog.get_by_role("radio", name="JSON", exact=True)).to_be_visible()
    dialog.get_by_text("Snapshots", exact=True).click()
    dialog.get_by_role("button", name="Make a snapshot").click()
    entry = dialog.get_by_role("list", name="Snapshots").get_by_role("listitem").filter(has_text="Ready")
    expect(entry).to_contain_text("2 tasks")
    expect(entry).to_contain_text("admin@example.org")
    with editor.page.expect_download() as waiting:
        entry.get_by_role("link", name="Download JSON").click()
    content = open(waiting.value.path(), "rb").read()
    assert hashlib.md5(content).hexdigest() in entry.inner_text()
    expect(entry).to_contain_text(f"{len(content)} B")
    dialog.get_by_role("radio", name="CSV", exact=True).check()
    entry.get_by_role("button", name="Convert").click()
    converted = entry.get_by_role("list", name="Other formats").get_by_role("listitem")
    expect(converted).to_contain_text(re.compile(r"CSV.*Ready · \d+ B"))
    with editor.page.expect_download() as waiting:
        converted.get_by_role("link", name="Download CSV").click()
    assert waiting.value.suggested_filename.endswith(".csv")
    entry.get_by_role("button", name="Convert").click()
    expect(editor.page.get_by_text("This snapshot has CSV already.")).to_be_visible()
    entry.get_by_role("button", name="Delete").click()
    expect(dialog.get_by_text("There is none yet.")).to_be_visible()


def test_W7_a_conversion_tells_how_far_it_is(editor, dialog):
    """The answers of the server are held at a moment that a real conversion passes too quickly."""
    expect(dialog.get_by_role("radio", name="JSON", exact=True)).to_be_visible()
    dialog.get_by_text("Snapshots", exact=True).click()

    def halfway(route):
        if route.request.method != "GET":
            return route.continue_()
        answer = route.fetch()
        snapshots = answer.json()
        for one in snapshots:
            one["counters"] = {"task_number": 2000}
            one["converted_formats"] = [
                {"id": 99, "status": "in_progress", "export_type": "CSV", "traceback": None,
                 "task_number": 500, "file_size": None}]
        route.fulfill(response=answer, json=snapshots)

    editor.page.route("**/exports/", halfway)
    dialog.get_by_role("button", name="Make a snapshot").click()
    bar = dialog.get_by_role("progressbar", name="CSV: tasks done")
    expect(bar).to_have_attribute("max", "2000")
    assert bar.evaluate("(element) => element.value") == 500
    expect(dialog.get_by_role("list", name="Other formats")).to_contain_text("Being made · 500 of 2,000 tasks")
