"""Tasks made from a seed, in Label Studio's JSON export shape: what no one would think of writing."""

from __future__ import annotations

import os
import random

# The tasks of a comparison, and where its chance begins. `make compare` takes more, and another seed.
COUNT = int(os.environ.get("POSTIL_COMPARED_TASKS", 300))
SEED = int(os.environ.get("POSTIL_COMPARED_SEED", 0))

# What boxes and polygons of the config are labeled with.
BOXES = ["car", 'Büs "x"', "zebra", "a/b\\c 🚗"]
PAINT = ["grass", "a\\b/c 'q' 🚗"]
OUTLINES = ["roof", "汉 🚗", "עברית 𝔘"]
IMAGE_CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="car"/><Label value="Büs &quot;x&quot;"/>
<Label value="zebra" category="7"/><Label value="a/b\\c 🚗"/></RectangleLabels>
<PolygonLabels name="outline" toName="image"><Label value="roof"/><Label value="汉 🚗"/>
<Label value="עברית 𝔘"/></PolygonLabels>
<EllipseLabels name="round" toName="image"><Label value="pond"/></EllipseLabels>
<BrushLabels name="paint" toName="image"><Label value="grass"/>
<Label value="a\\b/c 'q' 🚗"/></BrushLabels>
<Choices name="mood" toName="image"><Choice value="good"/><Choice value="bad"/></Choices></View>"""

KEY_POINT_CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="person"/><Label value="dog"/></RectangleLabels>
<KeyPointLabels name="point" toName="image"><Label value="nose" model_index="0"/>
<Label value="eye" model_index="1"/><Label value="ear" model_index="2"/></KeyPointLabels></View>"""

LABELS_CONFIG = """<View><Image name="image" value="$image"/>
<Rectangle name="shape" toName="image"/><Labels name="kind" toName="image">
<Label value="a"/><Label value="b"/></Labels></View>"""

NAMES = ["a.png", "street 1.jpg", "a/b/c.jpeg", "it's \"q\".png", "zwei\nzeilen.png", "日本.png",
         "🚗🏽‍🚒.jpg", "no-extension", "x.tar.gz", "üñí.PNG", "100%.png", "a?b=c.png", "..png"]


class Maker:
    """One stream of chance for each test: the same seed gives the same tasks."""

    def __init__(self, seed: int):
        self.random = random.Random(seed + 1_000 * SEED)
        self.count = 0

    def id(self) -> str:
        self.count += 1
        return f"r{self.count}"

    def percent(self, most: float = 100.0) -> float:
        return self.random.choice([self.random.uniform(0, most), round(self.random.uniform(0, most), 2),
                                   float(self.random.randint(0, int(most)))])

    def address(self, index: int) -> str:
        name = self.random.choice(NAMES)
        return f"https://images.invalid/{index}/{name}"

    def result(self, kind, name, value, size, to_name="image", **more):
        return {"id": self.id(), "type": kind, "from_name": name, "to_name": to_name,
                "original_width": size[0], "original_height": size[1], "image_rotation": 0,
                "value": value, **more}

    def box(self, size, labels, rotation=0.0, kind="rectanglelabels", name="box", **more):
        value = {"x": self.percent(80), "y": self.percent(80), "width": 0.5 + self.percent(19),
                 "height": 0.5 + self.percent(19), "rotation": rotation, kind: labels}
        return self.result(kind, name, value, size, **more)

    def polygon(self, size, labels, kind="polygonlabels", name="outline"):
        points = [[self.percent(), self.percent()] for _ in range(self.random.randint(3, 9))]
        return self.result(kind, name, {"points": points, "closed": True, kind: labels}, size)

    def ellipse(self, size):
        return self.result("ellipselabels", "round", {
            "x": 50, "y": 50, "radiusX": self.percent(40), "radiusY": 3, "rotation": 0,
            "ellipselabels": ["pond"]}, size)

    def key_point(self, size, label, parent=None):
        more = {"parentID": parent} if parent else {}
        value = {"x": self.percent(), "y": self.percent(), "width": 0.5, "keypointlabels": [label]}
        return self.result("keypointlabels", "point", value, size, **more)

    def choice(self, name="mood", to_name="image", *choices):
        return {"id": self.id(), "type": "choices", "from_name": name, "to_name": to_name,
                "value": {"choices": list(choices or ["good"])}}

    def annotation(self, index, results, **fields):
        return {"id": index * 10 + self.random.randint(0, 9), "completed_by": 1,
                "result": results, "was_cancelled": False, "lead_time": self.percent(),
                "created_at": f"2026-01-{1 + self.count % 27:02d}T08:00:{index % 60:02d}.000000Z",
                "updated_at": "2026-02-01T00:00:00.000000Z", **fields}

    def task(self, index, data, annotations):
        return {"id": index, "data": data, "annotations": annotations, "drafts": [],
                "predictions": [], "project": 1, "meta": {}}

    def size(self):
        return self.random.choice([(640, 480), (1000, 1000), (333, 777), (4096, 31)])

    def images(self, count: int, results, annotations=(1,)) -> list:
        """`results(size)` makes the results of one annotation; `annotations` how many there may be."""
        tasks = []
        for index in range(1, count + 1):
            size = self.size()
            made = [self.annotation(index * 10 + n, results(size))
                    for n in range(self.random.choice(annotations))]
            if made and self.random.random() < 0.05:
                made.append(self.annotation(index * 10 + 9, results(size), was_cancelled=True))
            tasks.append(self.task(index, {"image": self.address(index), "note": "n"}, made))
        return tasks


