"""Each answer to a gate question of the questionnaire leaves a code within reach, and each yes opens one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import z3

from eligibility.engine.derive import follows_from
from exemption_codes.catalogue.fact_values import LIST_TYPES
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.domains import NUMBERS, Tests, words_of
from exemption_codes.proof.findings import Finding
from exemption_codes.proof.solving import Proof
from exemption_codes.proof.stretches import Stretch, stretches_of
from exemption_codes.proof.ties import settled_by

REACHABLE, OPENS = "reachable", "opens"
MOST_NAMED = 5


@dataclass(frozen=True)
class GateAnswer:
    """One answer to a gate question, everything it settles, and the categories it leaves within reach and closes."""

    gate: str
    value: Any
    open: tuple[str, ...]
    closed: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.gate}={self.value}"


def gate_answers(rulebook: Rulebook) -> Iterator[GateAnswer]:
    """Yield every answer to every gate question, as the law stands on the day of the catalogue."""
    day = rulebook.catalogue.law_as_of
    current = [s for name in rulebook.categories for s in stretches_of(rulebook, name) if s.first <= day <= s.last]
    for gate, document in rulebook.facts.items():
        if document.gate:
            yield from _answers(rulebook, gate, current)


def check_gates(rulebook: Rulebook) -> Iterator[Finding]:
    """Yield answers that leave no code, and yes answers that open none."""
    by_gate: dict[str, list[GateAnswer]] = {}
    for answer in gate_answers(rulebook):
        by_gate.setdefault(answer.gate, []).append(answer)
    for gate, answers in by_gate.items():
        yield from _dead_ends(gate, [answer for answer in answers if not answer.open])
        yes, no = (next((a for a in answers if a.value is value), None) for value in (True, False))
        if yes and no and not set(yes.open) - set(no.open):
            yield Finding(OPENS, gate, "yes opens no code that no would close")


def _dead_ends(gate: str, answers: list[GateAnswer]) -> Iterator[Finding]:
    if len(answers) > MOST_NAMED:
        named = ", ".join(str(answer.value) for answer in answers[:MOST_NAMED])
        yield Finding(REACHABLE, f"{gate} ({len(answers)} answers)", f"no code is within reach after {named} and more")
        return
    for answer in answers:
        yield Finding(REACHABLE, str(answer), "this answer to a gate question leaves no code within reach")


def _answers(rulebook: Rulebook, gate: str, current: list[Stretch]) -> Iterator[GateAnswer]:
    settled = settled_by(rulebook, gate)
    concerned = {gate, *settled, *follows_from(gate)}
    proofs = {s.category_id: Proof(rulebook, s, (gate,)) for s in current if not concerned.isdisjoint(s.compiled.facts)}
    free = [stretch.category_id for stretch in current if stretch.category_id not in proofs]
    asked: dict[tuple[str, int], tuple[bool, Any]] = {}
    for value in _values(rulebook, gate, proofs):
        given = {**settled, gate: value} if value is False else {gate: value}
        open_ = [name for name, proof in proofs.items() if _possible(proof, given, asked)]
        yield GateAnswer(gate, value, (*open_, *free), tuple(name for name in proofs if name not in open_))


def _possible(proof: Proof, given: Mapping[str, Any], asked: dict[tuple[str, int], tuple[bool, Any]]) -> bool:
    """Tell whether a category can be satisfied by who gives these answers; answers that no test tells apart are one.

    `asked` keeps the answers so far, with the formulas, whose numbers are theirs only as long as they are kept.
    """
    encoding = proof.encoding
    known = z3.And(*(encoding.equals(fact, value) for fact, value in given.items() if fact in encoding.variables))
    key = (proof.stretch.category_id, known.get_id())
    if key not in asked:
        asked[key] = (proof.possible(proof.all_hold(), known), known)
    return asked[key][0]


def _values(rulebook: Rulebook, gate: str, proofs: Mapping[str, Proof]) -> list[Any]:
    """Return the answers of a gate question; of numbers, those on each threshold and beside it."""
    kind = rulebook.facts[gate].type
    if kind in LIST_TYPES:
        return [[], *([word] for word in words_of(rulebook, gate, ()))]
    if kind not in NUMBERS:
        return words_of(rulebook, gate, ())
    tests: list[Tests] = [proof.encoding.tests for proof in proofs.values()]
    marks = {leaf.value for found in tests for leaf in found.leaves.get(gate, ()) if not isinstance(leaf.value, tuple)}
    bounds = rulebook.facts[gate].bounds
    low = 0 if bounds is None or bounds.min is None else bounds.min
    return sorted(
        {low, *(mark for mark in marks), *(mark + 1 for mark in marks), *(mark - 1 for mark in marks if mark > low)}
    )
