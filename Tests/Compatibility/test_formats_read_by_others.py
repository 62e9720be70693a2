"""The readers that people use load our files: pycocotools, supervision, datumaro, datasets, NeMo's form."""

import json
import warnings
import wave

import numpy
import pytest
from formats import export, same
from generated_tasks import IMAGE_CONFIG, KEY_POINT_CONFIG, TEXT_CONFIG, Maker, texts
from PIL import Image
from pycocotools.coco import COCO

COUNT = 40
SIZE = (64, 48)


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    """A media root with images, one of which is gray, and recordings of known length."""
    root = tmp_path_factory.mktemp("media")
    for index in range(1, COUNT + 1):
        Image.new("L" if index == 1 else "RGB", SIZE, 128).save(root / f"bild {index}.png")
    for index in range(1, 4):
        with wave.open(str(root / f"{index}.wav"), "wb") as sound:
            sound.setnchannels(2), sound.setsampwidth(2), sound.setframerate(8_000)
            sound.writeframes(bytes(4 * 4_000 * index))
    (root / "broken.wav").write_bytes(b"RIFF\x00\x00\x00\x00WAVEfmt ")
    return root


def tasks_with_images(seed, results, config_size=SIZE):
    maker = Maker(seed)
    return [maker.task(i, {"image": f"/data/local-files/?d=bild%20{i}.png"},
                       [maker.annotation(i, results(maker))]) for i in range(1, COUNT + 1)]


def boxes(maker):
    found = [maker.box(SIZE, [maker.random.choice(["car", "zebra"])]) for _ in range(3)]
    return found + [maker.polygon(SIZE, ["roof"])]


def test_coco_with_images_is_read_by_pycocotools_and_supervision(media, tmp_path):
    tasks = tasks_with_images(1, boxes)
    ours = export("COCO_WITH_IMAGES", tasks, IMAGE_CONFIG, tmp_path, media=media)
    coco = COCO(str(ours.folder / "result.json"))
    assert len(coco.getImgIds()) == COUNT and len(coco.getAnnIds()) == COUNT * 4
    for image in coco.loadImgs(coco.getImgIds()):
        assert (image["width"], image["height"]) == SIZE
        assert Image.open(ours.folder / image["file_name"]).size == SIZE
    polygons = [a for a in coco.loadAnns(coco.getAnnIds()) if a["segmentation"]]
    assert coco.annToMask(polygons[0]).shape == (SIZE[1], SIZE[0])
    import supervision

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = supervision.DetectionDataset.from_coco(str(ours.folder), str(ours.folder / "result.json"))
    assert len(data) == COUNT and sum(len(d) for _, _, d in data) == COUNT * 4
    assert ours.losses == {}


def test_key_points_are_read_by_pycocotools(tmp_path):
    maker = Maker(2)
    box = maker.box(SIZE, ["person"])
    tasks = [maker.task(1, {"image": "a.png"}, [maker.annotation(1, [
        box, maker.key_point(SIZE, "ear", box["id"]), maker.key_point(SIZE, "nose", box["id"])])])]
    coco = COCO(str(export("COCO", tasks, KEY_POINT_CONFIG, tmp_path).folder / "result.json"))
    category = coco.loadCats(coco.getCatIds("default"))[0]
    assert category["keypoints"] == ["nose", "eye", "ear"]
    found = coco.loadAnns(coco.getAnnIds(catIds=[category["id"]]))[0]
    assert found["num_keypoints"] == 2 and found["keypoints"][3:6] == [0, 0, 0]
    assert found["area"] == found["bbox"][2] * found["bbox"][3]


def test_two_instances_stay_two(tmp_path):
    """The converter makes one of all key points of an annotation."""
    maker = Maker(3)
    first, second = maker.box(SIZE, ["person"]), maker.box(SIZE, ["dog"])
    points = [maker.key_point(SIZE, "nose", box["id"]) for box in (first, second)]
    tasks = [maker.task(1, {"image": "a.png"}, [maker.annotation(1, [first, *points, second])])]
    ours = export("COCO", tasks, KEY_POINT_CONFIG, tmp_path)
    assert sum("keypoints" in a for a in ours.json()["annotations"]) == 2 and ours.losses == {}