SPANS = ["PER", "Ort 🏙", "a/b 'q' \"r\""]
TEXT_CONFIG = """<View><Text name="text" value="$text"/>
<Labels name="ner" toName="text"><Label value="PER"/><Label value="Ort 🏙"/>
<Label value="a/b 'q' &quot;r&quot;"/></Labels>
<Choices name="topic" toName="text" choice="multiple"><Choice value="a"/><Choice value="b/c"/></Choices>
<TextArea name="note" toName="text"/><Rating name="stars" toName="text"/>
<Taxonomy name="tree" toName="text"><Choice value="x"><Choice value="y"/></Choice></Taxonomy></View>"""

WORDS = ["Anna", "can't", "cannot", "they'll", "don't", "GONNA", "wanna", "d'ye", "'tis", "'twas", "Dr.",
         "3.88", "3,36", "e.g.", "U.S.", "a:b", "1:2", "...", "—", "--", "(x)", "[y]", "{z}", "<w>", "$5",
         "50%", "#tag", "@you", "a;b", "AT&T", "and/or", "what?", "yes!", "'quoted'", "dogs'", "it's",
         "«fr»", "日本語", "مرحبا", "עברית", "🚗🏽‍🚒", "e\u0301", "n\u0303", "\u00a0", "\u3000", "٣,٤", "x,y", "end."]


def text(maker: Maker, quotes=True) -> str:
    words = WORDS + (['"Hi"', '"', "''", "``"] if quotes else [])
    count = maker.random.randint(0, 14)
    gaps = [" ", " ", " ", "  ", "\n", "\t", " \n"]
    return "".join(maker.random.choice(words) + maker.random.choice(gaps) for _ in range(count)).rstrip(
        maker.random.choice(["", " ", " \n"]) or None)


def span(maker: Maker, content: str, labels) -> dict:
    start = maker.random.randint(0, max(0, len(content) - 1))
    end = min(len(content), start + maker.random.randint(1, 20))
    return {"id": maker.id(), "type": "labels", "from_name": "ner", "to_name": "text",
            "value": {"start": start, "end": end, "text": content[start:end], "labels": labels}}


def text_results(maker: Maker, content: str, kinds: str = "sctrxl") -> list:
    made = []
    for kind in maker.random.choices(kinds, k=maker.random.randint(0, 6)):
        fields = {"id": maker.id(), "to_name": "text"}
        if kind == "s":
            made.append(span(maker, content, maker.random.choice([["PER"], ["Ort 🏙"], ["PER", "Ort 🏙"], ["a/b 'q' \"r\""]])))
        elif kind == "c":
            made.append({**fields, "type": "choices", "from_name": "topic", "value": {
                "choices": maker.random.choice([["a"], ["b/c"], ["a", "b/c"]])}})
        elif kind == "t":
            made.append({**fields, "type": "textarea", "from_name": "note", "value": {
                "text": maker.random.choice([["one"], ["\"q\"\nnew"], ["eins", "zwei"]])}})
        elif kind == "r":
            made.append({**fields, "type": "rating", "from_name": "stars", "value": {"rating": 4}})
        elif kind == "x":
            made.append({**fields, "type": "taxonomy", "from_name": "tree", "value": {
                "taxonomy": [["x", "y"]]}})
        else:
            made.append({"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"})
    return made


def texts(maker: Maker, count: int, kinds: str = "sctrxl", quotes=True, annotations=(0, 1, 1, 2)) -> list:
    tasks = []
    for index in range(1, count + 1):
        content = text(maker, quotes)
        extra = maker.random.choice([{}, {"n": 1.5}, {"list": [1, {"a": "b/c"}]}, {"flag": True},
                                     {"none": None}, {"stars": "in the way"}, {"name \"x\"": "é,;\t\""}])
        made = [maker.annotation(index * 10 + n, text_results(maker, content, kinds))
                for n in range(maker.random.choice(annotations))]
        for answer in made:
            answer["completed_by"] = maker.random.choice([1, {"id": 2, "email": "ann@example.org"}])
        if maker.random.random() < 0.05:
            made.append(maker.annotation(index * 10 + 9, [], was_cancelled=True))
        tasks.append(maker.task(index, {"text": content, **extra}, made))
    return tasks
