"""Facts and a day to one determination per category in force, each with a finding per criterion."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from eligibility.engine.bits import NodeBits, Reading
from eligibility.engine.compile import CompiledCategory, CompiledRule, Plan, judged_facts, plan_for
from eligibility.engine.derive import KnownFacts, derive
from eligibility.engine.evaluate import evaluate, open_facts, status_of
from eligibility.engine.verdict import Outcome, Status, Verdict
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

__all__ = [
    "Determination", "Finding", "Outcome", "Result", "Status",
    "determine", "find", "judge", "judged_facts", "outcome_of", "outcomes", "plan_bits",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Finding:
    """One criterion judged on somebody's facts; the reasons are worked out when they are asked for."""

    compiled: CompiledRule
    status: Status
    values: Mapping[str, Any]

    @property
    def rule(self) -> doc.Criterion | doc.GeneralRule:
        return self.compiled.rule

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The known facts that the criterion read."""
        return {fact: self.values[fact] for fact in self.compiled.facts if fact in self.values}

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The facts that it lacks and that somebody other than an officer can tell."""
        node, judged = self.compiled.node, self.compiled.judged
        if self.status is not Status.UNKNOWN or node is None:
            return ()
        return tuple(fact for fact in open_facts(node, self.values) if fact not in judged)

    @cached_property
    def applies(self) -> bool:
        """Whether the criterion is needed here at all."""
        condition = self.compiled.applies
        return condition is None or evaluate(condition, self.values) is not Verdict.NOT_MET

    def binds(self, compiled: CompiledCategory) -> bool:
        """Tell whether a general rule speaks of a category: a code stands for all its variants, a key for itself."""
        spared = self.rule.not_for if isinstance(self.rule, doc.GeneralRule) else ()
        needs_offer = isinstance(self.rule, doc.GeneralRule) and self.rule.scope == "with_offer"
        if needs_offer and not compiled.category.offer_required:
            return False
        return compiled.code not in spared and compiled.key not in spared


@dataclass(frozen=True, eq=False)
class Determination:
    """One category judged on one day."""

    compiled: CompiledCategory
    outcome: Outcome
    findings: tuple[Finding, ...]

    @property
    def category(self) -> doc.Category:
        return self.compiled.category

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that would settle the category, in the order of its criteria; none once it is settled."""
        if self.outcome is not Outcome.UNDETERMINED:
            return ()
        return tuple(dict.fromkeys(fact for finding in self.findings for fact in finding.missing))

    def failing(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.status is Status.NOT_MET)


@dataclass(frozen=True, eq=False)
class Result:
    """Everything said of one person on one day."""

    as_of: date
    rulebook: Rulebook
    known: KnownFacts
    determinations: tuple[Determination, ...]
    general: tuple[Finding, ...]
    permit_free: tuple[Determination, ...] = ()

    @cached_property
    def futures(self) -> dict[Any, Any]:
        """What was worked out of later days, kept as long as the result is looked at."""
        return {}

    def general_for(self, determination: Determination) -> tuple[Finding, ...]:
        """Return the findings of the general rules that bind a category."""
        return tuple(finding for finding in self.general if finding.binds(determination.compiled))


def determine(rulebook: Rulebook, given: Mapping[str, Any], as_of: date) -> Result:
    """Judge every category in force on the day of the application.

    `given` holds checked facts; the day is application.date where given, else `as_of`.
    Raises DateNotCovered when the catalogue does not cover one of the two days.
    """
    rulebook.check_covers(as_of)
    known = derive(given, as_of, rulebook)
    rulebook.check_covers(known.on)
    plan = plan_for(rulebook, known.on)
    reading = plan_bits(plan).read(known.values)
    judged = [_judged(compiled, reading, place) for place, compiled in enumerate(plan.categories)]
    determinations = tuple(found for found in judged if not found.category.is_permit_free)
    permit_free = tuple(found for found in judged if found.category.is_permit_free)
    general = tuple(find(rule, known.values) for rule in plan.general if _concerns(rule, known.values))
    return Result(as_of, rulebook, known, determinations, general, permit_free)


@lru_cache(maxsize=64)
def plan_bits(plan: Plan) -> NodeBits:
    """Return the tables that judge every category of a plan at once."""
    criteria = [[rule.normal for rule in compiled.rules] for compiled in plan.categories]
    return NodeBits(criteria, judged_facts(plan.rulebook))


def outcomes(plan: Plan, values: Mapping[str, Any]) -> dict[str, Outcome]:
    """Return the outcome of every category by its id, without findings."""
    found = plan_bits(plan).read(values).outcomes
    return {compiled.category.id: outcome for compiled, outcome in zip(plan.categories, found, strict=True)}


def outcome_of(compiled: CompiledCategory, values: Mapping[str, Any], judged: AbstractSet[str]) -> Outcome:
    """Return the outcome of one category, without findings."""
    return _category_bits(compiled, frozenset(judged)).read(values).outcomes[0]


@lru_cache(maxsize=8192)
def _category_bits(compiled: CompiledCategory, judged: frozenset[str]) -> NodeBits:
    return NodeBits([[rule.normal for rule in compiled.rules]], judged)


def judge(compiled: CompiledCategory, values: Mapping[str, Any]) -> Determination:
    """Judge one category with its reasons, criterion by criterion."""
    judged = frozenset[str]().union(*(rule.judged for rule in compiled.rules))
    return _judged(compiled, _category_bits(compiled, judged).read(values), 0)


def _judged(compiled: CompiledCategory, reading: Reading, place: int) -> Determination:
    statuses = zip(compiled.rules, reading.statuses(place), strict=True)
    findings = tuple(Finding(rule, status, reading.values) for rule, status in statuses)
    return Determination(compiled, reading.outcomes[place], findings)


def find(rule: CompiledRule, values: Mapping[str, Any]) -> Finding:
    """Judge one criterion with its reasons."""
    return Finding(rule, status_of(rule.node, values, rule.judged), values)


def _concerns(rule: CompiledRule, values: Mapping[str, Any]) -> bool:
    scope = rule.rule.scope if isinstance(rule.rule, doc.GeneralRule) else "all"
    return scope == "all" or values.get("offer.exists") is not False
