"""A hundred thousand arenas and messages of the wire, changed at random, under sanitizers.

`make test-fuzz` tries ten million. Seeds in which something was wrong once stand in
`Tests/Fuzz/seeds` and run first.
"""

import subprocess

from installation import ROOT


def test_no_changed_arena_and_no_changed_message_is_taken_for_what_it_is_not():
    done = subprocess.run([ROOT / "Tests/Fuzz/run", "100000", "100000"], capture_output=True,
                          text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("no mistake") == 2
    # A fuzzer whose arenas are all refused, or all taken, tries nothing.
    accepted, refused = (int(done.stdout.split(word)[1].split(",")[0])
                         for word in ("accepted ", "refused "))
    assert min(accepted, refused) > 10_000
