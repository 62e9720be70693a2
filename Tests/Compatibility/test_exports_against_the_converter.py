"""Our files beside those of Label Studio's own converter, made of the same tasks."""

import csv
import io
import json
import zipfile

import pytest
from label_studio_sdk.converter import Converter

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="car"/><Label value="bus"/></RectangleLabels>
<PolygonLabels name="outline" toName="image"><Label value="roof" category="7"/></PolygonLabels>
<Choices name="mood" toName="image"><Choice value="good"/><Choice value="bad"/></Choices></View>"""


def region(kind, name, value, width=800, height=600):
    return {"id": f"{name}{value.get('x', 0)}", "type": kind, "from_name": name, "to_name": "image",
            "original_width": width, "original_height": height, "image_rotation": 0, "value": value}


def box(x, y, width, height, *labels):
    return region("rectanglelabels", "box", {"x": x, "y": y, "width": width, "height": height,
                                             "rotation": 0, "rectanglelabels": list(labels)})


def outline(*points):
    return region("polygonlabels", "outline",
                  {"points": [list(p) for p in points], "closed": True, "polygonlabels": ["roof"]})


MOOD = {"id": "m", "type": "choices", "from_name": "mood", "to_name": "image",
        "value": {"choices": ["good"]}}
TASKS = [
    {"data": {"image": "https://images.invalid/a/street 1.jpg?x=1", "note": 'a "quoted", text'},
     "annotations": [{"result": [box(1.5, 2.25, 30.125, 40, "car"), MOOD]}]},
    {"data": {"image": "https://images.invalid/b.png", "note": "ünï 漢字 🚗", "n": 7},
     "annotations": [{"result": [outline((10, 10), (50.5, 12), (40, 70.75))]},
                     {"result": [box(0, 0, 100, 100, "bus")]}]},
    {"data": {"image": "https://images.invalid/c.png", "note": ""},
     "annotations": [{"result": [], "was_cancelled": True}]},
    {"data": {"image": "https://images.invalid/d.png", "note": "nothing"},
     "annotations": [{"result": [MOOD]}]},
]


@pytest.fixture(scope="module")
def exported(admin, tmp_path_factory):
    """A project, its tasks as JSON in a file, and the converter that reads them."""
    project = admin.make_project("Oracle", CONFIG)
    admin.value("POST", f"/api/projects/{project}/import", json=TASKS)
    text = admin.get(f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true")
    source = tmp_path_factory.mktemp("oracle") / "tasks.json"
    source.write_bytes(text.content)
    converter = Converter(CONFIG, str(source.parent), download_resources=False)

    def ours(name):
        answer = admin.get(f"/api/projects/{project}/export?exportType={name}")
        assert answer.ok, answer.text
        return answer.content

    return ours, converter, source


def test_coco_is_the_converters(exported, tmp_path):
    ours, converter, source = exported
    converter.convert_to_coco(str(source), str(tmp_path), is_dir=False)
    theirs = json.loads((tmp_path / "result.json").read_text())
    mine = json.loads(ours("COCO"))
    assert mine["categories"] == [{"id": c["id"], "name": c["name"]} for c in theirs["categories"]]

    def boxes(document):
        names = {image["id"]: image["file_name"].rsplit("/", 1)[-1] for image in document["images"]}
        return sorted(
            (names[a["image_id"]], a["category_id"], a["bbox"], a["segmentation"], a["area"])
            for a in document["annotations"])

    expected = boxes(theirs)
    assert len(expected) == 3
    for mine_box, their_box in zip(boxes(mine), expected):
        assert mine_box[:2] == their_box[:2]
        assert mine_box[2] == pytest.approx(their_box[2], abs=1e-9)
        assert [pytest.approx(s, abs=1e-9) for s in their_box[3]] == mine_box[3]
        assert mine_box[4] == pytest.approx(their_box[4], rel=1e-9)


def test_yolo_lines_are_the_converters(exported, tmp_path):
    ours, converter, source = exported
    converter.convert_to_yolo(str(source), str(tmp_path), is_dir=False)
    files = zipfile.ZipFile(io.BytesIO(ours("YOLO")))
    mine = {name: files.read(name).decode().split() for name in files.namelist()
            if name.startswith("labels/")}
    theirs = {f"labels/{path.name}": path.read_text().split()
              for path in (tmp_path / "labels").iterdir()}
    # With two annotations the converter keeps the oldest and we the newest; see the loss report.
    twice = [name for name in mine if name.endswith("b.txt")]
    assert len(twice) == 1 and set(mine) == set(theirs)
    for name in set(mine) - set(twice):
        classes = files.read("classes.txt").decode().split()
        assert len(mine[name]) == len(theirs[name])
        if mine[name]:
            assert classes[int(mine[name][0])] == "car"
            assert list(map(float, mine[name][1:])) == pytest.approx(
                list(map(float, theirs[name][1:])))


def test_csv_cells_are_the_converters(exported, tmp_path):
    ours, converter, source = exported
    converter.convert_to_csv(str(source), str(tmp_path), is_dir=False, sep=",")
    theirs = list(csv.DictReader(io.StringIO((tmp_path / "result.csv").read_text())))
    mine = list(csv.DictReader(io.StringIO(ours("CSV").decode())))

    def cell(text):
        try:
            return json.loads(text)
        except ValueError:
            return text

    def rows(table):
        return sorted(({k: cell(v) for k, v in row.items()} for row in table),
                      key=lambda row: (row["id"], row["annotation_id"]))

    assert list(mine[0]) == list(theirs[0])
    assert rows(mine) == rows(theirs)
