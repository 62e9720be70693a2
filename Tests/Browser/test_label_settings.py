"""Labels are renamed and made one from the settings of a project that is in use."""

import re

import pytest
from playwright.sync_api import expect

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="kind" toName="text"><Choice value="car"/><Choice value="bus"/></Choices>
<Labels name="part" toName="text"><Label value="word"/></Labels></View>"""


def chosen(value):
    return [{"from_name": "kind", "to_name": "text", "type": "choices", "value": {"choices": [value]}}]


@pytest.fixture
def project(admin):
    made = admin.make_project("Settings of labels", CONFIG)
    admin.value("POST", f"/api/projects/{made}/import", json=[
        {"data": {"text": "a"}, "annotations": [{"result": chosen(value)}]}
        for value in ("car", "car", "bus")])
    return made


def test_a_label_is_made_one_with_another_after_a_look_at_what_changes(signed_in, admin, project):
    page = signed_in
    page.goto(f"/projects/{project}/settings/interface")
    page.get_by_label("Control").select_option("part")
    expect(page.get_by_label("Label", exact=True).get_by_role("option")).to_have_text(["word"])
    page.get_by_label("Control").select_option("kind")
    page.get_by_label("Label", exact=True).select_option("car")
    page.get_by_label("New name").fill("bus")
    page.get_by_role("button", name="Show what changes").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 results of 2 annotations, 0 drafts, 0 predictions")
    dialog.get_by_role("button", name="Cancel").click()
    assert admin.value("GET", f"/api/projects/{project}/")["label_config"] == CONFIG

    page.get_by_role("button", name="Show what changes").click()
    dialog.get_by_role("button", name="Change the label").click()
    expect(page.get_by_text(re.compile("Label changed in 2 results"))).to_be_visible()
    expect(page.get_by_label("Label", exact=True).get_by_role("option")).to_have_text(["bus"])
    assert "car" not in admin.value("GET", f"/api/projects/{project}/")["label_config"]
    summary = admin.value("GET", f"/api/projects/{project}/summary/")
    assert summary["created_labels"] == {"kind": {"bus": 3}}


def test_what_cannot_be_changed_is_told_on_the_page(signed_in, project):
    page = signed_in
    page.goto(f"/projects/{project}/settings/interface")
    page.get_by_label("New name").fill("car")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("“car” has that name already.")).to_be_visible()
