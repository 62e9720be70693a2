"""The point cloud cuboid, a plugin: clouds of every format in four views, cuboids by pointer and by key."""

import json
import re

import point_clouds
import pytest
from playwright.sync_api import expect

PLUGIN = "org.postil.point-cloud-cuboid"
CONFIG = """<View><PointCloudCuboid name="box" toName="cloud"><Label value="Car"/><Label value="Person"/>
</PointCloudCuboid><PointCloud name="cloud" value="$cloud" cameras="$cameras"/></View>"""
VIEWS = ("orbit", "top", "side", "front")


@pytest.fixture(scope="module")
def street():
    return point_clouds.street()


def result(index=0, **own):
    center, size, yaw = point_clouds.CARS[index]
    return {"id": f"car{index}", "from_name": "box", "to_name": "cloud", "type": "pointcloudcuboid",
            "value": {"pointcloudcuboid": {"center": list(center), "size": list(size),
                                           "rotation": [0, 0, yaw], **own}, "labels": ["Car"]}}


def make_task(editor, media_root, data, name="street.pcd", results=(), config=CONFIG, **more):
    cloud = point_clouds.write(media_root / "clouds", name, data)
    project = editor.admin.value("POST", "/api/projects/", json={
        "title": "Street", "label_config": config, "enable_plugins": [PLUGIN]})["id"]
    task = editor.admin.value("POST", f"/api/projects/{project}/import?return_task_ids=true",
                              json=[{"cloud": cloud, **more}])["task_ids"][0]
    if results:
        editor.admin.value("POST", f"/api/tasks/{task}/annotations/", json={"result": list(results)})
    return project, task


def open_task(editor, project, task):
    editor.page.goto(f"/projects/{project}/tasks/{task}")
    expect(editor.page.locator(".cloud[data-ready]")).to_be_visible()


def surface(page):
    return page.get_by_role("application", name="Point cloud")


class View:
    """One of the four views. Where space lies in it is read from its own readout, as people do."""

    def __init__(self, page, kind):
        self.page = page
        self.pane = page.locator(f'.cloud__pane[data-view="{kind}"]')
        self.readout = self.pane.locator(".cloud__readout")

    def look(self, dx, dy):
        """What the readout says at pixels from the middle: a number by letter."""
        box = self.pane.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 + dy)
        expect(self.readout).not_to_be_empty()
        found = re.findall(r"([xyz]) (-?[\d.,]+)", self.readout.inner_text())
        return {axis: float(number.replace(",", "")) for axis, number in found}

    def calibrate(self, right, up):
        """For the axes to the right and upwards: where each is 0, and pixels of a meter."""
        a, b = self.look(-60, 60), self.look(60, -60)
        scale_x, scale_y = 120 / (b[right] - a[right]), 120 / (b[up] - a[up])
        self.origin = (-60 - a[right] * scale_x, 60 + a[up] * scale_y)
        self.scales = (scale_x, scale_y)
        return self

    def at(self, u, v):
        box = self.pane.bounding_box()
        return (box["x"] + box["width"] / 2 + self.origin[0] + u * self.scales[0],
                box["y"] + box["height"] / 2 + self.origin[1] - v * self.scales[1])

    def drag(self, start, *more):
        self.page.mouse.move(*self.at(*start))
        self.page.mouse.down()
        for place in more:
            self.page.mouse.move(*self.at(*place), steps=4)
        self.page.mouse.up()

    def click(self, u, v):
        self.page.mouse.click(*self.at(u, v))


def enlarge(page, name):
    page.get_by_role("group", name="Views").get_by_role("button", name=name, exact=True).click()


def own(editor, at=0):
    return editor.results()[at]["value"]["pointcloudcuboid"]


@pytest.mark.parametrize("name, write", [
    ("text.pcd", point_clouds.pcd_text), ("binary.pcd", point_clouds.pcd_binary),
    ("compressed.pcd", point_clouds.pcd_compressed), ("kitti.bin", point_clouds.kitti),
    ("colors.ply", point_clouds.ply)])
