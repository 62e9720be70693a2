"""The bundled metrics beside other people's implementations, and beside plain Python.

Each case is generated from a seed that stands in the failure's message.
"""

import itertools
import json
import math
import random
import subprocess

import pytest
from installation import distribution
from shapely import affinity
from shapely.geometry import Polygon
from shapely.geometry import box as upright_box

WIDTH, HEIGHT = 640, 480
DIST = distribution()
PLUGINS = DIST / "lib" / "postil" / "plugins"


def scores(metric, tasks, tmp_path, settings=None, config=None):
    """`postil plugin run` over tasks of answers: {(task, first, second): (score, parts)}."""
    plugin = {"choices-kappa": "choices", "region-iou": "regions", "region-f1": "regions",
              "span-f1": "spans", "span-overlap": "spans", "number-agreement": "numbers",
              "number-distance": "numbers"}.get(metric, metric)
    document = [{"id": index + 1, "data": {},
                 "annotations": [{"id": place, "result": answer}
                                 for place, answer in enumerate(answers)]}
                for index, answers in enumerate(tasks)]
    (tmp_path / "tasks.json").write_text(json.dumps(document))
    command = [DIST / "bin" / "postil", "plugin", "run",
               PLUGINS / f"org.postil.metric.{plugin}" / "1.0.0", "--metric", metric,
               "--tasks", tmp_path / "tasks.json", "--settings", json.dumps(settings or {})]
    if config:
        (tmp_path / "config.xml").write_text(config)
        command += ["--label-config", tmp_path / "config.xml"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    found = {}
    for line in ran.stdout.splitlines():
        verdict = json.loads(line)
        key = verdict["task"], verdict["first"]["id"], verdict["second"]["id"]
        found[key] = (verdict["score"], {p["label"]: (p["score"], p["weight"]) for p in verdict["parts"]})
    return found


def check_all(metric, tasks, oracle, tmp_path, tolerance=1e-9, **options):
    """Every pair of every task, and the same pairs the other way round bit for bit."""
    found = scores(metric, tasks, tmp_path, **options)
    mirrored = scores(metric, [answers[::-1] for answers in tasks], tmp_path, **options)
    assert len(found) == sum(math.comb(len(answers), 2) for answers in tasks)
    for (task, first, second), (score, parts) in found.items():
        answers = tasks[task - 1]
        wanted = oracle(answers[first], answers[second])
        case = f"task {task}, answers {first} and {second}"
        if wanted is None:
            assert score is None, case
        else:
            assert score == pytest.approx(wanted, abs=tolerance), case
        last = len(answers) - 1
        assert mirrored[task, last - second, last - first][0] == score, case
    return found


# Regions.

def region(kind, value, label, name="shape"):
    return {"id": f"r{random.random()}", "from_name": name, "to_name": "image", "type": kind,
            "original_width": WIDTH, "original_height": HEIGHT, "image_rotation": 0,
            "value": {**value, **({kind: [label]} if label else {})}}


def rectangle(rng, label, turned=True):
    return region("rectanglelabels", {"x": rng.uniform(0, 70), "y": rng.uniform(0, 70),
                                      "width": rng.uniform(5, 30), "height": rng.uniform(5, 30),
                                      "rotation": rng.uniform(0, 360) if turned else 0}, label)


def polygon(rng, label, corners=None):
    """A simple ring around a center: corners by rising angle."""
    x, y = rng.uniform(30, 70), rng.uniform(30, 70)
    angles = sorted(rng.uniform(0, 2 * math.pi) for _ in range(corners or rng.randint(3, 14)))
    points = []
    for angle in angles:
        distance = rng.uniform(3, 25)
        points.append([x + distance * math.cos(angle), y + distance * math.sin(angle)])
    made = region("polygonlabels", {"points": points, "closed": True}, label)
    return made if shape(made).is_valid else polygon(rng, label, corners)


def shape(result):
    value = result["value"]
    if "points" in value:
        return Polygon([(x * WIDTH / 100, y * HEIGHT / 100) for x, y in value["points"]])
    left, top = value["x"] * WIDTH / 100, value["y"] * HEIGHT / 100
    made = upright_box(left, top, left + value["width"] * WIDTH / 100,
                       top + value["height"] * HEIGHT / 100)
    return affinity.rotate(made, value["rotation"], origin=(left, top))


def iou(first, second):
    a, b = shape(first), shape(second)
    return a.intersection(b).area / a.union(b).area


def label_of(result):
    return result["value"].get(result["type"], [""])[0]


def by_label(first, second):
    labels = sorted({label_of(r) for r in first + second})
    return [([r for r in first if label_of(r) == label], [r for r in second if label_of(r) == label])
            for label in labels]


def matched(first, second, worth):
    """The most that pairs are worth, by trying every set of partners that are taken."""
    table = [[worth(iou(a, b)) for b in second] for a in first]
    best = {0: 0.0}
    for row in table:
        longer = dict(best)
        for taken, sum_so_far in best.items():
            for column, value in enumerate(row):
                if value > 0 and not taken >> column & 1:
                    key = taken | 1 << column
                    longer[key] = max(longer.get(key, 0), sum_so_far + value)
        best = longer
    return max(best.values())


def mean_overlap(first, second):
    if not first and not second:
        return None
    pairs = [p for kind in ("rectanglelabels", "polygonlabels")
             for p in by_label([r for r in first if r["type"] == kind],
                               [r for r in second if r["type"] == kind])]
    return (sum(matched(a, b, lambda v: v) for a, b in pairs)
            / sum(max(len(a), len(b)) for a, b in pairs))


def found_regions(first, second):
    if not first and not second:
        return None
    pairs = by_label(first, second)
    return (sum(2 * matched(a, b, lambda v: 1 if v >= 0.3 else 0) for a, b in pairs)
            / sum(len(a) + len(b) for a, b in pairs))


@pytest.mark.parametrize("seed", range(3))
def test_overlap_of_two_turned_rectangles_is_shapelys(seed, tmp_path):
    rng = random.Random(seed)
    tasks = [[[rectangle(rng, "a")], [rectangle(rng, "a")], [rectangle(rng, "a", turned=False)]]
             for _ in range(60)]
    check_all("region-iou", tasks, lambda a, b: iou(a[0], b[0]), tmp_path)


@pytest.mark.parametrize("seed", range(3))
def test_overlap_of_two_polygons_is_shapelys(seed, tmp_path):
    rng = random.Random(100 + seed)
    tasks = [[[polygon(rng, "a")], [polygon(rng, "a")], [polygon(rng, "a", 60)]] for _ in range(60)]
    check_all("region-iou", tasks, lambda a, b: iou(a[0], b[0]), tmp_path)


def test_touching_sharing_and_containing_shapes(tmp_path):
    square = [[10, 10], [30, 10], [30, 30], [10, 30]]
    rings = {"same": square, "backwards": square[::-1], "begun elsewhere": square[2:] + square[:2],
             "beside": [[30, 10], [50, 10], [50, 30], [30, 30]],
             "at a corner": [[30, 30], [50, 30], [50, 50], [30, 50]],
             "half": [[10, 10], [30, 10], [30, 20], [10, 20]],
             "inside": [[15, 15], [20, 15], [20, 20], [15, 20]],
             "with a point on a side": [[10, 10], [20, 10], [30, 10], [30, 30], [10, 30]],
             "a triangle of it": [[10, 10], [30, 10], [30, 30]]}
    first = [region("polygonlabels", {"points": square}, "a")]
    tasks = [[first, [region("polygonlabels", {"points": ring}, "a")]] for ring in rings.values()]
    check_all("region-iou", tasks, lambda a, b: iou(a[0], b[0]), tmp_path)


def test_a_ring_that_crosses_itself_has_the_area_that_it_surrounds(tmp_path):
    bow = [[10, 10], [30, 30], [30, 10], [10, 30]]
    whole = [[10, 10], [30, 10], [30, 30], [10, 30]]
    tasks = [[[region("polygonlabels", {"points": ring}, "a")] for ring in (bow, whole)]]
    ((score, _),) = scores("region-iou", tasks, tmp_path).values()
    assert score == pytest.approx(0.5)


def answers(rng, count):
    kinds = [rectangle, polygon]
    return [kinds[rng.randint(0, 1)](rng, rng.choice("abc")) for _ in range(count)]


@pytest.mark.parametrize("seed", range(3))
def test_many_regions_are_paired_as_well_as_can_be(seed, tmp_path):
    rng = random.Random(200 + seed)
    # All in one control, so that rectangles may be paired with polygons.
    tasks = [[answers(rng, rng.randint(0, 12)) for _ in range(3)] for _ in range(12)]
    check_all("region-f1", tasks, found_regions, tmp_path, settings={"threshold": 0.3})


@pytest.mark.parametrize("seed", range(2))
def test_mean_overlap_adds_controls_and_labels_up(seed, tmp_path):
    rng = random.Random(300 + seed)
    tasks = []
    for _ in range(10):
        task = [answers(rng, rng.randint(0, 9)) for _ in range(3)]
        for result in itertools.chain(*task):
            result["from_name"] = result["type"]
        tasks.append(task)
    found = check_all("region-iou", tasks, mean_overlap, tmp_path)
    for score, parts in found.values():
        if score is not None and parts:
            weighted = sum(s * w for s, w in parts.values()) / sum(w for _, w in parts.values())
            assert score == pytest.approx(weighted)


def test_empty_answers_agree_only_when_asked(tmp_path):
    tasks = [[[], []]]
    assert scores("region-iou", tasks, tmp_path) == {(1, 0, 1): (None, {})}
    assert scores("region-iou", tasks, tmp_path, {"emptyAgrees": True}) == {(1, 0, 1): (1.0, {})}


# Choices.

OFFERED = ["cat", "dog", "cow", "sheep", "goat"]
CHOICES_CONFIG = ('<View><Text name="t" value="$t"/><Choices name="c" toName="t" choice="multiple">'
                  + "".join(f'<Choice value="{name}"/>' for name in OFFERED) + "</Choices></View>")


def chosen(names, control="c"):
    return {"from_name": control, "to_name": "t", "type": "choices", "value": {"choices": names}}


def selection(answer):
    return set(itertools.chain(*(result["value"]["choices"] for result in answer)))


def jaccard(first, second):
    a, b = selection(first), selection(second)
    return len(a & b) / len(a | b) if a | b else None


def kappa(first, second):
    if not first and not second:
        return None
    a, b = selection(first), selection(second)
    yes_a = [name in a for name in OFFERED]
    yes_b = [name in b for name in OFFERED]
    count = len(OFFERED)
    observed = sum(x == y for x, y in zip(yes_a, yes_b)) / count
    chance = sum((yes_a.count(v) / count) * (yes_b.count(v) / count) for v in (True, False))
    return 1 if chance == 1 else (observed - chance) / (1 - chance)


@pytest.mark.parametrize("seed", range(3))
def test_choices(seed, tmp_path):
    rng = random.Random(400 + seed)
    tasks = [[[chosen(rng.sample(OFFERED, rng.randint(1, 5)))] for _ in range(3)] + [[]]
             for _ in range(30)]
    check_all("choices", tasks, jaccard, tmp_path)
    check_all("choices-kappa", tasks, kappa, tmp_path, config=CHOICES_CONFIG)


def test_parts_of_choices_are_the_labels(tmp_path):
    tasks = [[[chosen(["cat", "dog"])], [chosen(["dog", "cow"])]]]
    ((score, parts),) = scores("choices", tasks, tmp_path).values()
    assert score == pytest.approx(1 / 3)
    assert parts == {"cat": (0, 1), "cow": (0, 1), "dog": (1, 2)}


def test_choices_of_a_region_are_not_choices_of_the_task(tmp_path):
    of_region = {**chosen(["cat"]), "value": {"start": 0, "end": 4, "choices": ["cat"]}}
    tasks = [[[of_region], [of_region]], [[chosen(["cat"])], [chosen(["cat"]), of_region]]]
    found = scores("choices", tasks, tmp_path)
    assert [score for score, _ in found.values()] == [None, 1]


# Spans.

def span(start, end, label):
    return {"from_name": "ner", "to_name": "t", "type": "labels",
            "value": {"start": start, "end": end, "text": "", "labels": [label]}}


def spans(rng):
    out = []
    for _ in range(rng.randint(0, 8)):
        start = rng.randint(0, 60)
        out.append(span(start, start + rng.randint(1, 15), rng.choice("abc")))
    return out


def places(answer):
    return sorted((r["value"]["labels"][0], r["value"]["start"], r["value"]["end"]) for r in answer)


def same_spans(first, second):
    if not first and not second:
        return None
    rest, shared = places(second), 0
    for place in places(first):
        if place in rest:
            rest.remove(place)
            shared += 1
    return 2 * shared / (len(first) + len(second))


def marked(answer):
    return {(label, at) for label, start, end in places(answer) for at in range(start, end)}


def same_stretches(first, second):
    a, b = marked(first), marked(second)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else None


@pytest.mark.parametrize("seed", range(3))
def test_spans(seed, tmp_path):
    rng = random.Random(500 + seed)
    tasks = []
    for _ in range(40):
        task = [spans(rng) for _ in range(3)]
        task[1] += rng.sample(task[0], len(task[0]) // 2)
        tasks.append(task)
    check_all("span-f1", tasks, same_spans, tmp_path)
    check_all("span-overlap", tasks, same_stretches, tmp_path)


def test_spans_of_hypertext_use_the_offsets_in_the_whole_text(tmp_path):
    def marked_up(xpath, start, end):
        return {"from_name": "ner", "to_name": "t", "type": "hypertextlabels",
                "value": {"start": xpath, "end": xpath, "startOffset": 0, "endOffset": 3,
                          "globalOffsets": {"start": start, "end": end}, "hypertextlabels": ["a"]}}

    tasks = [[[marked_up("/p[1]/text()[1]", 0, 10)], [marked_up("/p[2]/text()[1]", 5, 10)]]]
    ((score, _),) = scores("span-overlap", tasks, tmp_path).values()
    assert score == pytest.approx(2 * 5 / 15)


# Texts.

def edit_distance(first, second):
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        before, row[0] = row[0], i
        for k, b in enumerate(second, 1):
            before, row[k] = row[k], min(row[k] + 1, row[k - 1] + 1, before + (a != b))
    return row[-1]


def written(text):
    return [{"from_name": "a", "to_name": "t", "type": "textarea", "value": {"text": [text]}}]


@pytest.mark.parametrize("unit", ["characters", "words"])
@pytest.mark.parametrize("seed", range(2))
def test_text_similarity(seed, unit, tmp_path):
    rng = random.Random(600 + seed)
    alphabet = "ab é漢🚗 "
    tasks = []
    # Around 64 characters a block of the bit vectors is full.
    for length in [0, 1, 2, 5, 20, 62, 63, 64, 65, 66, 127, 128, 129, 200]:
        text = "".join(rng.choice(alphabet) for _ in range(length))
        edited = "".join(c for c in text if rng.random() > 0.2) + rng.choice(["", "b", "é b"])
        other = "".join(rng.choice(alphabet) for _ in range(rng.randint(0, 150)))
        tasks.append([written(text), written(edited), written(other)])

    def oracle(first, second):
        a, b = first[0]["value"]["text"][0], second[0]["value"]["text"][0]
        if unit == "words":
            a, b = a.split(), b.split()
        longest = max(len(a), len(b))
        return 1 - edit_distance(a, b) / longest if longest else 1

    check_all("text-similarity", tasks, oracle, tmp_path, settings={"unit": unit})


def test_long_texts_are_compared_in_time(tmp_path):
    rng = random.Random(7)
    text = "".join(rng.choice("abcd ") for _ in range(200_000))
    tasks = [[written(text), written(text[:100_000] + "x" + text[100_000:])]]
    ((score, _),) = scores("text-similarity", tasks, tmp_path).values()
    assert score == pytest.approx(1 - 1 / 200_001)


# Numbers.

def numbered(value, kind="number"):
    return [{"from_name": "n", "to_name": "t", "type": kind, "value": {kind: value}}]


def test_numbers_and_ratings(tmp_path):
    rng = random.Random(8)
    tasks = [[numbered(rng.choice([rng.uniform(-9, 9), rng.randint(-3, 3), 0])) for _ in range(3)]
             for _ in range(30)] + [[numbered(2, "rating"), numbered(5, "rating")],
                                    [numbered(1.7e308), numbered(-1.7e308)]]

    def value(answer):
        return next(iter(answer[0]["value"].values()))

    def relative(first, second):
        a, b = value(first), value(second)
        return 1.0 if a == b else max(0.0, 1 - abs(a / 2 - b / 2) / (max(abs(a), abs(b)) / 2))

    def ranged(first, second):
        distance = abs(value(first) - value(second))
        return 1.0 if distance <= 0.5 else max(0.0, 1 - distance / 4)

    def apart(first, second):
        distance = abs(value(first) - value(second))
        return distance if math.isfinite(distance) else None

    check_all("number-agreement", tasks, relative, tmp_path)
    check_all("number-agreement", tasks, ranged, tmp_path, settings={"range": 4, "tolerance": 0.5})
    check_all("number-distance", tasks, apart, tmp_path)


# Exact match.

def boxed(x, id, label="a"):
    return {"id": id, "from_name": "box", "to_name": "i", "type": "rectanglelabels",
            "original_width": 10, "value": {"x": x, "y": 1.0, "rectanglelabels": [label]}}


def joined(start, end, direction="right"):
    return {"type": "relation", "from_id": start, "to_id": end, "direction": direction}


@pytest.mark.parametrize("second, same", [
    ([boxed(2, "q"), boxed(1.0, "p")], True),
    ([boxed(1, "p")], False),
    ([boxed(1, "p"), boxed(2, "q"), boxed(2, "z")], False),
    ([boxed(1, "p"), boxed(2, "q", "b")], False),
    ([boxed(1, "p"), boxed(2.0000001, "q")], False),
])
def test_exact_match_of_regions(second, same, tmp_path):
    first = [boxed(1, "a"), boxed(2, "b")]
    ((score, _),) = scores("exact-match", [[first, second]], tmp_path).values()
    assert score == (1 if same else 0)


@pytest.mark.parametrize("relation, same", [
    (joined("p", "q"), True), (joined("q", "p"), False), (joined("q", "p", "left"), True),
    (joined("p", "q", "bi"), False),
])
def test_exact_match_knows_relations_by_what_they_join(relation, same, tmp_path):
    first = [boxed(1, "a"), boxed(2, "b"), joined("a", "b")]
    second = [boxed(1, "p"), boxed(2, "q"), relation]
    ((score, _),) = scores("exact-match", [[first, second]], tmp_path).values()
    assert score == (1 if same else 0)


def test_exact_match_of_nothing_is_agreement(tmp_path):
    tasks = [[[], []], [[chosen(["cat", "dog"])], [chosen(["dog", "cat"])]]]
    found = scores("exact-match", tasks, tmp_path)
    assert [score for score, _ in found.values()] == [1, 1]


# What people and models leave behind.

JUNK = [None, 7, "text", [], {}, {"value": None}, {"type": "rectanglelabels", "value": {"x": "a"}},
        {"type": "polygonlabels", "value": {"points": [[1], ["a", 2]]}},
        {"type": "polygonlabels", "value": {"points": [[1e308, 1e308], [-1e308, 5], [9, 1e308]]}},
        {"type": "choices", "value": {"choices": "no list"}},
        {"type": "choices", "value": {"choices": [None, {}, ""]}},
        {"type": "labels", "value": {"start": 9, "end": 2, "labels": ["a"]}},
        {"type": "labels", "value": {"start": 0, "end": 1e308, "labels": ["a" * 300, 4]}},
        {"type": "textarea", "value": {"text": [4, None]}}, {"type": "textarea", "value": 3},
        {"type": "number", "value": {"number": "4"}}, {"type": "relation", "from_id": 4}]


@pytest.mark.parametrize("metric", ["exact-match", "choices", "choices-kappa", "region-iou",
                                    "region-f1", "span-f1", "span-overlap", "text-similarity",
                                    "number-agreement", "number-distance"])
def test_junk_among_the_results_does_no_harm(metric, tmp_path):
    rng = random.Random(9)
    tasks = [[[entry], [other]] for entry in JUNK for other in rng.sample(JUNK, 6)]
    tasks += [[JUNK, JUNK[::-1]]]
    found = scores(metric, tasks, tmp_path)
    assert len(found) == len(tasks)
    for score, _ in found.values():
        assert score is None or math.isfinite(score)
