"""DOCLANG beside Label Studio's converter: the same archives from the same tasks, and what it gets wrong."""

import base64
import io
import json
import zipfile

import pytest
from formats import convert, export
from generated_tasks import Maker
from lxml import etree
from PIL import Image

SPACE = ' xmlns="https://www.doclang.ai/ns/v0"'
CONFIG = """<View><Image name="page" valueList="$pages"/>
<TextArea name="markup" toName="page"/><Choices name="ok" toName="page"><Choice value="yes"/></Choices></View>"""
SINGLE = '<View><Image name="page" value="$image"/><TextArea name="markup" toName="page"/></View>'


def document(text, space=SPACE):
    return f"<doclang{space}><text>{text} &amp; 汉 🚗🏽‍🚒</text></doclang>"


# Texts that are DocLang, and texts that only look like it.
DOCUMENTS = [document("a"), document("b", ""), document("c", ' xmlns="https://www.doclang.ai/ns/v17"'),
             f'<?xml version="1.0" encoding="utf-8"?>\n{document("d")}', "\n  " + document("e"),
             '<d:doclang xmlns:d="https://www.doclang.ai/ns/v0"/>', "<doclang><!-- c --><?p i?><![CDATA[<x>]]></doclang>"]
OTHERS = ["", "doclang", "<doclang>", document("x", ' xmlns="https://www.doclang.ai/ns/"'),
          document("x", ' xmlns="https://www.doclang.ai/ns/v1x"'), document("x", ' xmlns="https://elsewhere.invalid/"'),
          "<!DOCTYPE doclang>" + document("x", ""), '<!DOCTYPE a [<!ENTITY e "f">]><doclang>&e;</doclang>',
          "<html><doclang/></html>", document("x")[:-3], "<doclang>&undefined;</doclang>", " <?xml version='1.0'?><doclang/>"]


def texts(maker, count=None):
    return [maker.random.choice(maker.random.choice([DOCUMENTS, OTHERS]))
            for _ in range(maker.random.randint(0, 3) if count is None else count)]


def results(maker):
    made = []
    for kind in maker.random.choices(["textarea", "reactcode", "custom", "choices", "labels"],
                                     k=maker.random.randint(0, 3)):
        value = {"textarea": {"text": texts(maker)}, "reactcode": {"reactcode": {"deep": [{"er": texts(maker)}]}},
                 "custom": {"anything": [1, None, True, *texts(maker)], "b": texts(maker, 1)[0]},
                 "choices": {"choices": texts(maker, 1)}, "labels": {"text": DOCUMENTS[0], "labels": ["a"]}}[kind]
        made.append({"id": maker.id(), "type": kind, "from_name": "markup", "to_name": "page", "value": value})
    return made


def generated(maker, count):
    tasks = []
    for index in range(1, count + 1):
        answers = [maker.annotation(index * 10 + n, results(maker)) for n in range(maker.random.choice([0, 1, 1, 2]))]
        if maker.random.random() < 0.2:
            answers.append(maker.annotation(index * 10 + 5, results(maker), was_cancelled=True))
        ids = set()
        answers = [a for a in answers if a["id"] not in ids and not ids.add(a["id"])]
        data = maker.random.choice([
            {"pages": []}, {"pages": ["https://images.invalid/1.png"], "doclang": texts(maker)},
            {"nested": {"document": {"inside": texts(maker)}}, "doclang": texts(maker, 1)[0]}, {"text": DOCUMENTS[0]}])
        task = maker.task(index, data, answers)
        task["drafts"] = [{"id": 900 + index, "result": results(maker),
                           "annotation": maker.random.choice([None, *(a["id"] for a in answers)])}]
        task["predictions"] = maker.random.choice([[], [7], [{"id": 500 + index, "result": results(maker)}]])
        tasks.append(task)
    return tasks


def archives(folder, shift=""):
    found = {}
    for path in sorted(folder.glob("*.dclx")):
        archive = zipfile.ZipFile(path)
        assert archive.testzip() is None
        found[path.name] = {name: archive.read(name) for name in archive.namelist()}
    return found


def xml(text):
    return etree.tostring(etree.fromstring(text), method="c14n")


def alike(ours, theirs):
    """The same archives with the same parts; XML by what it says."""
    assert set(ours) == set(theirs)
    for name, parts in theirs.items():
        assert set(ours[name]) == set(parts), name
        for part, content in parts.items():
            mine = ours[name][part]
            if part == "[Content_Types].xml":
                # Theirs lists sounds and films, too, and no SVG; each kind that occurs must be there.
                assert b"/document.xml" in mine and all(
                    f'"{p.rsplit(".", 1)[-1]}"'.encode() in mine for p in parts if p.startswith(("pages", "assets")))
            elif part.endswith((".xml", ".rels")):
                assert xml(mine) == xml(content), (name, part)
            else:
                assert mine == content, (name, part)


