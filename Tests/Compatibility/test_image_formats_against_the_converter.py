"""COCO, YOLO, VOC: thousands of generated tasks through our exporters and Label Studio's converter.

What differs on purpose is taken out here in one place each, and stands in Docs/reference/differences.md.
"""

import itertools
import json
import xml.etree.ElementTree as ElementTree
from pathlib import PurePosixPath

import pytest
from formats import by_image, convert, export, label_lines, same, same_lines
from generated_tasks import BOXES, COUNT, IMAGE_CONFIG, KEY_POINT_CONFIG, LABELS_CONFIG, OUTLINES, Maker


def mixed(maker):
    def results(size):
        kinds = [
            lambda: maker.box(size, [maker.random.choice(BOXES)]),
            lambda: maker.polygon(size, [maker.random.choice(OUTLINES)]),
            lambda: maker.ellipse(size),
            lambda: maker.choice(),
        ]
        return [maker.random.choice(kinds)() for _ in range(maker.random.randint(0, 6))]
    return results


@pytest.fixture(scope="module")
def mixed_tasks():
    maker = Maker(1)
    return maker.images(COUNT, mixed(maker), (0, 1, 1, 2))


def test_coco_is_the_converters(mixed_tasks, tmp_path):
    ours = export("COCO", mixed_tasks, IMAGE_CONFIG, tmp_path)
    theirs = json.loads((convert("COCO", mixed_tasks, IMAGE_CONFIG, tmp_path) / "result.json").read_text())
    mine = ours.json()
    assert set(mine) == set(theirs)
    same(mine["categories"], theirs["categories"])
    assert len(theirs["annotations"]) > COUNT
    same(by_image(mine), by_image(theirs))
    # Ids run in the order of writing, so the n-th annotation is the same one in both.
    same([a["bbox"] for a in mine["annotations"]], [a["bbox"] for a in theirs["annotations"]])
    assert [a["id"] for a in mine["annotations"]] == list(range(len(mine["annotations"])))
    # Images of annotations with nothing for COCO are listed by us alone.
    sizes = {PurePosixPath(i["file_name"]).name: (i["width"], i["height"]) for i in mine["images"]
             if i["width"]}
    for image in theirs["images"]:
        if image["width"]:
            assert sizes[PurePosixPath(image["file_name"]).name] == (image["width"], image["height"])
    items = sum(max(1, len([a for a in t["annotations"] if not a["was_cancelled"]]))
                for t in mixed_tasks
                if not t["annotations"] or any(not a["was_cancelled"] for a in t["annotations"]))
    assert len(mine["images"]) == items
    assert ours.losses["shape_not_supported"] > 0 and ours.losses["answer_not_supported"] > 0
    assert ours.losses["skipped_left_out"] > 0


def test_coco_key_points_are_the_converters(tmp_path):
    maker = Maker(2)

    def results(size):
        box = maker.box(size, ["person"])
        labels = maker.random.sample(["nose", "eye", "ear"], maker.random.randint(0, 3))
        return [box] + [maker.key_point(size, label, box["id"]) for label in labels]

    tasks = maker.images(COUNT, results)
    mine = export("COCO", tasks, KEY_POINT_CONFIG, tmp_path).json()
    theirs = json.loads((convert("COCO", tasks, KEY_POINT_CONFIG, tmp_path) / "result.json").read_text())
    same(mine["categories"], theirs["categories"])
    for annotation in mine["annotations"]:
        if "keypoints" in annotation:  # Evaluations of key points need an area; theirs has none.
            assert annotation.pop("area") == annotation["bbox"][2] * annotation["bbox"][3]
    same(by_image(mine), by_image(theirs))
    assert sum("keypoints" in a for a in mine["annotations"]) > COUNT // 2


def one_annotation(tasks):
    """Tasks with one answer each: of several we write the newest and the converter the oldest."""
    return [{**t, "annotations": t["annotations"][:1]} for t in tasks]


@pytest.mark.parametrize("config", [IMAGE_CONFIG, LABELS_CONFIG], ids=["own labels", "Labels"])
def test_yolo_is_the_converters(mixed_tasks, config, tmp_path):
    tasks = one_annotation(mixed_tasks)
    if config is LABELS_CONFIG:
        maker = Maker(3)

        def results(size):
            shape = maker.box(size, ["a"], maker.random.choice([0.0, 33.3]), kind="labels", name="kind")
            bare = {k: v for k, v in shape["value"].items() if k != "labels"}
            return [{**shape, "type": "rectangle", "from_name": "shape", "value": bare}, shape]

        tasks = maker.images(COUNT, results)
    ours = export("YOLO", tasks, config, tmp_path)
    theirs = convert("YOLO", tasks, config, tmp_path)
    names = ours.text("classes.txt").splitlines()
    assert names == (theirs / "classes.txt").read_text().splitlines()
    # A class of theirs is the category's number; ours is the line in classes.txt, as trainers read.
    numbers = [c["id"] for c in json.loads((theirs / "notes.json").read_text())["categories"]]
    same_lines(label_lines(ours.folder), label_lines(theirs), lambda line: numbers[line])
    assert "region_without_label" not in ours.losses


