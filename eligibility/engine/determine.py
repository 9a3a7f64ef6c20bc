"""Facts and a day to one determination per category in force, each with a finding per criterion."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from eligibility.engine.bits import NodeBits
from eligibility.engine.compile import CompiledCategory, CompiledRule, Plan, judged_facts, plan_for
from eligibility.engine.derive import KnownFacts, derive
from eligibility.engine.evaluate import evaluate, open_facts, outcome_of_all, status_of
from eligibility.engine.verdict import Outcome, Status, Verdict
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

WORST_FIRST = (Status.NOT_MET, Status.UNKNOWN, Status.OFFICER)

__all__ = [
    "Determination", "Finding", "Outcome", "Result", "Status",
    "determine", "find", "judge", "judged_facts", "outcome_of", "outcomes", "plan_bits",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Finding:
    """One criterion judged: the facts it read, and those it lacks; `applies` False where it is not needed here."""

    compiled: CompiledRule
    status: Status
    facts: Mapping[str, Any]
    missing: tuple[str, ...]
    applies: bool = True

    @property
    def rule(self) -> doc.Criterion | doc.GeneralRule:
        return self.compiled.rule

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
    judged = [judge(category, known.values) for category in plan.categories]
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
    findings = tuple(find(rule, values) for rule in compiled.rules)
    statuses = {finding.status for finding in findings}
    if statuses >= {Status.UNKNOWN, Status.OFFICER} and Status.NOT_MET not in statuses:
        criteria = [rule.node for rule in compiled.rules]
        judged = frozenset[str]().union(*(rule.judged for rule in compiled.rules))
        return Determination(compiled, outcome_of_all(criteria, values, judged), findings)
    worst = next((status for status in WORST_FIRST if status in statuses), Status.MET)
    return Determination(compiled, Outcome.of(worst), findings)


def find(rule: CompiledRule, values: Mapping[str, Any]) -> Finding:
    """Judge one criterion with its reasons."""
    status = status_of(rule.node, values, rule.judged)
    read = {fact: values[fact] for fact in rule.facts if fact in values}
    missing: tuple[str, ...] = ()
    if status is Status.UNKNOWN and rule.node is not None:
        missing = tuple(fact for fact in dict.fromkeys(open_facts(rule.node, values)) if fact not in rule.judged)
    applies = rule.applies is None or evaluate(rule.applies, values) is not Verdict.NOT_MET
    return Finding(rule, status, read, missing, applies)


def _concerns(rule: CompiledRule, values: Mapping[str, Any]) -> bool:
    scope = rule.rule.scope if isinstance(rule.rule, doc.GeneralRule) else "all"
    return scope == "all" or values.get("offer.exists") is not False