def test_archives_are_those_of_the_converter(tmp_path):
    tasks = generated(Maker(71), 120)
    ours = export("DOCLANG", tasks, CONFIG, tmp_path, {"images": False})
    theirs = archives(convert("DOCLANG", tasks, CONFIG, tmp_path))
    assert len(theirs) > 60 and {n.split("-")[2].split(".")[0] for n in theirs} == {
        "annotation", "draft", "prediction", "data"}
    alike(archives(ours.folder), theirs)
    assert {"document_missing", "answer_not_supported", "further_documents_dropped", "skipped_left_out",
            "drafts_left_out"} == set(ours.losses)
    unwritten = [t["id"] for t in tasks if not any(n.startswith(f"task-{t['id']}-") for n in theirs)]
    assert ours.losses["document_missing"] == len(unwritten)


def picture(kind):
    content = io.BytesIO()
    Image.new("RGB", (8, 6), "green").save(content, kind)
    return content.getvalue()


def test_pages_and_files_of_a_document_are_in_its_archive(tmp_path):
    media = tmp_path / "media"
    media.mkdir()
    (media / "seite 1.png").write_bytes(picture("PNG"))
    (media / "b.jpeg").write_bytes(picture("JPEG"))
    inline = "data:image/webp;base64," + base64.b64encode(picture("WEBP")).decode()
    local = "/data/local-files/?d="
    sources = [f"{local}b.jpeg", f"{local}b.jpeg", f"{local}gone.png", f"{local}sound.mp3", "data:image/png;base64,AA==",
               "ftp://host.invalid/a.png", "kept.png"]
    text = f"<doclang{SPACE}>" + "".join(f'<picture><src uri="{s}"/></picture>' for s in sources) + "</doclang>"
    maker = Maker(1)
    answer = {"id": "r", "type": "textarea", "from_name": "markup", "to_name": "page", "value": {"text": [text]}}
    tasks = [maker.task(1, {"pages": [{"url": f"{local}seite%201.png"}, "/data/local-files/?d=../b.jpeg", inline, "",
                                      f"{local}b.jpeg"]}, [maker.annotation(1, [answer])])]
    ours = export("DOCLANG", tasks, CONFIG, tmp_path, media=media)
    (parts,) = archives(ours.folder).values()
    assert list(parts)[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert {n: parts[n] for n in parts if n.startswith("pages/")} == {
        "pages/1.png": picture("PNG"), "pages/3.webp": picture("WEBP"), "pages/4.jpeg": picture("JPEG")}
    assert {n: parts[n] for n in parts if n.startswith("assets/")} == {
        "assets/b.jpeg": picture("JPEG"), "assets/b-2.jpeg": picture("JPEG")}
    uris = [e.get("uri") for e in etree.fromstring(parts["document.xml"]).iter("{*}src")]
    assert uris == ["assets/b.jpeg", "assets/b-2.jpeg", *sources[2:]]
    assert ours.losses == {"image_missing": 2}
    plain = export("DOCLANG", tasks, CONFIG, tmp_path / "plain", {"images": False})
    (parts,) = archives(plain.folder).values()
    assert parts["document.xml"].decode() == text and len(parts) == 3 and plain.losses == {}


def test_an_inline_page_is_as_the_converter_has_it(tmp_path):
    page = "data:image/jpeg;base64," + base64.b64encode(picture("JPEG")).decode()
    tasks = [Maker(2).task(5, {"image": page, "document": DOCUMENTS[3]}, [])]
    ours = export("DOCLANG", tasks, SINGLE, tmp_path)
    alike(archives(ours.folder), archives(convert("DOCLANG", tasks, SINGLE, tmp_path, download_resources=True)))
    assert ours.losses == {}


def test_the_same_tasks_give_the_same_bytes(tmp_path):
    tasks = generated(Maker(3), 10)
    first, second = (export("DOCLANG", tasks, CONFIG, tmp_path / name).files() for name in "ab")
    assert {n: p.read_bytes() for n, p in first.items()} == {n: p.read_bytes() for n, p in second.items()}


@pytest.mark.parametrize("depth", [31, 32, 500])
def test_a_document_is_found_as_deep_as_the_converter_looks(depth, tmp_path):
    inside = json.loads("[" * depth + json.dumps(DOCUMENTS[0]) + "]" * depth)
    answer = {"id": "r", "type": "custom", "from_name": "markup", "to_name": "page", "value": inside}
    maker = Maker(4)
    tasks = [maker.task(1, {"image": "a.png"}, [maker.annotation(1, [answer])])]
    if depth > 100:
        # Beyond what any task may nest: the host says so.
        with pytest.raises(AssertionError, match="deep|nest"):
            export("DOCLANG", tasks, SINGLE, tmp_path, {"images": False})
        return
    ours = export("DOCLANG", tasks, SINGLE, tmp_path, {"images": False})
    alike(archives(ours.folder), archives(convert("DOCLANG", tasks, SINGLE, tmp_path)))
