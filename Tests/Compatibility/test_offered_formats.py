"""Which formats a config offers, beside what Label Studio's converter says of the same config."""

import io
import json
import zipfile

import pytest
from label_studio_sdk.converter import Converter
from PIL import Image

IMAGE = '<Image name="i" value="$image"/>'
TEXT = '<Text name="t" value="$text"/>'


def control(tag, target="i", name="c"):
    child = "Choice" if tag == "Choices" else "Label"
    inside = f'<{child} value="a"/><{child} value="b"/>'
    return f'<{tag} name="{name}" toName="{target}">{inside}</{tag}>'


CONFIGS = {
    "boxes": IMAGE + control("RectangleLabels"),
    "polygons": IMAGE + control("PolygonLabels"),
    "bare boxes": IMAGE + '<Rectangle name="r" toName="i"/>' + control("Labels"),
    "key points alone": IMAGE + control("KeyPointLabels"),
    "key points and boxes": IMAGE + control("KeyPointLabels") + control("RectangleLabels", name="d"),
    "brush": IMAGE + control("BrushLabels"),
    "bare brush": IMAGE + '<Brush name="r" toName="i"/>' + control("Labels"),
    "image choices": IMAGE + control("Choices"),
    "pages": '<Image name="i" valueList="$pages"/>' + control("RectangleLabels"),
    "spans": TEXT + control("Labels", "t"),
    "text by address": '<Text name="t" value="$text" valueType="url"/>' + control("Labels", "t"),
    "text choices": TEXT + control("Choices", "t"),
    "speech": '<Audio name="a" value="$audio"/><TextArea name="s" toName="a"/>',
    "two fields": IMAGE + TEXT + control("RectangleLabels") + control("Labels", "t", "d"),
    "markup and an image": IMAGE + '<TextArea name="m" toName="i"/>',
    "markup and two fields": IMAGE + TEXT + '<TextArea name="m" toName="i"/>' + control("Labels", "t", "d"),
    "video": '<Video name="v" value="$video"/>' + control("TimelineLabels", "v"),
}
# CSV_OLD is a name without a format. Ours beside the original's are the formats that it lacks.
THEIRS_ALONE = {"CSV_OLD"}
# The original offers what would be empty: turned boxes where there are none, and spans of a text
# that is not in the task.
THEIRS_IN_VAIN = {
    "key points alone": {"YOLO_OBB", "YOLO_OBB_WITH_IMAGES"},
    "text by address": {"CONLL2003"},
}
OURS_ALONE = {"GEOJSON", "SPACY", "CVAT", "DATUMARO", "LABELBOX", "HUGGING_FACE"}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_config_offers_what_the_converter_says(admin, name, tmp_path):
    config = f"<View>{CONFIGS[name]}</View>"
    project = admin.make_project(f"Formats {name}", config)
    formats = admin.value("GET", f"/api/projects/{project}/export/formats")
    mine = {f["name"] for f in formats if not f["disabled"]} - OURS_ALONE
    theirs = set(Converter(config, str(tmp_path)).supported_formats) - THEIRS_ALONE
    theirs -= THEIRS_IN_VAIN.get(name, set())
    assert mine == theirs
    for entry in formats:
        assert entry["disabled"] == bool(entry["reason"]), entry["name"]
    usable = [not f["disabled"] for f in formats]
    assert usable == sorted(usable, reverse=True)  # Those that can be used come first.


def test_uploaded_images_are_part_of_an_export(admin):
    """Through the daemon: an upload with an emoji of several code points in its name."""
    project = admin.make_project("With images", f"<View>{IMAGE}{control('RectangleLabels')}</View>")
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "PNG")
    admin.value("POST", f"/api/projects/{project}/import",
                files={"file": ("straße 🚗.png", picture.getvalue(), "image/png")})
    admin.value("POST", f"/api/projects/{project}/import",
                json=[{"image": "https://images.invalid/away.png"}])
    answer = admin.get(f"/api/projects/{project}/export?exportType=COCO_WITH_IMAGES&download_all_tasks=true")
    assert answer.ok, answer.text
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    document = json.loads(archive.read("result.json"))
    names = [n for n in archive.namelist() if n.startswith("images/")]
    assert len(names) == 1 and archive.read(names[0]) == picture.getvalue()
    sizes = {i["file_name"]: (i["width"], i["height"]) for i in document["images"]}
    assert sizes.pop(names[0]) == (40, 30)
    assert list(sizes.values()) == [(None, None)]
