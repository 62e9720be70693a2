"""Settings of a project: instructions, rules, models, storages, webhooks, archives."""

import re
import time
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from companions import Model, Receiver
from conftest import listen, sign_in
from installation import API, Daemon
from places import object_store
from playwright.sync_api import expect

CONFIG = """<View>
  <Image name="image" value="$image"/>
  <!-- what it is -->
  <Choices name="kind" toName="image">
    <Choice value="car"/>
    <Choice value="bus"/>
  </Choices>
</View>
"""
RESULT = [{"id": "c", "from_name": "kind", "to_name": "image", "type": "choices",
           "value": {"choices": ["car"]}}]


@pytest.fixture(scope="module")
def place(tmp_path_factory, browser, browser_context_args):
    """A daemon that may ask servers of this machine, and a page of its administrator."""
    media = tmp_path_factory.mktemp("linked")
    daemon = Daemon(tmp_path_factory.mktemp("settings"), [
        "--allow-outbound", "127.0.0.1", "--media-root", str(media)])
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    context = browser.new_context(**{**browser_context_args, "base_url": daemon.url})
    page = context.new_page()
    complaints = []
    listen(page, complaints)
    sign_in(page)
    yield SimpleNamespace(
        page=page, admin=API(daemon.url, token), media=media, complaints=complaints, daemon=daemon)
    context.close()
    assert daemon.stop() == 0


@pytest.fixture
def page(place):
    place.complaints.clear()
    yield place.page
    place.page.unroute_all(behavior="ignoreErrors")
    assert not place.complaints, place.complaints


@pytest.fixture
def admin(place):
    return place.admin


@pytest.fixture
def project(admin):
    return admin.make_project("Cars and buses", CONFIG)


def tasks_of(admin, project):
    return admin.value("GET", f"/api/tasks/?project={project}")["tasks"]


def opened(page, project, section):
    page.goto(f"/projects/{project}")
    page.get_by_role("navigation", name="Project").get_by_role("link", name="Settings").click()
    page.get_by_role("navigation", name="Settings").get_by_role("link", name=section).click()
    expect(page.get_by_role("heading", level=2, name=section).first).to_be_visible()


def saved(page):
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Settings saved.").last).to_be_visible()


def barriers(page):
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found
            if v["impact"] in ("serious", "critical")]


def until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)


def test_W4_a_project_is_renamed_and_its_header_follows(page, admin, project):
    page.goto(f"/projects/{project}/settings")
    page.get_by_label("Name", exact=True).fill("ab")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(re.compile("at least 3 characters"))).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.get_by_label("Name", exact=True).fill("Cars alone")
    page.get_by_label("Description").fill("Without buses")
    saved(page)
    expect(page.get_by_role("heading", level=1, name="Cars alone")).to_be_visible()
    kept = admin.value("GET", f"/api/projects/{project}/")
    assert (kept["title"], kept["description"]) == ("Cars alone", "Without buses")


def test_W4_a_project_is_archived_and_brought_back(page, admin, project):
    page.goto(f"/projects/{project}/settings")
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(page.get_by_role("heading", name="This project is archived")).to_be_visible()
    expect(page.get_by_role("button", name="Bring back")).to_be_focused()
    assert admin.value("GET", f"/api/projects/{project}/")["archived_at"]
    page.reload()
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_role("heading", name="Archive this project")).to_be_visible()
    assert admin.value("GET", f"/api/projects/{project}/")["archived_at"] is None


def test_W4_instructions_are_seen_as_annotators_see_them(page, admin, project):
    opened(page, project, "Instructions")
    page.get_by_role("textbox", name="Instructions").fill(
        "<h3>Look twice</h3><script>alert(1)</script><ul><li>No <b>toys</b></li></ul>")
    shown = page.get_by_role("region", name="As annotators see them")
    expect(shown.get_by_role("heading", name="Look twice")).to_be_visible()
    expect(shown.get_by_role("listitem")).to_have_text(["No toys"])
    expect(shown).not_to_contain_text("alert")
    page.get_by_label("Show them before the first task").check()
    saved(page)
    kept = admin.value("GET", f"/api/projects/{project}/")
    assert kept["show_instruction"] and "<b>toys</b>" in kept["expert_instruction"]
    page.reload()
    expect(page.get_by_label("Show them before the first task")).to_be_checked()


