"""The list of differences: which are deliberate, and which row of the documentation tells why."""

from __future__ import annotations

import json
import re
from pathlib import Path

from comparing import Difference

HERE = Path(__file__).parent


class Listed:
    """`differences.json`, with a mark at each pattern that was met."""

    def __init__(self, section: str):
        entries = json.loads((HERE / "differences.json").read_text())[section]
        self.patterns = {where: entry["row"] for entry in entries for where in entry["where"]}
        self.met: set[str] = set()

    def surprises(self, found: list[Difference]) -> list[Difference]:
        """Those that no pattern tells of."""
        return [difference for difference in found if not self._is_listed(difference)]

    def _is_listed(self, difference: Difference) -> bool:
        fitting = [p for p in self.patterns if matches(p, difference.where)]
        self.met.update(fitting)
        return bool(fitting)

    @property
    def unmet(self) -> set[str]:
        """What no longer differs, and so must not be listed."""
        return set(self.patterns) - self.met


def matches(pattern: str, where: str) -> bool:
    """`*` stands for anything; what lies below a place that is listed is listed with it."""
    expression = re.escape(pattern).replace(r"\*", ".*")
    return re.fullmatch(expression + r"([.\[].*)?", where) is not None
