"""What every page owes: an address of its own, the way back, a word while it loads, a second try."""

import os
import re

import pytest
from conftest import listen, sign_in
from playwright.sync_api import expect

SLACK = 4 * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
PAGES = {
    "/projects": "Projects",
    "/projects/new": "New project",
    "/projects/{sample}": None,
    "/projects/{sample}/settings": None,
    "/projects/{sample}/settings/interface": None,
    "/projects/{sample}/settings/instructions": None,
    "/projects/{sample}/settings/annotation": None,
    "/projects/{sample}/settings/models": None,
    "/projects/{sample}/settings/storages": None,
    "/projects/{sample}/settings/webhooks": None,
    "/projects/{sample}/settings/members": None,
    "/projects/{sample}/plugins": None,
    "/projects/{sample}/trash": None,
    "/projects/deleted": "Deleted projects",
    "/plugins": "Plugins",
    "/users": "Users",
    "/account": "Account",
}


@pytest.fixture(scope="module")
def sample(admin):
    return admin.value("POST", "/api/projects/sample")


@pytest.fixture
def heading(editor, sample):
    def of(path):
        return editor.page.get_by_role("heading", level=1, name=PAGES[path] or sample["title"])
    return of


@pytest.mark.parametrize("path", PAGES)
def test_W10_a_page_opens_by_its_address_and_back_leads_back(editor, sample, heading, path):
    page = editor.page
    page.goto("/account" if path != "/account" else "/projects")
    before = page.url
    page.goto(path.format(sample=sample["id"]))
    expect(heading(path)).to_be_visible()
    page.reload()
    expect(heading(path)).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Projects").first.click()
    expect(page.get_by_role("heading", level=1, name="Projects")).to_be_visible()
    if path != "/projects":
        page.go_back()
        expect(heading(path)).to_be_visible()
        page.go_back()
        page.wait_for_url(before)


def test_W10_a_page_that_loads_says_so_at_once(editor, heading):
    page = editor.page
    page.goto("/account")
    expect(heading("/account")).to_be_visible()
    held = []
    page.route("**/api/**", lambda route: held.append(route))
    waited = page.evaluate("""async () => {
      const started = performance.now();
      document.querySelector('nav a[href="/projects"]').click();
      while (!document.querySelector(".skeleton") && performance.now() - started < 5000)
        await new Promise(requestAnimationFrame);
      return performance.now() - started;
    }""")
    for route in held:
        route.continue_()
    page.unroute("**/api/**")
    assert waited <= 100 * SLACK, waited


@pytest.mark.parametrize("path", [p for p in PAGES if p not in ("/account", "/projects/new")])
def test_W10_a_page_that_failed_is_tried_again(editor, sample, heading, path):
    page = editor.page
    failing = re.compile(r"://[^/]+/api/(projects|plugins|users|tags|dm|trash)")
    page.route(failing, lambda route: route.fulfill(
        status=503, json={"detail": "Out for a moment.", "code": "unavailable"}))
    page.goto(path.format(sample=sample["id"]))
    retry = page.get_by_role("button", name="Try again").first
    expect(retry).to_be_visible()
    expect(page.get_by_text("Out for a moment.").first).to_be_visible()
    page.unroute(failing)
    retry.click()
    expect(heading(path)).to_be_visible()


def test_W10_what_was_typed_outlives_the_session(
        admin, browser, browser_context_args, base_url):
    project = admin.make_project("Typed", "<View><Text name='text' value='$text'/></View>")
    context = browser.new_context(**{**browser_context_args, "base_url": base_url})
    page = context.new_page()
    complaints = []
    listen(page, complaints)
    sign_in(page)
    page.goto(f"/projects/{project}/settings")
    name = page.get_by_label("Name", exact=True)
    name.fill("Typed in a session that ended")
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Your session has ended")).to_be_visible()
    dialog.get_by_label("Email").fill("admin@example.org")
    dialog.get_by_label("Password", exact=True).fill("correct horse")
    dialog.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(re.compile("Saved|saved")).first).to_be_visible()
    assert admin.value("GET", f"/api/projects/{project}/")["title"] == "Typed in a session that ended"
    context.close()
    assert not complaints, complaints