def test_yolo_with_images_leaves_no_label_without_its_image(media, tmp_path):
    tasks = tasks_with_images(4, boxes)
    tasks[0]["data"]["image"] = "s3://bucket/gone.png"
    tasks[1]["data"]["image"] = "/data/local-files/?d=../outside.png"
    ours = export("YOLO_WITH_IMAGES", tasks, IMAGE_CONFIG, tmp_path, media=media)
    images = {name.rsplit(".", 1)[0] for name in ours.files("images")}
    labels = {name.rsplit(".", 1)[0] for name in ours.files("labels")}
    assert len(images) == COUNT - 2 and images == labels
    assert ours.losses == {"image_missing": 2}
    import supervision

    # As data.yaml of a trainer has the names of classes.
    classes = ours.text("classes.txt").splitlines()
    (ours.folder / "data.yaml").write_text(f"nc: {len(classes)}\nnames: {json.dumps(classes, ensure_ascii=False)}\n",
                                          encoding="utf8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = supervision.DetectionDataset.from_yolo(*(str(ours.folder / name) for name in (
            "images", "labels", "data.yaml")))
    assert len(data) == COUNT - 2 and data.classes == classes
    assert sum(len(found) for _, _, found in data) == 4 * (COUNT - 2)
    for path in ours.files("labels").values():
        numbers = numpy.array([line.split()[1:5] for line in path.read_text().splitlines()], float)
        assert ((numbers >= 0) & (numbers <= 1.0001)).all()


def test_voc_with_images_is_read_by_supervision(media, tmp_path):
    tasks = tasks_with_images(5, lambda maker: [maker.box(SIZE, ["car"])])
    ours = export("VOC", tasks, IMAGE_CONFIG, tmp_path, media=media)
    assert len(ours.files("images")) == COUNT
    depths = [path.read_text().count("<depth>1</depth>") for path in ours.files("Annotations").values()]
    assert sum(depths) == 1  # The gray one.
    import supervision

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = supervision.DetectionDataset.from_pascal_voc(
            str(ours.folder / "images"), str(ours.folder / "Annotations"))
    assert len(data) == COUNT and all(len(d) == 1 for _, _, d in data)


def shapes(maker):
    from test_brush_formats_against_the_converter import encoded

    pixels = numpy.zeros((SIZE[1], SIZE[0]), dtype=numpy.uint8)
    pixels[10:20, 5:30] = 255
    pixels[12:14, 8:12] = 0
    brush = maker.result("brushlabels", "paint", {"format": "rle", "rle": encoded(pixels, maker),
                                                  "brushlabels": ["grass"]}, SIZE)
    return [*boxes(maker), maker.box(SIZE, ["car"], 30.0), maker.ellipse(SIZE), brush, maker.choice()]


def test_cvat_is_read_by_datumaro(media, tmp_path):
    import datumaro

    tasks = tasks_with_images(6, shapes)
    ours = export("CVAT", tasks, IMAGE_CONFIG, tmp_path, {"images": True}, media)
    data = datumaro.Dataset.import_from(str(ours.folder), "cvat")
    assert len(data) == COUNT
    item = next(iter(data))
    kinds = [a.type.name for a in item.annotations]
    # It does not know ellipses; CVAT does.
    assert sorted(kinds) == ["bbox"] * 3 + ["label", "mask", "polygon", "rotated_bbox"]
    mask = next(a for a in item.annotations if a.type.name == "mask")
    assert mask.image.sum() == 25 * 10 - 8 and mask.image[10, 5] and not mask.image[12, 8]
    turned = next(a for a in item.annotations if a.type.name == "rotated_bbox")
    source = tasks[0]["annotations"][0]["result"][4]["value"]
    assert turned.r == pytest.approx(30)
    assert turned.w == pytest.approx(source["width"] / 100 * SIZE[0], abs=0.01)
    assert ours.losses == {}


def test_datumaro_is_read_by_datumaro(tmp_path):
    import datumaro

    tasks = tasks_with_images(7, shapes)
    ours = export("DATUMARO", tasks, IMAGE_CONFIG, tmp_path)
    data = datumaro.Dataset.import_from(str(ours.folder), "datumaro")
    item = next(iter(data))
    kinds = sorted(a.type.name for a in item.annotations)
    assert len(data) == COUNT
    assert kinds == ["bbox"] * 3 + ["ellipse", "label", "mask", "polygon", "polygon"]
    mask = next(a for a in item.annotations if a.type.name == "mask")
    assert mask.image.sum() == 25 * 10 - 8
    assert ours.losses == {"rotation_as_polygon": COUNT}


