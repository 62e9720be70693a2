"""The templates in C and C++ use memory rightly: under sanitizers, and under valgrind."""

import os
import re
import shutil
import stat
import subprocess

import pytest
from authoring import TEMPLATES, check, failed, new, postil, told
from installation import distribution

C_TEMPLATES = [entry for entry in TEMPLATES if entry[0] in ("c", "cpp")]
SUBJECTS = {"exporter": "exporter", "import-source": "import", "tag": "tag", "metric": "metric"}
# Those that feed a plugin much and strange data; valgrind makes each some thirty times slower.
TESTS = {
    "exporter": ["data.sample", "data.every-kind", "data.odd", "sinks.write"],
    "import-source": ["data.sample", "data.empty", "data.truncated"],
    "tag": ["data.sample", "contract.missing-trees", "data.fuzz"],
    "metric": ["data.sample", "data.batch", "data.fuzz"],
}


@pytest.mark.parametrize(("language", "capability"), C_TEMPLATES)
def test_a_template_is_clean_under_sanitizers(tmp_path, language, capability):
    folder = new(tmp_path, language, capability)
    id = f"{SUBJECTS[capability]}.memory.sanitizers"
    report = check(folder, 7, "--only", id)
    assert failed(report) == {}
    # Skipped would mean that nothing was tried.
    assert [result["verdict"] for result in report["checks"]] == ["passed"]


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """An installation whose checker runs under valgrind; gives `bin/postil` and the logs' folder."""
    if not shutil.which("valgrind"):
        pytest.skip("there is no valgrind on this machine")
    prefix = tmp_path_factory.mktemp("watched")
    logs = prefix / "logs"
    logs.mkdir()
    real = distribution()
    for folder in ("lib", "share", "include"):
        (prefix / folder).symlink_to(real / folder, target_is_directory=True)
    (prefix / "bin").mkdir()
    try:
        os.link(real / "bin/postil", prefix / "bin/postil")
    except OSError:
        shutil.copy(real / "bin/postil", prefix / "bin/postil")
    tools = prefix / "libexec/postil"
    tools.mkdir(parents=True)
    for tool in (real / "libexec/postil").iterdir():
        (tools / tool.name).symlink_to(tool)
    checker = tools / "postil-plugin-checker"
    checker.unlink()
    # Debian's valgrind does not understand the debug information of every compiler.
    subprocess.run(["strip", "--strip-debug", "-o", tools / "checker",
                    real / "libexec/postil/postil-plugin-checker"], check=True)
    # Without the sandbox, which would refuse what valgrind itself needs.
    checker.write_text(f"""#!/bin/sh
exec valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \\
    --errors-for-leak-kinds=definite --log-file='{logs}/%p' \\
    '{tools}/checker' "$@" sanitized=yes
""")
    checker.chmod(checker.stat().st_mode | stat.S_IXUSR)
    return prefix / "bin/postil", logs


def under_valgrind(watched, folder, capability):
    """What valgrind says that is about the plugin, and how the checks went."""
    program, logs = watched
    built = postil("plugin", "build", folder)
    assert built.returncode == 0, told(built)
    only = [word for name in TESTS[capability]
            for word in ("--only", f"{SUBJECTS[capability]}.{name}")]
    known = set(logs.iterdir())
    done = postil("plugin", "check", folder / "build/org.example.my-plugin/0.1.0", *only,
                  program=program)
    found = sorted(set(logs.iterdir()) - known)
    assert len(found) >= len(TESTS[capability]), told(done)
    said = "".join(log.read_text() for log in found)
    # What the checker keeps for itself is none of the plugin's.
    return [block for block in re.split(r"==\d+== \n", said) if re.search("my.plugin", block)], done


@pytest.mark.parametrize(("language", "capability"), C_TEMPLATES)
def test_a_template_is_clean_under_valgrind(tmp_path, watched, language, capability):
    about_plugin, done = under_valgrind(watched, new(tmp_path, language, capability), capability)
    assert about_plugin == []
    assert done.returncode == 0, told(done)


def test_valgrind_sees_what_a_plugin_loses(tmp_path, watched):
    folder = new(tmp_path, "c", "exporter")
    (source,) = folder.glob("*.c")
    text, count = re.subn(r"(static postil_status_t consume\([^{]*\{\n)",
                          r"\1    static void *volatile lost;\n"
                          r"    lost = malloc(77);\n    lost = NULL;\n", source.read_text())
    assert count == 1
    source.write_text(text)
    about_plugin, _ = under_valgrind(watched, folder, "exporter")
    assert any("definitely lost" in block for block in about_plugin)
