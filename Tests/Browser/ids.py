"""Says which requirement has which passing tests, and fails on one that has none.

    ids.py REPORT.xml ...    the reports that `pytest --junitxml` wrote

A test covers a requirement when its name begins with the id: `test_I2_…`. Requirements that are
not done stand in `deferred.json`, each with what it waits for. One that is named there may have
tests for the part that is done; it leaves the file when it is done, and none is ever added.
"""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

FOLDER = Path(__file__).parent


def passed_and_not(reports):
    """Numbers of passed and of other tests by requirement."""
    passed, others = defaultdict(int), defaultdict(list)
    for case in (case for report in reports for case in ElementTree.parse(report).iter("testcase")):
        named = re.match(r"test_([A-Z]\d+)_", case.get("name"))
        if not named:
            continue
        if any(case.find(kind) is not None for kind in ("failure", "error", "skipped")):
            others[named[1]].append(case.get("name"))
        else:
            passed[named[1]] += 1
    return passed, others


def main(reports):
    requirements = json.loads((FOLDER / "requirements.json").read_text())
    deferred = json.loads((FOLDER / "deferred.json").read_text())
    passed, others = passed_and_not(reports)
    mistakes = [f"{name}: deferred, but no requirement" for name in deferred if name not in requirements]
    mistakes += [f"{name}: tested, but no requirement" for name in passed if name not in requirements]
    for name, what in requirements.items():
        state = f"{passed[name]:3} passing"
        if name in deferred:
            state += f"   waits for: {deferred[name]}"
        elif passed[name] == 0:
            mistakes.append(f"{name}: no passing test ({what})")
        print(f"{name:4}{state:14}" + ("" if name in deferred else f"   {what}"))
        mistakes += [f"{test}: did not pass" for test in others[name]]
    done = len(requirements) - len(deferred)
    print(f"{done} of {len(requirements)} requirements are done, {len(deferred)} are deferred")
    for mistake in mistakes:
        print("ids: " + mistake, file=sys.stderr)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
