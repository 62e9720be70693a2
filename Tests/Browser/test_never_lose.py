"""Work survives what happens to networks, servers, tabs and sessions, and is stored once."""

import os
import random
import re
import socket

import pytest
from conftest import sign_in
from editing import Editor, picture
from installation import API, Daemon
from playwright.sync_api import expect

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels></View>"""
# Tasks of the chaos test; the acceptance run takes 200.
CHAOS_TASKS = int(os.environ.get("POSTIL_CHAOS_TASKS", "5"))


@pytest.fixture(scope="module")
def tasks(shared_editor, media_root):
    image = picture(media_root / "kept", "disc.png")
    return shared_editor.project(CONFIG, *[{"image": image}] * 8, title="Kept")


def draw(editor, place):
    tool = editor.page.get_by_role("button", name="Rectangle", exact=True)
    if tool.get_attribute("aria-pressed") != "true":
        editor.press("1")
    editor.drag(place, (place[0] + 10, place[1] + 10), steps=3)


def state(editor):
    return editor.page.locator(".save-state")


def test_R8_what_was_drawn_without_a_network_is_there_after_the_tab_was_closed(
        editor, tasks, admin, browser, browser_context_args, base_url):
    project, (task, *_) = tasks
    context = browser.new_context(**{**browser_context_args, "base_url": base_url})
    page = context.new_page()
    sign_in(page)
    away = Editor(page, admin).open(project, task)
    context.set_offline(True)
    draw(away, (20, 20))
    draw(away, (50, 50))
    away.press("Control+z", "Control+Shift+KeyZ")
    expect(state(away)).to_have_text(re.compile("Kept in this browser"))
    page.close()
    assert admin.value("GET", f"/api/tasks/{task}/")["drafts"] == []
    context.set_offline(False)
    back = Editor(context.new_page(), admin).open(project, task)
    back.expect_regions(2)
    expect(state(back)).to_have_text("Draft saved")
    context.close()
    (draft,) = admin.value("GET", f"/api/tasks/{task}/")["drafts"]
    assert len(draft["result"]) == 2


def test_R8_an_answer_given_without_a_network_is_sent_when_it_is_back(editor, tasks, admin):
    project, (_, task, *_) = tasks
    editor.open(project, task)
    draw(editor, (20, 20))
    editor.page.context.set_offline(True)
    editor.press("Control+Enter")
    expect(editor.page.locator(".toast", has_text="Your answer is kept here")).to_be_visible()
    editor.page.context.set_offline(False)
    expect(editor.page.get_by_text("Submitted").first).to_be_visible()
    assert len(admin.value("GET", f"/api/tasks/{task}/annotations/")) == 1


def test_R8_an_answer_of_a_closed_tab_is_sent_by_the_next_one(editor, tasks, admin):
    project, (_, _, task, other, *_) = tasks
    editor.open(project, task)
    draw(editor, (20, 20))
    editor.page.context.set_offline(True)
    editor.press("Control+Enter")
    expect(editor.page.locator(".toast", has_text="Your answer is kept here")).to_be_visible()
    editor.page.goto("about:blank")
    editor.page.context.set_offline(False)
    editor.open(project, other)
    expect(editor.page.get_by_text("An answer kept here was sent.")).to_be_visible()
    (stored,) = admin.value("GET", f"/api/tasks/{task}/annotations/")
    assert len(stored["result"]) == 1


def test_R8_an_answer_whose_acknowledgment_got_lost_is_stored_once(editor, tasks, admin):
    project, (_, _, _, _, task, *_) = tasks
    editor.open(project, task)
    draw(editor, (20, 20))
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    editor.page.route("**/annotations/", lose)
    editor.press("Control+Enter")
    expect(editor.page.get_by_text("Submitted").first).to_be_visible()
    editor.page.unroute("**/annotations/")
    assert lost == [201]
    assert len(admin.value("GET", f"/api/tasks/{task}/annotations/")) == 1


def test_R8_an_expired_session_is_renewed_without_losing_a_stroke(
        editor, tasks, admin, browser, browser_context_args, base_url):
    project, (_, _, _, _, _, task, *_) = tasks
    context = browser.new_context(**{**browser_context_args, "base_url": base_url})
    page = context.new_page()
    sign_in(page)
    here = Editor(page, admin).open(project, task)
    context.clear_cookies(name="sessionid")
    draw(here, (30, 30))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Your session has ended")).to_be_visible()
    dialog.get_by_label("Email").fill("admin@example.org")
    dialog.get_by_label("Password", exact=True).fill("correct horse")
    dialog.get_by_role("button", name="Sign in").click()
    expect(state(here)).to_have_text("Draft saved")
    here.expect_regions(1)
    context.close()


def test_R7_a_submission_is_taken_back(editor, tasks, admin):
    project, (*_, task, _) = tasks
    editor.open(project, task)
    draw(editor, (30, 30))
    editor.submit(task)
    editor.page.locator(".toast", has_text="Submitted.").get_by_role("button", name="Undo").click()
    expect(editor.page.get_by_role("button", name="Submit")).to_be_visible()
    editor.expect_regions(1)
    assert admin.value("GET", f"/api/tasks/{task}/annotations/") == []
    # Undo never crosses the submission itself.
    editor.press("Control+z")
    editor.expect_regions(1)


def free_port():
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return made.getsockname()[1]


def test_R8_chaos_loses_nothing_and_doubles_nothing(
        browser, browser_context_args, tmp_path, media_root):
    """The network goes, the server is killed, the tab is closed, at random moments."""
    chance = random.Random(5)
    image = picture(media_root / "chaos", "disc.png")
    arguments = ["--media-root", str(media_root), "--port", str(free_port())]
    daemon = Daemon(tmp_path / "data", arguments, environment={"POSTIL_TEST_MODE": "1"})
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    admin = API(daemon.url, token)
    context = browser.new_context(**{**browser_context_args, "base_url": daemon.url})
    try:
        page = context.new_page()
        sign_in(page)
        editor = Editor(page, admin)
        project, tasks = editor.project(CONFIG, *[{"image": image}] * CHAOS_TASKS)
        for number, task in enumerate(tasks):
            editor.open(project, task)
            wanted = 0
            blow = [None, "offline", "killed", "closed", "offline"][number % 5]
            moment = chance.randrange(3)
            for stroke in range(3):
                if stroke == moment and blow == "offline":
                    context.set_offline(True)
                if stroke == moment and blow == "killed":
                    page.wait_for_timeout(chance.randrange(1500))
                    daemon.kill()
                draw(editor, (10 + 25 * stroke, 20 + 5 * stroke))
                wanted += 1
                editor.expect_regions(wanted)
                page.wait_for_timeout(chance.randrange(400))
                if stroke == moment and blow == "closed":
                    page.close()
                    page = context.new_page()
                    editor = Editor(page, admin).open(project, task)
                    editor.expect_regions(wanted)
            editor.press("Control+Enter")
            page.wait_for_timeout(chance.randrange(600))
            if blow == "killed":
                daemon.start()
            context.set_offline(False)
            expect(page.get_by_text("Submitted").first).to_be_visible()
        counts = [[len(a["result"]) for a in admin.value("GET", f"/api/tasks/{task}/annotations/")]
                  for task in tasks]
        assert counts == [[3]] * CHAOS_TASKS, counts
    finally:
        context.close()
        daemon.stop()
