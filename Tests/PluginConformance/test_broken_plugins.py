"""Each check catches the plugin that is wrong in the way it is meant to catch.

`base` is a plugin that is right. With BREAK it is wrong in exactly one way. Ways that are not in its
code are made with linker options or by hand.
"""

import json
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from authoring import check, failed, new, postil, told
from installation import distribution

BASE = Path(__file__).parent / "base"
SEED = "7"

# Wrong in the code: `-DBREAK` is the check itself.
IN_CODE = [
    "load.library", "load.constructors", "load.entry-repeats", "load.entry-threads",
    "load.older-host", "contract.offers", "contract.unknown", "abi.newer-host",
    "exporter.contract.empty", "exporter.contract.abort", "exporter.contract.reopen",
    "exporter.contract.side-by-side", "exporter.data.sample", "exporter.data.repeats",
    "exporter.data.batch-sizes", "exporter.data.given-back", "exporter.data.every-kind",
    "exporter.data.odd", "exporter.data.deep", "exporter.data.fuzz", "exporter.data.many",
    "exporter.data.huge", "exporter.sinks.open", "exporter.sinks.write", "exporter.sinks.close",
    "exporter.sinks.quota", "exporter.sandbox.calls", "exporter.time.cancel",
    "exporter.abi.newer-host", "exporter.abi.small-error", "exporter.memory.slope",
    "exporter.memory.sanitizers", "exporter.threads.instances", "exporter.threads.moves",
    "import.data.sample", "import.data.empty", "import.contract.reopen",
    "import.data.small-batches", "import.data.resume", "import.data.truncated",
    "import.data.garbage", "import.data.unreadable", "import.sandbox.calls", "import.time.cancel",
    "import.memory.slope", "import.memory.sanitizers", "import.threads.instances",
    "tag.contract.missing-trees", "tag.data.sample", "tag.data.pure", "tag.data.normalize",
    "tag.data.measures", "tag.data.fuzz", "tag.sandbox.calls", "tag.memory.slope",
    "tag.memory.sanitizers", "tag.threads.callers",
    "metric.data.sample", "metric.data.pure", "metric.data.batch", "metric.data.symmetric",
    "metric.data.given-back", "metric.data.fuzz", "metric.sandbox.calls", "metric.time.cancel",
    "metric.memory.slope", "metric.memory.sanitizers", "metric.threads.instances",
]
# Wrong in the tables.
IN_TABLES = ["exporter.contract.table", "import.contract.table", "tag.contract.table",
             "metric.contract.table"]
# There is nothing that a plugin could do wrong: this one looks at the machine.
OF_THE_MACHINE = ["sandbox.denials"]


def source(folder: Path, *defines: str) -> Path:
    """The sources of the base plugin with some macros defined."""
    shutil.copytree(BASE, folder / "base")
    header = folder / "base" / "broken.h"
    lines = "".join(f"#define {define}\n" for define in defines)
    header.write_text(lines + header.read_text())
    return folder / "base"


