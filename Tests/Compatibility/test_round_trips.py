"""Every format that goes both ways: what was exported and imported is exported again alike.

Nothing may differ but what an installation gives out itself (numbers of tasks and annotations, times, names of files
that it stores), and nothing may be missing that the first export's loss report does not name. POSTIL_TASKS makes more
tasks of another size, POSTIL_SEED others.
"""

import hashlib
import io
import json
import os
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter

import numpy
import pytest
from formats import same
from generated_tasks import KEY_POINT_CONFIG, Maker, texts
from PIL import Image
from test_brush_formats_against_the_converter import encoded

COUNT = int(os.environ.get("POSTIL_TASKS", "24"))
SEED = int(os.environ.get("POSTIL_SEED", "17"))
SIZE = (64, 48)

BOXES = ["car", 'Büs "x"', "<a> & 'b'", "two  blanks", " around ", "'quoted'", "a,b;c|d", "0", "null", "B-x", "🚗🏽‍🚒", "%41"]
OUTLINES = ["roof", "汉 字", "names: [x]"]


def labels(tag, name, values, child="Label"):
    inside = "".join(f'<{child} value="{v}"/>' for v in (
        v.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;") for v in values))
    return f'<{tag} name="{name}" toName="image">{inside}</{tag}>'


IMAGES = f"""<View><Image name="image" value="$image"/>{labels("RectangleLabels", "box", BOXES)}
{labels("PolygonLabels", "outline", OUTLINES)}{labels("EllipseLabels", "round", ["pond"])}
{labels("BrushLabels", "paint", ["grass"])}{labels("Choices", "mood", ["good", "bad & ugly"], "Choice")}
<Rating name="stars" toName="image"/></View>"""
TEXTS = """<View><Text name="text" value="$text"/>
<Labels name="ner" toName="text"><Label value="PER"/><Label value="Ort 🏙"/>
<Label value="a/b 'q' &quot;r&quot;"/></Labels>
<Choices name="topic" toName="text" choice="multiple"><Choice value="a"/><Choice value="b/c"/></Choices>
<TextArea name="note" toName="text"/><Rating name="stars" toName="text"/>
<Taxonomy name="tree" toName="text"><Choice value="x"><Choice value="y"/></Choice></Taxonomy></View>"""

NAMES = ["street 1.png", "it's \"q\" & <b>.png", "日本.png", "🚗🏽‍🚒.jpg", "x.tar.png", "100%.png", "a?b=c#d.png",
         "semi;comma,.PNG", "north/tile.png", "south/tile.png", "deadbeef-name.png", "-dash.jpeg", "ü" * 100 + ".png"]


def upload(admin, project, source, files, **settings):
    answer = admin.post(f"/api/projects/{project}/folder", timeout=300,
                        params={"source": source, "settings": json.dumps(settings)},
                        files=[("files", (name, content)) for name, content in files.items()])
    assert answer.status_code == 201, answer.text
    return answer.json()


def exported(admin, project, name, **settings):
    """The files of an export by name, and its loss report."""
    answer = admin.get(f"/api/projects/{project}/export", timeout=300, params={
        "exportType": name, "download_all_tasks": "true", "settings": json.dumps(settings)})
    assert answer.ok, answer.text
    report = admin.value("GET", answer.headers["Export-Report"])
    assert report["state"] == "finished", report
    losses = {loss["code"]: loss["count"] for loss in report["losses"]}
    if answer.content[:2] != b"PK":
        return {"result": answer.content}, losses
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: archive.read(name) for name in archive.namelist()}, losses


def tasks_of(admin, project):
    return admin.value("GET", f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true", timeout=300)


def picture(index):
    content = io.BytesIO()
    Image.new("RGB", SIZE, (index % 256, index // 256, 99)).save(content, "PNG")
    return content.getvalue()


def mask(maker):
    pixels = numpy.zeros((SIZE[1], SIZE[0]), dtype=numpy.uint8)
    x, y = maker.random.randint(0, 40), maker.random.randint(0, 30)
    pixels[y:y + maker.random.randint(1, 18), x:x + maker.random.randint(1, 24)] = maker.random.choice([255, 255, 128])
    value = {"format": "rle", "rle": encoded(pixels, maker), "brushlabels": ["grass"]}
    return maker.result("brushlabels", "paint", value, SIZE)


def shapes(maker):
    """The results of one annotation: everything that an image can be answered with."""
    made = []
    for kind in maker.random.choices("bbbtmpper", k=maker.random.randint(0, 7)):
        if kind == "b":
            made.append(maker.box(SIZE, [maker.random.choice(BOXES)]))
        elif kind == "t":
            made.append(maker.box(SIZE, [maker.random.choice(BOXES)], maker.random.uniform(-180, 180)))
        elif kind == "m":
            made.append(maker.box(SIZE, maker.random.sample(BOXES, 2)))
        elif kind == "p":
            made.append(maker.polygon(SIZE, [maker.random.choice(OUTLINES)]))
        elif kind == "e":
            made.append(maker.ellipse(SIZE))
        else:
            made.append(mask(maker))
    if maker.random.random() < 0.5:
        place = maker.random.randint(0, len(made))
        made.insert(place, maker.choice("mood", "image", maker.random.choice(["good", "bad & ugly"])))
    if maker.random.random() < 0.3:
        made.append({"id": maker.id(), "type": "rating", "from_name": "stars", "to_name": "image", "value": {"rating": 3}})
    if len(made) > 1 and maker.random.random() < 0.3:
        made.append({"type": "relation", "from_id": made[0]["id"], "to_id": made[1]["id"], "direction": "right"})
    return made


def people(maker):
    made = []
    for _ in range(maker.random.randint(0, 2)):
        box = maker.box(SIZE, [maker.random.choice(["person", "dog"])])
        made += [box, *(maker.key_point(SIZE, label, box["id"]) for label in ("nose", "eye", "ear")
                        if maker.random.random() < 0.7)]
    return made


def image_project(admin, config, results, seed):
    """A project with stored images and generated answers: none, one, several, skipped ones."""
    project = admin.make_project("Round trip", config)
    names = (NAMES + [f"more/{i}.png" for i in range(COUNT)])[:COUNT]
    upload(admin, project, "local-folder", {name: picture(i) for i, name in enumerate(names)})
    maker = Maker(seed)
    for task in admin.value("GET", f"/api/projects/{project}/tasks?page_size={COUNT}"):
        for _ in range(maker.random.choice([0, 1, 1, 1, 2])):
            admin.value("POST", f"/api/tasks/{task['id']}/annotations/", json={"result": results(maker)})
        if maker.random.random() < 0.15:
            admin.value("POST", f"/api/tasks/{task['id']}/annotations/", json={"result": [], "was_cancelled": True})
    return project


@pytest.fixture(scope="module")
def images(admin):
    return image_project(admin, IMAGES, shapes, SEED)


@pytest.fixture(scope="module")
def persons(admin):
    return image_project(admin, KEY_POINT_CONFIG, people, SEED + 1)


def generated_texts(kinds):
    """Tasks as an import takes them."""
    tasks = texts(Maker(SEED + 2), 4 * COUNT, kinds)
    for task in tasks:
        for answer in task["annotations"]:
            for given in ("id", "completed_by", "created_at", "updated_at"):
                del answer[given]
            for result in answer["result"]:
                if result["type"] == "relation":
                    result.update(from_id="a", to_id="b")
    return [{"data": t["data"], "annotations": t["annotations"]} for t in tasks]


@pytest.fixture(scope="module")
def texts_project(admin):
    project = admin.make_project("Round trip", TEXTS)
    admin.value("POST", f"/api/projects/{project}/import", json=generated_texts("sctrxl"))
    return project


# What an installation gives out itself: the rest is compared.
GIVEN = {"date_created", "year", "created_at", "global_key", "created_by"}


def numbers(text):
    """Numbers with commas and semicolons between them as numbers; any other text as it is."""
    try:
        return [float(n) for n in re.split(r", ?|;", text)]
    except ValueError:
        return text


def tree(node):
    given = {k: v if k in ("label", "name") else numbers(v) for k, v in sorted(node.attrib.items())}
    return [node.tag, given, (node.text or "").strip("\n"), [tree(n) for n in node]]


def parsed(name, content):
    if name.startswith("labels/"):
        return [[float(n) for n in line.split(" ")] for line in content.decode().splitlines()]
    if name.endswith(".xml"):
        return tree(ElementTree.fromstring(content))
    if content.startswith(b"-DOCSTART-"):
        return re.split(r"\n\n+", content.decode().strip())  # Less texts without a token.
    lines = content.decode().splitlines()
    if name == "result" and all(line.startswith("{") for line in lines) and len(lines) > 1 or name.endswith("jsonl"):
        return [json.loads(line) for line in lines]
    try:
        return json.loads(content)
    except ValueError:
        return content.decode()


class Canonical:
    """An export without what was given out: images are called by what they show, ids by their order."""

    def __init__(self, files):
        self.names, self.ids = {}, {}
        for name, content in files.items():
            if name.startswith("images/"):
                self.names[name[len("images/"):]] = hashlib.md5(content).hexdigest()
        self.names.update({name.rsplit(".", 1)[0]: self.names[name] for name in list(self.names)})
        self.files = {}  # Without their digits some are called alike.
        for name, content in files.items():
            if not name.startswith("images/"):
                self.files.setdefault(self.file_name(name), []).append(self.value(parsed(name, content)))
        for alike in self.files.values():
            alike.sort(key=str)

    def file_name(self, name):
        folder, _, last = name.rpartition("/")
        stem, dot, end = last.rpartition(".")
        return f"{folder}/{self.name(stem)}{dot}{end}"

    def name(self, text):
        """Names of stored files have eight digits before them; each import puts its own there."""
        return self.names.get(text) or re.sub(r"^(images/|https://again\.invalid/)?([0-9a-f]{8}(-|__))+", "", text)

    def value(self, part):
        if isinstance(part, list):
            if part[:1] == ["id"] and len(part) == 4 or part[:1] == ["dumped"]:  # XML of CVAT.
                return None
            return [self.value(p) for p in part]
        if isinstance(part, dict):
            kind = "row" if "global_key" in part else "label"
            return {self.key(k): self.member(k, v, kind) for k, v in part.items() if k not in GIVEN}
        return self.name(part.removeprefix("images/")) if isinstance(part, str) else part

    def key(self, name):
        return "project" if name.isdigit() else name

    def member(self, key, value, kind):
        if key in ("task_id", "annotation_id", "task") or key == "id" and isinstance(value, str) and value.isdigit():
            return None if value is None else self.ids.setdefault((key, kind, str(value)), len(self.ids))
        return self.value(value)


def standing(tasks, one_an_image):
    """Results of the annotations that an export holds."""
    found = []
    for task in tasks:
        answers = sorted((a for a in task["annotations"] if not a["was_cancelled"]),
                         key=lambda a: a["created_at"], reverse=True)
        found += [r for a in answers[:1 if one_an_image else None] for r in a["result"]]
    return found


# Losses that leave a whole result out, counted by results.
DROPS = {"shape_not_supported", "answer_not_supported", "region_without_label", "relation_dropped", "span_dropped",
         "mask_empty", "mask_unreadable", "region_outside_image"}
WITH_IMAGES = {"images": True}
AGAIN = {"image_root": "https://again.invalid/"}
ONE_AN_IMAGE = {"yolo", "voc", "cvat"}
TRIPS = {
    "COCO": ("images", "coco", {}, AGAIN),
    "COCO_WITH_IMAGES": ("images", "coco", {}, {}),
    "YOLO": ("images", "yolo", {}, {**AGAIN, "image_extension": ".png"}),
    "YOLO_WITH_IMAGES": ("images", "yolo", {}, {}),
    "YOLO_OBB_WITH_IMAGES": ("images", "yolo", {}, {"lines": "oriented_boxes"}),
    "VOC": ("images", "voc", {}, {}),
    "CVAT": ("images", "cvat", WITH_IMAGES, {}),
    "LABELBOX": ("images", "labelbox", {}, {}),
    "HUGGING_FACE": ("images", "hugging-face", {}, {}),
    "COCO_WITH_IMAGES of key points": ("persons", "coco", {}, {}),
    "YOLO_WITH_IMAGES of key points": ("persons", "yolo", {}, {}),
    "CVAT of key points": ("persons", "cvat", WITH_IMAGES, {}),
    "LABELBOX of key points": ("persons", "labelbox", {}, {}),
    "CONLL2003": ("texts_project", "conll", {}, {}),
    "HUGGING_FACE of texts": ("texts_project", "hugging-face", {}, {}),
    "LABELBOX of texts": ("texts_project", "labelbox", {}, {}),
}
CONFIG_OF = {"images": IMAGES, "persons": KEY_POINT_CONFIG, "texts_project": TEXTS}
EXTENSION = {"conll": ".conll", "labelbox": ".ndjson", "coco": ".json"}


@pytest.mark.parametrize("trip", TRIPS)
def test_what_went_out_comes_in_and_goes_out_alike(admin, trip, request):
    fixture, source, export_settings, import_settings = TRIPS[trip]
    name = trip.split(" ")[0]
    project = request.getfixturevalue(fixture)
    first, losses = exported(admin, project, name, **export_settings)
    again = admin.make_project("Round trip", CONFIG_OF[fixture])
    sent = {n + (EXTENSION[source] if n == "result" else ""): content for n, content in first.items()}
    upload(admin, again, source, sent, **import_settings)
    second, further = exported(admin, again, name, **export_settings)
    same(Canonical(second).files, Canonical(first).files)
    # What could not be written is gone; nothing else goes the second time. Corners become a turned box again.
    assert set(further) <= {"rotation_as_polygon"}
    came_back = standing(tasks_of(admin, again), False)
    went_out = standing(tasks_of(admin, project), source in ONE_AN_IMAGE)
    repeated = sum(len(r["value"].get("rectanglelabels", [0])) - 1 for r in went_out if "value" in r) if source == "yolo" else 0
    kept = len(went_out) + repeated - sum(n for code, n in losses.items() if code in DROPS)
    assert len(came_back) == kept, (losses, Counter(r["type"] for r in went_out), Counter(r["type"] for r in came_back))


def test_json_comes_back_whole(admin, images, texts_project):
    for project, config in ((images, IMAGES), (texts_project, TEXTS)):
        first = tasks_of(admin, project)
        again = admin.make_project("Round trip", config)
        admin.value("POST", f"/api/projects/{again}/import", json=first, timeout=300)
        given = ("id", "created_at", "updated_at", "project", "task", "import_id", "inner_id", "unique_id", "file_upload",
                 "last_action", "updated_by", "completed_by", "last_created_by", "draft_created_at", "created_username")

        def plain(part):
            if isinstance(part, list):
                return [plain(p) for p in part]
            return {k: plain(v) if k == "annotations" else v for k, v in part.items() if k not in given}

        same(plain(tasks_of(admin, again)), plain(first))