def test_W4_rules_of_annotation_are_kept(page, admin, project):
    opened(page, project, "Annotation")
    overlap = page.get_by_label("Annotations for each task")
    overlap.fill("0")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Enter a whole number from 1 to 1000.")).to_be_visible()
    expect(overlap).to_be_focused()
    overlap.fill("3")
    page.get_by_label("Share of tasks that get them, in percent").fill("20")
    page.get_by_label("Order of tasks").select_option("At random")
    page.get_by_label("When a task was skipped").select_option("The task counts as done")
    page.get_by_label("Annotators may skip tasks").uncheck()
    page.get_by_label("An annotation may be empty").uncheck()
    saved(page)
    kept = admin.value("GET", f"/api/projects/{project}/")
    assert (kept["maximum_annotations"], kept["overlap_cohort_percentage"]) == (3, 20)
    assert (kept["sampling"], kept["skip_queue"]) == ("Uniform sampling", "IGNORE_SKIPPED")
    assert not kept["show_skip_button"] and not kept["enable_empty_annotation"]


def test_W4_what_is_not_saved_is_not_left_by_mistake(page, project):
    opened(page, project, "Annotation")
    page.get_by_label("Annotations for each task").fill("2")
    page.get_by_role("navigation", name="Settings").get_by_role("link", name="Models").click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Annotations for each task")).to_have_value("2")
    page.get_by_role("navigation", name="Settings").get_by_role("link", name="Models").click()
    dialog.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="No models")).to_be_visible()


def test_W4_a_model_is_connected_tested_trained_and_taken_away(page, admin, project):
    admin.value("POST", f"/api/projects/{project}/import",
                json=[{"image": "https://images.invalid/a.jpg"}])
    with Model() as model:
        opened(page, project, "Models")
        page.get_by_role("button", name="Connect a model…").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Address").fill("http://127.0.0.1:1")
        dialog.get_by_role("button", name="Connect").click()
        expect(dialog.get_by_text(re.compile("No ML backend answers"))).to_be_visible()
        expect(dialog.get_by_label("Address")).to_be_focused()
        dialog.get_by_label("Address").fill(model.url)
        dialog.get_by_label("Name").fill("Car finder")
        dialog.get_by_label("Extra parameters").fill("{no json")
        dialog.get_by_role("button", name="Connect").click()
        expect(dialog.get_by_text("This is no JSON.")).to_be_visible()
        dialog.get_by_label("Extra parameters").fill('{"depth": 3}')
        dialog.get_by_role("button", name="Connect").click()
        item = page.get_by_role("list", name="Models").get_by_role("listitem")
        expect(item).to_contain_text("Connected")
        expect(item).to_contain_text("Version cars-2")
        assert admin.value("GET", f"/api/ml/?project={project}")[0]["extra_params"] == {"depth": 3}
        expect(page.get_by_label("Predictions that annotators see")).to_have_value("Car finder")

        item.get_by_role("button", name="Test").click()
        expect(item.get_by_text(re.compile("The model answered about task"))).to_be_visible()
        expect(item.locator("pre").first).to_contain_text('"car"')
        item.get_by_role("button", name="Versions").click()
        expect(item.get_by_text("cars-1")).to_be_visible()
        item.get_by_role("button", name="Train").click()
        expect(item.get_by_text(re.compile("asked to learn"))).to_be_visible()
        assert "START_TRAINING" in [body["action"] for path, body in model.calls if path == "/webhook"]
        assert not barriers(page)

        page.get_by_role("button", name="Ask about all tasks").click()
        stored = page.get_by_role("list", name="Stored predictions").get_by_role("listitem")
        expect(stored).to_contain_text("cars-2")
        expect(stored).to_contain_text("1 prediction")
        page.get_by_label("Predictions that annotators see").select_option("cars-2")
        expect(page.get_by_text("Saved.").last).to_be_visible()
        assert admin.value("GET", f"/api/projects/{project}/")["model_version"] == "cars-2"
    item.get_by_role("button", name="Check health").click()
    expect(item).to_contain_text("Does not answer")
    item.get_by_role("button", name="Disconnect…").click()
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    expect(page.get_by_role("heading", name="No models")).to_be_visible()
    page.get_by_role("button", name="Delete the predictions of cars-2").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete predictions").click()
    expect(page.get_by_text("1 prediction deleted.")).to_be_visible()
    assert admin.value("GET", f"/api/ml/?project={project}") == []
    assert tasks_of(admin, project)[0]["total_predictions"] == 0


