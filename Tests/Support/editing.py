"""Drives the editor as people do: places are shares of the image, results come from the API."""

from __future__ import annotations

import io
import json

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect


def picture(folder, name, size=(640, 400)):
    """A calm gradient with a red disc of radius 60 in its middle, where the magic wand finds it."""
    folder.mkdir(parents=True, exist_ok=True)
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    middle = (size[0] // 2, size[1] // 2)
    box = (middle[0] - 60, middle[1] - 60, middle[0] + 60, middle[1] + 60)
    ImageDraw.Draw(image).ellipse(box, fill=(200, 30, 30))
    image.save(folder / name)
    return f"/data/local-files/?d={folder.name}/{name}"


class Editor:
    """One page of the editor, kept for several tests."""

    def __init__(self, page: Page, admin):
        self.page, self.admin = page, admin
        self.complaints: list[str] = []
        self.projects: list[int] = []

    def project(self, config, *data, title="Editing"):
        """A new project; gives its id and those of its tasks."""
        project = self.admin.make_project(title, config)
        self.projects.append(project)
        made = self.admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                                json=list(data))
        return project, made["task_ids"]

    def forget_drafts(self):
        """Leaves the page that draws, and removes the drafts of all projects made here."""
        self.page.goto("/projects")
        for project in self.projects:
            tasks = self.admin.value("GET", f"/api/tasks/?project={project}&page_size=100")["tasks"]
            for task in tasks:
                for draft in self.admin.value("GET", f"/api/tasks/{task['id']}/drafts"):
                    self.admin.value("DELETE", f"/api/drafts/{draft['id']}/")

    def open(self, project, task):
        self.page.goto(f"/projects/{project}/tasks/{task}")
        self.page.wait_for_function("() => window.__editor?.transforms()[0]?.scale > 0")
        return self

    @property
    def surface(self):
        return self.page.get_by_role("application", name="Image")

    @property
    def regions(self):
        return self.page.get_by_role("listbox", name="Regions").get_by_role("option")

    def at(self, x, y):
        """Where a place of the image, in percent, lies on the page."""
        return self.page.evaluate("(point) => window.__editor.onPage(point)", [x, y])

    def click(self, x, y, **options):
        self.page.mouse.click(*self.at(x, y), **options)

    def move(self, x, y):
        self.page.mouse.move(*self.at(x, y), steps=3)

    def drag(self, start, *more, steps=6):
        self.page.mouse.move(*self.at(*start))
        self.page.mouse.down()
        for place in more:
            self.page.mouse.move(*self.at(*place), steps=steps)
        self.page.mouse.up()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def results(self):
        """What would be stored now."""
        return json.loads(self.page.evaluate("() => window.__editor.resultText()"))

    def expect_regions(self, count):
        expect(self.regions).to_have_count(count)

    def submit(self, task):
        """Submits or updates; gives the stored results."""
        wanted = lambda r: "/annotations/" in r.url and r.request.method in ("POST", "PATCH")  # noqa: E731
        with self.page.expect_response(wanted) as answered:
            self.page.keyboard.press("Control+Enter")
        assert answered.value.ok, answered.value.text()
        return self.admin.value("GET", f"/api/tasks/{task}/annotations/")[-1]["result"]

    def pixel(self, x, y):
        """The color that is seen at a place of the image."""
        shot = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        px, py = self.at(x, y)
        return shot.getpixel((round(px), round(py)))