def test_G1_every_format_is_read_and_shown(editor, media_root, street, name, write):
    points = street[:4000]
    open_task(editor, *make_task(editor, media_root, write(points), name))
    expect(editor.page.locator(".cloud__status")).to_have_text("4,000 points")
    colors = editor.page.get_by_label("Color by").locator("option").all_inner_texts()
    assert ("Color" in colors) == (write is point_clouds.ply)
    assert ("Intensity" in colors) == (write is not point_clouds.ply)


def test_G1_a_cuboid_is_drawn_from_above_and_stored_where_the_car_is(editor, media_root, street):
    project, task = make_task(editor, media_root, point_clouds.pcd_binary(street))
    open_task(editor, project, task)
    enlarge(editor.page, "Top")
    top = View(editor.page, "top").calibrate("x", "y")
    editor.press("1")
    top.drag((7.8, 5.0), (12.2, 3.0))
    editor.expect_regions(1)
    expect(editor.page.locator(".cloud__status")).to_contain_text("in the cuboid")
    editor.page.get_by_role("button", name="Fit to points").click()
    (stored,) = editor.submit(task)
    (center, size, _) = point_clouds.CARS[0]
    cuboid = stored["value"]["pointcloudcuboid"]
    assert cuboid["center"] == pytest.approx(center, abs=0.12)
    # The points of the ground around it keep it from getting higher than the car, not from standing.
    assert cuboid["size"][2] == pytest.approx(size[2], abs=0.3)
    assert stored["value"]["labels"] == ["Car"] and stored["type"] == "pointcloudcuboid"
    assert cuboid["rotation"] == [0, 0, 0]
    open_task(editor, project, task)
    assert editor.results() == [stored]


def test_G1_a_click_sets_a_cuboid_of_the_usual_size_on_the_ground(editor, media_root, street):
    config = CONFIG.replace('name="cloud"', 'name="cloud" cuboidSize="2, 1, 3"')
    open_task(editor, *make_task(editor, media_root, point_clouds.kitti(street), "usual.bin", config=config))
    enlarge(editor.page, "Top")
    top = View(editor.page, "top").calibrate("x", "y")
    editor.press("2")
    top.click(5, -2)
    editor.expect_regions(1)
    assert own(editor)["size"] == [2, 1, 3]
    assert own(editor)["center"] == pytest.approx([5, -2, point_clouds.GROUND + 1.5], abs=0.15)


@pytest.mark.parametrize("name, right, up, along", [("Top", "x", "y", (0, 1)), ("Side", "x", "z", (0, 2)),
                                                    ("Front", "y", "z", (1, 2))])
def test_G1_in_each_flat_view_a_cuboid_is_moved_sized_turned(editor, media_root, street, name, right, up, along):
    open_task(editor, *make_task(editor, media_root, point_clouds.pcd_binary(street), results=[result()]))
    page = editor.page
    enlarge(page, name)
    editor.press("v")
    editor.regions.first.click()
    surface(page).focus()
    editor.press("Shift+1")
    view = View(page, name.lower()).calibrate(right, up)
    u, v = along
    before = own(editor)
    center, size = before["center"], before["size"]

    view.drag((center[u] + 0.2, center[v] + 0.2), (center[u] + 1.2, center[v] + 0.6))
    moved = own(editor)
    expected = list(center)
    expected[u] += 1
    expected[v] += 0.4
    assert moved["center"] == pytest.approx(expected, abs=0.06)
    assert moved["size"] == size

    editor.press("Control+z")
    assert own(editor) == before
    view.drag((center[u] + size[u] / 2, center[v]), (center[u] + size[u] / 2 + 1, center[v]))
    longer = own(editor)
    assert longer["size"][u] == pytest.approx(size[u] + 1, abs=0.06)
    assert longer["center"][u] == pytest.approx(center[u] + 0.5, abs=0.06)

    editor.press("Control+z")
    # The handle that turns it lies 26 pixels before its first side.
    reach = size[u] / 2 + 26 / abs(view.scales[0])
    view.drag((center[u] + reach, center[v]), (center[u] + reach, center[v] + reach * 0.5))
    turned = own(editor)
    assert turned["size"] == size and turned["center"] == center
    axis = ({0, 1, 2} - {u, v}).pop()
    assert abs(turned["rotation"][axis]) == pytest.approx(0.4636, abs=0.03)
    editor.press("Control+z")
    assert own(editor) == before