def test_W4_a_bucket_is_tested_linked_and_synchronized(page, admin, project):
    with object_store() as (url, client):
        client.create_bucket(Bucket="streets")
        for name in ("in/a.jpg", "in/b.jpg", "in/notes.txt"):
            client.put_object(Bucket="streets", Key=name, Body=b"x")
        opened(page, project, "Storages")
        page.get_by_role("button", name="Add a source…").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Test").click()
        expect(dialog.get_by_text(re.compile("name of the bucket is missing"))).to_be_visible()
        dialog.get_by_label("Bucket", exact=True).fill("streets")
        dialog.get_by_label("Prefix").fill("in")
        dialog.get_by_label("Address of the service").fill(url)
        dialog.get_by_label("Access key ID").fill("key")
        dialog.get_by_label("Secret access key").fill("secret")
        dialog.get_by_label("Only names that match").fill(".*jpg")
        dialog.get_by_role("button", name="Test").click()
        expect(dialog.get_by_text("The storage can be reached.")).to_be_visible()
        dialog.get_by_role("button", name="Show files").click()
        files = dialog.get_by_role("region", name="Files").get_by_role("listitem")
        expect(files).to_have_text([re.compile("^in/a.jpg"), re.compile("^in/b.jpg")])
        dialog.get_by_label("Name", exact=True).fill("Streets")
        dialog.get_by_role("button", name="Link the storage").click()
        item = page.get_by_role("list", name="Sources of tasks").get_by_role("listitem")
        expect(item).to_contain_text("Not synchronized yet")
        item.get_by_role("button", name="Synchronize").click()
        expect(item).to_contain_text("2 new tasks")
        expect(item.get_by_role("status")).to_have_text("Synchronized")
        assert len(tasks_of(admin, project)) == 2

        item.get_by_role("button", name="Change…").click()
        expect(dialog.get_by_label("Secret access key")).to_have_value("")
        dialog.get_by_label("Objects are").select_option("Tasks as JSON")
        dialog.get_by_label("Only names that match").fill(".*txt")
        dialog.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Storage saved.")).to_be_visible()
        item.get_by_role("button", name="Synchronize").click()
        expect(item.get_by_role("status")).to_have_text("Synchronized in part")
        item.get_by_text("Log", exact=True).click()
        expect(item.locator("pre")).to_contain_text("in/notes.txt")
        assert not barriers(page)
    item.get_by_role("button", name="Unlink…").click()
    page.get_by_role("dialog").get_by_role("button", name="Unlink").click()
    expect(page.get_by_text("Storage unlinked.")).to_be_visible()
    assert admin.value("GET", f"/api/storages/?project={project}") == []
    assert len(tasks_of(admin, project)) == 2


def test_W4_annotations_are_written_to_a_folder(page, admin, project, place):
    folder = place.media / f"answers-{project}"
    folder.mkdir()
    admin.value("POST", f"/api/projects/{project}/import", json=[
        {"data": {"image": "https://images.invalid/a.jpg"}, "annotations": [{"result": RESULT}]}])
    opened(page, project, "Storages")
    page.get_by_role("button", name="Add a target…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Kind").select_option("Folder on the server")
    dialog.get_by_label("Folder", exact=True).fill("/nowhere/at-all")
    dialog.get_by_role("button", name="Test").click()
    expect(dialog.get_by_label("Folder", exact=True)).to_have_attribute("aria-invalid", "true")
    dialog.get_by_label("Folder", exact=True).fill(str(folder))
    dialog.get_by_role("button", name="Link the storage").click()
    item = page.get_by_role("list", name="Targets for annotations").get_by_role("listitem")
    expect(item).to_contain_text("1 annotation written")
    assert len(list(folder.iterdir())) == 1


