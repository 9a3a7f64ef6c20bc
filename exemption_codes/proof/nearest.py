"""The fact set nearest to a base: what can stay stays, and what must change takes the nearest value that will do.

The order of the facts decides, so the same question always gets the same answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import z3

from exemption_codes.catalogue.fact_values import LIST_TYPES
from exemption_codes.proof.domains import NUMBERS
from exemption_codes.proof.encoding import Encoding, Formula


def nearest(
    solver: Any, encoding: Encoding, base: Mapping[str, Any], assumed: Sequence[Formula]
) -> dict[str, Any] | None:
    """Return a fact set on which all that is assumed is true; None where there is none."""
    if solver.check(*assumed) != z3.sat:
        return None
    kept = list(assumed)
    solver.push()
    try:
        facts = _kept_from(base, solver, encoding, kept)
        changed = [fact for fact in encoding.facts if fact not in facts]
        for fact in changed:
            facts[fact] = _moved(fact, base.get(fact), solver, encoding, kept)
    finally:
        solver.pop()
    return facts


def _kept_from(base: Mapping[str, Any], solver: Any, encoding: Encoding, kept: list[Formula]) -> dict[str, Any]:
    wishes = {fact: encoding.equals(fact, base[fact]) for fact in encoding.facts if fact in base}
    if solver.check(*kept, *wishes.values()) == z3.sat:
        kept += wishes.values()
        return {fact: base[fact] for fact in wishes}
    facts: dict[str, Any] = {}
    for fact, wish in wishes.items():
        if solver.check(*kept, wish) == z3.sat:
            kept.append(wish)
            facts[fact] = base[fact]
    return facts


def _moved(fact: str, wanted: Any, solver: Any, encoding: Encoding, kept: list[Formula]) -> Any:
    for value in _candidates(fact, wanted, encoding):
        wish = encoding.equals(fact, value)
        if solver.check(*kept, wish) == z3.sat:
            kept.append(wish)
            return value
    solver.check(*kept)
    value = _value(fact, solver.model(), encoding)
    kept.append(encoding.equals(fact, value))
    return value


def _candidates(fact: str, wanted: Any, encoding: Encoding) -> Iterator[Any]:
    """Yield values to try: numbers at and beside the thresholds, nearest first; words in their order; short lists."""
    kind = encoding.kind(fact)
    if kind in LIST_TYPES:
        members = list(encoding.values[fact])
        kept = [member for member in wanted or () if member in members]
        yield from ([member] for member in members)
        yield []
        yield from ([*kept, member] for member in members if kept and member not in kept)
    elif kind == "boolean":
        yield from ([not wanted] if isinstance(wanted, bool) else [False, True])
    elif kind in NUMBERS:
        tried = sorted(set(_beside_thresholds(fact, encoding)))
        start = _count(wanted) if wanted is not None else 0
        for number in sorted(tried, key=lambda number: (abs(number - start), number)):
            if kind != "date":
                yield number
            elif 0 < number < date.max.toordinal():
                yield date.fromordinal(number)
    else:
        yield from encoding.values[fact]


def _beside_thresholds(fact: str, encoding: Encoding) -> Iterator[int]:
    for leaf in encoding.tests.leaves.get(fact, ()):
        for value in leaf.value if isinstance(leaf.value, tuple) else (leaf.value,):
            yield from (_count(value) - 1, _count(value), _count(value) + 1)


def _count(value: Any) -> int:
    return value.toordinal() if isinstance(value, date) else int(value)


def _value(fact: str, model: Any, encoding: Encoding) -> Any:
    kind, variable = encoding.kind(fact), encoding.variables[fact]
    if kind in LIST_TYPES:
        return [member for member, part in variable.items() if z3.is_true(model.eval(part, True))]
    found = model.eval(variable, True)
    match kind:
        case "boolean":
            return z3.is_true(found)
        case "date":
            return date.fromordinal(found.as_long())
        case "integer":
            return found.as_long()
        case "decimal":
            exact = Fraction(found.numerator_as_long(), found.denominator_as_long())
            return int(exact) if exact.denominator == 1 else float(exact)
    return encoding.values[fact][found.as_long()]