def test_G1_in_orbit_it_is_drawn_moved_on_the_ground_and_lifted(editor, media_root, street):
    open_task(editor, *make_task(editor, media_root, point_clouds.pcd_binary(street)))
    page = editor.page
    pane = View(page, "orbit")
    box = pane.pane.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    editor.press("1")
    page.mouse.move(middle[0] - 40, middle[1] - 20)
    page.mouse.down()
    page.mouse.move(middle[0] + 40, middle[1] + 30, steps=4)
    page.mouse.up()
    editor.expect_regions(1)
    drawn = own(editor)
    editor.press("v")
    for alt in (False, True):
        before = own(editor)
        # On the cuboid, apart from the handles in the middle of its faces.
        page.mouse.move(middle[0] + 18, middle[1] + 16)
        page.mouse.down()
        if alt:
            page.keyboard.down("Alt")
        page.mouse.move(middle[0] + 32, middle[1] + 4, steps=4)
        page.mouse.up()
        page.keyboard.up("Alt")
        after = own(editor)
        assert (after["center"][2] == before["center"][2]) == (not alt)
        assert (after["center"][:2] == before["center"][:2]) == alt
        editor.press("Control+z")
        assert own(editor) == drawn


def test_G1_every_step_can_be_made_by_keys(editor, media_root, street):
    open_task(editor, *make_task(editor, media_root, point_clouds.pcd_binary(street)))
    page = editor.page
    enlarge(page, "Top")
    editor.press("1")
    surface(page).focus()
    editor.press("Enter")
    editor.expect_regions(1)
    start = own(editor)
    editor.press("ArrowRight", "Shift+ArrowUp")
    moved = own(editor)
    assert moved["center"] == pytest.approx([start["center"][0] + 0.05, start["center"][1] + 0.5,
                                             start["center"][2]])
    editor.press("Alt+ArrowLeft")
    assert own(editor)["rotation"][2] == pytest.approx(0.0873, abs=1e-3)
    editor.press("]")
    assert own(editor)["size"][0] == pytest.approx(start["size"][0] * 1.05)
    size = own(editor)["size"]
    editor.press("Alt+ArrowDown", "Shift+ArrowRight")
    assert own(editor)["size"] == pytest.approx([size[0] + 0.5, size[1], size[2]])
    editor.press("Delete")
    editor.expect_regions(0)


def test_G1_ground_and_points_shape_a_cuboid(editor, media_root, street):
    raised = result(0, center=[10, 4, 0.2], rotation=[0.2, 0.1, 0])
    _, task = where = make_task(editor, media_root, point_clouds.pcd_binary(street), results=[raised])
    open_task(editor, *where)
    page = editor.page
    ground = page.get_by_role("button", name="Put on the ground")
    expect(ground).to_be_disabled()
    editor.regions.first.click()
    ground.click()
    put = own(editor)
    assert put["rotation"] == [0, 0, 0]
    assert put["center"][2] - put["size"][2] / 2 == pytest.approx(point_clouds.GROUND, abs=0.06)
    editor.press("Control+z")
    assert own(editor) == raised["value"]["pointcloudcuboid"]