def test_W4_a_webhook_is_made_tested_changed_and_its_deliveries_are_told(page, admin, project):
    with Receiver() as receiver:
        opened(page, project, "Webhooks")
        expect(page.get_by_role("heading", name="No webhooks")).to_be_visible()
        page.get_by_role("button", name="Add webhook…").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Add webhook").click()
        expect(dialog.get_by_text("Enter an address.")).to_be_visible()
        dialog.get_by_label("Address").fill("http://10.0.0.1/")
        dialog.get_by_role("button", name="Add webhook").click()
        expect(dialog.get_by_label("Address")).to_have_attribute("aria-invalid", "true")
        dialog.get_by_label("Address").fill(receiver.url + "/hook")
        dialog.get_by_label("All events").uncheck()
        dialog.get_by_role("button", name="Add webhook").click()
        expect(dialog.get_by_text("Choose at least one event.")).to_be_visible()
        dialog.get_by_label("New tasks").check()
        dialog.get_by_role("button", name="Add a header").click()
        dialog.get_by_label("Header", exact=True).fill("X-Secret")
        dialog.get_by_label("Value").fill("of ours")
        dialog.get_by_role("button", name="Add webhook").click()
        item = page.get_by_role("list", name="Webhooks").get_by_role("listitem")
        expect(item).to_contain_text("New tasks · 1 header")
        made = admin.value("GET", f"/api/webhooks/?project={project}")[0]
        assert made["actions"] == ["TASKS_CREATED"] and made["headers"] == {"X-Secret": "of ours"}

        item.get_by_role("button", name="Send a test").click()
        expect(item.get_by_text("The receiver took the test.")).to_be_visible()
        assert [event["action"] for event in receiver.received] == ["WEBHOOK_TEST"]
        assert receiver.headers[0]["X-Secret"] == "of ours"
        receiver.status = 418
        item.get_by_role("button", name="Send a test").click()
        expect(item.get_by_text(re.compile("It answered 418"))).to_be_visible()
        receiver.status = 200

        admin.value("POST", f"/api/projects/{project}/import",
                    json=[{"image": "https://images.invalid/a.jpg"}])
        until(lambda: len(receiver.received) == 2)
        path = f"/api/webhooks/{made['id']}/deliveries"
        until(lambda: admin.value("GET", path)[0]["state"] == "delivered")
        item.get_by_text("Deliveries", exact=True).first.click()
        row = item.get_by_role("row").nth(1)
        expect(row).to_contain_text("New tasks")
        expect(row).to_contain_text("Delivered")
        expect(row).to_contain_text("200")
        assert not barriers(page)

        item.get_by_role("switch").uncheck()
        expect(item.get_by_role("switch")).not_to_be_checked()
        until(lambda: not admin.value("GET", f"/api/webhooks/{made['id']}/")["is_active"])
        item.get_by_role("button", name="Change…").click()
        expect(dialog.get_by_label("New tasks")).to_be_checked()
        dialog.get_by_role("button", name="Remove the header").click()
        dialog.get_by_label("All events").check()
        dialog.get_by_role("button", name="Save").click()
        expect(item).to_contain_text("All events")
        assert admin.value("GET", f"/api/webhooks/{made['id']}/")["headers"] == {}
    item.get_by_role("button", name="Delete…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete webhook").click()
    expect(page.get_by_role("heading", name="No webhooks")).to_be_visible()
    assert admin.value("GET", f"/api/webhooks/?project={project}") == []


