"""Every difference from Label Studio that the comparison lets pass has its row in the documentation."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTED = json.loads((ROOT / "Tests/Comparison/differences.json").read_text())


def test_listed_differences_are_rows_of_the_page():
    lines = (ROOT / "Docs/reference/differences.md").read_text().splitlines()
    rows = {line.strip("| ").split(" | ")[0] for line in lines if line.startswith("| ")}
    assert LISTED.keys() == {"methods", "errors"}
    for entry in [*LISTED["methods"], *LISTED["errors"]]:
        assert entry["row"] in rows, f"no row begins with: {entry['row']}"
        assert entry["where"]
