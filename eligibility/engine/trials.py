"""Values worth trying for a fact: one for each way in which some tests of it, or of what follows from it, come out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

from eligibility.engine.derive import APPLICATION_DATE, DERIVED, add_months, birthday, follows_from
from eligibility.engine.evaluate import comparison_holds, leaf_holds
from exemption_codes.catalogue.conditions import Compare, Leaf
from exemption_codes.catalogue.fact_values import allowed_words
from exemption_codes.catalogue.rulebook import Rulebook

Test = Leaf | Compare
ANY_CODE = "Z99"
MOST_PAIRS = 40


def implied_by(
    name: str, value: Any, values: Mapping[str, Any], rulebook: Rulebook, gates: bool = True
) -> dict[str, Any]:
    """Return what an answer adds to what is known: itself, what follows from it, what it settles as a gate."""
    added = {name: value}
    fact = rulebook.facts[name]
    if gates and value is False:
        added.update({other: said for other, said in fact.when_false.items() if other not in values})
    for follower in follows_from(name):
        if follower not in values and follower not in added and follower in rulebook.facts:
            result = DERIVED[follower].value({**values, **added}, values[APPLICATION_DATE], rulebook)
            if result is not None:
                added[follower] = result
    return added


def trial_values(name: str, tests: Sequence[Test], values: Mapping[str, Any], rulebook: Rulebook) -> tuple[Any, ...]:
    """Return one value of a fact for each way in which the tests can come out, those that pass most first.

    `tests` read the fact itself or facts that follow from it; `values` are the other facts known.
    """
    return _trial_values(name, tuple(dict.fromkeys(tests)), _Context.of(name, tests, values), rulebook)


@dataclass(frozen=True)
class _Context:
    """The other facts that the tests of one fact also depend on, in a form that can be remembered."""

    known: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, name: str, tests: Sequence[Test], values: Mapping[str, Any]) -> "_Context":
        names = {APPLICATION_DATE, *follows_from(name)}
        names.update(base for follower in follows_from(name) for base in DERIVED[follower].bases)
        names.update(other for test in tests if isinstance(test, Compare) for other in (test.fact, test.other))
        known = ((other, values[other]) for other in sorted(names - {name}) if other in values)
        return cls(tuple((other, tuple(value) if isinstance(value, list) else value) for other, value in known))


@lru_cache(maxsize=8192)
def _trial_values(name: str, tests: tuple[Test, ...], context: _Context, rulebook: Rulebook) -> tuple[Any, ...]:
    values = dict(context.known)
    candidates = list(_candidates(name, tests, values, rulebook))
    if any(isinstance(test, Compare) and len({test.fact, test.other} & values.keys()) == 0 for test in tests):
        return tuple(dict.fromkeys(candidates))
    is_date = rulebook.facts[name].type == "date"
    if is_date and any(_waits_for_another(read, name, values) for test in tests for read in facts_read(test)):
        return tuple(dict.fromkeys(candidates))
    ways: dict[tuple[bool | None, ...], Any] = {}
    for value in candidates:
        known = {**values, **implied_by(name, value, values, rulebook, gates=False)}
        ways.setdefault(tuple(_comes_out(test, known) for test in tests), value)
    return tuple(ways[way] for way in sorted(ways, key=lambda way: -way.count(True)))


def facts_read(test: Test) -> tuple[str, ...]:
    return (test.fact, test.other) if isinstance(test, Compare) else (test.fact,)


def _waits_for_another(read: str, name: str, values: Mapping[str, Any]) -> bool:
    """Tell whether an age follows from this date only together with another that is unknown."""
    bases = DERIVED[read].bases if read in DERIVED and read not in values else ()
    return name in bases and any(base not in values and base != name for base in bases)


def _comes_out(test: Test, values: Mapping[str, Any]) -> bool | None:
    if isinstance(test, Leaf):
        return leaf_holds(test, values[test.fact]) if test.fact in values else None
    known = test.fact in values and test.other in values
    return comparison_holds(test, values[test.fact], values[test.other]) if known else None


def _candidates(name: str, tests: Sequence[Test], values: Mapping[str, Any], rulebook: Rulebook) -> Iterator[Any]:
    fact = rulebook.facts[name]
    own = [item for test in tests for item in _wanted(test, name, values)]
    match fact.type:
        case "boolean":
            yield from (True, False)
        case "integer" | "decimal":
            marks = [mark for test in tests if isinstance(test, Leaf) for mark in tested_numbers(test)]
            yield from _within(_numbers([*own, *marks]), fact.bounds)
        case "date":
            yield from _days([*own, *_days_back(name, tests, values)], values)
        case "text":
            yield from (*own, "x")
        case "noc" | "province" | "one_of" | "country":
            named, allowed = set(own), allowed_words(rulebook, name)
            yield from sorted(allowed, key=lambda word: word not in named)
        case "exemption_code":
            yield from dict.fromkeys([*own, "LMIA", "none", ANY_CODE])
        case _:
            yield from _sets(name, own, tests, values, rulebook)


def _wanted(test: Test, name: str, values: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the values that a test of the fact itself names."""
    if isinstance(test, Compare):
        if name in (test.fact, test.other):
            other = values.get(test.other if name == test.fact else test.fact)
            if other is not None:
                yield other
    elif test.fact == name:
        yield from test.value if isinstance(test.value, tuple) else (test.value,)


