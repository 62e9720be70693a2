"""Formats that carry their images and recordings: the labels, and every pixel, are the converter's."""

import json
import wave
from pathlib import PurePosixPath
from urllib.parse import quote

import pytest
from formats import convert, export, label_lines, same, same_lines
from generated_tasks import BOXES, COUNT, IMAGE_CONFIG, NAMES, Maker
from label_studio_sdk._extensions.label_studio_tools.core.utils import io
from PIL import Image

AUDIO_CONFIG = """<View><Audio name="audio" value="$audio"/><TextArea name="said" toName="audio"/>
<Choices name="mood" toName="audio"><Choice value="good"/></Choices></View>"""


def name_in(number: int, maker: Maker, suffix: str) -> str:
    """A path below the media; names that are no names of files of this kind get their suffix."""
    return f"{number % 7}/{number}-{PurePosixPath(maker.random.choice(NAMES)).name}{suffix}"


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """A folder of images under odd names, and tasks that lead to them."""
    maker, root = Maker(51), tmp_path_factory.mktemp("pictures")

    def results(size):
        return [maker.box(size, [maker.random.choice(BOXES)], 0.0) for _ in range(maker.random.randint(0, 3))
                ] + [maker.polygon(size, ["roof"])]

    tasks = []
    for index in range(1, COUNT + 1):
        size = (maker.random.randint(1, 40), maker.random.randint(1, 40))
        path = root / name_in(index, maker, ".png")
        path.parent.mkdir(exist_ok=True)
        color = tuple(maker.random.randrange(256) for _ in range(3))
        Image.new(maker.random.choice(["RGB", "L"]), size, color[0] if index % 5 == 0 else 0).save(path)
        address = f"/data/local-files/?d={quote(str(path.relative_to(root)))}"
        tasks.append(maker.task(index, {"image": address}, [maker.annotation(index, results(size))]))
    return root, tasks


def converted(name, pictures, tmp_path, monkeypatch):
    root, tasks = pictures
    monkeypatch.setattr(io, "LOCAL_FILES_DOCUMENT_ROOT", str(root))
    return (export(name, tasks, IMAGE_CONFIG, tmp_path, media=root),
            convert(name, tasks, IMAGE_CONFIG, tmp_path, download_resources=True))


def visible(name: str) -> str:
    """Their names of files keep line breaks; ours hold nothing invisible."""
    return name.replace("\n", "")


def same_pictures(ours, theirs):
    mine = ours.files("images")
    their = {visible(path.name): path for path in (theirs / "images").iterdir()}
    assert set(mine) == set(their) and len(mine) == COUNT
    for name, path in mine.items():
        assert path.read_bytes() == their[name].read_bytes(), name


def test_coco_with_images_is_the_converters(pictures, tmp_path, monkeypatch):
    ours, theirs = converted("COCO_WITH_IMAGES", pictures, tmp_path, monkeypatch)
    mine, their = ours.json(), json.loads((theirs / "result.json").read_text())
    for image in their["images"]:
        image["file_name"] = visible(image["file_name"])
    same(mine["images"], their["images"])
    same(mine["categories"], their["categories"])
    same(mine["annotations"], their["annotations"])
    same_pictures(ours, theirs)


@pytest.mark.parametrize("name", ["YOLO_WITH_IMAGES", "YOLO_OBB_WITH_IMAGES"])
def test_yolo_with_images_is_the_converters(name, pictures, tmp_path, monkeypatch):
    ours, theirs = converted(name, pictures, tmp_path, monkeypatch)
    numbers = [c["id"] for c in json.loads((theirs / "notes.json").read_text())["categories"]]
    their_lines = {visible(file): lines for file, lines in label_lines(theirs).items()}
    same_lines(label_lines(ours.folder), their_lines, lambda line: numbers[line])
    same_pictures(ours, theirs)


def test_a_manifest_of_speech_is_the_converters(tmp_path):
    maker, root = Maker(52), tmp_path / "media"
    tasks = []
    for index in range(1, COUNT + 1):
        path = root / "1" / f"{index:08x}-{PurePosixPath(maker.random.choice(NAMES)).name}.wav".replace("\n", "")
        path.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(path), "wb") as sound:
            sound.setnchannels(maker.random.choice([1, 2])), sound.setsampwidth(2)
            sound.setframerate(maker.random.choice([8_000, 44_100, 11_025]))
            sound.writeframes(bytes(4 * maker.random.randint(0, 50)))
        said = maker.random.choice(["ein Satz", "", "汉字 🚗", 'a "q"\nline', "مرحبا"])
        results = [{"id": maker.id(), "type": "textarea", "from_name": "said", "to_name": "audio",
                    "value": {"text": [said, "more"][:maker.random.randint(1, 2)]}}]
        if maker.random.random() < 0.5:
            results.append(maker.choice("mood", "audio"))
        answers = [maker.annotation(index * 10 + n, results, was_cancelled=maker.random.random() < 0.1)
                   for n in range(maker.random.choice([1, 1, 2]))]
        tasks.append(maker.task(index, {"audio": f"/data/upload/{quote(str(path.relative_to(root)))}"}, answers))
    ours = export("ASR_MANIFEST", tasks, AUDIO_CONFIG, tmp_path, media=root)
    theirs = convert("ASR_MANIFEST", tasks, AUDIO_CONFIG, tmp_path, upload_dir=str(root),
                     download_resources=True)
    mine, their = ([json.loads(line) for line in (folder / "manifest.json").read_text().splitlines()]
                   for folder in (ours.folder, theirs))
    assert len(their) > COUNT * 0.9
    same(mine, their)
    assert {name for name in ours.files("audio")} == {p.name for p in (theirs / "audio").iterdir()}
