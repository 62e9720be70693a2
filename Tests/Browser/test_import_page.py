"""The import dialog: files of other tools through the sources of plugins, and what is pasted."""

import io
import json
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

BOXES = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="car"/></RectangleLabels></View>"""
TEXT = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Good"/></Choices></View>"""


@pytest.fixture
def dialog_of(editor, admin):
    def opened(config):
        project = admin.make_project("Imports", config)
        editor.page.goto(f"/projects/{project}")
        editor.page.get_by_role("button", name="Import").first.click()
        return project, editor.page.get_by_role("dialog", name="Import")

    return opened


def picture():
    made = io.BytesIO()
    Image.new("RGB", (100, 50), "teal").save(made, "PNG")
    return made.getvalue()


def files(dialog):
    return dialog.get_by_label("Files to import")


def test_W6_labels_of_another_tool_come_in_and_what_is_left_out_is_told(editor, admin, dialog_of):
    project, dialog = dialog_of(BOXES)
    coco = {
        "images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 50}],
        "categories": [{"id": 1, "name": "car"}, {"id": 2, "name": "plane"}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 5, 20, 10]},
            {"id": 2, "image_id": 1, "category_id": 2, "bbox": [50, 5, 20, 10]},
        ],
    }
    dialog.get_by_label("What the files hold").select_option("COCO")
    expect(dialog.get_by_text("One .json file with images")).to_be_visible()
    dialog.get_by_label("Unknown labels").select_option("leave_out")
    files(dialog).set_input_files([
        {"name": "labels.json", "mimeType": "application/json", "buffer": json.dumps(coco).encode()},
        {"name": "a.png", "mimeType": "image/png", "buffer": picture()},
    ])
    expect(dialog.get_by_text("2 files")).to_be_visible()
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(dialog.get_by_text("Not everything in the files was understood:")).to_be_visible()
    expect(dialog.get_by_role("listitem").filter(has_text="1 ×")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(editor.page.get_by_role("dialog")).to_have_count(0)
    (task,) = admin.value("GET", f"/api/tasks/?project={project}&fields=all")["tasks"]
    (result,) = task["annotations"][0]["result"]
    assert result["value"]["rectanglelabels"] == ["car"]
    assert (result["value"]["x"], result["value"]["width"]) == (10, 20)


def test_W6_a_refused_file_says_why_and_changes_nothing(admin, dialog_of):
    project, dialog = dialog_of(BOXES)
    dialog.get_by_label("What the files hold").select_option("COCO")
    files(dialog).set_input_files(
        [{"name": "labels.json", "mimeType": "application/json", "buffer": b'{"images": 7}'}])
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(dialog.get_by_role("alert").filter(has_text="labels.json")).to_be_visible()
    assert admin.value("GET", f"/api/tasks/?project={project}")["total"] == 0


@pytest.mark.parametrize("text", ['[{"text": "one"}, {"text": "two"}]', "text,n\none,1\ntwo,2",
                                  "text\tn\none\t1\ntwo\t2"])
def test_W6_tasks_are_pasted(editor, admin, dialog_of, text):
    project, dialog = dialog_of(TEXT)
    dialog.get_by_text("Paste tasks").click()
    dialog.get_by_label("Tasks to paste").fill(text)
    dialog.get_by_role("button", name="Add", exact=True).click()
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(editor.page.get_by_text("2 tasks imported.").first).to_be_visible()
    tasks = admin.value("GET", f"/api/tasks/?project={project}&fields=all")["tasks"]
    assert [task["data"]["text"] for task in tasks] == ["one", "two"]


def tasks_of(admin, project):
    return admin.value("GET", f"/api/tasks/?project={project}&fields=all")["tasks"]


def test_W6_each_file_has_a_state_and_a_failed_one_goes_on_alone(editor, admin, dialog_of):
    project, dialog = dialog_of(TEXT)
    page = editor.page
    files(dialog).set_input_files([
        {"name": f"{name}.json", "mimeType": "application/json",
         "buffer": json.dumps([{"text": name}]).encode()} for name in ("first", "second", "third")])
    listed = dialog.get_by_role("list", name="Files").get_by_role("listitem")
    expect(listed).to_have_count(3)
    expect(listed.filter(has_text="Waits")).to_have_count(3)
    dialog.get_by_role("button", name="Leave out third.json").click()
    expect(listed).to_have_count(2)
    sent = []

    def refuse(route):
        sent.append(route.request.url)
        if len(sent) == 1:
            return route.fulfill(status=507, json={"detail": "There is no room on the disk."})
        return route.continue_()

    page.route("**/uploads/*?offset=0", refuse)
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(listed.filter(has_text="no room")).to_have_count(1)
    expect(listed.filter(has_text="Uploaded")).to_have_count(1)
    expect(dialog.get_by_role("alert").filter(has_text="no room")).to_be_visible()
    assert tasks_of(admin, project) == []
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("2 tasks imported.").first).to_be_visible()
    # The file that was there was not sent again.
    assert len(sent) == 3
    assert sorted(task["data"]["text"] for task in tasks_of(admin, project)) == ["first", "second"]


