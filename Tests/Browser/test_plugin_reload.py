"""A labeling page beside an author's editor: it takes up a changed ES module by itself."""

import subprocess

import pytest
from installation import API, Daemon, distribution
from playwright.sync_api import expect

CONFIG = """<View><Image name="image" value="$image"/>
<LengthLine name="line" toName="image"><Label value="Road"/></LengthLine>
<Choices name="state" toName="image"><Choice value="Paved"/></Choices></View>"""
PLUGIN = "org.example.length-line"


@pytest.fixture
def authored(tmp_path):
    """A tag's sources, and a daemon that follows them."""
    source = tmp_path / "length-line"
    subprocess.run([distribution() / "bin/postil", "plugin", "new", "tag", "length-line",
                    "--directory", source], check=True, capture_output=True)
    mark(source, "one")
    daemon = Daemon(tmp_path / "data", ["--plugin-dev", str(source)])
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    yield source, daemon, API(daemon.url, token)
    assert daemon.stop() == 0


def mark(source, word):
    """Lets the module say which one it is."""
    module = source / "web/length-line.js"
    lines = [line for line in module.read_text().splitlines() if "dataset.module" not in line]
    module.write_text("\n".join([*lines, f'document.documentElement.dataset.module = "{word}";', ""]))


def test_a_changed_module_comes_in_and_the_draft_stays(page, authored):
    source, daemon, api = authored
    page.goto(daemon.url + "/sign-in")
    page.get_by_label("Email").fill("admin@example.org")
    page.get_by_label("Password", exact=True).fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects")
    for _ in range(200):
        if any(p["id"] == PLUGIN and p["state"] == "allowed" for p in api.value("GET", "/api/plugins")):
            break
        page.wait_for_timeout(100)
    project = api.value("POST", "/api/projects/", json={
        "title": "Roads", "label_config": CONFIG, "enable_plugins": [PLUGIN]})["id"]
    api.value("POST", f"/api/projects/{project}/import", json=[{"image": "/static/none.png"}])

    page.goto(f"{daemon.url}/projects/{project}/label")
    root = page.locator("html")
    expect(root).to_have_attribute("data-module", "one")
    page.get_by_label("Paved").check()

    mark(source, "two")
    expect(root).to_have_attribute("data-module", "two", timeout=30_000)
    expect(page.get_by_label("Paved")).to_be_checked()

    code = source / "length_line.c"
    code.write_text(code.read_text() + "\nthis is no C\n")
    expect(page.get_by_text("does not build", exact=False)).to_be_visible(timeout=30_000)
    expect(root).to_have_attribute("data-module", "two")
