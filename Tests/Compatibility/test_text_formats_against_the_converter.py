"""CSV, TSV, JSON_MIN and CoNLL 2003: generated tasks through ours and Label Studio's converter."""

import json
import warnings

import pytest
from formats import cells, convert, export, same
from generated_tasks import COUNT, SPANS, TEXT_CONFIG, Maker, texts


@pytest.fixture(scope="module")
def tasks():
    return texts(Maker(11), COUNT)


def test_json_min_is_the_converters(tasks, tmp_path):
    mine = export("JSON_MIN", tasks, TEXT_CONFIG, tmp_path)
    theirs = json.loads((convert("JSON_MIN", tasks, TEXT_CONFIG, tmp_path) / "result.json").read_text())
    assert len(theirs) > COUNT
    same(mine.json(), theirs)
    # The data field `stars` has a control's name.
    assert mine.losses["data_field_hidden"] > 0 and mine.losses["relation_dropped"] > 0


@pytest.mark.parametrize("name, separator", [("CSV", ","), ("TSV", "\t")])
def test_tables_are_the_converters(tasks, name, separator, tmp_path):
    ours = export(name, tasks, TEXT_CONFIG, tmp_path)
    theirs = convert(name, tasks, TEXT_CONFIG, tmp_path) / "result.csv"
    header, rows = cells((ours.folder / f"result.{name.lower()}").read_bytes().decode(), separator)
    their_header, their_rows = cells(theirs.read_bytes().decode(), separator)
    assert header == their_header and "_data_stars" in header
    same(rows, their_rows)


def test_chats_become_transcripts(tmp_path):
    config = '<View><Chat name="chat" toName="chat" value="$messages"/></View>'
    maker = Maker(12)

    def message(role, content):
        return {"id": maker.id(), "type": "chatmessage", "from_name": "chat", "to_name": "chat",
                "value": {"chatmessage": {"role": role, "content": content}}}

    tasks = [maker.task(1, {"messages": []}, [maker.annotation(1, [
        message("user", "Hi"), message("assistant", "Hello\nyou"), message("user", "")])])]
    ours = export("CSV", tasks, config, tmp_path)
    theirs = convert("CSV", tasks, config, tmp_path) / "result.csv"
    assert cells((ours.folder / "result.csv").read_bytes().decode(), ",") == cells(
        theirs.read_bytes().decode(), ",")


def test_conll_is_the_converters(tmp_path):
    # Where NLTK loses its way among quotes the converter fails for the whole export.
    from nltk.tokenize.treebank import TreebankWordTokenizer

    def is_tokenized(task):
        try:
            list(TreebankWordTokenizer().span_tokenize(task["data"]["text"]))
            return True
        except (ValueError, RuntimeError):
            return False

    made = texts(Maker(13), COUNT, kinds="ssssc", annotations=(0, 1, 1, 1, 2))
    tasks = [task for task in made if is_tokenized(task)]
    assert len(tasks) > COUNT * 0.9
    ours = export("CONLL2003", tasks, TEXT_CONFIG, tmp_path)
    theirs = (convert("CONLL2003", tasks, TEXT_CONFIG, tmp_path) / "result.conll").read_text()
    mine, their = ours.text("result.conll").split("\n\n"), theirs.split("\n\n")
    for number, (a, b) in enumerate(zip(mine, their)):
        assert a == b, f"item {number}"
    assert len(mine) == len(their)
    assert sum("B-PER" in item for item in mine) > COUNT // 4
    # All of them come out of ours.
    export("CONLL2003", made, TEXT_CONFIG, tmp_path / "all")


def test_spacy_reads_our_lines(tmp_path):
    import spacy
    from spacy.training import Example

    tasks = texts(Maker(14), 200, kinds="sssct")
    ours = export("SPACY", tasks, TEXT_CONFIG, tmp_path)
    language = spacy.blank("xx")
    lines = [json.loads(line) for line in ours.text("result.jsonl").splitlines()]
    spans = 0
    for line in lines:
        document = language.make_doc(line["text"])
        gold = {"entities": line["entities"], "cats": line["cats"]}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Spans that cut a token in two.
            Example.from_dict(document, gold)
        for start, end, label in line["spans"]["sc"]:
            assert 0 <= start < end <= len(line["text"]) and label in SPANS
            spans += 1
    results = [r for t in tasks for a in t["annotations"] if not a["was_cancelled"] for r in a["result"]]
    assert spans == sum(len(r["value"]["labels"]) for r in results
                        if r["type"] == "labels" and r["value"]["start"] < r["value"]["end"])
    assert ours.losses["answer_not_supported"] == sum(
        r["type"] == "textarea" or r["type"] == "labels" and r["value"]["start"] >= r["value"]["end"]
        for r in results)
