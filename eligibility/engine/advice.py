"""What would open a code that is closed: the smallest changes, each verified by applying it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from eligibility.engine.compile import CompiledCategory
from eligibility.engine.derive import KnownFacts, derive
from eligibility.engine.determine import Determination, Outcome, Result, judged_facts, outcome_of
from eligibility.engine.evaluate import evaluate
from eligibility.engine.verdict import Verdict
from eligibility.engine.words import capitalised, label, value_in_words
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node
from exemption_codes.catalogue.rulebook import Rulebook

MAX_CHANGES = 3
MAX_NEAR_MISSES = 3
MAX_CANDIDATES = 64
SITUATION = "situation."
Changes = frozenset[tuple[str, Any]]
IF_WORDS = {
    "is": ("{label}: {value}", "{label} : {value}"),
    "at_least": ("{label}: at least {value}", "{label} : au moins {value}"),
    "more_than": ("{label}: more than {value}", "{label} : plus de {value}"),
    "at_most": ("{label}: at most {value}", "{label} : au plus {value}"),
    "less_than": ("{label}: less than {value}", "{label} : moins de {value}"),
}


@dataclass(frozen=True)
class Change:
    """One fact that would have to be otherwise: its present value, and a value that is enough."""

    fact: str
    now: Any
    to: Any
    operator: str = "is"


@dataclass(frozen=True)
class NearMiss:
    """A smallest set of changes after which the category is no longer closed."""

    changes: tuple[Change, ...]
    outcome: Outcome


def near_misses(determination: Determination, result: Result) -> tuple[NearMiss, ...]:
    """Return the smallest sets of changeable facts that would open a closed category, fewest first.

    Each is verified: applied, the outcome flips, and with any part left out it does not.
    """
    if determination.outcome is not Outcome.NOT_ELIGIBLE:
        return ()
    found: list[NearMiss] = []
    for changes in _candidates(determination, result):
        if any({c.fact for c in smaller.changes} <= {c.fact for c in changes} for smaller in found):
            continue
        outcome = _outcome_with(determination.compiled, changes, result)
        if outcome is Outcome.NOT_ELIGIBLE or not _needs_every_part(determination.compiled, changes, result):
            continue
        found.append(NearMiss(changes, outcome))
        if len(found) == MAX_NEAR_MISSES:
            break
    return tuple(found)


def near_miss_in_words(near_miss: NearMiss, rulebook: Rulebook, language: str) -> str:
    """Say the changes of a near miss in one line."""
    return "; ".join(change_in_words(change, rulebook, language) for change in near_miss.changes) + "."


def change_in_words(change: Change, rulebook: Rulebook, language: str) -> str:
    pattern = IF_WORDS[change.operator][language == "fr"]
    value = value_in_words(change.fact, change.to, rulebook, language)
    return pattern.format(label=capitalised(label(change.fact, rulebook, language)), value=value)


def _needs_every_part(compiled: CompiledCategory, changes: tuple[Change, ...], result: Result) -> bool:
    fewer = combinations(changes, len(changes) - 1)
    return all(_outcome_with(compiled, part, result) is Outcome.NOT_ELIGIBLE for part in fewer)


def _outcome_with(compiled: CompiledCategory, changes: tuple[Change, ...], result: Result) -> Outcome:
    known = apply_changes(changes, result)
    return outcome_of(compiled, known.values, judged_facts(result.rulebook))


def apply_changes(changes: tuple[Change, ...], result: Result) -> KnownFacts:
    """Return the case with some facts changed, as if the change were made on the day of the application."""
    given = {n: v for n, v in result.known.values.items() if n not in result.known.derived_from}
    for change in changes:
        given[change.fact] = change.to
        dated_by = result.rulebook.facts[change.fact].dated_by
        if dated_by:
            given.setdefault(dated_by, result.known.on)
    return derive(given, result.as_of, result.rulebook)


def _candidates(determination: Determination, result: Result) -> list[tuple[Change, ...]]:
    sets: list[list[tuple[Change, ...]]] = []
    for finding in determination.failing():
        node = finding.compiled.node
        repairs = list(_repairs(node, result.known.values, result)) if node else []
        if not repairs:
            return []
        sets.append(sorted(repairs, key=len)[:8])
    merged: list[tuple[Change, ...]] = []
    for count, chosen in enumerate(product(*sets)):
        if count >= MAX_CANDIDATES:
            break
        joined = _joined(chosen)
        if joined and len(joined) <= MAX_CHANGES:
            merged.append(joined)
    return sorted(merged, key=lambda changes: (len(changes), [change.fact for change in changes]))


def _joined(chosen: tuple[tuple[Change, ...], ...]) -> tuple[Change, ...]:
    by_fact: dict[str, Change] = {}
    for change in (change for changes in chosen for change in changes):
        other = by_fact.get(change.fact)
        if other and other.to != change.to:
            numbers = isinstance(other.to, int | float) and isinstance(change.to, int | float)
            if not numbers or other.operator != change.operator:
                return ()
            low = change.operator in ("at_least", "more_than")
            change = max(other, change, key=lambda c: c.to) if low else min(other, change, key=lambda c: c.to)
        by_fact[change.fact] = change
    return tuple(by_fact.values())


def _repairs(node: Node, values: Mapping[str, Any], result: Result) -> Iterator[tuple[Change, ...]]:
    """Yield sets of changes after which a condition that fails would not fail any more."""
    if evaluate(node, values) is not Verdict.NOT_MET:
        yield ()
        return
    match node:
        case Leaf():
            change = _leaf_repair(node, values, result)
            if change:
                yield (change,)
        case AnyOf(parts):
            for part in parts:
                yield from (repair for repair in _repairs(part, values, result) if repair)
        case AllOf(parts):
            options = [list(_repairs(part, values, result))[:4] for part in parts]
            for chosen in product(*options):
                joined = _joined(chosen)
                if joined:
                    yield joined
        case Negation(Leaf() as leaf):
            change = _opposite_repair(leaf, values, result)
            if change:
                yield (change,)
        case Compare(fact, operator, other) if _can_change(fact, result):
            yield (Change(fact, values.get(fact), values[other], operator),)
        case Negation() | Compare() | Disputed():
            return


def _leaf_repair(leaf: Leaf, values: Mapping[str, Any], result: Result) -> Change | None:
    if not _can_change(leaf.fact, result):
        return None
    now, wanted = values.get(leaf.fact), leaf.value
    fact = result.rulebook.facts[leaf.fact]
    match leaf.operator:
        case "is" | "at_least" | "at_most":
            return Change(leaf.fact, now, wanted, leaf.operator)
        case "one_of":
            return Change(leaf.fact, now, wanted[0])
        case "includes_any":
            return Change(leaf.fact, now, [wanted[0]])
        case "more_than" | "less_than" if isinstance(wanted, int | float):
            step = 1 if leaf.operator == "more_than" else -1
            return Change(leaf.fact, now, wanted + step, leaf.operator)
        case "is_not" | "none_of":
            barred = {wanted} if leaf.operator == "is_not" else set(wanted)
            options = [choice for choice in fact.choices or {} if choice not in barred and choice != "none"]
            return Change(leaf.fact, now, options[0]) if options else None
        case "includes_none" if isinstance(now, list):
            return Change(leaf.fact, now, [item for item in now if item not in wanted])
    return None


def _opposite_repair(leaf: Leaf, values: Mapping[str, Any], result: Result) -> Change | None:
    fact = result.rulebook.facts[leaf.fact]
    if leaf.operator == "is" and fact.type == "boolean" and _can_change(leaf.fact, result):
        return Change(leaf.fact, values.get(leaf.fact), not leaf.value)
    return None


def _can_change(name: str, result: Result) -> bool:
    fact = result.rulebook.facts[name]
    settled_by_gate = any(base.startswith(SITUATION) for base in result.known.derived_from.get(name, ()))
    return fact.changeable and not fact.judged and not settled_by_gate
