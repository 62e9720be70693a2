"""Every page in light and dark: reachable, sound for assistive technology, shown in the README."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def sample(admin):
    return admin.value("POST", "/api/projects/sample")["id"]


PAGES = {
    "projects": "/projects",
    "new-project": "/projects/new",
    "data": "/projects/{sample}",
    "settings": "/projects/{sample}/settings",
    "project-plugins": "/projects/{sample}/plugins",
    "plugins": "/plugins",
    "users": "/users",
    "account": "/account",
    "editor": "/projects/{sample}/label",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_X1_a_page_has_no_serious_barrier(signed_in, sample, shots, name, scheme):
    page = signed_in
    page.emulate_media(color_scheme=scheme)
    page.goto(PAGES[name].format(sample=sample))
    expect(page.get_by_role("heading").first).to_be_visible()
    if name == "editor":
        page.wait_for_function("() => window.__editor?.transforms()[0]?.scale > 0")
    if name == "plugins":  # its event stream never ends
        expect(page.locator(".plugin").first).to_be_visible()
    else:
        page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    serious = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found
               if v["impact"] in ("serious", "critical")]
    assert not serious, serious
    if scheme == "light":
        page.screenshot(path=shots / f"{name}.png")


def test_the_export_dialog_is_made_of_the_api(signed_in, admin, sample, shots):
    page = signed_in
    page.goto(f"/projects/{sample}")
    page.get_by_role("button", name="Export").first.click()
    dialog = page.get_by_role("dialog")
    offered = admin.value("GET", f"/api/projects/{sample}/capabilities")["exporters"]
    for exporter in offered:
        expect(dialog.get_by_role("radio", name=exporter["title"], exact=True)).to_be_visible()
    dialog.get_by_role("radio", name="CSV", exact=True).check()
    expect(dialog.get_by_label("Separator")).to_be_visible()
    page.screenshot(path=shots / "export.png")


ROTATED = {
    "data": {"image": "/data/local-files/?d=none.png"},
    "annotations": [{"result": [{
        "id": "r1", "type": "rectanglelabels", "from_name": "box", "to_name": "image",
        "original_width": 640, "original_height": 480, "image_rotation": 0,
        "value": {"x": 10, "y": 10, "width": 20, "height": 20, "rotation": 30,
                  "rectanglelabels": ["Car"]},
    }]}],
}


def test_an_export_tells_what_its_format_could_not_hold(signed_in, admin, shots):
    project = admin.make_project("Rotated", (
        '<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image">'
        '<Label value="Car"/></RectangleLabels></View>'))
    admin.value("POST", f"/api/projects/{project}/import", json=[ROTATED])
    answer = admin.get(f"/api/projects/{project}/export", params={"exportType": "YOLO"})
    report = admin.value("GET", answer.headers["Export-Report"])
    assert report["state"] == "finished"
    assert "rotation_dropped" in [loss["code"] for loss in report["losses"]]

    page = signed_in
    page.goto(f"/projects/{project}")
    page.get_by_role("button", name="Export").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="YOLO", exact=True).check()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.endswith(".zip")
    expect(dialog.get_by_text("The format could not hold everything")).to_be_visible()
    expect(dialog.get_by_role("listitem").filter(has_text="rotation")).to_be_visible()
    page.screenshot(path=shots / "export-losses.png")