def test_W4_a_project_leaves_and_comes_back_as_an_archive(page, admin, project, tmp_path):
    admin.value("POST", f"/api/projects/{project}/import", json=[
        {"data": {"image": "https://images.invalid/a.jpg"}, "annotations": [{"result": RESULT}]}])
    page.goto(f"/projects/{project}/settings")
    page.get_by_label("With uploaded files").uncheck()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Pack", exact=True).click()
    assert "files=false" in waiting.value.url
    archive = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(archive)
    assert archive.suffix == ".tar"

    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Projects").click()
    page.get_by_role("button", name="Unpack…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Unpack", exact=True).click()
    expect(dialog.get_by_text("Choose a file.")).to_be_visible()
    broken = tmp_path / "broken.tar"
    broken.write_bytes(archive.read_bytes()[:2000])
    dialog.get_by_label("File", exact=True).set_input_files(broken)
    dialog.get_by_role("button", name="Unpack", exact=True).click()
    expect(dialog.get_by_role("alert").filter(has_text="archive")).to_be_visible()
    dialog.get_by_label("File", exact=True).set_input_files(archive)
    dialog.get_by_label("Name").fill("Come back")
    dialog.get_by_role("button", name="Unpack", exact=True).click()
    expect(dialog.get_by_text("“Come back” is there.")).to_be_visible()
    expect(dialog).to_contain_text("1 task · 1 annotation · 0 predictions · 0 files")
    assert not barriers(page)
    dialog.get_by_role("button", name="Open the project").click()
    expect(page.get_by_role("heading", level=1, name="Come back")).to_be_visible()
    made = int(page.url.rsplit("/", 1)[1].split("?")[0])
    annotation = admin.value("GET", f"/api/tasks/{tasks_of(admin, made)[0]['id']}/annotations/")[0]
    assert annotation["result"] == RESULT


