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


@pytest.mark.parametrize("settings, images", [
    ({}, 2), ({"empty_tasks": "leave_out"}, 1), ({"skipped_tasks": "as_empty"}, 3),
    ({"empty_tasks": "leave_out", "skipped_tasks": "as_empty"}, 2)])
def test_empty_and_skipped_tasks_follow_the_settings(settings, images, tmp_path):
    maker = Maker(11)
    tasks = [
        maker.task(1, {"image": "a.png"}, [maker.annotation(1, [maker.box(SIZE, ["car"])])]),
        maker.task(2, {"image": "b.png"}, []),
        maker.task(3, {"image": "c.png"}, [maker.annotation(3, [], was_cancelled=True)]),
    ]
    assert len(export("COCO", tasks, IMAGE_CONFIG, tmp_path, settings).json()["images"]) == images
