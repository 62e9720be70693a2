"""The export dialog: finding a format, and snapshots that stay."""

import hashlib

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
    dialog.get_by_role("radio", name="JSON", exact=True).check()
    with editor.page.expect_download() as waiting:
        entry.get_by_role("link", name="Download").click()
    content = open(waiting.value.path(), "rb").read()
    assert hashlib.md5(content).hexdigest() in entry.inner_text()
    entry.get_by_role("button", name="Delete").click()
    expect(dialog.get_by_text("There is none yet.")).to_be_visible()