def found(folder: Path, id: str) -> str:
    """What the check with this id says of a folder; empty when it passes."""
    report = check(folder, 10, "--only", id, "--seed", SEED)
    ran = [result for result in report["checks"] if result["id"] == id]
    assert ran, f"{id} did not run"
    return failed(report).get(id, "")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The base plugin, built."""
    folder = tmp_path_factory.mktemp("base")
    built = postil("plugin", "build", BASE, "--output", folder)
    assert built.returncode == 0, told(built)
    return folder / "org.example.base" / "1.0.0"


@pytest.fixture
def copy(package, tmp_path):
    shutil.copytree(package, tmp_path / "package")
    return tmp_path / "package"


def library(package: Path) -> Path:
    return next(package.rglob("*.so"))


def rewrite(package: Path, change) -> None:
    path = package / "manifest.json"
    manifest = json.loads(path.read_text())
    change(manifest)
    path.write_text(json.dumps(manifest))


def without_digest(package: Path) -> None:
    rewrite(package, lambda manifest: manifest["libraries"][0].pop("sha256"))


def test_the_base_plugin_is_right(package):
    report = check(package, 8, "--seed", SEED)
    assert failed(report) == {}
    passed = {result["id"] for result in report["checks"] if result["verdict"] == "passed"}
    assert set(IN_CODE) - passed == {
        "exporter.data.many", "exporter.data.huge", "exporter.memory.sanitizers",
        "import.memory.sanitizers", "tag.memory.sanitizers", "metric.memory.sanitizers",
    }


@pytest.mark.parametrize("id", IN_CODE)
def test_a_plugin_wrong_in_its_code_is_caught(tmp_path, id):
    assert found(source(tmp_path, f'BREAK "{id}"'), id)


@pytest.mark.parametrize("id", IN_TABLES)
def test_a_plugin_wrong_in_its_tables_is_caught(tmp_path, id):
    assert found(source(tmp_path, "WITH_RESERVED"), id)


def test_a_second_symbol_is_caught(tmp_path):
    # The version script hides it; a library that was linked without one shows it.
    folder = source(tmp_path, "WITH_SECOND_SYMBOL")
    built = postil("plugin", "build", folder, "--output", tmp_path)
    assert built.returncode == 0, told(built)
    package = tmp_path / "org.example.base" / "1.0.0"
    assert found(package, "elf.one-symbol") == ""
    link(package, folder)
    assert "base_second_symbol" in found(package, "elf.one-symbol")


def link(package: Path, sources: Path, *flags: str) -> None:
    """Links the library again, by hand."""
    include = distribution() / "include"
    done = subprocess.run(
        ["cc", "-std=c11", "-shared", "-fPIC", "-fvisibility=hidden", f"-I{include}",
         f"-I{sources}", *flags, *map(str, sorted(sources.glob("*.c"))),
         "-o", str(library(package)), "-lm"],
        capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stderr
    without_digest(package)


@pytest.mark.parametrize(("id", "flags"), [
    ("elf.executable-stack", ["-Wl,-z,execstack"]),
    ("elf.static-tls", ["-DWITH_STATIC_TLS"]),
    ("elf.run-path", ["-Wl,-rpath,/opt/somewhere"]),
])
def test_a_library_linked_wrongly_is_caught(copy, id, flags):
    assert found(copy, id) == ""
    link(copy, BASE, *flags)
    assert found(copy, id)


def patch(package: Path, change) -> None:
    """Changes the bytes of the library."""
    data = bytearray(library(package).read_bytes())
    change(data)
    library(package).write_bytes(data)
    without_digest(package)


def segments(data: bytes):
    """Offsets of the program headers, with their types."""
    start, = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    for at in range(start, start + size * count, size):
        yield at, struct.unpack_from("<I", data, at)[0]


def test_writable_code_is_caught(copy):
    def change(data):
        at = next(at for at, kind in segments(data) if kind == 1)
        struct.pack_into("<I", data, at + 4, 7)

    patch(copy, change)
    assert found(copy, "elf.writable-code")


def test_text_relocations_are_caught(copy):
    # What a linker writes when code was not position independent: DF_TEXTREL among the flags.
    def change(data):
        at = next(at for at, kind in segments(data) if kind == 2)
        offset, = struct.unpack_from("<Q", data, at + 8)
        while True:
            tag, = struct.unpack_from("<Q", data, offset)
            assert tag != 0, "the library has no DT_FLAGS"
            if tag == 30:
                value, = struct.unpack_from("<Q", data, offset + 8)
                struct.pack_into("<Q", data, offset + 8, value | 4)
                return
            offset += 16

    patch(copy, change)
    assert found(copy, "elf.text-relocations")


def test_a_file_that_is_no_library_is_caught(copy):
    library(copy).write_text("#!/bin/sh\n")
    without_digest(copy)
    assert found(copy, "elf.architecture")


def test_a_library_whose_tables_lead_outside_is_caught(copy):
    patch(copy, lambda data: struct.pack_into("<Q", data, 32, 1 << 62))
    assert found(copy, "elf.architecture")


def test_a_manifest_with_a_mistake_is_caught(copy):
    rewrite(copy, lambda manifest: manifest.update(surprise=True))
    assert "surprise" in found(copy, "package.manifest")
    (copy / "manifest.json").write_text("{")
    assert found(copy, "package.manifest")


def test_a_missing_file_is_caught(copy):
    library(copy).unlink()
    assert found(copy, "package.files")


def test_a_path_that_leads_outside_is_caught(copy):
    rewrite(copy, lambda manifest: manifest["libraries"][0].update(path="../../etc/passwd"))
    assert found(copy, "package.manifest") or found(copy, "package.files")


def test_a_changed_library_is_caught(copy):
    with library(copy).open("ab") as file:
        file.write(b"x")
    assert found(copy, "package.digests")


def test_a_link_in_the_package_is_caught(copy):
    (copy / "extra").symlink_to("/etc/passwd")
    assert "extra" in found(copy, "package.plain-files")


def test_a_library_without_a_digest_is_caught(copy):
    without_digest(copy)
    assert found(copy, "package.declared")


def test_a_module_that_cannot_read_results_is_caught(tmp_path):
    folder = source(tmp_path)
    module = folder / "web" / "base.js"
    assert found(folder, "tag.data.browser") == ""
    module.write_text(module.read_text().replace("value?.base?.number ?? null", "null"))
    assert "parse" in found(folder, "tag.data.browser")


def test_browser_and_server_that_disagree_are_caught(tmp_path):
    folder = new(tmp_path, "c", "tag", "my-line")
    module = folder / "web" / "my-line.js"
    assert found(folder, "tag.data.browser") == ""
    text = module.read_text()
    module.write_text(text.replace("/ 100) * width", "/ 100) * height"))
    assert module.read_text() != text
    said = found(folder, "tag.data.browser")
    assert "browser writes" in said and "length_px" in said


def test_a_bound_function_that_is_another_one_is_caught(tmp_path):
    entry = {
        "name": "root", "kind": "measure", "library": "libm.so.6", "symbol": "sqrt",
        "result": "f64", "range": [0, None],
        "arguments": [{"type": "f64", "of": "first", "pointer": "/result/0/value/number"}],
        "vectors": [{"arguments": [9], "result": 3}],
    }
    manifest = {
        "manifestVersion": 1, "id": "org.example.bound", "version": "1.0.0", "name": "Bound",
        "abi": {"built": "1.0", "min": "1.0"}, "bindings": [entry],
    }
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest))
    assert found(tmp_path, "binding.vectors") == ""
    path.write_text(json.dumps(manifest).replace("sqrt", "cbrt"))
    assert "test vector 1" in found(tmp_path, "binding.vectors")
    path.write_text(json.dumps(manifest).replace("sqrt", "no_such_function"))
    assert "no function of that name" in found(tmp_path, "binding.vectors")


def test_every_check_has_a_plugin_that_it_catches():
    listed = postil("plugin", "check", "--list").stdout.splitlines()
    ids = {line.split("\t")[0] for line in listed}
    text = Path(__file__).read_text()
    assert [id for id in sorted(ids) if f'"{id}"' not in text] == []
    assert set(OF_THE_MACHINE) <= ids
    assert set(IN_CODE + IN_TABLES) <= ids


def test_a_crash_names_function_and_signal(tmp_path):
    said = found(source(tmp_path, 'BREAK "exporter.data.deep"'), "exporter.data.deep")
    assert "SIGABRT" in said and "exporter.consume" in said and "task 1" in said


def test_the_sandbox_of_this_machine_denies(package):
    report = check(package, 10, "--only", "sandbox")
    assert report["checks"], report
    for note in report["checks"][0]["notes"]:
        pytest.skip(note)  # A kernel without landlock or seccomp: the host says so, too.
    assert failed(report) == {}


def test_a_seed_repeats_what_was_found(tmp_path):
    folder = source(tmp_path, 'BREAK "exporter.data.fuzz"')
    reports = [check(folder, 5, "--only", "exporter.data.fuzz", "--seed", "99") for _ in range(2)]
    assert reports[0]["seed"] == "99"
    assert failed(reports[0]) == failed(reports[1]) != {}
