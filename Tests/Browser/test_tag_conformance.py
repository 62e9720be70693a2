"""What every tag that draws on images must do, whoever wrote it: the kit that authors run too.

    POSTIL_TAG_PACKAGE=my-plugin .venv/bin/python -m pytest -q Tests/Browser/test_tag_conformance.py
"""

import os

import budgets
import pytest
import tag_subjects
from axe_playwright_python.sync_playwright import Axe
from editing import picture
from playwright.sync_api import expect

SUBJECTS = tag_subjects.subjects()
SLACK = 4 * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.fixture(scope="module", params=SUBJECTS, ids=lambda subject: subject.name)
def subject(request, daemon, admin, media_root):
    made = request.param.prepare(daemon, admin)
    made.data = {**made.data, "image": picture(media_root / "conformance", "disc.png", (640, 480))}
    return made


@pytest.fixture
def opened(editor, subject):
    """A task with the samples, opened; gives project, task and the text of its results."""
    project = editor.admin.value("POST", "/api/projects/", json={
        "title": subject.name, "label_config": subject.config, "enable_plugins": [subject.plugin]})["id"]
    task = editor.admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                              json=[subject.data])["task_ids"][0]
    editor.admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": subject.results})
    editor.open(project, task)
    editor.expect_regions(len(subject.results))
    return project, task, text(editor)


def text(editor):
    """The results once they stay the same: a tag in a frame answers a moment later."""
    before = None
    for _ in range(40):
        now = editor.page.evaluate("() => window.__editor.resultText()")
        if now == before:
            return now
        before = now
        editor.page.wait_for_timeout(150)
    return before


def test_Q7_results_open_unchanged_and_survive_being_touched(editor, subject, opened):
    _, _, before = opened
    editor.press("v")
    for i in range(len(subject.results)):
        editor.regions.nth(i).click()
        editor.surface.focus()
        editor.press("ArrowRight", "ArrowLeft", "Control+z", "Control+z")
        assert text(editor) == before


def test_Q7_what_is_touched_is_accepted_by_the_server(editor, subject, opened):
    _, task, _ = opened
    editor.press("v")
    editor.regions.first.click()
    editor.surface.focus()
    editor.press("ArrowRight", "ArrowDown")
    text(editor)
    kept = editor.submit(task)
    assert {r["id"] for r in kept} == {r["id"] for r in subject.results}


def tools(editor):
    return [name for name in editor.page.get_by_role("toolbar", name="Tools").get_by_role("button")
            .evaluate_all("(all) => all.map((one) => one.ariaLabel)") if name not in ("Select", "Pan")]


def draw_by_keys(editor, name, before):
    """Four places by arrow keys, each pressed with Space, then Enter; gives the results after it."""
    editor.page.get_by_role("button", name=name, exact=True).click()
    editor.surface.focus()
    editor.press("Enter")
    for key in ("Shift+ArrowRight", "Shift+ArrowDown", "Shift+ArrowLeft"):
        editor.press(key)
        editor.page.wait_for_timeout(60)  # whether a shape is under way is told by its frame
        if text(editor) != before:
            return text(editor)
        editor.press("Space")
        editor.page.wait_for_timeout(60)
    if text(editor) == before:
        editor.press("Enter")
        editor.page.wait_for_timeout(60)
    return text(editor)


def test_Q7_every_tool_draws_by_keys_and_is_undone_in_one_step(editor, subject, opened):
    _, _, before = opened
    for name in tools(editor):
        after = draw_by_keys(editor, name, before)
        assert after != before, f"{name} draws nothing by keys"
        editor.press("Control+z")
        assert text(editor) == before
        editor.press("Control+Shift+KeyZ")
        assert text(editor) == after
        editor.press("Control+z")


def test_Q7_escape_drops_what_a_tool_has_begun(editor, subject, opened):
    _, _, before = opened
    for name in tools(editor):
        editor.page.get_by_role("button", name=name, exact=True).click()
        editor.click(30, 30)
        editor.move(50, 50)
        editor.press("Escape")
        editor.press("v")
        editor.expect_regions(len(subject.results))
        assert text(editor) == before


def test_Q7_leaving_a_task_takes_everything_away(editor, subject, opened):
    project, task, _ = opened
    page = editor.page
    editor.admin.value("POST", f"/api/projects/{project}/import", json=[subject.data] * 14)
    page.goto(f"/projects/{project}/label")
    before = None
    for number in range(10):
        page.wait_for_function("() => window.__editor?.isComplete()")
        if number == 4:
            before = (budgets.heap(page), len(page.workers), page.locator("iframe").count())
        with page.expect_response(lambda r: "/next" in r.url):
            editor.press("Control+Enter")
    page.wait_for_function("() => window.__editor?.isComplete()")
    after = (budgets.heap(page), len(page.workers), page.locator("iframe").count())
    assert after[1:] == before[1:]
    assert after[0]["listeners"] < before[0]["listeners"] * 1.15, (before, after)
    assert after[0]["nodes"] < before[0]["nodes"] * 1.15, (before, after)


def test_Q7_its_part_of_the_page_has_no_serious_barrier(editor, subject, opened):
    editor.regions.first.click()
    found = Axe().run(editor.page).response["violations"]
    assert not [v["id"] for v in found if v["impact"] in ("serious", "critical")], found


def test_Q7_a_thousand_regions_keep_the_frame_budget(editor, subject, opened):
    project, task, _ = opened
    many = [{**subject.results[i % len(subject.results)], "id": f"many{i}"} for i in range(1000)]
    other = editor.admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                               json=[subject.data])["task_ids"][0]
    editor.admin.value("POST", f"/api/tasks/{other}/annotations/", json={"result": many})
    editor.open(project, other)
    expect(editor.page.locator(".regions__count")).to_have_text("1000")
    editor.page.wait_for_function("() => window.__editor?.isComplete()")
    editor.page.wait_for_timeout(500)
    frames = editor.page.evaluate(budgets.FRAMES, [40, False, 1])
    assert frames["median"] < 33 * SLACK, frames
    expect(editor.page.locator(".toast", has_text=subject.plugin)).to_have_count(0)
