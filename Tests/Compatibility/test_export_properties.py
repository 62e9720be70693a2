"""What holds of any export, tried on tasks that chance makes."""

import copy
import json
import random

import pytest
from formats import export, label_lines, same
from generated_tasks import BOXES, COUNT, IMAGE_CONFIG, SEED, TEXT_CONFIG, Maker, texts
from mixed_tasks import CONFIG, mixed_tasks

SEEDS = [SEED * 10 + n for n in range(3)]
# A fraction: many small worlds find more than one large one.
SIZE = max(20, COUNT // 10)


def image_tasks(seed: int) -> list:
    maker = Maker(60 + seed)
    kinds = [lambda size: maker.box(size, [maker.random.choice(BOXES)], maker.random.uniform(-360, 360)),
             lambda size: maker.polygon(size, ["roof"]), maker.ellipse, lambda size: maker.choice()]
    return maker.images(SIZE, lambda size: [
        maker.random.choice(kinds)(size) for _ in range(maker.random.randint(0, 5))], (0, 1, 2))


WORLDS = {
    "JSON": (lambda seed: mixed_tasks(70 + seed, SIZE), CONFIG),
    "JSON_MIN": (lambda seed: mixed_tasks(70 + seed, SIZE), CONFIG),
    "CSV": (lambda seed: mixed_tasks(70 + seed, SIZE), CONFIG),
    "CONLL2003": (lambda seed: texts(Maker(80 + seed), SIZE, kinds="ssc"), TEXT_CONFIG),
    "COCO": (image_tasks, IMAGE_CONFIG),
    "YOLO": (image_tasks, IMAGE_CONFIG),
    "VOC": (image_tasks, IMAGE_CONFIG),
}


def read(folder) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", WORLDS)
def test_an_export_is_the_same_every_time(name, seed, tmp_path):
    make, config = WORLDS[name]
    tasks = make(seed)
    first, second = (export(name, tasks, config, tmp_path / n) for n in ("one", "two"))
    assert read(first.folder) == read(second.folder) and first.losses == second.losses


@pytest.mark.parametrize("seed", SEEDS)
def test_json_gives_back_what_came_in(seed, tmp_path):
    tasks = mixed_tasks(70 + seed, SIZE)
    same(export("JSON", tasks, CONFIG, tmp_path).json(), tasks)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_whole_is_its_parts(seed, tmp_path):
    """Where tasks are cut, and which came before, changes no item."""
    tasks = mixed_tasks(70 + seed, SIZE)
    cut = random.Random(seed).randrange(len(tasks))
    whole = export("JSON_MIN", tasks, CONFIG, tmp_path / "whole").json()
    parts = [export("JSON_MIN", part, CONFIG, tmp_path / str(n)).json()
             for n, part in enumerate((tasks[:cut], tasks[cut:]))]
    same(whole, parts[0] + parts[1])


@pytest.mark.parametrize("seed", SEEDS)
def test_skipped_answers_drafts_and_predictions_change_nothing(seed, tmp_path):
    """Only answers that count are in JSON_MIN, CSV and CoNLL."""
    tasks = mixed_tasks(70 + seed, SIZE)
    bare = copy.deepcopy(tasks)
    for task in bare:
        kept = [a for a in task["annotations"] if not a["was_cancelled"]]
        # A task all of whose answers were skipped is left out, one that has none is an empty item.
        task["annotations"] = kept or task["annotations"]
        task["drafts"] = task["predictions"] = []
    for name in ("JSON_MIN", "CSV"):
        with_all, with_less = (export(name, t, CONFIG, tmp_path / name / str(n))
                               for n, t in enumerate((tasks, bare)))
        assert read(with_all.folder) == read(with_less.folder)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_result_is_exported_or_counted(seed, tmp_path):
    tasks = image_tasks(seed)
    results = [r for t in tasks for a in t["annotations"] if not a["was_cancelled"] for r in a["result"]]
    ours = export("COCO", tasks, IMAGE_CONFIG, tmp_path)
    outside = ours.losses.get("region_outside_image", 0)
    left_out = ours.losses.get("shape_not_supported", 0) + ours.losses.get("answer_not_supported", 0)
    assert len(ours.json()["annotations"]) + left_out + outside == len(results)
    boxes = sum(r["type"] == "rectanglelabels" for r in results)
    assert ours.losses.get("rotation_dropped", 0) + outside == boxes


@pytest.mark.parametrize("seed", SEEDS)
def test_boxes_come_back_from_pixels(seed, tmp_path):
    """COCO's pixels and YOLO's parts of the image are the percentages that were drawn."""
    maker = Maker(90 + seed)
    tasks = maker.images(SIZE, lambda size: [maker.box(size, [maker.random.choice(BOXES)]) for _ in range(3)])
    tasks = [{**t, "annotations": t["annotations"][:1]} for t in tasks]
    drawn = [(r["value"], r["original_width"], r["original_height"])
             for t in tasks for r in t["annotations"][0]["result"]]
    found = export("COCO", tasks, IMAGE_CONFIG, tmp_path / "coco").json()["annotations"]
    for (value, width, height), annotation in zip(drawn, found, strict=True):
        x, y, w, h = annotation["bbox"]
        same([x / width * 100, y / height * 100, w / width * 100, h / height * 100],
             [value[key] for key in ("x", "y", "width", "height")])
    lines = label_lines(export("YOLO", tasks, IMAGE_CONFIG, tmp_path / "yolo").folder)
    assert len(lines) == SIZE
    centers = sorted([float(n) for n in line.split()[1:]] for file in lines.values() for line in file)
    wanted = sorted([(v["x"] + v["width"] / 2) / 100, (v["y"] + v["height"] / 2) / 100,
                     v["width"] / 100, v["height"] / 100] for v, _, _ in drawn)
    same(centers, wanted)


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_of_json_in_any_script_stay_whole(seed, tmp_path):
    tasks = texts(Maker(80 + seed), SIZE, kinds="sct")
    lines = export("SPACY", tasks, TEXT_CONFIG, tmp_path).text("result.jsonl").split("\n")
    assert lines.pop() == ""
    for line in lines:
        value = json.loads(line)
        for start, end, _ in value["spans"]["sc"]:
            assert value["text"][start:end]
