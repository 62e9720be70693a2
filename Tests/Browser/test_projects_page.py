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
