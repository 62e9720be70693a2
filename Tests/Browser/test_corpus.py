"""Label Studio's own templates: each opens, is filled, is submitted, and opens again as it was."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from corpus import configs, task_for
from filling import Config, Keys, Pointer, fill
from media import make_media
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def urls(media_root):
    return make_media(media_root)


@pytest.fixture(scope="module")
def projects(admin):
    """Project and tasks by template, made when first asked for."""
    return {}


@pytest.fixture(scope="module")
def annotator(browser, browser_context_args):
    """One page for all of them: signing in anew each time would be most of the work."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Email").fill("admin@example.org")
    page.get_by_label("Password", exact=True).fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects")
    yield page
    context.close()


@pytest.fixture
def quiet_page(annotator):
    complaints = []

    def note(message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def fail(error):
        complaints.append(str(error))

    annotator.on("console", note)
    annotator.on("pageerror", fail)
    yield annotator
    annotator.remove_listener("console", note)
    annotator.remove_listener("pageerror", fail)
    assert not complaints, complaints


def task_of(admin, projects, urls, name, place):
    if name not in projects:
        xml, data = task_for(name, urls)
        project = admin.make_project(name[:50], xml)
        made = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                           json=[{"data": data}, {"data": data}])
        projects[name] = (project, made["task_ids"], xml)
    project, tasks, xml = projects[name]
    return project, tasks[place], xml


def assert_no_barrier(page):
    found = Axe().run(page).response["violations"]
    serious = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found
               if v["impact"] in ("serious", "critical")]
    assert not serious, serious


@pytest.mark.parametrize("hand", [Pointer, Keys])
@pytest.mark.parametrize("name", configs())
def test_a_template_is_filled_and_opens_again(quiet_page, admin, projects, urls, name, hand):
    page = quiet_page
    project, task, xml = task_of(admin, projects, urls, name, 0 if hand is Pointer else 1)
    config = Config(xml)
    page.goto(f"/projects/{project}/tasks/{task}")
    page.wait_for_function("() => window.__editor && !document.body.innerText.includes('Loading…')")
    for tag, attributes in config.tags:
        if tag in ("Audio", "Video", "TimeSeries", "Pdf"):
            expect(page.locator(f"[data-name='{attributes['name']}'] [tabindex='0']").first
                   ).to_be_visible()
    expect(page.get_by_role("note")).to_have_count(0)
    fill(hand(page), config)
    if hand is Pointer:
        assert_no_barrier(page)
    with page.expect_response(lambda r: "/annotations/" in r.url and r.request.method == "POST"):
        hand(page).submit()
    (stored,) = admin.value("GET", f"/api/tasks/{task}/annotations/")
    kinds = {result["type"] for result in stored["result"]}
    expected = {tag.lower() for tag, _, _ in config.markers} | {
        tag.lower() for tag, _ in config.answers(per_region=False)}
    if config.chat():
        expected.add("chatmessage")
    assert expected <= kinds, stored["result"]
    page.reload()
    page.wait_for_function("() => (window.__editor?.resultText() ?? '[]') !== '[]'")
    assert json.loads(page.evaluate("() => window.__editor.resultText()")) == stored["result"]
    # What is read is understood, not merely kept.
    unread = page.evaluate("() => window.__editor.regions().filter(({ value }) => value === null)")
    assert unread == []
