"""The onboarding wizard: steps, practice with known answers, progress that follows a person."""

import pytest
from editing import picture
from playwright.sync_api import expect

PLUGIN = "org.postil.onboarding-wizard"
CONFIG = """<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image">
<Label value="Car"/><Label value="Person"/></RectangleLabels></View>"""


def box(label, x, y):
    return {"id": f"{label}{x}", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
            "original_width": 640, "original_height": 400, "image_rotation": 0,
            "value": {"x": x, "y": y, "width": 20, "height": 20, "rotation": 0, "rectanglelabels": [label]}}


@pytest.fixture
def course(editor, media_root):
    """A step to read, two of practice (one with its answer in the data), and tasks of the day's work."""
    image = picture(media_root / "onboarding", "street.png")
    admin = editor.admin
    project = admin.value("POST", "/api/projects/", json={
        "title": "Streets", "label_config": CONFIG, "enable_plugins": [PLUGIN]})["id"]
    work = [{"image": image}] * 3
    steps = [
        {"image": image, "onboarding": {"step": 3, "title": "People", "text": "Mark each person.",
                                        "answer": [box("Person", 60, 60)]}},
        {"image": image, "onboarding": {"step": 1, "title": "Welcome", "text": "First line.\n\nSecond line."}},
        {"image": image, "onboarding": {"step": 2, "title": "Cars", "text": "Mark each car.",
                                        "hint": "Cars have four wheels."}},
    ]
    tasks = admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                        json=work + steps)["task_ids"]
    people, welcome, cars = tasks[3:]
    admin.value("POST", f"/api/tasks/{cars}/annotations/",
                json={"result": [box("Car", 10, 10), box("Car", 50, 10)], "ground_truth": True})
    return project, {"welcome": welcome, "cars": cars, "people": people, "work": tasks[0]}


def panel(editor):
    return editor.page.frame_locator('iframe[title^="Onboarding"]')


def test_Q9_the_wizard_leads_through_steps_and_judges_practice(editor, course):
    project, tasks = course
    page = editor.page
    page.goto(f"/projects/{project}")
    wizard = panel(editor)
    expect(wizard.get_by_role("heading", name="Welcome. Learn this project step by step.")).to_be_visible()
    expect(wizard.get_by_role("listitem")).to_have_text(["1Welcometo do", "2Carsto do", "3Peopleto do"])
    wizard.get_by_role("button", name="Begin").click()

    page.wait_for_url(f"**/tasks/{tasks['welcome']}")
    expect(wizard.get_by_text("Second line.")).to_be_visible()
    wizard.get_by_role("button", name="I have read this").click()
    expect(wizard.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "1")
    wizard.get_by_role("button", name="Next step").click()

    page.wait_for_url(f"**/tasks/{tasks['cars']}")
    page.wait_for_function("() => window.__editor?.transforms()[0]?.scale > 0")
    # The known answer is by the same person here; practice begins with an empty one.
    page.get_by_role("tab", name="New").click()
    expect(wizard.get_by_role("heading", name="Cars")).to_be_visible()
    editor.press("2")
    editor.drag((10, 10), (30, 30))
    editor.expect_regions(1)
    wizard.get_by_role("button", name="Check my answer").click()
    status = wizard.get_by_role("status")
    expect(status).to_contain_text("Not yet: 0 of 2 right")
    expect(status).to_contain_text("Person should be Car")
    expect(status).to_contain_text("Missing: Car")
    expect(status).to_contain_text("Cars have four wheels.")

    editor.surface.focus()  # or keys would go to the panel
    editor.press("v")
    editor.click(20, 20)
    editor.press("1")
    expect(status).to_be_empty()
    editor.press("Escape", "1")
    editor.drag((51, 11), (71, 30))
    editor.expect_regions(2)
    wizard.get_by_role("button", name="Check my answer").click()
    expect(status).to_contain_text("Right: 100 %.")
    editor.surface.focus()
    editor.submit(tasks["cars"])
    expect(wizard.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "2")
    wizard.get_by_role("button", name="Next step").click()
    page.wait_for_url(f"**/tasks/{tasks['people']}")


def test_Q9_progress_is_each_persons_own_and_in_every_browser(
        editor, course, browser, browser_context_args, base_url, daemon, admin):
    project, tasks = course
    admin.value("POST", f"/api/tasks/{tasks['people']}/annotations/", json={"result": [box("Person", 61, 60)]})
    editor.page.goto(f"/projects/{project}")
    expect(panel(editor).get_by_role("progressbar")).to_have_attribute("aria-valuenow", "1")

    # Another browser of the same person, and another person's.
    for email, passed in (("admin@example.org", "1"), ("learner@example.org", "0")):
        if passed == "0":
            daemon.make_user(email, "administrator")
        context = browser.new_context(**{**browser_context_args, "base_url": base_url})
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill("correct horse")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/projects")
        page.goto(f"/projects/{project}")
        own = page.frame_locator('iframe[title^="Onboarding"]')
        expect(own.get_by_role("progressbar")).to_have_attribute("aria-valuenow", passed)
        context.close()


def test_Q9_a_task_that_is_no_step_and_a_project_without_steps_say_so(editor, course):
    project, tasks = course
    editor.open(project, tasks["work"])
    expect(panel(editor).get_by_text("This task is no step of the onboarding.")).to_be_visible()
    empty = editor.admin.value("POST", "/api/projects/", json={
        "title": "Empty", "label_config": CONFIG, "enable_plugins": [PLUGIN]})["id"]
    editor.page.goto(f"/projects/{empty}")
    expect(panel(editor).get_by_text("This project has no steps to learn it by.")).to_be_visible()


def test_Q9_a_project_that_did_not_ask_for_the_wizard_has_none(admin):
    project = admin.value("POST", "/api/projects/", json={"title": "Plain", "label_config": CONFIG})["id"]
    assert admin.value("GET", f"/api/projects/{project}/panels") == []
