"""Every template builds and passes as it is, under its own name and under another one."""

import re
import resource
import time

import pytest
from authoring import TEMPLATES, check, environment, failed, new, postil, told
from installation import distribution

SECONDS = 60
BUNDLED = sorted(
    path.parent for path in (distribution() / "lib/postil/plugins").glob("*/*/manifest.json")
)


def processor_seconds() -> float:
    """What all commands so far have cost; a machine that others use does not lengthen it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime



@pytest.mark.parametrize(("language", "capability"), TEMPLATES)
def test_a_new_plugin_is_green_within_a_minute(tmp_path, language, capability):
    start, used = time.monotonic(), processor_seconds()
    folder = new(tmp_path, language, capability, "parcel-list")
    built = postil("plugin", "build", folder)
    assert built.returncode == 0, told(built)
    report = check(folder / "build/org.example.parcel-list/0.1.0")
    seconds = time.monotonic() - start
    used = processor_seconds() - used
    print(f"{language} {capability}: {seconds:.1f} s from new to level 5, {used:.1f} s of processor")
    assert failed(report) == {} and report["reached_level"] == 5
    ran = {result["id"] for result in report["checks"] if result["verdict"] == "passed"}
    assert any(id.endswith("data.sample") for id in ran), "nothing of the capability was tried"
    assert min(seconds, used) < SECONDS


@pytest.mark.parametrize(("language", "capability"), TEMPLATES)
def test_a_new_plugin_has_its_own_name_everywhere(tmp_path, language, capability):
    folder = new(tmp_path, language, capability, "parcel-list")
    texts = {path: path.read_text() for path in folder.rglob("*") if path.is_file()}
    old = re.compile("label.?table|text.?lines|length.?line|label.?overlap", re.I)
    assert texts and "parcel-list" in texts[folder / "manifest.json"]
    assert [path for path, text in texts.items() if old.search(path.name + text)] == []


@pytest.mark.parametrize("package", BUNDLED, ids=lambda package: package.parent.name)
def test_a_bundled_plugin_passes(package):
    assert failed(check(package)) == {}


def test_there_is_a_template_for_everything():
    assert len(TEMPLATES) == 16 and len(BUNDLED) >= 7


def test_names_are_told_apart(tmp_path):
    for name in ("Parcel", "1st", "a--b", "parcel_list", "-a", "x" * 41, ""):
        made = postil("plugin", "new", "exporter", "--directory", tmp_path / "p", "--", name)
        assert made.returncode != 0 and not (tmp_path / "p").exists(), name
    made = postil("plugin", "new", "exporter", "Parcel", "--directory", tmp_path / "p")
    assert "Lower-case letters" in made.stderr


def test_ids_are_told_apart(tmp_path):
    for id in ("parcels", "Org.Example.x", "org..x", "org.example.x y"):
        made = postil("plugin", "new", "exporter", "parcel-list", "--id", id,
                      "--directory", tmp_path / "p")
        assert made.returncode == 1 and "Reverse DNS" in made.stderr
        assert not (tmp_path / "p").exists()


def test_a_part_of_the_checks_says_nothing_of_a_level(tmp_path):
    folder = new(tmp_path, "c", "exporter")
    some = postil("plugin", "check", folder, "--only", "elf")
    assert some.returncode == 0 and "level" not in some.stdout and "left out" in some.stdout
    low = postil("plugin", "check", folder, "--level", "2")
    assert low.returncode == 0 and "installing asks for level 5" in low.stdout


def test_a_folder_with_files_is_left_alone(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "mine.txt").write_text("mine")
    made = postil("plugin", "new", "exporter", "parcel-list", "--directory", tmp_path / "p")
    assert made.returncode == 1 and "is not empty" in made.stderr
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["mine.txt"]


def test_an_id_can_be_given(tmp_path):
    made = postil("plugin", "new", "exporter", "parcel-list", "--id", "com.acme.parcels",
                  "--directory", tmp_path / "p")
    assert made.returncode == 0, told(made)
    assert postil("plugin", "build", tmp_path / "p").returncode == 0
    report = check(tmp_path / "p/build/com.acme.parcels/0.1.0", 3)
    assert report["plugin"] == "com.acme.parcels 0.1.0" and report["passed"]


@pytest.mark.parametrize(("language", "variable"), [
    ("c", "CC"), ("cpp", "CXX"), ("rust", "RUSTC"), ("swift", "SWIFTC"),
])
def test_a_missing_compiler_is_named(tmp_path, language, variable):
    folder = new(tmp_path, language, "exporter")
    built = postil("plugin", "build", folder, env=environment(**{variable: "no-such-compiler"}))
    assert built.returncode == 1
    assert "no-such-compiler" in built.stderr and variable in built.stderr


def test_a_mistake_in_the_source_is_shown_and_the_old_package_stays(tmp_path):
    folder = new(tmp_path, "c", "exporter")
    assert postil("plugin", "build", folder).returncode == 0
    source = next(folder.glob("*.c"))
    source.write_text(source.read_text() + "\nthis is no C\n")
    built = postil("plugin", "build", folder)
    assert built.returncode == 1
    assert source.name in built.stderr and "error" in built.stderr
    assert check(folder / "build/org.example.my-plugin/0.1.0", 3)["passed"]
    left = [path.name for path in (folder / "build/org.example.my-plugin").iterdir()]
    assert left == ["0.1.0"]


def test_a_folder_without_sources_says_what_is_missing(tmp_path):
    built = postil("plugin", "build", tmp_path)
    assert built.returncode == 1 and "manifest.json" in built.stderr
    (tmp_path / "manifest.json").write_text('{"id": "org.example.x", "version": "1.0.0"}')
    built = postil("plugin", "build", tmp_path)
    assert built.returncode == 1 and "no sources" in built.stderr