def tested_numbers(test: Leaf) -> Iterator[Any]:
    """Yield the numbers or dates that a test names."""
    for item in test.value if isinstance(test.value, tuple) else (test.value,):
        if isinstance(item, int | float | date) and not isinstance(item, bool):
            yield item


def _numbers(own: Iterable[Any]) -> Iterator[Any]:
    marks = sorted({item for item in own if isinstance(item, int | float)})
    for mark in marks or (0,):
        yield from (mark, mark + 1, mark - 1)
    yield from ((low + high) / 2 for low, high in pairwise(marks) if high - low < 1)
    yield 0


def _within(numbers: Iterable[Any], bounds: Any) -> Iterator[Any]:
    low, high = (bounds.min, bounds.max) if bounds else (None, None)
    for number in numbers:
        if (low is None or number >= low) and (high is None or number <= high):
            yield number
    yield from (end for end in (low, high) if end is not None)


def _days(marks: Iterable[Any], values: Mapping[str, Any]) -> Iterator[date]:
    days = [mark for mark in marks if isinstance(mark, date)]
    for day in days or [values[APPLICATION_DATE]]:
        yield from (day, day + timedelta(days=1), day - timedelta(days=1))


def _days_back(name: str, tests: Sequence[Test], values: Mapping[str, Any]) -> Iterator[date]:
    """Yield the days of a date at which tests of an age or a span that follows from it turn."""
    on = values[APPLICATION_DATE]
    for test in tests:
        if not isinstance(test, Leaf) or test.fact not in follows_from(name):
            continue
        for mark in _wanted(test, test.fact, values):
            if not isinstance(mark, int | float):
                continue
            for number in (int(mark), int(mark) + 1):
                yield from _turning_days(name, test.fact, number, on, values)


def _turning_days(name: str, follower: str, number: int, on: date, values: Mapping[str, Any]) -> Iterator[date]:
    derivation = DERIVED[follower]
    if derivation.elapses is None:
        first, second = derivation.bases
        if name == first:
            yield birthday(values.get(second, on), -number)
        elif isinstance(born := values.get(first), date):
            yield birthday(born, number)
        return
    sign = -1 if derivation.elapses == "up" else 1
    yield on + timedelta(days=sign * number) if "days" in follower else add_months(on, sign * number)


def _sets(
    name: str, own: Sequence[Any], tests: Sequence[Test], values: Mapping[str, Any], rulebook: Rulebook
) -> Iterator[list[Any]]:
    """Yield lists of one member of each kind that the tests tell apart, of two such members, and of none."""
    allowed = allowed_words(rulebook, name)
    if all(test.fact == name for test in tests):
        named = set(own)
        allowed = [*dict.fromkeys(own), *[word for word in allowed if word not in named][:1]]
    kinds: dict[tuple[bool | None, ...], Any] = {}
    for member in allowed:
        added = implied_by(name, [member], values, rulebook, gates=False)
        kinds.setdefault(tuple(_comes_out(test, {**values, **added}) for test in tests), member)
    yield from ([member] for member in kinds.values())
    yield []
    yield from (list(pair) for pair in list(combinations(kinds.values(), 2))[:MOST_PAIRS])
