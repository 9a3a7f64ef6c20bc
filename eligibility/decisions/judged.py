"""A case as it is judged by the rules of its last determination, and as it comes out by the consultant."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from eligibility.decisions.basis import Basis, basis_now, basis_of
from eligibility.decisions.document import digest_of_facts
from eligibility.decisions.models import Decision, Determination
from eligibility.decisions.standing import Standing, standings
from eligibility.engine.determine import Determination as Judged
from eligibility.engine.determine import Finding, Outcome, Result, Status, determine
from eligibility.engine.evaluate import outcome_of_all
from eligibility.engine.facts import readable_facts
from eligibility.models import Screening
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import NoSuchRelease, rulebook_of

# Stands where a category's id stands, for the rules of every permit.
GENERAL = "general"
Kind = Decision.Kind


@dataclass(frozen=True)
class JudgedCase:
    """A case with its record; `result` is None when nothing was judged on record, or its release is not stored.

    `unreadable` are the numbers of decisions that somebody changed in the database so that they say nothing.
    """

    screening: Screening
    determinations: tuple[Determination, ...]
    standings: tuple[Standing, ...]
    now: Basis | None
    result: Result | None
    unreadable: tuple[int, ...] = ()

    @property
    def last(self) -> Determination | None:
        return self.determinations[-1] if self.determinations else None

    @property
    def rulebook(self) -> Rulebook:
        assert self.result is not None
        return self.result.rulebook

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """What changed since the case was judged on record; empty when that is still what would be judged now."""
        if self.last is None or self.now is None:
            return ("rules",)
        return self.now.changed_since(basis_of(self.last))

    @property
    def is_current(self) -> bool:
        return self.result is not None and not self.changed

    @cached_property
    def categories(self) -> dict[str, Judged]:
        if self.result is None:
            return {}
        return {one.category.id: one for one in (*self.result.determinations, *self.result.permit_free)}

    def findings(self, category: str) -> tuple[Finding, ...]:
        """Return what was found on a category, or on the rules of every permit."""
        if self.result is not None and category == GENERAL:
            return self.result.general
        return self.categories[category].findings if category in self.categories else ()

    def finding(self, category: str, criterion: str) -> Finding | None:
        return next((one for one in self.findings(category) if one.rule.id == criterion), None)

    @cached_property
    def by_consultant(self) -> dict[str, Outcome]:
        """The outcomes that decisions in force change, by category: an outcome itself, or by way of findings."""
        in_force = [one.decision for one in self.standings if one.is_in_force]
        changed: dict[str, Outcome] = {}
        for category in dict.fromkeys(one.category for one in in_force if one.kind in (Kind.OUTCOME, Kind.FINDING)):
            if category in self.categories:
                changed[category] = self._by_consultant(category, in_force)
        return changed

    def _by_consultant(self, category: str, in_force: list[Decision]) -> Outcome:
        own = [one for one in in_force if one.category == category]
        outcome = next((one.value for one in reversed(own) if one.kind == Kind.OUTCOME), None)
        if outcome is not None:
            return Outcome(outcome)
        assert self.result is not None
        overridden = {one.criterion: Status(one.value) for one in own if one.kind == Kind.FINDING}
        return outcome_with(self.categories[category], self.result.known.values, overridden)


def outcome_with(judged: Judged, values: Mapping[str, object], overridden: Mapping[str, Status]) -> Outcome:
    """Return how a category comes out where some of its criteria are met, or not, on a consultant's word."""
    if Status.NOT_MET in overridden.values():
        return Outcome.NOT_ELIGIBLE
    rules = [one for one in judged.compiled.rules if one.rule.id not in overridden]
    judged_facts = frozenset[str]().union(*(one.judged for one in judged.compiled.rules))
    return outcome_of_all([one.node for one in rules], values, judged_facts)


def judged_case(screening: Screening) -> JudgedCase:
    """Read the whole record of a case in a fixed number of queries, and judge it as it was judged last."""
    determinations = tuple(screening.determinations.defer("signed_file").order_by("number"))
    by_key = {one.pk: one for one in determinations}
    decisions = list(screening.decisions.order_by("number"))
    for decision in decisions:
        decision.determination = by_key[decision.determination_id]
    now = basis_now(screening)
    found = tuple(standings([one for one in decisions if one.can_be_read], now, screening.answers))
    unreadable = tuple(one.number for one in decisions if not one.can_be_read)
    return JudgedCase(screening, determinations, found, now, _result(screening, determinations), unreadable)


def _result(screening: Screening, determinations: Iterable[Determination]) -> Result | None:
    """Judge a case again as its last determination did, on the facts of that time."""
    last = next(reversed(list(determinations)), None)
    if last is None:
        return None
    try:
        rulebook = rulebook_of(last.release_digest)
    except NoSuchRelease:
        return None
    return determine(rulebook, readable_facts(_facts(screening, last), rulebook), last.as_of)


def _facts(screening: Screening, last: Determination) -> dict[str, Any]:
    """The facts that were judged last; they stand in the signed file, which is read only where others came since."""
    if digest_of_facts(screening.answers) == last.facts_digest:
        return dict(screening.answers)
    return dict(json.loads(last.signed_file)["document"]["facts"])