def test_hugging_face_datasets_load(tmp_path, monkeypatch):
    import datasets

    tasks = texts(Maker(8), 300)
    ours = export("HUGGING_FACE", tasks, TEXT_CONFIG, tmp_path)
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    data = datasets.load_dataset(str(ours.folder), cache_dir=str(tmp_path / "cache"), split="train")
    items = [(t, a) for t in tasks for a in
             (sorted((a for a in t["annotations"] if not a["was_cancelled"]),
                     key=lambda a: a["created_at"], reverse=True) or ([] if t["annotations"] else [None]))]
    assert len(data) == len(items)
    for row, (task, annotation) in zip(data, items):
        assert row["task_id"] == task["id"] and row["annotation_id"] == (annotation or {}).get("id")
        same(json.loads(row["data"]), task["data"])
        names = {r["from_name"] for r in (annotation or {"result": []})["result"] if "from_name" in r}
        assert {answer["control"] for answer in row["answers"]} == names
        assert (json.loads(row["result"]) if row["result"] else None) == (annotation or {}).get("result")
    assert "relation_dropped" not in ours.losses
    # The line of the documentation that makes Parquet of it.
    import pyarrow.parquet

    data.to_parquet(str(tmp_path / "train.parquet"))
    table = pyarrow.parquet.read_table(tmp_path / "train.parquet")
    assert table.num_rows == len(items) and table.column("result").to_pylist() == data["result"][:]


def test_hugging_face_lines_are_read_by_pyarrow(tmp_path):
    import pyarrow.json

    ours = export("HUGGING_FACE", texts(Maker(12), 50), TEXT_CONFIG, tmp_path)
    table = pyarrow.json.read_json(ours.folder / "data" / "train.jsonl")
    assert table.column_names == ["task_id", "annotation_id", "annotator", "created_at", "lead_time", "data",
                                  "answers", "result"]
    assert table.num_rows == len(ours.text("data/train.jsonl").splitlines())


def test_spacy_takes_spans_and_categories(tmp_path):
    import spacy
    from spacy.tokens import DocBin
    from spacy.training import Example

    ours = export("SPACY", texts(Maker(13), 60), TEXT_CONFIG, tmp_path)
    language, stored = spacy.blank("xx"), DocBin()
    rows = [json.loads(line) for line in ours.text("result.jsonl").splitlines()]
    for row in rows:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Spans that end inside a token are taken out by spaCy.
            example = Example.from_dict(language.make_doc(row["text"]), {
                "entities": row["entities"], "cats": row["cats"]})
        assert example.reference.text == row["text"] and example.reference.cats == row["cats"]
        stored.add(example.reference)
    assert len(list(DocBin().from_bytes(stored.to_bytes()).get_docs(language.vocab))) == len(rows) > 50


def test_masks_are_read_by_numpy_and_pillow(tmp_path):
    maker = Maker(14)
    tasks = [maker.task(1, {"image": "a.png"}, [maker.annotation(1, shapes(maker))])]
    (array,) = export("BRUSH_TO_NUMPY", tasks, IMAGE_CONFIG, tmp_path / "npy").files().values()
    (image,) = export("BRUSH_TO_PNG", tasks, IMAGE_CONFIG, tmp_path / "png").files().values()
    pixels = numpy.load(array)
    assert pixels.shape == (SIZE[1], SIZE[0]) and (pixels > 0).sum() == 25 * 10 - 8
    with Image.open(image) as opened:
        assert opened.mode == "L" and (numpy.array(opened) == pixels).all()


