"""Painted masks: pixels and outlines, ours beside Label Studio's converter with OpenCV."""

import json

import numpy
import pytest
from formats import convert, export, same
from generated_tasks import COUNT, IMAGE_CONFIG, PAINT, Maker
from PIL import Image


def encoded(mask: numpy.ndarray, maker: Maker) -> list:
    """RLE of RGBA pixels: the SDK's encoder, or records of our own choosing that are as valid."""
    from label_studio_sdk.converter.brush import encode_rle

    flat = numpy.repeat(mask.ravel(), 4)
    if maker.random.random() < 0.7:
        return [int(byte) for byte in encode_rle(flat)]
    bits = f"{len(flat):032b}{7:05b}" + "".join(f"{size - 1:04b}" for size in (3, 4, 8, 16))
    at = 0
    while at < len(flat):
        size = maker.random.choice([(0, 3), (1, 4), (2, 8)])
        count = min(maker.random.randint(1, 2 ** size[1]), len(flat) - at)
        run = flat[at:at + count]
        is_run = bool((run == run[0]).all()) and maker.random.random() < 0.8
        bits += ("1" if is_run else "0") + f"{size[0]:02b}" + f"{count - 1:0{size[1]}b}"
        bits += "".join(f"{value:08b}" for value in ([run[0]] if is_run else run))
        at += count
    bits += "0" * (-len(bits) % 8)
    return [int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)]


def mask(maker: Maker) -> numpy.ndarray:
    """Blobs, rings, islands in rings, single pixels and noise."""
    height, width = maker.random.randint(1, 14), maker.random.randint(1, 14)
    pixels = numpy.zeros((height, width), dtype=numpy.uint8)
    for _ in range(maker.random.randint(0, 3)):
        top, left = maker.random.randrange(height), maker.random.randrange(width)
        bottom, right = maker.random.randint(top + 1, height), maker.random.randint(left + 1, width)
        pixels[top:bottom, left:right] = maker.random.choice([0, 1, 128, 255, 255])
    if maker.random.random() < 0.3:
        for _ in range(height * width // 3):
            pixels[maker.random.randrange(height), maker.random.randrange(width)] = maker.random.choice([0, 255])
    return pixels


@pytest.fixture(scope="module")
def tasks():
    maker = Maker(21)
    made = []
    for index in range(1, COUNT + 1):
        pixels = mask(maker)
        size = (pixels.shape[1], pixels.shape[0])
        results = [maker.result("brushlabels", "paint", {
            "format": "rle", "rle": encoded(pixels, maker),
            "brushlabels": maker.random.choice([PAINT[:1], PAINT[1:], PAINT])}, size)
            for _ in range(maker.random.choice([1, 1, 2]))]
        big = (400, 300)
        if index % 3 == 0:
            results += [maker.polygon(big, ["roof"]), maker.box(big, ["car"])]
        person = maker.random.choice([1, {"id": 1, "email": "a.b+c@example.org"}])
        answers = [maker.annotation(index * 10, results, completed_by=person)]
        if index % 4 == 0:
            answers.append(maker.annotation(index * 10 + 5, results[:1], was_cancelled=index % 8 == 0))
        made.append(maker.task(index, {"image": f"https://images.invalid/{index}.png"}, answers))
    return made


@pytest.mark.parametrize("name, suffix", [("BRUSH_TO_NUMPY", ".npy"), ("BRUSH_TO_PNG", ".png")])
def test_masks_are_the_converters(tasks, name, suffix, tmp_path):
    def pixels(path):
        return numpy.load(path) if suffix == ".npy" else numpy.array(Image.open(path))

    ours = export(name, tasks, IMAGE_CONFIG, tmp_path)
    # Its reader of polygons' results looks for masks in them and fails: only painted ones go there.
    painted = [{**t, "annotations": [{**a, "result": [r for r in a["result"] if r["type"] == "brushlabels"]}
                                     for a in t["annotations"]]} for t in tasks]
    theirs = convert(name, painted, IMAGE_CONFIG, tmp_path)
    mine = ours.files()
    assert set(mine) == {path.name for path in theirs.iterdir()}
    assert len(mine) > COUNT
    for file, path in mine.items():
        our, their = pixels(path), pixels(theirs / file)
        assert our.dtype == their.dtype and our.shape == their.shape and (our == their).all(), file
    assert ours.losses["answer_not_supported"] == COUNT // 3 * 2


def test_outlines_are_the_converters(tasks, tmp_path):
    ours = export("BRUSH_TO_COCO", tasks, IMAGE_CONFIG, tmp_path).json("result_coco.json")
    theirs = json.loads(
        (convert("BRUSH_TO_COCO", tasks, IMAGE_CONFIG, tmp_path) / "result_coco.json").read_text())
    same(ours["images"], theirs["images"])
    for category in ours["categories"] + theirs["categories"]:
        assert category.pop("color").startswith("#")  # Theirs is different in every run.
    same(ours["categories"], theirs["categories"])

    def outlines(document):
        def turned(points):
            """A ring from its smallest corner on: where it begins means nothing."""
            pairs = list(zip(points[::2], points[1::2]))
            start = pairs.index(min(pairs)) if pairs else 0
            return pairs[start:] + pairs[:start]
        # Which of a mask's outlines comes first means nothing either.
        return sorted([[a["image_id"], a["category_id"], a["bbox"], a["area"], a["annotator"],
                        [list(map(list, turned(ring))) for ring in a["segmentation"]]]
                       for a in document["annotations"]], key=json.dumps)

    assert len(theirs["annotations"]) > COUNT
    same(outlines(ours), outlines(theirs))


def test_damaged_masks_are_left_out_and_counted(tmp_path):
    maker = Maker(22)
    sound = encoded(numpy.full((4, 4), 255, dtype=numpy.uint8), maker)
    damaged = [sound[:-3], sound[:4], [], [300, 1], [255] * 40, "not a list", [0, 0, 0, 64]]
    results = [maker.result("brushlabels", "paint", {"format": "rle", "rle": rle, "brushlabels": ["grass"]},
                            (4, 4)) for rle in [*damaged, sound]]
    results.append(maker.result("brushlabels", "paint", {
        "format": "rle", "rle": sound, "brushlabels": ["grass"]}, (10 ** 9, 10 ** 9)))
    tasks = [maker.task(1, {"image": "a.png"}, [maker.annotation(1, results)])]
    for name in ("BRUSH_TO_NUMPY", "BRUSH_TO_PNG", "BRUSH_TO_COCO"):
        ours = export(name, tasks, IMAGE_CONFIG, tmp_path / name)
        assert ours.losses == {"mask_unreadable": len(damaged) + 1}
