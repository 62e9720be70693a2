"""JSON, JSON_MIN, CSV and TSV of everything at once: images, texts, sound, film, and odd names."""

import json

import pytest
from formats import cells, convert, export, same
from generated_tasks import COUNT
from mixed_tasks import CONFIG, mixed_tasks


@pytest.fixture(scope="module")
def tasks():
    return mixed_tasks(41, COUNT)


def test_json_is_the_converters(tasks, tmp_path):
    mine = export("JSON", tasks, CONFIG, tmp_path).json()
    same(mine, json.loads((convert("JSON", tasks, CONFIG, tmp_path) / "result.json").read_text()))
    same(mine, tasks)


def test_json_min_is_the_converters(tasks, tmp_path):
    mine = export("JSON_MIN", tasks, CONFIG, tmp_path).json()
    theirs = json.loads((convert("JSON_MIN", tasks, CONFIG, tmp_path) / "result.json").read_text())
    assert len(theirs) > COUNT
    same(mine, theirs)


@pytest.mark.parametrize("name, separator", [("CSV", ","), ("TSV", "\t")])
def test_tables_are_the_converters(tasks, name, separator, tmp_path):
    ours = export(name, tasks, CONFIG, tmp_path).folder / f"result.{name.lower()}"
    theirs = convert(name, tasks, CONFIG, tmp_path) / "result.csv"
    header, rows = cells(ours.read_bytes().decode(), separator)
    their_header, their_rows = cells(theirs.read_bytes().decode(), separator)
    assert header == their_header
    same(rows, their_rows)