def test_speech_manifest_has_lengths_and_transcripts(media, tmp_path):
    config = '<View><Audio name="audio" value="$audio"/><TextArea name="said" toName="audio"/></View>'
    maker = Maker(9)

    def said(*words):
        return {"id": maker.id(), "type": "textarea", "from_name": "said", "to_name": "audio",
                "value": {"text": list(words)}}

    names = ["1.wav", "2.wav", "3.wav", "broken.wav", "gone.wav"]
    tasks = [maker.task(i, {"audio": f"/data/local-files/?d={name}"},
                        [maker.annotation(i, [said(f"wörter {i}", "more")])])
             for i, name in enumerate(names, 1)]
    tasks[2]["annotations"][0]["result"] = []
    ours = export("ASR_MANIFEST", tasks, config, tmp_path, media=media)
    lines = [json.loads(line) for line in ours.text("manifest.json").splitlines()]
    assert [line["duration"] for line in lines] == [0.5, 1.0]
    assert [line["text"] for line in lines] == ["wörter 1", "wörter 2"]
    assert all((ours.folder / line["audio_filepath"]).exists() for line in lines)
    assert ours.losses == {"further_texts_dropped": 2, "transcript_missing": 1, "recording_missing": 2}


def test_labelbox_lines_have_objects_and_classifications(tmp_path):
    tasks = tasks_with_images(10, shapes)
    ours = export("LABELBOX", tasks, IMAGE_CONFIG, tmp_path)
    rows = [json.loads(line) for line in ours.text("result.ndjson").splitlines()]
    assert len(rows) == COUNT
    row = rows[0]
    assert row["media_attributes"] == {"height": SIZE[1], "width": SIZE[0]}
    label = row["projects"]["1"]["labels"][0]["annotations"]
    kinds = [o["annotation_kind"] for o in label["objects"]]
    assert sorted(kinds) == ["ImageBoundingBox"] * 3 + ["ImagePolygon"] * 2
    assert label["classifications"][0]["radio_answer"]["value"] == "good"
    assert ours.losses == {"shape_not_supported": 2 * COUNT, "rotation_as_polygon": COUNT}


def count(run, name):
    """How many tasks stand in an export."""
    if name in ("COCO", "COCO_WITH_IMAGES"):
        return len(run.json()["images"])
    if name == "JSON_MIN":
        return len(run.json())
    if name == "CVAT":
        return run.text("annotations.xml").count("<image ")
    if name == "DATUMARO":
        return len(run.json("annotations/default.json")["items"])
    if name.startswith("YOLO"):
        return len(run.files("labels"))
    if name == "VOC":
        return len(run.files("Annotations"))
    if name == "CONLL2003":
        return run.text("result.conll").split("O\n", 1)[1].count("\n\n")
    (path,) = [p for n, p in run.files().items() if not n.endswith(".md")]
    return len(path.read_text().splitlines()) - (name in ("CSV", "TSV"))


# What a task that nobody annotated, and one that was only skipped, come to without any setting.
TASKS = {"COCO": 2, "COCO_WITH_IMAGES": 2, "YOLO": 2, "YOLO_OBB": 2, "VOC": 1, "CVAT": 2, "DATUMARO": 2, "LABELBOX": 2,
         "JSON_MIN": 2, "CSV": 2, "TSV": 2, "CONLL2003": 2, "SPACY": 2, "HUGGING_FACE": 2}


@pytest.mark.parametrize("name", TASKS)
def test_empty_and_skipped_tasks_follow_the_settings(name, media, tmp_path):
    maker = Maker(11)
    is_text = name in ("CONLL2003", "SPACY")
    config = TEXT_CONFIG if is_text else IMAGE_CONFIG
    answer = {"id": "a", "type": "labels", "from_name": "ner", "to_name": "text",
              "value": {"start": 0, "end": 3, "text": "one", "labels": ["PER"]}} if is_text else maker.box(SIZE, ["car"])
    tasks = [
        maker.task(i, {"text": f"one {i}"} if is_text else {"image": f"/data/local-files/?d=bild%20{i}.png"}, answers)
        for i, answers in enumerate([[maker.annotation(1, [answer])], [], [maker.annotation(3, [], was_cancelled=True)]], 1)]
    all_kept = {"empty_tasks": "keep", "skipped_tasks": "as_empty"}
    none_kept = {"empty_tasks": "leave_out", "skipped_tasks": "leave_out"}
    for place, (settings, expected) in enumerate((({}, TASKS[name]), (all_kept, 3), (none_kept, 1))):
        run = export(name, tasks, config, tmp_path / str(place), settings, media)
        assert count(run, name) == expected, settings
        assert ("empty_task_left_out" in run.losses) == (expected == 1), run.losses
        assert run.losses["skipped_left_out"] == 1
