"""Labels of other tools come in: round trips of our own exports, and files with every mistake."""

import io
import json
import zipfile

import pytest
from formats import same
from generated_tasks import IMAGE_CONFIG, KEY_POINT_CONFIG, TEXT_CONFIG, Maker
from PIL import Image

SIZE = (64, 48)
OBB = {"lines": "oriented_boxes"}


def picture(size=SIZE) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, "green").save(data, "PNG")
    return data.getvalue()


def upload(admin, project, source, files, **settings):
    return admin.post(f"/api/projects/{project}/folder",
                      params={"source": source, "settings": json.dumps(settings)},
                      files=[("files", (name, content)) for name, content in files.items()])


def exported(admin, project, name, **settings):
    answer = admin.get(f"/api/projects/{project}/export", params={
        "exportType": name, "download_all_tasks": "true", "settings": json.dumps(settings)})
    assert answer.ok, answer.text
    if answer.content[:2] != b"PK":
        return {"result": answer.content}
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: archive.read(name) for name in archive.namelist()}


def shapes(maker):
    labels = ["car", 'Büs "x"', "zebra"]
    return [maker.box(SIZE, [maker.random.choice(labels)]), maker.polygon(SIZE, ["roof"]),
            maker.polygon(SIZE, ["汉 🚗"]), maker.choice("mood", "image", "bad")]


def labeled_project(admin, config, results, count=12, seed=1):
    """A project with uploaded images and generated answers."""
    project = admin.make_project("Round trip", config)
    files = {f"bild {i}.png": picture() for i in range(count)}
    assert upload(admin, project, "local-folder", files).ok
    maker = Maker(seed)
    for task in admin.value("GET", f"/api/projects/{project}/tasks?page_size=100"):
        admin.value("POST", f"/api/tasks/{task['id']}/annotations/", json={"result": results(maker)})
    return project


def rounded(value) -> str:
    """An order in which the last digits of numbers do not matter."""
    def cut(part):
        if isinstance(part, float):
            return round(part, 6) + 0.0
        return [cut(p) for p in part] if isinstance(part, list) else part
    return json.dumps(cut(value))


def coco_shape(files):
    document = json.loads(files["result.json"] if "result.json" in files else files["result"])
    names = {c["id"]: c["name"] for c in document["categories"]}
    images = {i["id"]: i for i in document["images"]}
    found = {}
    for annotation in document["annotations"]:
        size = images[annotation["image_id"]]
        found.setdefault(f"{size['width']} {size['height']}", []).append(
            [names[annotation["category_id"]], annotation["bbox"], annotation.get("segmentation"),
             annotation.get("keypoints")])
    return [len(images), {k: sorted(v, key=rounded) for k, v in found.items()}]


def label_files(files):
    lines = [[[float(n) for n in line.split()] for line in content.decode().splitlines()]
             for name, content in files.items() if name.startswith("labels/")]
    return [sorted(lines, key=rounded), files["classes.txt"].decode()]


def voc_objects(files):
    return sorted(content.decode().split("<object>", 1)[1] for name, content in files.items()
                  if name.startswith("Annotations/"))


def cvat_shapes(files):
    import xml.etree.ElementTree as ElementTree

    root = ElementTree.fromstring(files["annotations.xml"])
    return sorted(
        [[node.tag, node.get("label"), [
            [float(n) for n in node.get(a).replace(";", ",").split(",")]
            for a in ("xtl", "ytl", "xbr", "ybr", "rotation", "points", "cx", "cy", "rx", "ry", "rle", "left", "top")
            if node.get(a) is not None]] for node in image]
        for image in root.iter("image"))


ROUND_TRIPS = {
    "coco": ("COCO_WITH_IMAGES", {}, IMAGE_CONFIG, shapes, {}, coco_shape),
    "yolo": ("YOLO_WITH_IMAGES", {}, IMAGE_CONFIG, shapes, {}, label_files),
    "voc": ("VOC", {}, IMAGE_CONFIG, shapes, {}, voc_objects),
    "cvat": ("CVAT", {"images": True}, IMAGE_CONFIG, shapes, {}, cvat_shapes),
}


