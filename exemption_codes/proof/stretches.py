"""The stretches of a category's life in which its rules stay as they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from eligibility.engine.compile import CompiledCategory, category_on, days_of_change
from exemption_codes.catalogue.date_checks import first_day, last_day
from exemption_codes.catalogue.rulebook import Rulebook

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """Days from `first` to `last`, both inclusive, on which a category stands as `compiled`."""

    compiled: CompiledCategory
    first: date
    last: date

    @property
    def category_id(self) -> str:
        return self.compiled.category.id

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last

    def __str__(self) -> str:
        return f"{self.category_id} ({self.first} to {self.last})"


def stretches_of(rulebook: Rulebook, category_id: str) -> list[Stretch]:
    """Return the stretches of a category that the catalogue covers, in order; those with equal rules are joined."""
    joined: list[Stretch] = []
    for stretch in _between_days_of_change(rulebook, category_id):
        before = joined[-1] if joined else None
        if before and before.last + A_DAY == stretch.first and _same_rules(before.compiled, stretch.compiled):
            joined[-1] = Stretch(before.compiled, before.first, stretch.last)
        else:
            joined.append(stretch)
    return joined


def _between_days_of_change(rulebook: Rulebook, category_id: str) -> Iterator[Stretch]:
    life, covered = rulebook.categories[category_id].in_force, rulebook.catalogue.covers
    first = max(first_day(life), first_day(covered))
    end = min(last_day(life), last_day(covered))
    if first > end:
        return
    starts = [first, *(day for day in days_of_change(rulebook, category_id) if first < day <= end)]
    for start, after in pairwise([*starts, None]):
        compiled = category_on(rulebook, category_id, start) if start else None
        if start and compiled:
            yield Stretch(compiled, start, after - A_DAY if after else end)


def _same_rules(one: CompiledCategory, other: CompiledCategory) -> bool:
    return [(rule.rule.id, rule.node) for rule in one.rules] == [(rule.rule.id, rule.node) for rule in other.rules]
