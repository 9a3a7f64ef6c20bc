"""What holds between facts because one follows from another: derived facts and their bases, gates answered no.

Ties that reach over the calendar (age from two dates) are only bounded, so every fact set that z3 finds is judged by
the engine before anybody sees it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import z3

from eligibility.engine.derive import CITIZENSHIP, DERIVED, Derivation, add_months, visa_exempt_countries
from exemption_codes.catalogue.fact_values import LIST_TYPES
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.domains import NUMBERS, Tests

if TYPE_CHECKING:
    from exemption_codes.proof.encoding import Encoding

LONGEST_YEAR, SHORTEST_YEAR = 366, 365
Formula = Any


@dataclass
class Ties:
    """Derived facts to hold to their bases, the bases that come with them, and facts that share their values."""

    derived: dict[str, Derivation] = field(default_factory=dict)
    bases: list[str] = field(default_factory=list)
    alike: dict[str, str] = field(default_factory=dict)

    def join(self, one: str, other: str) -> None:
        first, second = self.alike.get(one, one), self.alike.get(other, other)
        members = [fact for fact in self.alike if self.alike[fact] == second]
        self.alike.update(dict.fromkeys([one, other, *members], first))

    def formulas(self, encoding: "Encoding") -> Iterator[Formula]:
        """Yield what must hold between the variables of an encoding."""
        for name, derivation in self.derived.items():
            yield from _follows(encoding, name, derivation)
        for gate in encoding.facts:
            if encoding.kind(gate) == "boolean":
                yield from _settled_by(encoding, gate)


def ties_between(rulebook: Rulebook, tests: Tests, facts: Sequence[str], on: date) -> Ties:
    """Find the derived facts that cannot be taken apart from others, and mark what their bases must tell apart.

    A derived fact whose bases nothing else reads is as free as any other, and stays alone.
    """
    ties = Ties()
    for compare in tests.compares:
        if rulebook.facts[compare.fact].type not in NUMBERS:
            ties.join(compare.fact, compare.other)
    derived = {name: DERIVED[name] for name in facts if name in DERIVED}
    for name, derivation in derived.items():
        others = {base for other, found in derived.items() if other != name for base in found.bases}
        if any(base in facts or base in others for base in derivation.bases):
            ties.derived[name] = derivation
            ties.bases += (base for base in derivation.bases if base not in ties.bases)
            _mark_bases(rulebook, tests, ties, derivation, on)
    return ties


def _mark_bases(rulebook: Rulebook, tests: Tests, ties: Ties, derivation: Derivation, on: date) -> None:
    bases, kinds = derivation.bases, {rulebook.facts[base].type for base in derivation.bases}
    if not kinds.isdisjoint(LIST_TYPES):
        exempt, doubtful = visa_exempt_countries(rulebook, on)
        for base in bases:
            tests.marks.setdefault(base, []).append(lambda value: (value == "US", value in exempt, value in doubtful))
    elif kinds.isdisjoint(NUMBERS) and len(bases) == 1:
        compute = derivation.compute
        tests.marks.setdefault(bases[0], []).append(lambda value: compute(rulebook, on, value))
    elif kinds.isdisjoint(NUMBERS):
        ties.join(*bases)


def _follows(encoding: "Encoding", name: str, derivation: Derivation) -> Iterator[Formula]:
    """Yield what the bases say of a derived fact; a number that only stands in for another leaves it free."""
    kinds = {encoding.kind(base) for base in derivation.bases}
    if not kinds.isdisjoint(LIST_TYPES):
        yield from _citizenship(encoding, name)
    elif kinds.isdisjoint(NUMBERS):
        for combination in product(*(encoding.values[base] for base in derivation.bases)):
            value = derivation.compute(encoding.rulebook, encoding.on, *combination)
            if value is not None:
                given = [encoding.equals(base, word) for base, word in zip(derivation.bases, combination, strict=True)]
                yield z3.Implies(z3.And(*given), encoding.equals(name, value))
    elif kinds == {"date"}:
        yield from _elapsed(encoding, name, derivation)


def _citizenship(encoding: "Encoding", name: str) -> Iterator[Formula]:
    """Facts that follow from countries of citizenship and residence."""
    no, fact = z3.BoolVal(False), encoding.variables[name]
    citizen, resident = (encoding.variables.get(base, {}) for base in CITIZENSHIP)
    exempt, doubtful = visa_exempt_countries(encoding.rulebook, encoding.on)
    match name:
        case "applicant.us_citizen_or_pr":
            yield fact == z3.Or(citizen.get("US", no), resident.get("US", no))
        case "applicant.us_citizenship_territory":
            yield z3.Implies(z3.Not(citizen.get("US", no)), encoding.equals(name, "none"))
        case "applicant.visa_exempt":
            free = z3.Or(resident.get("US", no), *(part for one, part in citizen.items() if one in exempt))
            unsure = z3.Or(*(part for one, part in citizen.items() if one in doubtful))
            yield z3.Implies(free, fact)
            yield z3.Implies(z3.Not(z3.Or(free, unsure)), z3.Not(fact))


def _elapsed(encoding: "Encoding", name: str, derivation: Derivation) -> Iterator[Formula]:
    """Time between two days: exact at each threshold where one of the two is the day of the application."""
    value, on = encoding.variables[name], encoding.on
    if len(derivation.bases) > 1:
        start, end = (encoding.variables[base] for base in derivation.bases)
        yield z3.Implies(value > 0, end - start >= value * SHORTEST_YEAR)
        yield end - start < (value + 1) * LONGEST_YEAR
        return
    day = encoding.variables[derivation.bases[0]]
    for threshold in sorted(_thresholds(encoding, name)):
        yield (value >= threshold) == _reached(day, on, threshold, name, derivation.elapses)


def _thresholds(encoding: "Encoding", name: str) -> Iterator[int]:
    """Yield each whole number that a test of the fact may stand beside, and the next."""
    for leaf in encoding.tests.leaves.get(name, ()):
        for value in leaf.value if isinstance(leaf.value, tuple) else (leaf.value,):
            yield from (number for number in (int(value), int(value) + 1) if number > 0)


def _reached(day: Formula, on: date, threshold: int, name: str, elapses: str | None) -> Formula:
    in_days = "days" in name
    if elapses == "down":
        last = on.toordinal() + threshold if in_days else add_months(on, threshold).toordinal()
        return day >= last
    first = on.toordinal() - threshold if in_days else _months_before(on, threshold).toordinal()
    return day <= first


def _months_before(on: date, months: int) -> date:
    """Return the last day from which whole months have passed by `on`."""
    day = add_months(on, -months)
    while add_months(date.fromordinal(day.toordinal() + 1), months) <= on:
        day = date.fromordinal(day.toordinal() + 1)
    return day


def _settled_by(encoding: "Encoding", gate: str) -> Iterator[Formula]:
    for other, value in encoding.rulebook.facts[gate].when_false.items():
        if other in encoding.variables:
            yield z3.Implies(z3.Not(encoding.variables[gate]), encoding.equals(other, value))


def settled_by(rulebook: Rulebook, gate: str) -> dict[str, Any]:
    """Return everything that answering no to a gate says, also by way of other gates."""
    found: dict[str, Any] = {}
    pending: Iterable[str] = [gate]
    while pending:
        further = {name: value for one in pending for name, value in rulebook.facts[one].when_false.items()}
        pending = [name for name, value in further.items() if name not in found and value is False]
        found = {**further, **found}
    return found