@pytest.mark.parametrize("source", ROUND_TRIPS)
def test_what_went_out_comes_in_and_goes_out_alike(admin, source):
    name, settings, config, results, options, shape = ROUND_TRIPS[source]
    first = exported(admin, labeled_project(admin, config, results), name, **settings)
    second_project = admin.make_project("Back again", config)
    answer = upload(admin, second_project, source, first, **options)
    assert answer.status_code == 201, answer.text
    assert answer.json()["task_count"] == 12 and answer.json()["annotation_count"] == 12
    same(shape(exported(admin, second_project, name, **settings)), shape(first))


@pytest.mark.parametrize("source, name, settings", [
    ("cvat", "CVAT", {"images": True}), ("yolo", "YOLO_OBB_WITH_IMAGES", {})])
def test_turned_boxes_come_back_turned(admin, source, name, settings):
    def turned(maker):
        return [maker.box(SIZE, ["car"], angle) for angle in (30.0, -75.5, 200.0)]

    first = exported(admin, labeled_project(admin, IMAGE_CONFIG, turned, 3), name, **settings)
    project = admin.make_project("Turned", IMAGE_CONFIG)
    answer = upload(admin, project, source, first, **(OBB if source == "yolo" else {}))
    assert answer.ok, answer.text
    shape = cvat_shapes if source == "cvat" else label_files
    if source == "cvat":
        same(shape(exported(admin, project, name, **settings)), shape(first))
    mine = json.loads(exported(admin, project, "COCO")["result"])["annotations"]
    assert len(mine) == 9 and all(a["area"] > 0 for a in mine)


@pytest.mark.parametrize("source, name", [("coco", "COCO_WITH_IMAGES"), ("yolo", "YOLO_WITH_IMAGES")])
def test_key_points_come_back_with_their_box(admin, source, name):
    def person(maker):
        box = maker.box(SIZE, ["person"])
        return [box, maker.key_point(SIZE, "nose", box["id"]), maker.key_point(SIZE, "ear", box["id"])]

    first = exported(admin, labeled_project(admin, KEY_POINT_CONFIG, person), name)
    project = admin.make_project("Points", KEY_POINT_CONFIG)
    answer = upload(admin, project, source, first)
    assert answer.ok, answer.text
    shape = coco_shape if source == "coco" else label_files
    same(shape(exported(admin, project, name)), shape(first))


def test_masks_and_ellipses_come_back_from_cvat(admin):
    import numpy
    from test_brush_formats_against_the_converter import encoded

    def painted(maker):
        pixels = numpy.zeros((SIZE[1], SIZE[0]), dtype=numpy.uint8)
        pixels[5:30, 10:40] = 255
        pixels[8:12, 15:20] = 0
        return [maker.result("brushlabels", "paint", {"format": "rle", "rle": encoded(pixels, maker),
                                                      "brushlabels": ["grass"]}, SIZE),
                maker.ellipse(SIZE)]

    first = exported(admin, labeled_project(admin, IMAGE_CONFIG, painted, 2), "CVAT", images=True)
    project = admin.make_project("Masks", IMAGE_CONFIG)
    answer = upload(admin, project, "cvat", first)
    assert answer.ok, answer.text
    same(cvat_shapes(exported(admin, project, "CVAT", images=True)), cvat_shapes(first))


def test_labelbox_lines_come_back(admin):
    first = exported(admin, labeled_project(admin, IMAGE_CONFIG, shapes), "LABELBOX")["result"]
    project = admin.make_project("Labelbox", IMAGE_CONFIG)
    answer = upload(admin, project, "labelbox", {"export.ndjson": first})
    assert answer.ok, answer.text
    second = exported(admin, project, "LABELBOX")["result"]

    def objects(text):
        found = []
        for line in text.decode().splitlines():
            for entry in json.loads(line)["projects"].values():
                inside = entry["labels"][0]["annotations"]
                found.append(sorted(([o["name"], o.get("bounding_box"), o.get("polygon")]
                                     for o in inside["objects"]), key=rounded)
                             + [c["radio_answer"]["name"] for c in inside["classifications"]])
        return sorted(found, key=rounded)

    same(objects(second), objects(first))