def test_W6_an_upload_that_broke_off_goes_on_after_the_page_was_closed(editor, admin, dialog_of, tmp_path):
    project, dialog = dialog_of(TEXT)
    page = editor.page
    # Longer than one piece.
    text = "text\n" + "".join(f"row {i} {'x' * 1000}\n" for i in range(9000))
    (tmp_path / "long.csv").write_text(text)
    page.route(re.compile("/uploads/.*offset=[1-9]"), lambda route: route.abort())
    files(dialog).set_input_files(tmp_path / "long.csv")
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(dialog.get_by_text("The server cannot be reached.").first).to_be_visible()
    page.unroute_all()
    page.goto(f"/projects/{project}")
    page.get_by_role("button", name="Import").first.click()
    begun = []
    page.on("request", lambda request: request.method == "PATCH" and begun.append(request.url))
    files(dialog).set_input_files(tmp_path / "long.csv")
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("9,000 tasks imported.").first).to_be_visible()
    assert [url.split("=")[-1] for url in begun] == [str(8 << 20)]


def test_W6_what_was_detected_is_told(admin, dialog_of):
    _, dialog = dialog_of(BOXES)
    dialog.get_by_label("What the files hold").select_option("COCO")
    coco = {"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 50}],
            "categories": [{"id": 1, "name": "car"}, {"id": 2, "name": "plane"}],
            "annotations": [
                {"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 5, 20, 10]},
                {"id": 2, "image_id": 1, "category_id": 2, "bbox": [50, 5, 20, 10]}]}
    dialog.get_by_label("Unknown labels").select_option("leave_out")
    files(dialog).set_input_files([
        {"name": "labels.json", "mimeType": "application/json", "buffer": json.dumps(coco).encode()},
        {"name": "a.png", "mimeType": "image/png", "buffer": picture()}])
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(dialog.get_by_text("Fields: image. 1 annotation.")).to_be_visible()


def test_W6_the_line_of_a_mistake_is_told(admin, dialog_of):
    project, dialog = dialog_of(TEXT)
    files(dialog).set_input_files([{"name": "rows.csv", "mimeType": "text/csv",
                                    "buffer": b"text,n\none,1\ntwo,2,3\n"}])
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(dialog.get_by_text("Row 3, Column 3")).to_be_visible()
    assert tasks_of(admin, project) == []


def test_W6_a_file_is_fetched_from_its_address(editor, admin, dialog_of):
    project, dialog = dialog_of(TEXT)
    dialog.get_by_text("From an address").click()
    address = dialog.get_by_label("Address of a file")
    address.fill("example.org")
    address.press("Enter")
    expect(dialog.get_by_text("Enter an address that begins with")).to_be_visible()
    # What is fetched is tested without a browser; this server may ask nobody.
    address.fill("http://127.0.0.1:9/tasks.json")
    dialog.get_by_role("button", name="Fetch and import").click()
    expect(dialog.get_by_role("alert").filter(has_text="--allow-outbound")).to_be_visible()
    assert tasks_of(admin, project) == []


def test_W6_a_storage_is_linked_and_asked_again(editor, admin, dialog_of, media_root):
    folder = media_root / "linked" / "sub"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(picture())
    project, dialog = dialog_of(BOXES)
    dialog.get_by_text("From a storage").click()
    dialog.get_by_role("button", name="Link and import").click()
    expect(dialog.get_by_text("This is needed.")).to_be_visible()
    dialog.get_by_label("Folder on the server").fill(str(media_root / "nowhere"))
    dialog.get_by_role("button", name="Link and import").click()
    expect(dialog.get_by_role("alert").filter(has_text="media root")).to_be_visible()
    dialog.get_by_label("Folder on the server").fill(str(folder.parent))
    dialog.get_by_role("button", name="Link and import").click()
    expect(dialog.get_by_text("1 task imported.")).to_be_visible()
    (folder / "b.png").write_bytes(picture())
    dialog.get_by_role("button", name=f"Import what is new in {folder.parent}").click()
    expect(dialog.get_by_text("1 object known already.")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(editor.page.get_by_role("status").filter(has_text="2 tasks")).to_be_visible()
    assert len(tasks_of(admin, project)) == 2
