"""What stood in released headers still stands there, with the same value, and still compiles."""

import re
import subprocess

import pytest
from installation import ROOT, distribution

RELEASES = sorted(path for path in (ROOT / "Tests/ABI").iterdir() if "." in path.name)
PRESENT = ROOT / "Sources/CPostilPlugin/include"
VALUE_H = ["plugin", "exporter", "import_source", "tag", "metric", "settings", "services", "value"]


def constants(headers):
    """Names of enumerators and of macros that are numbers or texts."""
    names = set()
    for header in (headers / "postil").glob("*.h"):
        text = re.sub(r"//.*", "", header.read_text())
        names |= set(re.findall(r"[\s{](POSTIL_[A-Z0-9_]+)(?: =|,|\s*\})", text))
        names |= set(re.findall(r"^#define (POSTIL_\w+) \(?[\"\d(]", text, re.M))
    return sorted(name for name in names if not name.endswith("_H"))


def functions(headers):
    return {name for header in (headers / "postil").glob("*.h")
            for name in re.findall(r"^static inline [\w *]*?\**(postil_\w+)\(", header.read_text(),
                                   re.M)}


def values(names, headers, folder):
    """What each constant is, as a compiler with these headers sees it."""
    lines = "".join(
        f'    SHOW({name});\n' for name in names)
    includes = "".join(f"#include <postil/{name}.h>\n" for name in VALUE_H)
    source = folder / "constants.c"
    source.write_text(f"""{includes}#include <stdio.h>
#define SHOW(name) _Generic((name), char *: show_text, const char *: show_text, \\
    default: show_number)(#name, (uintptr_t)(name))
static void show_text(const char *name, uintptr_t value) {{
    printf("%s %s\\n", name, (const char *)value);
}}
static void show_number(const char *name, uintptr_t value) {{
    printf("%s %lld\\n", name, (long long)value);
}}
int main(void) {{
{lines}}}
""")
    program = folder / "constants"
    done = subprocess.run(["cc", "-std=c11", f"-I{headers}", source, "-o", program],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_constants_keep_their_values(release, tmp_path):
    moving = {"POSTIL_ABI_MINOR", "POSTIL_ABI_VERSION"}
    names = [name for name in constants(release / "include") if name not in moving]
    assert len(names) > 60 and "POSTIL_ABI_MAJOR" in names and "POSTIL_KIND_NAME" in names
    (tmp_path / "old").mkdir()
    assert values(names, PRESENT, tmp_path) == values(names, release / "include", tmp_path / "old")


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_no_inline_function_is_gone(release):
    old = functions(release / "include")
    assert len(old) > 60
    assert sorted(old - functions(PRESENT)) == []


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_sources_for_a_release_compile_with_the_present_headers(release, tmp_path):
    for number, headers in enumerate([PRESENT, release / "include"]):
        subprocess.run([ROOT / "Tests/ABI/build", headers, tmp_path / f"{number}.so"], check=True)


def test_the_released_version_is_the_present_one_or_older(tmp_path):
    present = values(["POSTIL_ABI_VERSION"], PRESENT, tmp_path)[0].split()[1]
    versions = [tuple(map(int, path.name.split("."))) for path in RELEASES]
    assert [major << 16 | minor for major, minor in versions][-1] <= int(present)


def test_the_installed_headers_are_the_tested_ones():
    for header in (PRESENT / "postil").glob("*.h"):
        assert (distribution() / "include/postil" / header.name).read_text() == header.read_text()
