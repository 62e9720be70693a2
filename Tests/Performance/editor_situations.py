"""The situations in which the editor's budgets are measured: each is prepared once, and measured each round."""

import statistics

import budgets
import point_clouds
from editing import picture

LONG_TEXT = 300_000
SPANS = 2000
SAMPLES = 3_600_000


class Mixed:
    """10,000 polygons; 5,000 boxes; 10,000 polygons and 1,000 masks; and a stream of tasks."""

    def __init__(self, editor, media):
        self.editor = editor
        image = picture(media / "bench", "large.png", (budgets.WIDTH, budgets.HEIGHT))
        self.project, tasks = editor.project(budgets.CONFIG, *[{"image": image}] * 63)
        self.polygons, self.boxes, self.both, *self.stream = tasks
        editor.page.goto(f"/projects/{self.project}/tasks/{self.boxes}")
        editor.page.wait_for_function("() => window.__editor?.isComplete()")
        masks = editor.page.evaluate(budgets.MASKS, [1000, budgets.WIDTH, budgets.HEIGHT])
        for task, results in ((self.polygons, budgets.polygons(10_000)), (self.boxes, budgets.boxes(5_000)),
                              (self.both, budgets.polygons(10_000) + masks)):
            editor.admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": results})

    def measure(self):
        page = self.editor.page
        opened = budgets.open_large(self.editor, self.project, self.polygons)
        pan = page.evaluate(budgets.FRAMES, [120, False, 1])["p95"]
        zoom = page.evaluate(budgets.FRAMES, [120, True, 1])["p95"]
        near = page.evaluate(budgets.FRAMES, [120, False, 4.5])["p95"]
        index = page.evaluate(budgets.INDEX, [100_000, 5_000])
        mask = page.evaluate(budgets.DECODE, [4000])
        budgets.open_large(self.editor, self.project, self.boxes)
        page.evaluate(budgets.WRITES)
        self.editor.press("2")
        drawn = [budgets.draw_beside(self.editor) for _ in range(5)]
        return {"P1 pan": pan, "P1 zoom": zoom, "P2 pan": near,
                "P3 paint": statistics.median(d["paint"] for d in drawn),
                "P3 writes": statistics.median(d["writes"] for d in drawn),
                "P4 query": index["query"], "P4 build": index["build"],
                "P5 interactive": opened["interactive"], "P5 longest": opened["longest"],
                "P8 decode": mask["decode"], **self._both(), **self._leaks()}

    def _both(self):
        """Polygons and masks on one image: opened, panned, drawn on, undone, updated."""
        editor, page = self.editor, self.editor.page
        budgets.open_large(editor, self.project, self.both)
        page.evaluate(budgets.WRITES)
        pan = page.evaluate(budgets.FRAMES, [120, False, 1])["p95"]
        editor.press("2")
        paint = statistics.median(budgets.draw_beside(editor)["paint"] for _ in range(5))
        editor.press(*["Control+z"] * 4)
        with page.expect_response(lambda r: "/annotations/" in r.url and r.request.method == "PATCH",
                                  timeout=120_000) as answered:
            editor.press("Control+Enter")
        assert answered.value.ok, answered.value.text()
        longest = page.evaluate("() => Math.max(0, ...window.__tasks.map(([, duration]) => duration))")
        # Back to what it was, for the next round.
        (annotation,) = editor.admin.value("GET", f"/api/tasks/{self.both}/annotations/")
        kept = [one for one in annotation["result"] if one["type"] != "rectanglelabels"]
        editor.admin.value("PATCH", f"/api/annotations/{annotation['id']}/", json={"result": kept})
        return {"both pan": pan, "both paint": paint, "both longest": longest}

    def _leaks(self):
        """Growth in percent over fifty tasks of the stream, after the first ten."""
        page = self.editor.page
        page.goto(f"/projects/{self.project}/label")
        before = None
        for number in range(60):
            page.wait_for_function("() => window.__editor?.isComplete()")
            if number == 10:
                before = budgets.heap(page)
            if number < 59:
                with page.expect_response(lambda r: "/next" in r.url):
                    page.keyboard.press("Control+Enter")
                page.wait_for_timeout(30)
        after = budgets.heap(page)
        # For the next round the tasks must be unlabeled again.
        for task in self.stream:
            for annotation in self.editor.admin.value("GET", f"/api/tasks/{task}/annotations/"):
                self.editor.admin.delete(f"/api/annotations/{annotation['id']}/")
        return {f"P11 {kind}": max(0, (after[kind] / before[kind] - 1) * 100)
                for kind in ("heap", "nodes", "listeners")}


