"""Facts and a day to one determination per category in force, each with a finding per criterion."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from eligibility.engine.compile import MET, NOT_MET, UNKNOWN, CompiledCategory, CompiledRule, Plan, plan_for
from eligibility.engine.derive import KnownFacts, derive
from eligibility.engine.evaluate import evaluate
from eligibility.engine.verdict import Verdict
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Leaf, Negation, Node
from exemption_codes.catalogue.rulebook import Rulebook


class Outcome(Enum):
    """How a category comes out for one person."""

    ELIGIBLE = "eligible"
    OFFICER_JUDGEMENT = "officer_judgement"
    UNDETERMINED = "undetermined"
    NOT_ELIGIBLE = "not_eligible"


class Status(Enum):
    """How one criterion comes out; OFFICER is left to an officer's weighing."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    OFFICER = "officer"


@dataclass(frozen=True, eq=False)
class Finding:
    """One criterion judged: the facts it read, and those it lacks."""

    compiled: CompiledRule
    status: Status
    facts: Mapping[str, Any]
    missing: tuple[str, ...]
    applies: bool = True

    @property
    def rule(self) -> doc.Criterion | doc.GeneralRule:
        return self.compiled.rule


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
        """The facts that would settle the category, in the order of its criteria."""
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


def determine(rulebook: Rulebook, given: Mapping[str, Any], as_of: date) -> Result:
    """Judge every category in force on the day of the application.

    `given` holds checked facts; the day is application.date where given, else `as_of`.
    Raises DateNotCovered when the catalogue does not cover one of the two days.
    """
    rulebook.check_covers(as_of)
    known = derive(given, as_of, rulebook)
    rulebook.check_covers(known.on)
    plan = plan_for(rulebook, known.on)
    judged = judged_facts(rulebook)
    determinations = tuple(judge(category, known.values, judged) for category in plan.categories)
    general = tuple(find(rule, known.values, judged) for rule in plan.general if _concerns(rule, known.values))
    return Result(as_of, rulebook, known, determinations, general)


def outcomes(plan: Plan, values: Mapping[str, Any], judged: frozenset[str]) -> dict[str, Outcome]:
    """Return the outcome of every category by its id, without findings."""
    return {compiled.category.id: outcome_of(compiled, values, judged) for compiled in plan.categories}


def outcome_of(compiled: CompiledCategory, values: Mapping[str, Any], judged: frozenset[str]) -> Outcome:
    """Return the outcome of one category; the first criterion that fails settles it."""
    unsettled = []
    for rule in compiled.rules:
        verdict = rule.run(values)
        if verdict == NOT_MET:
            return Outcome.NOT_ELIGIBLE
        if verdict == UNKNOWN:
            unsettled.append(rule)
    statuses = [_status(rule, UNKNOWN, values, judged) for rule in unsettled]
    return _combined(statuses)


def judge(compiled: CompiledCategory, values: Mapping[str, Any], judged: frozenset[str]) -> Determination:
    findings = tuple(find(rule, values, judged) for rule in compiled.rules)
    return Determination(compiled, _combined([finding.status for finding in findings]), findings)


def find(rule: CompiledRule, values: Mapping[str, Any], judged: frozenset[str]) -> Finding:
    """Judge one criterion."""
    status = _status(rule, rule.run(values), values, judged)
    read = {fact: values[fact] for fact in rule.facts if fact in values}
    missing: tuple[str, ...] = ()
    if status is Status.UNKNOWN and rule.node is not None:
        missing = tuple(fact for fact in dict.fromkeys(open_facts(rule.node, values)) if fact not in judged)
    return Finding(rule, status, read, missing, rule.applies(values) != NOT_MET)


def _status(rule: CompiledRule, verdict: int, values: Mapping[str, Any], judged: frozenset[str]) -> Status:
    if verdict == MET:
        return Status.MET
    if verdict == NOT_MET:
        return Status.NOT_MET
    if rule.node is None:
        return Status.OFFICER
    lacking = set(open_facts(rule.node, values))
    if lacking and lacking <= judged:
        granted = {**values, **dict.fromkeys(lacking, True)}
        if rule.run(granted) == MET:
            return Status.OFFICER
    return Status.UNKNOWN


def _combined(statuses: Iterable[Status]) -> Outcome:
    found = set(statuses)
    if Status.NOT_MET in found:
        return Outcome.NOT_ELIGIBLE
    if Status.UNKNOWN in found:
        return Outcome.UNDETERMINED
    return Outcome.OFFICER_JUDGEMENT if Status.OFFICER in found else Outcome.ELIGIBLE


def open_facts(node: Node, values: Mapping[str, Any]) -> list[str]:
    """Return the unknown facts that can still change a condition; none when it is settled."""
    if evaluate(node, values) is not Verdict.UNKNOWN:
        return []
    match node:
        case Leaf(fact):
            return [fact]
        case Compare(fact, _, other):
            return [name for name in (fact, other) if name not in values]
        case AllOf(parts) | AnyOf(parts):
            return [fact for part in parts for fact in open_facts(part, values)]
        case Negation(part):
            return open_facts(part, values)
    return []


def judged_facts(rulebook: Rulebook) -> frozenset[str]:
    """Return the facts that only an officer can settle."""
    return frozenset(name for name, fact in rulebook.facts.items() if fact.judged)


def _concerns(rule: CompiledRule, values: Mapping[str, Any]) -> bool:
    scope = rule.rule.scope if isinstance(rule.rule, doc.GeneralRule) else "all"
    return scope == "all" or values.get("offer.exists") is not False