def test_W4_a_config_is_edited_as_a_form(page, admin, project):
    opened_interface(page, project)
    page.get_by_role("button", name="Form", exact=True).click()
    kinds = page.get_by_role("region", name="Choices kind")
    expect(kinds.get_by_label("Choice", exact=True)).to_have_count(2)
    kinds.get_by_label("Choice", exact=True).nth(1).fill("coach & bus")
    kinds.get_by_label("Choice", exact=True).nth(1).press("Tab")
    kinds.get_by_role("button", name="Add a choice").click()
    fresh = kinds.get_by_label("Choice", exact=True).nth(2)
    expect(fresh).to_be_focused()
    fresh.fill("tram")
    fresh.press("Tab")
    kinds.get_by_role("button", name="Move tram up").click()
    expect(kinds.get_by_label("Choice", exact=True).nth(1)).to_have_value("tram")
    kinds.get_by_text("More settings").click()
    kinds.get_by_label("choice", exact=True).select_option("multiple")
    page.get_by_label("Add a control…").select_option("RectangleLabels")
    boxes = page.get_by_role("region", name=re.compile("^RectangleLabels"))
    boxes.get_by_label("Label", exact=True).fill("wheel")
    boxes.get_by_label("Label", exact=True).press("Tab")
    expect(page.get_by_text("The config is valid.")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Settings saved.")).to_be_visible()
    kept = admin.value("GET", f"/api/projects/{project}/")
    assert [*kept["parsed_label_config"]] == ["kind", "rectanglelabels"]
    assert kept["parsed_label_config"]["kind"]["labels"] == ["car", "tram", "coach & bus"]
    assert "<!-- what it is -->" in kept["label_config"]
    assert 'choice="multiple"' in kept["label_config"]
    page.get_by_role("button", name="Code", exact=True).click()
    code = page.get_by_role("textbox", name="Labeling config")
    expect(code).to_have_value(re.compile('value="wheel"'))
    code.fill("<View><Text></View>")
    page.get_by_role("button", name="Form", exact=True).click()
    expect(page.get_by_text("The config cannot be read. Mend it as code first.")).to_be_visible()
    page.get_by_role("button", name="Code", exact=True).click()
    code.fill(kept["label_config"])


def test_W4_labels_that_are_in_use_do_not_vanish_unasked(page, admin, project):
    admin.value("POST", f"/api/projects/{project}/import", json=[
        {"data": {"image": "https://images.invalid/a.jpg"}, "annotations": [{"result": RESULT}]}])
    opened_interface(page, project)
    page.get_by_role("button", name="Form", exact=True).click()
    page.get_by_role("button", name="Remove car").click()
    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog", name="Labels in use would vanish")
    expect(dialog).to_contain_text("car")
    gone = dialog.get_by_role("list", name="What changes").get_by_role("listitem").filter(has_text="Gone:")
    expect(gone).to_have_text([re.compile('<Choice value="car"/>')])
    dialog.get_by_role("button", name="Cancel").click()
    assert admin.value("GET", f"/api/projects/{project}/")["label_config"] == CONFIG
    page.get_by_role("button", name="Save", exact=True).click()
    dialog.get_by_role("button", name="Save anyway").click()
    expect(page.get_by_text("Settings saved.")).to_be_visible()
    assert "car" not in admin.value("GET", f"/api/projects/{project}/")["label_config"]


def test_W4_what_changes_is_told_before_it_is_saved(page, project):
    opened_interface(page, project)
    expect(page.get_by_text("What changes when it is saved")).to_be_hidden()
    code = page.get_by_role("textbox", name="Labeling config")
    code.fill(CONFIG.replace('"bus"', '"coach"'))
    page.get_by_text("What changes when it is saved").click()
    changes = page.get_by_role("list", name="What changes").get_by_role("listitem")
    expect(changes.filter(has_text="Gone:")).to_have_text([re.compile('value="bus"')])
    expect(changes.filter(has_text="New:")).to_have_text([re.compile('value="coach"')])
    assert not barriers(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Settings saved.")).to_be_visible()
    expect(page.get_by_text("What changes when it is saved")).to_be_hidden()


def test_W4_the_preview_shows_a_task_of_the_project(page, admin):
    project = admin.make_project("Texts", """<View><Text name="text" value="$text"/>
        <Choices name="kind" toName="text"><Choice value="a"/></Choices></View>""")
    admin.value("POST", f"/api/projects/{project}/import", json=[{"text": "A text of this project"}])
    opened_interface(page, project)
    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_text("A text of this project")).to_have_count(0)
    preview.get_by_label("What the preview shows").select_option("The first task of the project")
    expect(preview.get_by_text("A text of this project")).to_be_visible()


def opened_interface(page, project):
    page.goto(f"/projects/{project}/settings")
    page.get_by_role("link", name="Labeling interface").click()
    expect(page.get_by_role("textbox", name="Labeling config")).to_be_visible()


def test_W4_plugins_tell_their_tags_permissions_and_origin(page, admin, project):
    page.goto(f"/projects/{project}/plugins")
    item = page.get_by_role("main").get_by_role("listitem").filter(has_text="org.postil.satellite-polygon")
    expect(item.first).to_contain_text("Tag <SatellitePolygon>")
    item.first.get_by_text("Details", exact=True).click()
    expect(item.first).to_contain_text("It came with this installation.")
    expect(item.first).to_contain_text("Asks for")
    item.first.get_by_role("switch").check()
    expect(page.get_by_text(re.compile("is enabled in this project"))).to_be_visible()
    assert not barriers(page)


def test_W4_members_are_told_with_their_roles(page, admin, project, place):
    place.daemon.make_user("helper@example.org", "member")
    page.goto(f"/projects/{project}/settings/members")
    rows = page.get_by_role("region", name="Members").get_by_role("row")
    maker = rows.filter(has_text="admin@example.org")
    expect(maker).to_contain_text("Administrator")
    expect(maker).to_contain_text("made the project")
    expect(rows.filter(has_text="helper@example.org")).to_contain_text("Member")


SECTIONS = ["", "/interface", "/instructions", "/annotation", "/models", "/storages", "/webhooks",
            "/members"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_W4_every_page_of_settings_is_without_barriers(page, project, shots, scheme):
    page.emulate_media(color_scheme=scheme)
    found = {}
    for section in SECTIONS:
        page.goto(f"/projects/{project}/settings{section}")
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
        if section == "/interface":
            page.get_by_role("button", name="Form", exact=True).click()
            expect(page.get_by_role("region", name="Choices kind")).to_be_visible()
        found[section] = barriers(page)
    page.emulate_media(color_scheme="light")
    assert not any(found.values()), found
