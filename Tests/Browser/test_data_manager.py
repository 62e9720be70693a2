"""The data manager: long lists, filters, orders, views, actions on all that are chosen."""

import json
import re

import budgets
import pytest
from playwright.sync_api import expect

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>"""


def make_project(admin, count, title="Rows"):
    project = admin.make_project(title, CONFIG)
    tasks = [{"text": f"Sentence {i}", "city": "Wien" if i % 3 else "Graz", "size": i}
             for i in range(count)]
    for start in range(0, count, 10_000):
        admin.value("POST", f"/api/projects/{project}/import", json=tasks[start:start + 10_000])
    return project


@pytest.fixture(scope="module")
def project(admin):
    return make_project(admin, 120)


@pytest.fixture
def page(editor):
    return editor.page


def rows(page):
    return page.get_by_role("region", name="Tasks").locator("tr[data-task]")


def add_filter(page, column, condition, *values):
    page.get_by_role("button", name="Filter", exact=True).click()
    dialog = page.get_by_role("dialog", name="Filter tasks")
    dialog.get_by_label("Column").select_option(label=column)
    dialog.get_by_label("Condition").select_option(label=condition)
    for label, value in values:
        dialog.get_by_label(label, exact=True).fill(value)
    dialog.get_by_role("button", name="Add filter").click()


def test_W2_filters_are_chips_and_stand_in_the_address(page, project):
    page.goto(f"/projects/{project}")
    expect(page.get_by_role("status").filter(has_text="120 tasks")).to_be_visible()
    add_filter(page, "size", "contains", ("Value", "11"))
    expect(page.get_by_role("status").filter(has_text=re.compile("^11 tasks"))).to_be_visible()
    add_filter(page, "city", "is", ("Value", "Graz"))
    expect(page.get_by_role("status").filter(has_text=re.compile("^3 tasks"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("listitem").filter(has_text="city is Graz")).to_be_visible()
    expect(rows(page)).to_have_count(3)
    page.get_by_role("button", name="Remove the filter: size contains 11").click()
    expect(page.get_by_role("status").filter(has_text="40 tasks")).to_be_visible()
    add_filter(page, "ID", "is between", ("From", "0"), ("To", "0"))
    expect(page.get_by_text("No task matches")).to_be_visible()
    page.get_by_role("button", name="Show all tasks").click()
    expect(page.get_by_role("status").filter(has_text="120 tasks")).to_be_visible()


def test_W2_a_column_orders_the_list_and_can_be_hidden(page, project):
    page.goto(f"/projects/{project}")
    head = page.get_by_role("columnheader", name=re.compile("^ID"))
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    first = rows(page).first.get_attribute("data-task")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(rows(page).first).not_to_have_attribute("data-task", first)
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="city").uncheck()
    expect(page.get_by_role("columnheader", name="city")).to_have_count(0)
    # The menu stays for the next one, and so does the place of the keys.
    expect(page.get_by_role("checkbox", name="city")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("columnheader", name="city")).to_be_visible()


def test_W2_a_view_is_saved_shared_duplicated_and_deleted(page, project, admin):
    page.goto(f"/projects/{project}")
    add_filter(page, "city", "is", ("Value", "Graz"))
    page.get_by_role("button", name="Save as view").click()
    page.get_by_role("dialog").get_by_label("Name").fill("In Graz")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    tab = page.get_by_role("navigation", name="Views").get_by_role("button", name="In Graz", exact=True)
    expect(tab).to_have_attribute("aria-current", "page")
    (view,) = admin.value("GET", f"/api/dm/views/?project={project}")
    assert view["data"]["title"] == "In Graz" and len(view["data"]["filters"]["items"]) == 1
    # Whoever gets the address sees the same.
    assert f"tab={view['id']}" in page.url
    page.reload()
    expect(page.get_by_role("status").filter(has_text="40 tasks")).to_be_visible()
    page.get_by_role("button", name="Duplicate view").click()
    expect(page.get_by_role("button", name="In Graz (copy)")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Delete view").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete view").click()
    expect(page.get_by_role("button", name="In Graz (copy)")).to_have_count(0)
    assert len(admin.value("GET", f"/api/dm/views/?project={project}")) == 1
    page.get_by_role("button", name="All tasks", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="120 tasks")).to_be_visible()


def test_W2_an_action_says_how_many_and_is_done_to_all_that_match(page, admin):
    project = make_project(admin, 60, "To delete")
    page.goto(f"/projects/{project}")
    add_filter(page, "city", "is", ("Value", "Graz"))
    expect(rows(page).first).to_be_visible()
    page.get_by_label("Choose all tasks that match").check()
    rows(page).nth(1).get_by_role("checkbox").uncheck()
    expect(page.get_by_text("19 tasks chosen")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Delete tasks…", re.I)).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_contain_text("19 tasks")
    dialog.get_by_role("button", name=re.compile("19 tasks")).click()
    expect(page.get_by_role("status").filter(has_text=re.compile("^1 task$"))).to_be_visible()
    assert admin.value("GET", f"/api/tasks/?project={project}")["total"] == 41


def test_W2_arrow_keys_go_from_row_to_row(page, project):
    page.goto(f"/projects/{project}")
    rows(page).first.get_by_role("link").focus()
    page.keyboard.press("ArrowDown")
    expect(rows(page).nth(1).get_by_role("link")).to_be_focused()


def test_P10_a_hundred_thousand_tasks_scroll_with_few_rows(page, admin):
    project = make_project(admin, 100_000, "Many rows")
    page.goto(f"/projects/{project}")
    expect(page.get_by_role("status").filter(has_text="100,000 tasks")).to_be_visible()
    found = page.evaluate(budgets.SCROLL)
    assert found["most"] <= 100 and found["height"] > 100_000 * 57, found
    assert found["median"] < 33 * 4, found
    page.locator(".task-list").evaluate("(frame) => { frame.scrollTop = frame.scrollHeight; }")
    last = page.locator('tr[aria-rowindex="100001"][data-task]')
    expect(last).to_be_visible()
    assert "Sentence 99999" in last.inner_text(), json.dumps(last.inner_text())
