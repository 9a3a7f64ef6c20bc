"""One case on later days: what time alone changes, and the days on which that turns an outcome."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from eligibility.engine.compile import CompiledCategory, category_on, days_of_change, judged_facts
from eligibility.engine.derive import APPLICATION_DATE, DERIVED, KnownFacts, add_months, derive, whole_months_between
from eligibility.engine.determine import Finding, Result, judge, outcome_of
from eligibility.engine.trials import Test, tested_numbers
from eligibility.engine.verdict import Outcome, Status
from exemption_codes.catalogue.conditions import Compare, leaves_of

HORIZON_YEARS = 3
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Turn:
    """From this day the outcome is another, if nothing but time passes; `because` names the criteria that turn.

    `fact` and `value` are what time brings to them on that day (None where the rules change instead); `assumed` are
    dates still to come, an invitation for instance, that were taken to fall on the day looked at.
    """

    on: date
    before: Outcome
    outcome: Outcome
    because: tuple[str, ...]
    category: str
    fact: str | None = None
    value: Any = None
    assumed: tuple[str, ...] = ()


class Future:
    """One case as time alone would leave it on later days; `assumed` dates fall on the day looked at."""

    def __init__(self, result: Result, assumed: tuple[str, ...] = ()) -> None:
        self.result, self.assumed = result, assumed
        self.rulebook, self.on = result.rulebook, result.known.on
        covers = self.rulebook.catalogue.covers
        self.last = min(add_months(self.on, 12 * HORIZON_YEARS), covers.until or date.max)
        self._known: dict[date, KnownFacts] = {}
        self._reached: dict[tuple[str, Any, bool], date | None] = {}
        first, last = self.known_on(self.on).values, self.known_on(self.last).values
        self.moving = frozenset(name for name in first if name in last and first[name] != last[name])

    def known_on(self, day: date) -> KnownFacts:
        """Return the facts of a later day."""
        if day not in self._known:
            self._known[day] = self._later(day)
        return self._known[day]

    def outcome_on(self, day: date, category_id: str) -> Outcome | None:
        """Return how a category comes out on a day; None when it is not in force."""
        compiled = category_on(self.rulebook, category_id, day)
        if compiled is None:
            return None
        return outcome_of(compiled, self.known_on(day).values, judged_facts(self.rulebook))

    def days(self, category_id: str) -> list[date]:
        """Return the days on which the outcome may turn: rules change, or a number passes what a criterion names."""
        days = {day for day in days_of_change(self.rulebook, category_id) if self.on < day <= self.last}
        for compiled in self._versions(category_id, days):
            for test in _tests(compiled):
                days.update(self._turning_days(test))
        return sorted(days)

    def turn_on(self, day: date, category_id: str) -> Turn | None:
        """Return how a category turns on this very day; None when it comes out as on the day before."""
        eve = day - A_DAY
        before, after = self.outcome_on(eve, category_id), self.outcome_on(day, category_id)
        if before is None or before is after:
            return None
        if after is None:
            if before is Outcome.NOT_ELIGIBLE:
                return None
            return Turn(day, before, Outcome.NOT_ELIGIBLE, ("in_force",), category_id)
        changed = self._changed(eve, day, category_id)
        standing = [finding for finding in changed if self._stands(finding, eve, day, category_id)]
        facts = [name for finding in standing for name in finding.compiled.facts if name != APPLICATION_DATE]
        fact = next((name for name in facts if name in self.moving and self._moves_on(day, name)), None)
        value = None if fact is None else self.known_on(day).values[fact]
        because = tuple(finding.rule.id for finding in changed)
        return Turn(day, before, after, because, category_id, fact, value, self.assumed)

    def _stands(self, finding: Finding, eve: date, day: date, category_id: str) -> bool:
        """Tell whether a criterion asks the same on both days, so that a fact has turned it."""
        before, after = (self._findings(one, category_id).get(finding.rule.id) for one in (eve, day))
        return before is not None and after is not None and before.compiled.node == after.compiled.node

    def _moves_on(self, day: date, name: str) -> bool:
        return bool(self.known_on(day).values[name] != self.known_on(day - A_DAY).values[name])

    def _changed(self, eve: date, day: date, category_id: str) -> list[Finding]:
        """Return the findings that differ between two days, as they are on the second where they are still there."""
        old, new = self._findings(eve, category_id), self._findings(day, category_id)
        changed = [finding for key, finding in new.items() if key not in old or old[key].status is not finding.status]
        ended = [finding for key, finding in old.items() if key not in new and finding.status is not Status.MET]
        begun = [finding for finding in changed if finding.rule.id in old or finding.status is not Status.MET]
        return begun + ended

    def _findings(self, day: date, category_id: str) -> Mapping[str, Finding]:
        compiled = category_on(self.rulebook, category_id, day)
        assert compiled is not None
        judged = judge(compiled, self.known_on(day).values)
        return {finding.rule.id: finding for finding in judged.findings}

    def _versions(self, category_id: str, days: set[date]) -> Iterator[CompiledCategory]:
        for day in {self.on, *days}:
            compiled = category_on(self.rulebook, category_id, day)
            if compiled is not None and not compiled.facts.isdisjoint(self.moving):
                yield compiled

    def _turning_days(self, test: Test) -> Iterator[date]:
        names = (test.fact, test.other) if isinstance(test, Compare) else (test.fact,)
        for name in self.moving.intersection(names):
            for mark in self._marks(test, name):
                for beyond in (False, True):
                    day = self._reached_on(name, mark, beyond)
                    if day is not None:
                        yield day

    def _marks(self, test: Test, name: str) -> Iterator[Any]:
        if isinstance(test, Compare):
            other = self.known_on(self.on).values.get(test.other if name == test.fact else test.fact)
            if other is not None:
                yield other
        else:
            yield from tested_numbers(test)

    def _reached_on(self, name: str, mark: Any, beyond: bool) -> date | None:
        """Return the first day on which a moving fact is on the other side of a mark; it moves one way only."""
        key = (name, mark, beyond)
        if key not in self._reached:
            self._reached[key] = self._search(name, mark, beyond)
        return self._reached[key]

    def _search(self, name: str, mark: Any, beyond: bool) -> date | None:
        def side(day: date) -> bool:
            value = self.known_on(day).values[name]
            return bool(value > mark if beyond else value >= mark)

        start = side(self.on)
        if side(self.last) is start:
            return None
        low, high = self.on, self.last
        while high - low > A_DAY:
            middle = low + (high - low) // 2
            low, high = (middle, high) if side(middle) is start else (low, middle)
        return high

    def _later(self, day: date) -> KnownFacts:
        values = {**self.result.known.given, APPLICATION_DATE: day}
        for name, value in list(values.items()):
            fact = self.rulebook.facts[name]
            way = fact.elapses or (DERIVED[name].elapses if name in DERIVED else None)
            if way and isinstance(value, int | float):
                passed = _passed(self.on, day, fact.unit or "months", has_begun=way == "down")
                values[name] = value + passed if way == "up" else max(0, value - passed)
        values.update(dict.fromkeys(self.assumed, day))
        return derive(values, day, self.rulebook)


def _tests(compiled: CompiledCategory) -> Iterator[Test]:
    for rule in compiled.rules:
        if rule.node is not None:
            yield from leaves_of(rule.node)


def _passed(start: date, end: date, unit: str, has_begun: bool = False) -> int:
    """Return the whole units that have passed; those that have begun, where a day too many must not be promised."""
    if unit in ("days", "weeks"):
        return _units((end - start).days, 7 if unit == "weeks" else 1, has_begun)
    months = whole_months_between(start, end)
    months += has_begun and add_months(start, months) < end
    return _units(months, 12, has_begun) if unit == "years" else months


def _units(passed: int, length: int, has_begun: bool) -> int:
    return -(-passed // length) if has_begun else passed // length
