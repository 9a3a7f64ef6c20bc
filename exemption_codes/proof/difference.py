"""What tells a mutant from the true rules: a fact set on a day, or the proof that no complete fact set does."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import z3

from eligibility.engine.compile import CompiledCategory, category_on, days_of_change
from exemption_codes.catalogue.conditions import AllOf, Node
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.encoding import Encoding, Formula, Pair, conditions_of
from exemption_codes.proof.mutants import Mutant
from exemption_codes.proof.nearest import nearest
from exemption_codes.proof.witness import Witness, in_order, without_what_follows

ALWAYS = AllOf(())


class DifferenceNotSeen(Exception):
    """The engine judges a fact set alike under both rules, on which the formulas differ: the encoding is wrong."""

    def __init__(self, mutant: Mutant, witness: Witness) -> None:
        super().__init__(f"{mutant.name} should be told by {dict(witness.facts)} on {witness.on}")


def difference(rulebook: Rulebook, mutant: Mutant, category_id: str) -> Witness | None:
    """Return a fact set that a category judges otherwise under a mutant; None when no complete fact set is.

    Facts that the fact set does not need are as in the base of the worked examples, and told only if it tells them.
    """
    mutated = mutant.applied_to(rulebook)
    small = replace(mutated, categories={category_id: mutated.categories[category_id]})
    for on in _days(rulebook, small, category_id):
        one, other = category_on(rulebook, category_id, on), category_on(small, category_id, on)
        facts = _telling_facts(rulebook, category_id, on, one, other)
        if facts is not None:
            witness = Witness(category_id, on, facts)
            if not differs(rulebook, small, witness):
                raise DifferenceNotSeen(mutant, witness)
            return _told_little(rulebook, small, witness)
    return None


def _days(rulebook: Rulebook, mutated: Rulebook, category_id: str) -> Iterator[date]:
    """Yield a day of every stretch of either version that the catalogue covers: the day of the examples first."""
    covered = rulebook.catalogue.covers
    changes = {*days_of_change(rulebook, category_id), *days_of_change(mutated, category_id)}
    first = covered.from_ or min(changes, default=date.min) - timedelta(days=1)
    starts = sorted({first, *(day for day in changes if day > first)}, reverse=True)
    cases = rulebook.cases.get(category_id)
    usual = cases.base.as_of if cases else rulebook.catalogue.law_as_of
    its_start = max((start for start in starts if start <= usual), default=first)
    yield from (day for day in [usual, *(day for day in starts if day != its_start)] if covered.holds(day))


def _telling_facts(
    rulebook: Rulebook, category_id: str, on: date, one: CompiledCategory | None, other: CompiledCategory | None
) -> dict[str, Any] | None:
    cases = rulebook.cases.get(category_id)
    base: Mapping[str, Any] = cases.base.facts if cases else {}
    if one is None or other is None or one.code != other.code:
        return None if (one, other) == (None, None) else dict(base)
    ours, theirs = _nodes(one), _nodes(other)
    changed = [name for name in {**ours, **theirs} if ours.get(name, ALWAYS) != theirs.get(name, ALWAYS)]
    if not changed:
        return None
    encoding = Encoding(rulebook, conditions_of([*ours.values(), *theirs.values()]), on, base)
    found = _search(encoding, base, ours, theirs, changed)
    return None if found is None else in_order(rulebook, without_what_follows(rulebook, found, on, base), base)


def _nodes(compiled: CompiledCategory) -> dict[str, Node | None]:
    return {rule.rule.id: rule.node for rule in compiled.rules}


def _search(
    encoding: Encoding,
    base: Mapping[str, Any],
    ours: Mapping[str, Node | None],
    theirs: Mapping[str, Node | None],
    changed: list[str],
) -> dict[str, Any] | None:
    """Look for facts on which all else holds; failing that, for any on which another criterion is said to fail."""
    pairs = {name: (encoding.pair(ours.get(name, ALWAYS)), encoding.pair(theirs.get(name, ALWAYS))) for name in changed}
    others = [encoding.pair(node).holds for name, node in ours.items() if name not in changed]
    solver = z3.Solver()
    solver.add(*encoding.bounds)
    success_differs = z3.And(*(pair.holds for pair, _ in pairs.values())) != z3.And(
        *(pair.holds for _, pair in pairs.values())
    )
    fails_differ = z3.Or(*(_fails_differ(*pair) for pair in pairs.values()))
    for asked in ([*others, fails_differ, encoding.officer], [*others, success_differs], [fails_differ]):
        if (facts := nearest(solver, encoding, base, asked)) is not None:
            return facts
    return None


def _fails_differ(ours: Pair, theirs: Pair) -> Formula:
    return ours.fails != theirs.fails


def _told_little(rulebook: Rulebook, mutated: Rulebook, witness: Witness) -> Witness:
    """Take away facts that the base does not tell, as long as the difference shows."""
    cases = rulebook.cases.get(witness.category)
    base: Mapping[str, Any] = cases.base.facts if cases else {}
    for name in [name for name in witness.facts if name not in base]:
        less = Witness(witness.category, witness.on, {k: v for k, v in witness.facts.items() if k != name})
        if differs(rulebook, mutated, less):
            witness = less
    return witness


def differs(rulebook: Rulebook, mutated: Rulebook, witness: Witness) -> bool:
    """Tell whether the engine judges a fact set otherwise under other rules."""
    return _seen(rulebook, witness) != _seen(mutated, witness)


def _seen(rulebook: Rulebook, witness: Witness) -> Any:
    run = witness.run(rulebook)
    found = run.determination
    return None if found is None else (found.outcome, found.compiled.code, run.failing())