def test_conll_comes_back(admin):
    project = admin.make_project("CoNLL", TEXT_CONFIG)
    admin.value("POST", f"/api/projects/{project}/import", json=[
        {"text": "Anna lebt in München 🏙 ."}, {"text": "Nobody here ."}])
    tasks = admin.value("GET", f"/api/projects/{project}/tasks?page_size=10")
    content = "Anna lebt in München 🏙 ."
    for task in tasks:
        results = []
        if task["data"]["text"] == content:
            for word, label in (("Anna", "PER"), ("München 🏙", "Ort 🏙")):
                start = content.index(word)
                results.append({"id": word, "type": "labels", "from_name": "ner", "to_name": "text",
                                "value": {"start": start, "end": start + len(word), "text": word,
                                          "labels": [label]}})
        admin.value("POST", f"/api/tasks/{task['id']}/annotations/", json={"result": results})
    first = exported(admin, project, "CONLL2003")["result"].replace("Ort 🏙".encode(), b"PER")
    again = admin.make_project("CoNLL again", TEXT_CONFIG)
    answer = upload(admin, again, "conll", {"corpus.conll": first})
    assert answer.ok, answer.text
    assert answer.json()["task_count"] == 2
    assert exported(admin, again, "CONLL2003")["result"] == first


def test_labels_may_come_in_as_predictions(admin):
    project = admin.make_project("Predictions", IMAGE_CONFIG)
    files = {"classes.txt": "car\n", "labels/a.txt": "0 0.5 0.5 0.2 0.2 0.875\n", "images/a.png": picture()}
    answer = upload(admin, project, "yolo", files, answers="predictions")
    assert answer.status_code == 201, answer.text
    assert answer.json()["prediction_count"] == 1 and answer.json()["annotation_count"] == 0
    task = admin.value("GET", f"/api/projects/{project}/tasks?page_size=10")[0]
    found = admin.value("GET", f"/api/predictions/?task={task['id']}")
    assert found[0]["score"] == 0.875 and found[0]["result"][0]["original_width"] == SIZE[0]


def coco(**changes):
    document = {
        "images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}],
        "categories": [{"id": 3, "name": "car"}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}],
    }
    return json.dumps({**document, **changes}).encode()


IMAGE = {"a.png": picture()}
CVAT = b'<annotations><image id="0" name="a.png" width="64" height="48">%s</image></annotations>'
BOX = b'<box label="car" xtl="1" ytl="2" xbr="%s" ybr="9"/>'
VOC = (b"<annotation><filename>a.png</filename><size><width>64</width><height>48</height></size>"
       b"<object><name>%s</name><bndbox><xmin>%s</xmin><ymin>2</ymin><xmax>9</xmax><ymax>9</ymax>"
       b"</bndbox></object></annotation>")
BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
MISTAKES = {
    "COCO cut off": ("coco", {**IMAGE, "c.json": coco()[:-20]}, "c.json"),
    "COCO of another kind": ("coco", {**IMAGE, "c.json": b"[1]"}, "c.json"),
    "COCO without images": ("coco", {**IMAGE, "c.json": b'{"annotations": []}'}, "images"),
    "COCO with an unknown label": (
        "coco", {**IMAGE, "c.json": coco(categories=[{"id": 3, "name": "ufo"}])}, "ufo"),
    "COCO with an unknown category": ("coco", {**IMAGE, "c.json": coco(categories=[])}, "category_id"),
    "COCO with an orphan": ("coco", {**IMAGE, "c.json": coco(annotations=[
        {"image_id": 9, "category_id": 3, "bbox": [1, 2, 3, 4]}])}, "image_id"),
    "COCO with a short box": ("coco", {**IMAGE, "c.json": coco(annotations=[
        {"image_id": 1, "category_id": 3, "bbox": [1, 2]}])}, "four numbers"),
    "COCO whose image is missing": ("coco", {"c.json": coco()}, "a.png"),
    "two COCO files": ("coco", {"a.json": coco(), "b.json": coco()}, "2"),
    "YOLO without classes": ("yolo", {**IMAGE, "a.txt": b"0 .5 .5 .1 .1"}, "classes.txt"),
    "YOLO with a word": ("yolo", {**IMAGE, "classes.txt": b"car", "a.txt": b"0 0.5 x 1 1"}, "line 1"),
    "YOLO with an unknown class": (
        "yolo", {**IMAGE, "classes.txt": b"car", "a.txt": b"\n7 0.5 0.5 1 1"}, "line 2"),
    "YOLO with a short line": ("yolo", {**IMAGE, "classes.txt": b"car", "a.txt": b"0 0.5 0.5"}, "line 1"),
    "VOC that is no XML": ("voc", {**IMAGE, "a.xml": b"<annotation>"}, "a.xml"),
    "VOC with a DOCTYPE": ("voc", {**IMAGE, "a.xml": BOMB + VOC % (b"car", b"1")}, "DOCTYPE"),
    "VOC with a word": ("voc", {**IMAGE, "a.xml": VOC % (b"car", b"one")}, "xmin"),
    "VOC with an unknown name": ("voc", {**IMAGE, "a.xml": VOC % (b"ufo", b"1")}, "ufo"),
    "CVAT cut off": ("cvat", {**IMAGE, "c.xml": (CVAT % (BOX % b"9"))[:-20]}, "line 1"),
    "CVAT with a DOCTYPE": ("cvat", {**IMAGE, "c.xml": BOMB + CVAT % b""}, "DOCTYPE"),
    "CVAT with a word": ("cvat", {**IMAGE, "c.xml": CVAT % (BOX % b"nine")}, "xbr"),
    "CVAT of a video": ("cvat", {**IMAGE, "c.xml": b'<annotations><track id="0"/></annotations>'}, "video"),
    "CVAT with a mask outside": ("cvat", {**IMAGE, "c.xml": CVAT % (
        b'<mask label="grass" rle="0, 9" left="60" top="0" width="9" height="1"/>')}, "mask"),
    "Labelbox cut off": ("labelbox", {"a.ndjson": b'{"data_row": {"row_data": "a.png"'}, "a.ndjson"),
    "rows that are cut off": ("hugging-face", {"a.jsonl": b'{"image": "x.png"'}, "line at byte 0"),
    "rows with a class without a name": (
        "hugging-face", {"a.jsonl": b'{"image": "x.png"}\n{"image": "x.png", "mood": 7}'}, "line at byte 19"),
    "rows with an answer that is none": ("hugging-face", {"a.jsonl": b'{"image": "x.png", "paint": "grass"}'}, "paint"),
    "rows whose image is missing": ("hugging-face", {"a.jsonl": b'{"file_name": "gone.png"}'}, "gone.png"),
    "Parquet": ("hugging-face", {"data/train.parquet": b"PAR1"}, "to_json"),
    "CoNLL without a tag": ("conll", {"a.conll": b"-DOCSTART- -X- O\n\nToken\n"}, "a.conll"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_with_its_place(admin, mistake):
    source, files, place = MISTAKES[mistake]
    project = admin.make_project("Mistakes", TEXT_CONFIG if source == "conll" else IMAGE_CONFIG)
    answer = upload(admin, project, source, files)
    assert 400 <= answer.status_code < 500, answer.text
    assert place in answer.text, answer.text
    assert admin.value("GET", f"/api/projects/{project}")["task_number"] == 0


def test_unknown_labels_may_be_left_out_and_images_be_elsewhere(admin):
    project = admin.make_project("Lenient", IMAGE_CONFIG)
    document = coco(categories=[{"id": 3, "name": "ufo"}, {"id": 4, "name": "car"}], annotations=[
        {"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]},
        {"image_id": 1, "category_id": 4, "bbox": [1, 2, 3, 4]}])
    answer = upload(admin, project, "coco", {"c.json": document}, unknown_labels="leave_out",
                    image_root="https://images.invalid/")
    assert answer.ok, answer.text
    task = admin.value("GET", f"/api/projects/{project}/tasks?page_size=10")[0]
    assert task["data"] == {"image": "https://images.invalid/a.png"}
    found = admin.value("GET", f"/api/tasks/{task['id']}")["annotations"][0]["result"]
    assert [r["value"]["rectanglelabels"] for r in found] == [["car"]]


def test_settings_are_checked_before_files_come(admin):
    project = admin.make_project("Settings", IMAGE_CONFIG)
    answer = upload(admin, project, "coco", IMAGE, answers="guesses")
    assert answer.status_code == 400 and "answers" in answer.text


def test_the_command_line_imports_a_folder(daemon, admin, tmp_path):
    project = admin.make_project("From the shell", IMAGE_CONFIG)
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").write_bytes(picture())
    (tmp_path / "c.json").write_bytes(coco())
    done = daemon.run("import", "--data-dir", str(daemon.data_dir), "--project", str(project),
                      "--source", "coco", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip().endswith("1 tasks, 1 annotations, 0 predictions")


def told(answer):
    assert answer.status_code == 201, answer.text
    return {loss["code"]: loss["count"] for loss in answer.json().get("losses", [])}


CVAT_MARKS = (b'<box label="car" xtl="1" ytl="2" xbr="9" ybr="9" occluded="1" group_id="4">'
              b'<attribute name="color">red</attribute><attribute name="age">3</attribute></box>')
LABELBOX_LINE = {"data_row": {"row_data": "a.png"}, "media_attributes": {"width": 64, "height": 48}, "projects": {"p": {
    "labels": [{"annotations": {
        "objects": [{"feature_id": "own", "name": "car", "annotation_kind": "ImageBoundingBox",
                     "bounding_box": {"top": 1, "left": 2, "width": 3, "height": 4}, "classifications": [{}, {}]},
                    {"name": "grass", "annotation_kind": "ImageSegmentationMask", "classifications": []}],
        "classifications": [{"name": "unheard", "radio_answer": {"name": "x"}}], "relationships": [{}]}}]}}}
LEAVE_OUT = {"unknown_labels": "leave_out"}
LOSSES = {
    "coco": ({"c.json": coco(categories=[{"id": 3, "name": "car"}, {"id": 4, "name": "ufo"}], annotations=[
        {"id": 1, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "segmentation": {"counts": [1], "size": [48, 64]}},
        {"id": 2, "image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "iscrowd": 1, "segmentation": [[1, 1, 9, 1, 9, 9]]},
        {"id": 3, "image_id": 1, "category_id": 4, "bbox": [1, 2, 3, 4]},
        {"id": 4, "image_id": 1, "category_id": 4, "bbox": [1, 2, 3, 4]}])}, LEAVE_OUT,
        {"mask_not_read": 1, "crowd_not_marked": 1, "polygon_as_box": 1, "label_left_out": 2}),
    "voc": ({"a.xml": VOC.replace(b"<bndbox>", b"<pose>Left</pose><truncated>1</truncated><difficult>1</difficult>"
                                  b"<part><name>head</name></part><bndbox>") % (b"car", b"1")}, {},
            {"mark_not_read": 2, "pose_not_read": 1, "part_not_read": 1}),
    "cvat": ({"c.xml": CVAT % (CVAT_MARKS + b'<polyline label="car" points="1,1;2,2"/>')}, LEAVE_OUT,
             {"mark_not_read": 1, "group_not_read": 1, "attribute_not_read": 2, "shape_not_read": 1}),
    "labelbox": ({"a.ndjson": json.dumps(LABELBOX_LINE).encode()}, LEAVE_OUT,
                 {"object_not_read": 1, "nested_classification_not_read": 2, "classification_left_out": 1,
                  "relationship_not_read": 1}),
    "conll": ({"a.conll": b"Anna NNP B-NP B-PER\nhere NN O O\n"}, {}, {"column_not_read": 2}),
    "yolo": ({"classes.txt": b"car\nufo\n", "a.txt": b"0 .5 .5 .1 .1\n1 .5 .5 .1 .1\n"}, LEAVE_OUT, {"label_left_out": 1}),
}


@pytest.mark.parametrize("source", LOSSES)
def test_what_could_not_be_taken_over_is_told(admin, source):
    files, settings, losses = LOSSES[source]
    project = admin.make_project("Losses", TEXT_CONFIG if source == "conll" else IMAGE_CONFIG)
    assert told(upload(admin, project, source, {**({} if source == "conll" else IMAGE), **files}, **settings)) == losses
    (task,) = admin.value("GET", f"/api/projects/{project}/export?download_all_tasks=true")
    assert "losses" not in task and len(task["annotations"]) == 1


def test_the_command_line_tells_losses(daemon, admin, tmp_path):
    project = admin.make_project("Losses in a shell", IMAGE_CONFIG)
    for name, content in {**IMAGE, **LOSSES["voc"][0]}.items():
        (tmp_path / name).write_bytes(content)
    done = daemon.run("import", "--data-dir", str(daemon.data_dir), "--project", str(project), "--source", "voc",
                      str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "not taken over: Poses were left out. (pose_not_read, 1 ×)" in done.stderr


def test_json_tells_of_drafts_and_of_predictions_by_number(admin):
    project = admin.make_project("Losses of JSON", TEXT_CONFIG)
    answer = admin.post(f"/api/projects/{project}/import", json=[
        {"data": {"text": "a"}, "predictions": [1, 2], "drafts": [{"result": []}]},
        {"data": {"text": "b"}, "predictions": [{"result": []}], "drafts": []}, {"data": {"text": "c", "drafts": [1]}}])
    assert told(answer) == {"predictions_by_number": 2, "drafts_left_out": 1}
    assert answer.json()["prediction_count"] == 1
    assert "losses" not in admin.post(f"/api/projects/{project}/import", json=[{"text": "d"}]).json()


def test_rows_of_any_data_set_become_tasks(admin):
    project = admin.make_project("Data set", TEXT_CONFIG)
    card = b"""---
dataset_info:
  features:
  - name: topic
    dtype:
      class_label:
        names:
          '0': a
          '1': b/c
  - name: text
    dtype: string
---
# Card
"""
    rows = [{"text": "Anna lebt 🏙", "topic": 1, "stars": 4, "ner": [{"start": 0, "end": 4, "label": "PER", "text": "Anna"}]},
            {"text": "b", "topic": ["a", 1], "note": "said", "more": {"deep": [1.5, None]}},
            {"text": "c", "topic": None}]
    content = "\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n"
    answer = upload(admin, project, "hugging-face", {"README.md": card, "data/train-0.jsonl": content.encode(),
                                                     "data/train-1.jsonl": b'{"text": "d"}'})
    assert answer.status_code == 201, answer.text
    assert (answer.json()["task_count"], answer.json()["annotation_count"]) == (4, 2)
    tasks = admin.value("GET", f"/api/projects/{project}/export?download_all_tasks=true")
    assert [t["data"] for t in tasks] == [{"text": "Anna lebt 🏙"}, {"text": "b", "more": {"deep": [1.5, None]}},
                                          {"text": "c"}, {"text": "d"}]
    found = [{r["from_name"]: r["value"] for t in tasks[:2] for a in t["annotations"] for r in a["result"] if t is own}
             for own in tasks[:2]]
    assert found == [
        {"topic": {"choices": ["b/c"]}, "stars": {"rating": 4},
         "ner": {"start": 0, "end": 4, "text": "Anna", "labels": ["PER"]}},
        {"topic": {"choices": ["a", "b/c"]}, "note": {"text": ["said"]}}]


def test_images_of_a_data_set_are_found_by_their_names(admin):
    project = admin.make_project("Image folder", IMAGE_CONFIG)
    answer = upload(admin, project, "hugging-face", {
        "train/metadata.jsonl": b'{"file_name": "a.png", "mood": "good"}', "train/a.png": picture()})
    assert answer.status_code == 201, answer.text
    (task,) = admin.value("GET", f"/api/projects/{project}/export?download_all_tasks=true")
    assert task["data"]["image"].endswith("/train/a.png") and task["data"]["file_name"] == "a.png"
    assert task["annotations"][0]["result"][0]["value"] == {"choices": ["good"]}
