"""An installation that was moved, on a machine without a toolchain, from its first start."""

import os
import re
import shutil
import subprocess

import pytest
from installation import ROOT, distribution
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    target = tmp_path_factory.mktemp("elsewhere") / "postil"
    shutil.copytree(distribution(), target, symlinks=True)
    return target


@pytest.fixture
def bare():
    """An environment in which no toolchain can be found."""
    return {"PATH": "/usr/bin:/bin", "HOME": os.environ["HOME"], "LANG": "C.UTF-8"}


def test_no_binary_names_the_toolchain(moved):
    elves = [moved / "bin/postil", *(moved / "lib/postil/plugins").rglob("*.so")]
    assert len(elves) > 5
    for elf in elves:
        dynamic = subprocess.run(["readelf", "-d", elf], text=True, capture_output=True, check=True)
        paths = re.findall(r"R(?:UN)?PATH.*\[(.*)\]", dynamic.stdout)
        assert all(part.startswith("$ORIGIN") for path in paths for part in path.split(":")), elf


def test_the_runtime_comes_from_the_installation(moved, bare):
    linked = subprocess.run(["ldd", moved / "bin/postil"], env=bare, text=True,
                            capture_output=True, check=True).stdout
    swift = re.findall(r"lib(?:swift|Foundation|_Foundation)\S* => (\S+)", linked)
    assert swift and all(os.path.realpath(path).startswith(str(moved)) for path in swift), linked


def test_the_first_start_prints_a_link_that_signs_in(moved, bare, tmp_path, page):
    process = subprocess.Popen(
        [ROOT / ".ci/first-run", moved, tmp_path / "data", "0"], env=bare, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        token, url = None, None
        for line in process.stdout:
            token = token or (re.search(r"/sign-in/link\?token=\S+", line) or [None])[0]
            url = (re.match(r"listening on (\S+)", line) or [None, None])[1]
            if url:
                break
        assert token and url
        page.goto(url + token)
        expect(page.get_by_role("link", name="Projects", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("sample project", re.I))).to_be_visible()
        again = page.context.new_page()
        again.context.clear_cookies()
        again.goto(url + token)
        expect(again.get_by_role("button", name="Sign in")).to_be_visible()
    finally:
        process.terminate()
        assert process.wait(30) == 0
