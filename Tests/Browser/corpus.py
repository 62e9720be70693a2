"""Label Studio's own templates, each with a task that fits it."""

from __future__ import annotations

import json
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "Corpus" / "label-configs"

DIALOGUE = [
    {"author": "Ada", "text": "Shall we meet in Paris on Monday?", "start": 0, "end": 1.2},
    {"author": "Grace", "text": "Yes 🦊, at nine.", "start": 1.2, "end": 2.5},
    {"author": "Ada", "text": "Bring the report of Acme.", "start": 2.5, "end": 3.8},
]
CHAT = [
    {"role": "user", "content": "What is **bold** in Markdown?"},
    {"role": "assistant", "content": "Two stars:\n\n- `**bold**`\n- and so on."},
]
TEXT = "Ada Lovelace wrote to Charles Babbage in London. Grace Hopper 🦊 answered from New York."
# Fields that no sample in a template tells, by the tag that shows them.
BY_TAG = {
    "Image": "a.png", "Audio": "talk.wav", "Video": "film.webm", "TimeSeries": "series.csv",
    "Pdf": "paper.pdf",
}
MEDIA_FIELDS = re.compile(r"^/static/|^https?://")


def configs() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.xml"))


def task_for(name: str, urls: dict[str, str]) -> tuple[str, dict]:
    """The config's text and the data of a task; files are the tests' own."""
    xml = (FOLDER / f"{name}.xml").read_text()
    data = sample_of(xml)
    for tag, attributes in re.findall(r"<(\w+)\b([^>]*)>", re.sub(r"<!--.*?-->", "", xml, flags=re.S)):
        for field in re.findall(r"\b(?i:value)=[\"']\$(\w+)", attributes):
            data[field] = value_of(tag, field, data.get(field), urls)
    data.setdefault("max", 10)
    return xml, data


def sample_of(xml: str) -> dict:
    """The sample that a template carries in its last comment, when it is JSON."""
    comments = re.findall(r"<!--\s*([{\[].*?[}\]])\s*-->", xml, flags=re.S)
    for text in reversed(comments):
        try:
            value = json.loads(text)
        except ValueError:
            continue
        value = value[0] if isinstance(value, list) else value
        return dict(value.get("data", value))
    return {}


def value_of(tag: str, field: str, sample, urls: dict[str, str]):
    if tag in BY_TAG:
        return urls[BY_TAG[tag]]
    if tag == "Chat":
        return sample or CHAT if field == "chat" else sample
    if tag == "Paragraphs":
        return DIALOGUE
    if tag == "List":
        return [{"id": f"item_{i}", "html": f"<img src='{urls['a.png']}'/>"} for i in range(3)]
    if sample is not None:
        return sample
    if tag == "HyperText":
        return "<p>John works at <b>Acme</b>.</p>"
    return f"{TEXT} ({field})"
