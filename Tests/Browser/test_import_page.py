"""The import dialog: files of other tools through the sources of plugins, and what is pasted."""

import io
import json

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
