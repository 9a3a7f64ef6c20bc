"""One person's answers judged twice: under two releases, or on two days; which categories come out otherwise, and why.

Whole categories are looked up in the plan's bits; criteria are judged one by one only where something changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from eligibility.engine.compile import CompiledCategory, Plan, plan_for
from eligibility.engine.derive import derive
from eligibility.engine.determine import find, outcomes
from eligibility.engine.errors import FactError
from eligibility.engine.facts import read_facts
from eligibility.engine.verdict import Outcome, Status
from eligibility.impact_models import ImpactCase
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.catalogue.rulebook import Rulebook

Change = ImpactCase.Change
MATCHED = (Outcome.ELIGIBLE, Outcome.OFFICER_JUDGEMENT)
UNCHANGED = "unchanged"
BEST_FIRST = (Status.MET, Status.OFFICER, Status.UNKNOWN, Status.NOT_MET)
MOST_KEPT = 200_000


@dataclass(frozen=True)
class CategoryChange:
    """How one category came out before and after (empty: not in force), and the criteria that came out otherwise."""

    category: str
    code: str
    change: str
    before: str
    after: str
    criteria: tuple[str, ...] = ()


class Side:
    """One of the two ways of judging: a release, and a day unless each case keeps its own."""

    def __init__(self, rulebook: Rulebook, as_of: date | None) -> None:
        self.rulebook, self.as_of = rulebook, as_of
        self._read: dict[tuple[str, str], dict[str, Any]] = {}

    def judge(self, answers: Mapping[str, Any], own_day: date) -> "Judged":
        """Raises DateNotCovered."""
        day = self.as_of or own_day
        self.rulebook.check_covers(day)
        known = derive(self._facts(answers), day, self.rulebook)
        self.rulebook.check_covers(known.on)
        plan = plan_for(self.rulebook, known.on)
        return Judged(plan, known.values, outcomes(plan, known.values))

    def _facts(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Read the answers that the vocabulary knows, as screenings.readable_answers does; each pair only once."""
        facts: dict[str, Any] = {}
        for name, value in answers.items():
            key = (name, repr(value))
            read = self._read.get(key)
            if read is None:
                if len(self._read) >= MOST_KEPT:
                    self._read.clear()
                read = self._read[key] = self._one(name, value)
            facts.update(read)
        return facts

    def _one(self, name: str, value: Any) -> dict[str, Any]:
        try:
            return read_facts({name: value}, self.rulebook)
        except FactError:
            return {}


@dataclass(frozen=True)
class Judged:
    """What one side says of one person."""

    plan: Plan
    values: Mapping[str, Any]
    outcomes: Mapping[str, Outcome]

    def compiled(self, category: str) -> CompiledCategory | None:
        return _by_id(self.plan).get(category)

    def statuses(self, category: str) -> dict[str, Status]:
        compiled = self.compiled(category)
        return {rule.rule.id: find(rule, self.values).status for rule in compiled.rules} if compiled else {}


class Rejudging:
    """Judges cases before and after."""

    def __init__(self, before: Side, after: Side) -> None:
        self.before, self.after = before, after

    def changes(self, answers: Mapping[str, Any], own_day: date) -> Iterator[CategoryChange]:
        """Yield every category of either side, those that stay as they were too (`unchanged`)."""
        try:
            before, after = (side.judge(answers, own_day) for side in (self.before, self.after))
        except DateNotCovered:
            yield CategoryChange("", "", Change.NOT_JUDGED, "", "")
            return
        compiled = {**_by_id(before.plan), **_by_id(after.plan)}
        for category, one in compiled.items():
            old, new = before.outcomes.get(category), after.outcomes.get(category)
            found = _said(category, one.key, old, new)
            if found.change != UNCHANGED:
                found = replace(found, criteria=_responsible(before, after, category))
            yield found


@lru_cache(maxsize=64)
def _by_id(plan: Plan) -> dict[str, CompiledCategory]:
    return {compiled.category.id: compiled for compiled in plan.categories}


@lru_cache(maxsize=8192)
def _said(category: str, code: str, before: Outcome | None, after: Outcome | None) -> CategoryChange:
    """Return the change without its criteria; most are alike, and made once."""
    words = (before.value if before else "", after.value if after else "")
    return CategoryChange(category, code, change_between(before, after), *words)


def change_between(before: Outcome | None, after: Outcome | None) -> str:
    """Name the change; a category that is not in force is as one that does not fit."""
    old, new = before or Outcome.NOT_ELIGIBLE, after or Outcome.NOT_ELIGIBLE
    if old is new:
        return UNCHANGED
    if old in MATCHED and new in MATCHED:
        return Change.REWEIGHED
    if new in MATCHED:
        return Change.GAINED
    return Change.NEWLY_UNKNOWN if new is Outcome.UNDETERMINED else Change.LOST


def _responsible(before: Judged, after: Judged, category: str) -> tuple[str, ...]:
    """Return the criteria that came out otherwise: of a loss those that got worse, of a gain those that got better.

    None did it where the category is not in force on one side.
    """
    old, new = before.statuses(category), after.statuses(category)
    if not old or not new:
        return ()
    differing = [name for name in {**old, **new} if old.get(name) is not new.get(name)]
    rank = {name: (_rank(old.get(name)), _rank(new.get(name))) for name in differing}
    first, second = before.outcomes.get(category), after.outcomes.get(category)
    order = list(Outcome)
    worse = order.index(second or Outcome.NOT_ELIGIBLE) > order.index(first or Outcome.NOT_ELIGIBLE)
    chosen = [name for name in differing if (rank[name][1] > rank[name][0]) is worse]
    return tuple(chosen or differing)


def _rank(status: Status | None) -> int:
    """A criterion that is not asked is as one that is met."""
    return BEST_FIRST.index(status or Status.MET)
