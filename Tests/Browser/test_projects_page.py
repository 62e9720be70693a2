"""The list of projects."""

from playwright.sync_api import expect

CONFIG = '<View><Text name="text" value="$text"/></View>'


def test_W1_projects_are_sorted_and_the_order_stays_in_the_address(editor, admin):
    for name in ("beta", "Alpha", "gamma"):
        admin.make_project(f"Sorted {name}", CONFIG)
    page = editor.page
    page.goto("/projects?title=Sorted")
    names = page.get_by_role("heading", level=2)
    expect(names).to_have_text(["Sorted gamma", "Sorted Alpha", "Sorted beta"])
    page.get_by_label("Sort projects").select_option("By name")
    expect(names).to_have_text(["Sorted Alpha", "Sorted beta", "Sorted gamma"])
    page.reload()
    expect(page.get_by_label("Sort projects")).to_have_value("title")
    expect(names).to_have_text(["Sorted Alpha", "Sorted beta", "Sorted gamma"])
    page.get_by_label("Show projects as").select_option("Table")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Sorted Alpha")
    page.get_by_label("Show projects as").select_option("Cards")


def test_W1_an_archived_project_leaves_the_list_and_comes_back(editor, admin):
    for name in ("kept", "old"):
        admin.make_project(f"Shelf {name}", CONFIG)
    page = editor.page
    page.goto("/projects?title=Shelf")
    names = page.get_by_role("heading", level=2)
    expect(names).to_have_text(["Shelf old", "Shelf kept"])
    page.get_by_role("button", name="Archive Shelf old").click()
    expect(names).to_have_text(["Shelf kept"])
    page.get_by_role("button", name="Undo").click()
    expect(names).to_have_text(["Shelf old", "Shelf kept"])
    page.get_by_role("button", name="Archive Shelf old").press("Enter")
    expect(names).to_have_text(["Shelf kept"])
    page.get_by_label("Which projects").select_option("Archived")
    expect(names).to_have_text(["Shelf old"])
    page.reload()
    expect(names).to_have_text(["Shelf old"])
    page.get_by_label("Show projects as").select_option("Table")
    page.get_by_role("button", name="Bring back Shelf old").click()
    expect(page.get_by_text("No project's name contains “Shelf”.")).to_be_visible()
    page.get_by_label("Show projects as").select_option("Cards")
    page.get_by_label("Which projects").select_option("Active")
    expect(names).to_have_text(["Shelf old", "Shelf kept"])
