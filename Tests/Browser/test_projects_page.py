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


def templates_of(page):
    """The config of each template, by its title, as the page itself holds them."""
    return page.evaluate("""async () => {
      const app = document.querySelector('script[type="module"]').src;
      const { categories } = await import(new URL("pages/templates.js", app));
      return categories.flatMap(({ title, templates }) => templates.map((one) => [title, one.title, one.config]));
    }""")


def test_W1_every_template_is_a_config_that_the_server_takes_and_the_page_can_show(editor, admin):
    page = editor.page
    page.goto("/projects/new")
    found = templates_of(page)
    assert len(found) >= 20 and len({title for _, title, _ in found}) == len(found)
    plugins = [one["id"] for one in admin.value("GET", "/api/plugins") if one["tags"]]
    for kind, title, config in found:
        answer = admin.post("/api/projects/validate-config", json={
            "label_config": config, "enable_plugins": plugins if kind == "By plugins" else []})
        assert answer.status_code < 300, (title, answer.text)
    views = page.evaluate("""async (configs) => {
      await import(new URL("editor/preview.js", document.querySelector('script[type="module"]').src));
      const shown = [];
      for (const config of configs) {
        const view = document.createElement("labeling-preview");
        view.config = config;
        document.body.append(view);
        while (view.shadowRoot.childNodes.length === 0) await new Promise(requestAnimationFrame);
        // A sentence in place of the config says why it cannot be shown.
        shown.push([...view.shadowRoot.children].find((one) => one.matches("p"))?.textContent ?? "");
        view.remove();
      }
      return shown;
    }""", [config for kind, _, config in found if kind != "By plugins"])
    assert views == [""] * len(views)


def test_W1_a_template_is_chosen_by_kind_seen_at_once_and_makes_the_project(editor, admin):
    page = editor.page
    page.goto("/projects/new")
    kinds = page.get_by_role("group", name="Kinds of templates")
    cards = page.get_by_role("group", name="Templates", exact=True)
    expect(kinds.get_by_role("button", name="Images")).to_have_attribute("aria-pressed", "true")
    kinds.get_by_role("button", name="Comparing").press("Enter")
    expect(cards.get_by_role("button", name="Boxes on images")).to_be_hidden()
    cards.get_by_role("button", name="Results of a search").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_text("Looked for")).to_be_visible()
    expect(page.get_by_text("The config is valid.")).to_be_visible()
    page.get_by_label("Name", exact=False).first.fill("Judged results")
    page.get_by_role("button", name="Create project").click()
    page.wait_for_url(lambda url: url.rstrip("/").split("/")[-1].isdigit())
    project = admin.value("GET", f"/api/projects/{page.url.split('/')[-1]}/")
    assert project["title"] == "Judged results" and "relevance" in project["parsed_label_config"]
