"""The trash: what was deleted, who did it, and the way back."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Good"/></Choices></View>"""
ANSWER = [{"id": "a", "from_name": "mood", "to_name": "text", "type": "choices",
           "value": {"choices": ["Good"]}}]


def barriers(page):
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found
            if v["impact"] in ("serious", "critical")]


@pytest.fixture
def project(admin):
    made = admin.make_project("Things to lose", CONFIG)
    admin.value("POST", f"/api/projects/{made}/import", json=[{"text": f"t{i}"} for i in range(4)])
    tasks = admin.value("GET", f"/api/tasks/?project={made}")["tasks"]
    for task in tasks[:2]:
        admin.value("POST", f"/api/tasks/{task['id']}/annotations/", json={"result": ANSWER})
    return made, [task["id"] for task in tasks]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_deleted_tasks_and_annotations_come_back(editor, admin, project, scheme):
    page, (made, tasks) = editor.page, project
    page.emulate_media(color_scheme=scheme)
    kept = admin.value("GET", f"/api/tasks/{tasks[1]}/annotations/")[0]["id"]
    admin.delete(f"/api/annotations/{kept}/")
    admin.value("POST", f"/api/dm/actions?project={made}&id=delete_tasks",
                json={"selectedItems": {"all": False, "included": tasks[2:]}})
    page.goto(f"/projects/{made}")
    page.get_by_role("navigation", name="Project").get_by_role("link", name="Trash").click()
    items = page.get_by_role("list", name="Deleted").get_by_role("listitem")
    expect(items).to_have_count(2)
    expect(items.nth(0)).to_contain_text("2 tasks")
    expect(items.nth(1)).to_contain_text("Annotation of task 2")
    expect(items.nth(1)).to_contain_text(re.compile("Deleted by admin@example.org.*gone for good on"))
    assert not barriers(page)
    page.get_by_role("button", name="Restore 2 tasks").click()
    expect(page.get_by_text("2 tasks are back.")).to_be_visible()
    page.get_by_role("button", name="Restore Annotation of task 2").click()
    expect(page.get_by_role("heading", name="The trash is empty")).to_be_visible()
    assert [t["id"] for t in admin.value("GET", f"/api/tasks/?project={made}")["tasks"]] == tasks
    assert admin.value("GET", f"/api/annotations/{kept}/")["result"] == ANSWER


def test_the_trash_is_emptied_on_a_second_word(editor, admin, project):
    page, (made, tasks) = editor.page, project
    admin.delete(f"/api/tasks/{tasks[0]}/")
    page.goto(f"/projects/{made}/trash")
    page.get_by_role("button", name="Empty the trash…").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("list", name="Deleted").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Empty the trash…").click()
    page.get_by_role("dialog").get_by_role("button", name="Empty the trash").click()
    expect(page.get_by_role("heading", name="The trash is empty")).to_be_visible()
    expect(page.get_by_role("button", name="Empty the trash…")).to_be_hidden()
    assert admin.value("GET", f"/api/projects/{made}/trash")["entries"] == []


def test_a_deleted_project_comes_back_with_everything(editor, admin, project):
    page, (made, tasks) = editor.page, project
    page.goto(f"/projects/{made}/settings")
    page.get_by_role("button", name="Delete project…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete project").click()
    page.get_by_role("button", name="Deleted projects").click()
    expect(page.get_by_role("heading", level=1, name="Deleted projects")).to_be_visible()
    assert admin.get(f"/api/projects/{made}/").status_code == 404
    item = page.get_by_role("listitem").filter(has_text="Things to lose").first
    item.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("The project is back.")).to_be_visible()
    assert admin.value("GET", f"/api/projects/{made}/")["task_number"] == 4
    assert admin.value("GET", f"/api/tasks/{tasks[0]}/")["annotations"]


def test_an_administrator_says_how_long_it_is_kept(editor, admin):
    page = editor.page
    page.goto("/projects/deleted")
    days = page.get_by_label("Days until what was deleted is gone for good")
    expect(days).to_have_value("30")
    days.fill("7")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert admin.value("GET", "/api/trash")["days"] == 7
    admin.value("PATCH", "/api/trash", json={"days": 30})


def test_a_deletion_in_the_list_is_taken_back_at_once(editor, admin, project):
    page, (made, tasks) = editor.page, project
    page.goto(f"/projects/{made}")
    page.get_by_label("Choose all tasks that match").check()
    page.get_by_role("button", name=re.compile("^Delete tasks…", re.I)).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Delete tasks", re.I)).click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    assert admin.value("GET", f"/api/tasks/?project={made}")["tasks"] == []
    undo.click()
    expect(page.get_by_text("4 tasks are back.")).to_be_visible()
    assert [t["id"] for t in admin.value("GET", f"/api/tasks/?project={made}")["tasks"]] == tasks
