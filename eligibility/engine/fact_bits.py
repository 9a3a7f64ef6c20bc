"""Which bits of a plan each value of a fact sets."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Any

from eligibility.engine.evaluate import leaf_holds
from exemption_codes.catalogue.conditions import Leaf

MOST_KEPT = 4096


class FactTable:
    """The bits that each value of one fact sets, looked up by choice or by interval between thresholds."""

    def __init__(self) -> None:
        self.tests: dict[Leaf, list[int]] = {}
        self.kept: dict[Any, int] = {}
        self.thresholds: list[Any] = []
        self.failing = self.holding = 0

    def add(self, leaf: Leaf, bit: int, under_all: bool) -> None:
        self.tests.setdefault(leaf, [0, 0])[under_all] |= bit
        if under_all:
            self.failing |= bit
        else:
            self.holding |= bit

    def finish(self) -> None:
        wanted = {item for leaf in self.tests for item in _numbers(leaf.value)}
        self.thresholds = sorted(wanted)

    def bits(self, value: Any) -> int:
        """Return the bits that a known value sets."""
        key = self._key(value)
        found = self.kept.get(key)
        if found is None:
            found = 0
            for leaf, masks in self.tests.items():
                found |= masks[not leaf_holds(leaf, value)]
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[key] = found
        return found

    def _key(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return tuple(sorted(value))
        if isinstance(value, str | bool) or not self.thresholds:
            return value
        return bisect_left(self.thresholds, value) + bisect_right(self.thresholds, value)


def _numbers(value: Any) -> Iterator[Any]:
    for item in value if isinstance(value, tuple) else (value,):
        if isinstance(item, int | float | date) and not isinstance(item, bool):
            yield item