def test_yolo_key_points_are_the_converters(tmp_path):
    maker = Maker(4)

    def results(size):
        found = []
        for _ in range(maker.random.randint(0, 3)):
            box = maker.box(size, [maker.random.choice(["person", "dog"])])
            labels = maker.random.sample(["nose", "eye", "ear"], maker.random.randint(0, 3))
            found += [maker.key_point(size, label, box["id"]) for label in labels] + [box]
        return found

    tasks = maker.images(COUNT, results)
    ours = export("YOLO", tasks, KEY_POINT_CONFIG, tmp_path)
    theirs = convert("YOLO", tasks, KEY_POINT_CONFIG, tmp_path)
    same(json.loads(ours.text("notes.json"))["categories"],
         json.loads((theirs / "notes.json").read_text())["categories"])
    same_lines(label_lines(ours.folder), label_lines(theirs))


def test_oriented_yolo_is_the_converters(tmp_path):
    maker = Maker(5)

    def results(size):
        return [maker.box(size, [maker.random.choice(BOXES)], maker.random.uniform(-360, 360)),
                maker.polygon(size, ["roof"])]

    tasks = maker.images(COUNT, results)
    ours = export("YOLO_OBB", tasks, IMAGE_CONFIG, tmp_path)
    theirs = convert("YOLO_OBB", tasks, IMAGE_CONFIG, tmp_path)
    numbers = [c["id"] for c in json.loads((theirs / "notes.json").read_text())["categories"]]
    same_lines(label_lines(ours.folder), label_lines(theirs), lambda line: numbers[line])


def test_voc_is_the_converters(tmp_path):
    maker = Maker(6)

    def results(size):
        return [maker.box(size, [maker.random.choice(BOXES)], maker.random.choice([0.0, 33.3]))
                for _ in range(maker.random.randint(1, 5))] + [maker.polygon(size, ["roof"])]

    tasks = maker.images(COUNT, results)
    ours = export("VOC", tasks, IMAGE_CONFIG, tmp_path, {"images": False})
    theirs = convert("VOC", tasks, IMAGE_CONFIG, tmp_path)
    mine = ours.files("Annotations")
    assert set(mine) == {path.name for path in (theirs / "Annotations").iterdir()}

    def tree(path):
        def value(element):
            if len(element) == 0:
                return element.text or ""
            return [[child.tag, value(child)] for child in element]
        return value(ElementTree.parse(path).getroot())

    for name, path in mine.items():
        # The owner's name is the program's.
        text = json.dumps(tree(theirs / "Annotations" / name)).replace("Label Studio", "Postil")
        assert tree(path) == json.loads(text), name
    assert ours.losses["shape_not_supported"] > 0


def test_rotated_boxes_in_square_images_are_the_converters(tmp_path):
    """There percent and pixels are alike, and the converter's bounds are right."""
    maker = Maker(8)
    tasks = maker.images(COUNT, lambda _: [
        maker.box((side, side), [maker.random.choice(BOXES)], maker.random.uniform(-360, 360))
        for side in (500, 77)])
    mine = export("COCO", tasks, IMAGE_CONFIG, tmp_path).json()
    theirs = json.loads((convert("COCO", tasks, IMAGE_CONFIG, tmp_path) / "result.json").read_text())
    # Ours are cut at the border; those that lie inside are the same.
    def places(boxes):
        return {(box["image_id"], box["category_id"], *(round(place, 6) for place in box["bbox"]))
                for box in boxes}

    inside = [box for box, side in zip(theirs["annotations"], itertools.cycle((500, 77)))
              if min(box["bbox"][:2]) >= 0
              and max(box["bbox"][0] + box["bbox"][2], box["bbox"][1] + box["bbox"][3]) <= side]
    assert len(inside) > len(mine["images"])
    assert places(inside) <= places(mine["annotations"])


def test_rotated_boxes_are_bounded_in_pixels(tmp_path):
    """The converter bounds them in percent, which is wrong for images that are not square."""
    maker = Maker(7)
    size = (1000, 500)
    box = maker.result("rectanglelabels", "box", {
        "x": 50, "y": 20, "width": 20, "height": 10, "rotation": 90, "rectanglelabels": ["car"]}, size)
    tasks = [maker.task(1, {"image": "https://images.invalid/a.png"}, [maker.annotation(1, [box])])]
    ours = export("COCO", tasks, IMAGE_CONFIG, tmp_path)
    # 200 by 50 pixels, turned a quarter about (500, 100): it hangs left and down from there.
    same(ours.json()["annotations"][0]["bbox"], [450, 100, 50, 200])
    assert ours.losses == {"rotation_dropped": 1}
