"""Tasks with an image, a text, a recording and a film at once, whose names hold what no one expects.

Made from a seed, in Label Studio's JSON export shape.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from generated_tasks import Maker, text

SLASH, QUOTES, LINES, SCRIPT = "a/b\\c", "it's \"q\"", "zwei\nzeilen", "𝔘 汉 🚗🏽‍🚒 עברית"
ODD = [SLASH, QUOTES, LINES, SCRIPT]


def _attribute(value: str) -> str:
    """As an attribute; a line break has to be written as a reference to stay one."""
    return quoteattr(value, {"\n": "&#10;"})


def _control(tag: str, name: str, target: str, child: str, values) -> str:
    inside = "".join(f"<{child} value={_attribute(value)}/>" for value in values)
    return f"<{tag} name={_attribute(name)} toName={_attribute(target)}>{inside}</{tag}>"


BOX, SPAN, SOUND = f"box {SLASH}", f"span {QUOTES}", f"sound {SCRIPT}"
CONFIG = "<View>" + "".join([
    '<Image name="image" value="$image"/><Text name="text" value="$text"/>',
    '<Audio name="audio" value="$audio"/><Video name="video" value="$video"/>',
    _control("RectangleLabels", BOX, "image", "Label", ODD),
    _control("PolygonLabels", "outline", "image", "Label", ODD),
    _control("KeyPointLabels", "point", "image", "Label", ODD),
    _control("EllipseLabels", "round", "image", "Label", ODD),
    _control("BrushLabels", "paint", "image", "Label", ODD),
    _control("Labels", SPAN, "text", "Label", ODD),
    _control("Labels", SOUND, "audio", "Label", ODD),
    _control("TimelineLabels", "times", "video", "Label", ODD),
    '<VideoRectangle name="track" toName="video"/>',
    _control("Choices", "topic", "text", "Choice", ODD).replace("<Choices", '<Choices choice="multiple"'),
    '<TextArea name="said" toName="audio" perRegion="true"/><TextArea name="note" toName="image"/>',
    '<Rating name="stars" toName="image"/><Number name="count" toName="image"/>',
    '<DateTime name="when" toName="text"/><Taxonomy name="tree" toName="text">',
    f'<Choice value={_attribute(SLASH)}><Choice value={_attribute(SCRIPT)}/></Choice></Taxonomy>',
]) + "</View>"

# Masks of four by four pixels, as the SDK's encoder writes them.
MASK = [0, 0, 0, 64, 57, 27, 252, 49, 254, 31, 224, 0]


class MixedMaker(Maker):
    """Makes results of every kind for such a task."""

    def label(self) -> list[str]:
        return self.random.sample(ODD, self.random.choice([1, 1, 1, 2]))

    def on(self, target: str, kind: str, name: str, value: dict, **more) -> dict:
        return {"id": self.id(), "type": kind, "from_name": name, "to_name": target, "value": value, **more}

    def image_results(self, size) -> list[dict]:
        turned = self.random.choice([0.0, self.random.uniform(-360, 360)])
        return [
            self.box(size, self.label(), turned, name=BOX),
            self.polygon(size, self.label()),
            self.result("keypointlabels", "point", {
                "x": self.percent(), "y": self.percent(), "width": 0.5,
                "keypointlabels": self.label()}, size),
            self.result("ellipselabels", "round", {
                "x": 50, "y": 50, "radiusX": self.percent(40), "radiusY": 3, "rotation": turned,
                "ellipselabels": self.label()}, size),
            self.result("brushlabels", "paint", {
                "format": "rle", "rle": MASK, "brushlabels": self.label()}, (4, 4)),
            self.on("image", "textarea", "note", {"text": self.random.sample(ODD, 2)}),
            self.on("image", "rating", "stars", {"rating": self.random.randint(1, 5)}),
            self.on("image", "number", "count", {"number": self.percent()}),
        ]

    def text_results(self, content: str) -> list[dict]:
        start = self.random.randint(0, max(0, len(content) - 1))
        end = min(len(content), start + self.random.randint(1, 20))
        return [
            self.on("text", "labels", SPAN, {"start": start, "end": end, "text": content[start:end],
                                             "labels": self.label()}),
            self.on("text", "labels", SPAN, {"start": 0, "end": end, "text": content[:end],
                                             "labels": self.label()}),  # Over the one before.
            self.on("text", "choices", "topic", {"choices": self.label()}),
            self.on("text", "datetime", "when", {"datetime": "2026-02-28T23:59"}),
            self.on("text", "taxonomy", "tree", {"taxonomy": [[SLASH], [SLASH, SCRIPT]]}),
            {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "bi", "labels": [QUOTES]},
        ]

    def sound_results(self) -> list[dict]:
        start = self.percent(60)
        piece = {"start": start, "end": start + self.percent(5), "channel": self.random.choice([0, 1])}
        region = self.on("audio", "labels", SOUND, {**piece, "labels": self.label()},
                         original_length=66.5)
        said = {**self.on("audio", "textarea", "said", {**piece, "text": [self.random.choice(ODD)]}),
                "id": region["id"]}
        return [region, said]

    def film_results(self) -> list[dict]:
        frames = sorted(self.random.sample(range(1, 300), 4))
        sequence = [{"frame": frame, "time": frame / 24, "enabled": self.random.random() < 0.8,
                     "x": self.percent(), "y": self.percent(), "width": self.percent(30),
                     "height": self.percent(30), "rotation": 0} for frame in frames]
        return [
            self.on("video", "videorectangle", "track", {
                "sequence": sequence, "framesCount": 300, "duration": 12.5}),
            self.on("video", "timelinelabels", "times", {
                "ranges": [{"start": frames[0], "end": frames[1]}, {"start": frames[2], "end": frames[3]}],
                "timelinelabels": self.label()}),
        ]

    def results(self, content: str) -> list[dict]:
        """Some of all kinds, in any order, and at times none."""
        if self.random.random() < 0.1:
            return []
        made = [*self.image_results(self.size()), *self.text_results(content), *self.sound_results(),
                *self.film_results()]
        return self.random.sample(made, self.random.randint(1, len(made)))

    def mixed_task(self, index: int) -> dict:
        """One with several annotations, skipped ones, drafts and predictions, or some of these."""
        content = text(self)
        odd = self.random.choice([{}, {SLASH: 1}, {QUOTES: "x"}, {LINES: [1, {SCRIPT: None}]}, {
            SCRIPT: True}, {"topic": "a control's name"}])
        data = {"image": self.address(index), "text": content, "audio": f"{self.address(index)}.wav",
                "video": f"{self.address(index)}.mp4", **odd}
        annotations = [self.annotation(index * 10 + n, self.results(content))
                       for n in range(self.random.choice([0, 1, 1, 2, 3]))]
        for annotation in annotations:
            annotation["was_cancelled"] = self.random.random() < 0.1
            annotation["completed_by"] = self.random.choice(
                [1, 2, {"id": 3, "email": "ann@example.org", "first_name": SCRIPT}])
        task = self.task(index, data, annotations)
        if self.random.random() < 0.3:
            task["drafts"] = [{"id": index, "result": self.results(content), "user": "ann@example.org"}]
        if self.random.random() < 0.3:
            task["predictions"] = [{"id": index, "result": self.results(content), "score": self.percent(1),
                                    "model_version": SCRIPT}]
        return task


def mixed_tasks(seed: int, count: int) -> list[dict]:
    maker = MixedMaker(seed)
    return [maker.mixed_task(index) for index in range(1, count + 1)]