class Text:
    """A long text with many spans over each other."""

    def __init__(self, editor, media):
        self.editor = editor
        words = "lorem ipsum dolor sit amet 🦊 consectetur "
        text = (words * (LONG_TEXT // len(words) + 1))[:LONG_TEXT]
        spans = [{"id": f"s{i}", "from_name": "entity", "to_name": "text", "type": "labels",
                  "value": {"start": i * 140, "end": i * 140 + 200, "labels": ["Person"],
                            "text": text[i * 140:i * 140 + 200]}} for i in range(SPANS)]
        self.project = editor.admin.make_project("Long text", """<View><Labels name="entity" toName="text">
            <Label value="Person"/></Labels><Text name="text" value="$text"/></View>""")
        made = editor.admin.value("POST", f"/api/projects/{self.project}/import?return_task_ids=true",
                                  json=[{"data": {"text": text}, "annotations": [{"result": spans}]}])
        (self.task,) = made["task_ids"]

    def measure(self):
        page = self.editor.page
        page.goto(f"/projects/{self.project}/tasks/{self.task}")
        page.wait_for_selector(".text-surface__title", state="attached")
        painted = page.evaluate(budgets.SINCE_DATA, self.task)
        scroll = page.evaluate(budgets.SCROLL_STAGE)
        return {"P6 paint": painted, "P6 scroll": scroll}


class Series:
    """Hours of three sensors: in a worker without a file, and as a plot that is zoomed."""

    def __init__(self, editor, media):
        self.editor = editor
        count = 200_000
        columns = {"t": list(range(count)), **{name: [i * k % 1000 for i in range(count)]
                                               for k, name in enumerate("abc", 1)}}
        self.project = editor.admin.make_project("Sensors", """<View><TimeSeries name="ts" value="$data"
            valueType="json" timeColumn="t"><Channel column="a"/><Channel column="b"/><Channel column="c"/>
            </TimeSeries></View>""")
        made = editor.admin.value("POST", f"/api/projects/{self.project}/import?return_task_ids=true",
                                  json=[{"data": {"data": columns}}])
        (self.task,) = made["task_ids"]

    def measure(self):
        page = self.editor.page
        page.goto(f"/projects/{self.project}/tasks/{self.task}")
        page.get_by_role("group", name="Time series").wait_for()
        return {"P7 levels": page.evaluate(budgets.LEVELS, [SAMPLES, 3]),
                "P7 redraw": page.evaluate(budgets.ZOOM_SERIES)}


class Cloud:
    """A sweep of a scanner, as the plugin shows it."""

    def __init__(self, editor, media):
        self.editor = editor
        cloud = point_clouds.write(media / "clouds", "many.bin",
                                   point_clouds.kitti(point_clouds.street(20_000) * 10))
        self.project = editor.admin.value("POST", "/api/projects/", json={
            "title": "Sweep", "enable_plugins": ["org.postil.point-cloud-cuboid"],
            "label_config": """<View><PointCloudCuboid name="box" toName="cloud"><Label value="Car"/>
            </PointCloudCuboid><PointCloud name="cloud" value="$cloud"/></View>"""})["id"]
        made = editor.admin.value("POST", f"/api/projects/{self.project}/import?return_task_ids=true",
                                  json=[{"cloud": cloud}])
        (self.task,) = made["task_ids"]

    def measure(self):
        page = self.editor.page
        page.goto(f"/projects/{self.project}/tasks/{self.task}")
        cloud = page.locator(".cloud[data-ready]")
        cloud.wait_for()
        return {"P9 frame": float(cloud.get_attribute("data-ready"))}


class Tasks:
    """The list of 100,000 tasks."""

    def __init__(self, editor, media):
        self.editor = editor
        admin = editor.admin
        self.project = admin.make_project("Many rows", "<View><Text name='text' value='$text'/></View>")
        for start in range(0, 100_000, 10_000):
            admin.value("POST", f"/api/projects/{self.project}/import",
                        json=[{"text": f"Sentence {start + i}"} for i in range(10_000)])

    def measure(self):
        page = self.editor.page
        page.goto(f"/projects/{self.project}")
        page.wait_for_selector(".task-list tr[data-task]")
        rows = page.evaluate(budgets.SCROLL)
        return {"P10 scroll": rows["p95"], "P10 rows": rows["most"]}


ALL = (Tasks, Mixed, Text, Series, Cloud)
