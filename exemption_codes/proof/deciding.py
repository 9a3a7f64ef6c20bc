"""Each fact of the vocabulary can decide something: with another value, and nothing else changed, a result turns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import z3

from eligibility.engine.compile import plan_for
from eligibility.engine.derive import DERIVED, follows_from
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.encoding import Encoding, Formula, conditions_of
from exemption_codes.proof.findings import Finding
from exemption_codes.proof.solving import Proof
from exemption_codes.proof.stretches import stretches_of

DECIDES = "decides"


@dataclass(frozen=True)
class Decider:
    """A fact, and what it decides: a category, a general rule, or other facts."""

    fact: str
    what: str


def deciders(rulebook: Rulebook) -> Iterator[Decider]:
    """Yield, for each fact that can decide something, the first thing that it decides."""
    open_facts = dict.fromkeys(rulebook.facts)
    yield from _in_categories(rulebook, open_facts)
    yield from _in_general_rules(rulebook, open_facts)
    deciding = rulebook.facts.keys() - open_facts.keys()
    for fact in list(open_facts):
        helped = [name for name in _settles(rulebook, fact) if name in deciding]
        if helped:
            yield Decider(fact, f"fact {helped[0]}")


def check_facts(rulebook: Rulebook) -> Iterator[Finding]:
    """Yield the facts that can decide nothing."""
    found = {decider.fact for decider in deciders(rulebook)}
    for fact in rulebook.facts:
        if fact not in found:
            yield Finding(DECIDES, fact, "no result turns on it, and no other fact follows from it")


def _settles(rulebook: Rulebook, fact: str) -> list[str]:
    """Return the facts that follow from one, by way of a derivation, a gate answered no, or the day it dates."""
    dated = [name for name, document in rulebook.facts.items() if document.dated_by == fact]
    declared = [name for name, document in rulebook.facts.items() if fact in document.derived_from]
    return [*follows_from(fact), *rulebook.facts[fact].when_false, *dated, *declared]


def _in_categories(rulebook: Rulebook, open_facts: dict[str, None]) -> Iterator[Decider]:
    for category in rulebook.categories:
        for stretch in reversed(stretches_of(rulebook, category)):
            if open_facts.keys().isdisjoint(stretch.compiled.facts):
                continue
            proof = Proof(rulebook, stretch)
            success = z3.And(*(pair.holds for pair in proof.pairs.values()))
            for fact in _decided_by(proof.encoding, success, open_facts):
                del open_facts[fact]
                yield Decider(fact, f"category {category}")


def _in_general_rules(rulebook: Rulebook, open_facts: dict[str, None]) -> Iterator[Decider]:
    on = rulebook.catalogue.law_as_of
    for rule in plan_for(rulebook, on).general:
        encoding = Encoding(rulebook, conditions_of([rule.node]), on)
        for fact in _decided_by(encoding, encoding.pair(rule.node).holds, open_facts):
            del open_facts[fact]
            yield Decider(fact, f"general rule {rule.rule.id}")


def _decided_by(encoding: Encoding, success: Formula, wanted: Iterable[str]) -> list[str]:
    solver = z3.Solver()
    solver.add(*encoding.bounds, success)
    return [fact for fact in encoding.facts if fact in wanted and _decides(solver, encoding, success, fact)]


def _decides(solver: Any, encoding: Encoding, success: Formula, fact: str) -> bool:
    """Ask for a fact set that succeeds, and no longer does when one fact, with what follows from it, is another.

    A derived fact may be given outright, whatever it would follow from, so it is changed by itself.
    """
    follow = [name for name, derivation in encoding.ties.derived.items() if fact in derivation.bases]
    others = [(part, z3.FreshConst(part.sort())) for name in (fact, *follow) for part in encoding.parts(name)]
    kept = encoding.ranges if fact in DERIVED else encoding.bounds
    solver.push()
    solver.add(*(z3.substitute(bound, *others) for bound in kept))
    solver.add(z3.Not(z3.substitute(success, *others)))
    found = solver.check() == z3.sat
    solver.pop()
    return bool(found)