def test_G1_a_cuboid_is_drawn_on_the_camera_image(editor, media_root, street):
    point_clouds.camera_image(media_root / "clouds" / "front.png")
    cameras = [{"image": "/data/local-files/?d=clouds/front.png", "title": "Front camera",
                "projection": point_clouds.CAMERA}]
    open_task(editor, *make_task(editor, media_root, point_clouds.pcd_binary(street), results=[result()],
                                 cameras=cameras))
    camera = editor.page.get_by_role("button", name="Front camera")
    expect(camera).to_be_visible()
    # How much of a column of the image is drawn on, left of the car, on it, and right of it.
    drawn = """(camera) => {
      const canvas = camera.querySelector("canvas"), context = canvas.getContext("2d");
      const share = (from, to) => { const left = Math.round(from * canvas.width);
        const data = context.getImageData(left, 0, Math.round((to - from) * canvas.width), canvas.height).data;
        return data.filter((value, i) => i % 4 === 3 && value > 0).length };
      return [share(0, 0.1), share(0.1, 0.35), share(0.5, 1)] }"""
    editor.page.wait_for_function(f"(camera) => ({drawn})(camera)[1] > 0", arg=camera.element_handle())
    left, car, right = camera.evaluate(drawn)
    assert car > 0 and left == 0 and right == 0


def test_G1_the_server_judges_cuboids_and_measures_them(editor, media_root, street):
    project, task = make_task(editor, media_root, point_clouds.kitti(street[:100]), "few.bin")
    url = f"/api/tasks/{task}/annotations/"
    for change, sentence in (({"size": [4, 0, 1]}, "are above 0"), ({"center": [1, 2]}, "three numbers each"),
                             ({"rotation": [0, 0, 90]}, "radians")):
        refused = editor.admin.post(url, json={"result": [result(**change)]})
        assert refused.status_code == 400 and sentence in refused.text, refused.text
    kept = editor.admin.value("POST", url, json={"result": [result()]})
    assert kept["result"] == [result()]


@pytest.mark.parametrize("name, data, sentence", [
    ("broken.pcd", b"# .PCD v0.7\nVERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\nWIDTH 9\n"
                   b"HEIGHT 1\nPOINTS 9\nDATA binary\n1234", "ends before its last point"),
    ("odd.bin", b"12345", "no points of 4 floats")])
def test_G1_what_cannot_be_read_is_said(editor, media_root, name, data, sentence):
    project, task = make_task(editor, media_root, data, name)
    editor.page.goto(f"/projects/{project}/tasks/{task}")
    expect(editor.page.get_by_text(sentence)).to_be_visible()
    expect(editor.page.get_by_role("button", name="Try again")).to_be_visible()


def test_P9_two_hundred_thousand_points_show_within_a_second(editor, media_root):
    points = point_clouds.street(20_000) * 10
    project, task = make_task(editor, media_root, point_clouds.kitti(points), "many.bin")
    page = editor.page
    times = []
    for _ in range(3):
        page.goto(f"/projects/{project}/tasks/{task}")
        expect(page.locator(".cloud[data-ready]")).to_be_visible()
        times.append(float(page.locator(".cloud").get_attribute("data-ready")))
    # From the moment when the tag began to load until the points were on the canvas, all drawn.
    assert min(times) < 1000, times


def test_Q8_a_cloud_passes_what_every_tag_must(editor, media_root, street):
    """What the kit for images checks, for a surface of a plugin's own: bytes, undo, read-only."""
    odd = json.loads(json.dumps(result()))
    odd["value"]["pointcloudcuboid"]["center"] = [10.50, 4, -0.95]
    odd["score"] = 0.5
    project, task = make_task(editor, media_root, point_clouds.pcd_binary(street), results=[odd, result(1)])
    open_task(editor, project, task)
    before = editor.page.evaluate("() => window.__editor.resultText()")
    editor.regions.first.click()
    surface(editor.page).focus()
    editor.press("ArrowRight", "ArrowLeft", "Control+z", "Control+z")
    assert editor.page.evaluate("() => window.__editor.resultText()") == before
    editor.regions.first.click()
    editor.press("Alt+l")
    surface(editor.page).focus()
    editor.press("ArrowRight")
    assert own(editor) == odd["value"]["pointcloudcuboid"]
