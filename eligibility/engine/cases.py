"""Worked examples: run them against the rules, and say which the rules still lack."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from eligibility.engine.compile import category_on
from eligibility.engine.derive import derive
from eligibility.engine.determine import Determination, Finding, Outcome, Status, judge
from eligibility.engine.facts import read_facts
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import leaves_of, resolve
from exemption_codes.catalogue.rulebook import Rulebook

SUCCESS = (Outcome.ELIGIBLE, Outcome.OFFICER_JUDGEMENT)


@dataclass(frozen=True)
class CaseRun:
    """One worked example as it came out."""

    category: str
    case: doc.Case
    as_of: date
    facts: dict[str, Any]
    determination: Determination | None

    def failing(self) -> list[str]:
        return [finding.rule.id for finding in self.determination.failing()] if self.determination else []

    def complaints(self) -> Iterator[str]:
        """Yield what differs from what the case expects."""
        label = f"{self.category}: {self.case.name}"
        if self.determination is None:
            if self.case.in_force:
                yield f"{label}: the category is not in force on {self.as_of}"
            return
        if not self.case.in_force:
            yield f"{label}: the category is in force on {self.as_of}"
            return
        outcome = self.determination.outcome.value
        if outcome != self.case.outcome:
            detail = f"failing {self.failing()}, missing {list(self.determination.missing)}"
            yield f"{label}: {outcome} instead of {self.case.outcome}; {detail}"
        if self.case.failing is not None and sorted(self.case.failing) != sorted(self.failing()):
            yield f"{label}: fails {self.failing()} instead of {self.case.failing}"
        if self.case.code and self.case.code != self.determination.compiled.code:
            yield f"{label}: code {self.determination.compiled.code} instead of {self.case.code}"


def run_cases(rulebook: Rulebook, only: Iterable[str] = ()) -> list[CaseRun]:
    """Run the worked examples of all categories, or of some."""
    wanted = set(only) or set(rulebook.cases)
    return [run_case(rulebook, rulebook.cases[key], case) for key in sorted(wanted & set(rulebook.cases))
            for case in rulebook.cases[key].spread()]  # fmt: skip


def run_case(rulebook: Rulebook, cases: doc.CasesDocument, case: doc.Case) -> CaseRun:
    as_of = case.as_of or cases.base.as_of
    facts = read_facts({**cases.base.facts, **case.change}, rulebook)
    rulebook.check_covers(as_of)
    known = derive(facts, as_of, rulebook)
    rulebook.check_covers(known.on)
    compiled = category_on(rulebook, cases.category, known.on)
    found = judge(compiled, known.values) if compiled else None
    return CaseRun(cases.category, case, as_of, facts, found)


def lacking_cases(rulebook: Rulebook, runs: Iterable[CaseRun]) -> Iterator[str]:
    """Yield what the worked examples of each category do not show yet."""
    by_category: dict[str, list[CaseRun]] = {}
    for run in runs:
        by_category.setdefault(run.category, []).append(run)
    for key, category in rulebook.categories.items():
        yield from (f"{key}: {lack}" for lack in _lacks(rulebook, category, by_category.get(key, [])))


def _lacks(rulebook: Rulebook, category: doc.Category, runs: list[CaseRun]) -> Iterator[str]:
    judged = [run for run in runs if run.determination]
    outcomes = {run.determination.outcome for run in judged if run.determination}
    if outcomes.isdisjoint(SUCCESS):
        yield "no case succeeds"
    if Outcome.UNDETERMINED not in outcomes:
        yield "no case is undetermined"
    for criterion in category.criteria:
        if criterion.when is not None and not _shown_alone(criterion, judged):
            yield f"no case where {criterion.id} fails alone"
    yield from _thresholds_lacking(rulebook, category, judged)
    for day in _days_of_change(rulebook, category):
        dates = {run.as_of for run in runs}
        if day not in dates:
            yield f"no case on {day}, a day of change"
        if day - timedelta(days=1) not in dates and day > (rulebook.catalogue.covers.from_ or date.min):
            yield f"no case on {day - timedelta(days=1)}, the day before a change"


def _shown_alone(criterion: doc.Criterion, runs: list[CaseRun]) -> bool:
    """Tell whether some case fails for this criterion alone, or leaves the result open for it alone.

    An implied criterion cannot fail alone: for it a case is enough where it fails beside others, or is known to hold.
    """
    if criterion.implied:
        return any(_finding(run, criterion.id).facts for run in runs if criterion.in_force.holds(run.as_of))
    for run in runs:
        assert run.determination is not None
        stuck = [f.rule.id for f in run.determination.findings if f.status in (Status.NOT_MET, Status.UNKNOWN)]
        hard = run.failing()
        if hard == [criterion.id]:
            return True
        if not hard and stuck == [criterion.id] and not _finding(run, criterion.id).missing:
            return True
    return False


def _finding(run: CaseRun, criterion: str) -> Finding:
    assert run.determination is not None
    return next(finding for finding in run.determination.findings if finding.rule.id == criterion)


def _thresholds_lacking(rulebook: Rulebook, category: doc.Category, runs: list[CaseRun]) -> Iterator[str]:
    """Each ordered comparison must be tried at its edge from both sides, within its dates."""
    for criterion in category.criteria:
        if criterion.when is None:
            continue
        on = criterion.in_force.from_ or criterion.in_force.until or rulebook.catalogue.law_as_of
        for leaf in leaves_of(resolve(criterion.when, rulebook, on)):
            if getattr(leaf, "operator", "") not in ("at_least", "more_than", "at_most", "less_than"):
                continue
            if getattr(leaf, "rank", ()) or not hasattr(leaf, "value") or _from_table(criterion.when):
                continue
            tried = {run.facts.get(leaf.fact, _derived(run, leaf.fact)) for run in runs} - {None}
            value = leaf.value
            if value not in tried:
                yield f"{criterion.id}: no case with {leaf.fact} at {value}"
            below = leaf.operator in ("at_least", "less_than")
            if not any(_beyond(item, value, below) for item in tried):
                yield f"{criterion.id}: no case with {leaf.fact} just {'below' if below else 'above'} {value}"


def _from_table(condition: Any) -> bool:
    return "row_of" in repr(condition)


def _derived(run: CaseRun, fact: str) -> Any:
    assert run.determination is not None
    return next((f.facts[fact] for f in run.determination.findings if fact in f.facts), None)


def _beyond(item: Any, value: Any, below: bool) -> bool:
    return bool(item < value) if below else bool(item > value)


def _days_of_change(rulebook: Rulebook, category: doc.Category) -> list[date]:
    periods: list[doc.Period] = [category.in_force, *category.codes, *category.basis]
    periods += [criterion.in_force for criterion in category.criteria]
    days = {period.from_ for period in periods if period.from_}
    days |= {period.until + timedelta(days=1) for period in periods if period.until}
    return sorted(day for day in days if rulebook.catalogue.covers.holds(day))
