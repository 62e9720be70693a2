"""The lessons for plugin authors, followed to the letter, and the pages that are made of the code."""

import json
import platform
import re
import subprocess
import sys

import pytest
from authoring import postil
from installation import ROOT, distribution

PAGES = [
    "tutorials/first-import-source.md", "tutorials/first-tag.md", "tutorials/first-metric.md",
    "how-to/port-a-label-studio-converter.md", "how-to/bind-a-c-function.md",
]


def change(path, diff):
    """Makes the change that a reader is told to make; what it names stands there once."""
    lines = [(line[:1], line[1:]) for line in diff.splitlines()]
    old = "\n".join(text for sign, text in lines if sign in " -")
    new = "\n".join(text for sign, text in lines if sign in " +")
    text = path.read_text()
    assert text.count(old) == 1, f"{path.name} does not hold, or not once:\n{old}"
    path.write_text(text.replace(old, new))


def follow(page, folder):
    """Does what a page says, in its order, and gives what its commands said."""
    text = (ROOT / "Docs" / page).read_text()
    said = []
    for kind, file, body in re.findall(r"```(\w+)(?: file=(\S+))?\n(.*?)```", text, re.S):
        if kind == "diff":
            change(folder / file, body)
        elif file:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(body)
        elif kind == "sh":
            done = subprocess.run(
                ["sh", "-eu", "-c", body.replace("x86_64", platform.machine())], cwd=folder,
                text=True, capture_output=True, timeout=600,
            )
            assert done.returncode == 0, f"{body}\n{done.stdout}{done.stderr}"
            said.append(done.stdout)
    return said


@pytest.mark.parametrize("page", PAGES)
def test_the_lesson_leads_to_a_checked_plugin(tmp_path, page):
    (tmp_path / "dist").symlink_to(distribution(), target_is_directory=True)
    said = follow(page, tmp_path)
    packages = [path.parent for path in (tmp_path / "my-plugins").glob("*/*/manifest.json")]
    assert len(packages) == 1
    assert "level 5 of 5" in said[-1] or "level 8 of 8" in said[-1], said[-1]
    if "bind-a-c" in page:
        assert json.loads(said[-2])["score"] == pytest.approx(0.25)
    if "converter" in page:
        assert "1\t1\twho\tlabels\tPerson" in said[-2]


def test_the_lesson_on_import_leaves_comments_out(tmp_path):
    (tmp_path / "dist").symlink_to(distribution(), target_is_directory=True)
    follow("tutorials/first-import-source.md", tmp_path)
    verbose = postil("plugin", "check", tmp_path / "my-plugins/org.example.chat-lines/0.1.0",
                     "--only", "import.data.sample", "--verbose").stdout
    # Six lines of the template's files and two of chat.txt.
    assert "8 tasks from" in verbose


def test_every_check_stands_in_the_reference():
    listed = postil("plugin", "check", "--list").stdout.splitlines()
    rows = [line.split("\t") for line in listed]
    text = (ROOT / "Docs/reference/plugin-check.md").read_text()
    written = re.findall(r"^\| `([a-z0-9.-]+)` \| (\d+) \| (.*) \|$", text, re.M)
    assert [list(row) for row in written] == rows


def test_the_reference_of_the_abi_is_what_the_headers_say():
    printed = subprocess.run([sys.executable, ROOT / ".ci/abi-reference"], text=True,
                             capture_output=True, check=True).stdout
    page = (ROOT / "Docs/reference/plugin-abi.md").read_text()
    assert page == printed, "run .ci/abi-reference --write"


def test_every_name_of_the_headers_stands_in_the_reference():
    page = (ROOT / "Docs/reference/plugin-abi.md").read_text()
    names = set()
    for header in (ROOT / "Sources/CPostilPlugin/include/postil").glob("*.h"):
        text = re.sub(r"//.*", "", header.read_text())
        names |= set(re.findall(r"^#define (POSTIL_\w+)(?!_H\b)", text, re.M))
        names |= set(re.findall(r"^\s+(POSTIL_[A-Z0-9_]+)(?: =|,$|$)", text, re.M))
        names |= set(re.findall(r"^\} (postil_\w+);", text, re.M))
        names |= set(re.findall(r"^static inline [\w *]*?\**(postil_\w+)\(", text, re.M))
        names |= set(re.findall(r"\(\*(\w+)\)\(", text))
    names = {name for name in names if not name.endswith("_H")}
    assert len(names) > 150
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", page)) == []
