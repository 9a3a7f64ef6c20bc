"""Small wrong changes to a condition as written: the mistakes that a hand makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fact_values import check_value
from exemption_codes.catalogue.rulebook import Rulebook

A_DAY = timedelta(days=1)
LEFT_OUT = object()
"""Stands for a condition that is gone."""
FLIPS = {
    "is_": ("is_not",), "is_not": ("is_",), "one_of": ("none_of",), "none_of": ("one_of",),
    "includes_any": ("includes_none",), "includes_none": ("includes_any",),
    "at_least": ("more_than", "less_than"), "more_than": ("at_least", "at_most"),
    "at_most": ("less_than", "more_than"), "less_than": ("at_most", "at_least"),
}  # fmt: skip
OTHER_FACT = ("at_least_fact", "same_as_fact")
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Change:
    """One wrong change: where, of what kind, in words, and the condition that comes of it."""

    path: Path
    kind: str
    words: str
    condition: Any

    def inside(self, *path: str | int, condition: Any) -> "Change":
        return Change((*path, *self.path), self.kind, self.words, condition)


def changes_of(condition: Any, rulebook: Rulebook) -> Iterator[Change]:
    """Yield every wrong change of a condition, each a whole condition with one difference."""
    match condition:
        case doc.AllOf(all=parts):
            yield from _joint(parts, "all", rulebook)
        case doc.AnyOf(any=parts):
            yield from _joint(parts, "any", rulebook)
        case doc.Negation(not_=part):
            yield Change((), "negation", "drop the not", part)
            for change in changes_of(part, rulebook):
                if change.condition is not LEFT_OUT:
                    yield change.inside("not", condition=_negation(change.condition))
        case doc.RowOf():
            yield from _row_of(condition, rulebook)
        case doc.FactTest():
            yield from _test(condition, rulebook)


def _joint(parts: list[Any], key: str, rulebook: Rulebook) -> Iterator[Change]:
    other = "any" if key == "all" else "all"
    if len(parts) > 1:
        yield Change((), "joint", f"{key} → {other}", joint(other, parts))
    for index, part in enumerate(parts):
        rest = [*parts[:index], *parts[index + 1 :]]
        if rest:
            yield Change((key, index), "removal", "drop this part", joint(key, rest))
        for change in changes_of(part, rulebook):
            yield change.inside(
                key, index, condition=joint(key, [*parts[:index], change.condition, *parts[index + 1 :]])
            )


def joint(key: str, parts: list[Any]) -> Any:
    return doc.AllOf.model_construct(all=parts) if key == "all" else doc.AnyOf.model_construct(any=parts)


def _negation(part: Any) -> Any:
    return doc.Negation.model_construct(not_=part)


def _row_of(condition: doc.RowOf, rulebook: Rulebook) -> Iterator[Change]:
    yield Change((), "negation", "not this row", _negation(condition))
    for part in ("holds", "check"):
        if getattr(condition, part) is not None:
            without = condition.model_copy(update={"holds": None, "check": None})
            yield Change((part,), "removal", f"drop {part}", without)
    for change in changes_of(condition.check, rulebook):
        yield change.inside("check", condition=condition.model_copy(update={"check": change.condition}))


def _test(test: doc.FactTest, rulebook: Rulebook) -> Iterator[Change]:
    used = [name for name in doc.FactTest.model_fields if name != "fact" and getattr(test, name) is not None]
    for name in used:
        key, value = name.rstrip("_"), getattr(test, name)
        if len(used) > 1:
            yield Change((key,), "removal", f"drop {key}", test.model_copy(update={name: None}))
        for other in FLIPS.get(name, ()):
            if other not in used:
                flipped = test.model_copy(update={name: None, other: value})
                yield Change((key,), "operator", f"{key} → {other.rstrip('_')}", flipped)
        if name == "in_list" or name in OTHER_FACT:
            yield Change((key,), "negation", f"not {key}", _negation(test))
        if name == "at_least_fact":
            exchanged = test.model_copy(update={"fact": value, name: test.fact})
            yield Change((key,), "operator", "exchange the two facts", exchanged)
        for words, kind, wrong in wrong_values(test.fact, value, rulebook):
            yield Change((key,), kind, words, test.model_copy(update={name: wrong}))


def wrong_values(fact: str, value: Any, rulebook: Rulebook) -> Iterator[tuple[str, str, Any]]:
    """Yield wrong values for the value that a fact is compared with: what was done, its kind, and the value."""
    if isinstance(value, list):
        for index, member in enumerate(value if len(value) > 1 else ()):
            yield f"drop {member}", "member", [*value[:index], *value[index + 1 :]]
        return
    for wrong in neighbours(value, rank_of(rulebook, fact)):
        if not check_value(rulebook, fact, wrong, single=True)[0]:
            yield f"{value} → {wrong}", "threshold", wrong


def rank_of(rulebook: Rulebook, fact: str) -> list[str]:
    document = rulebook.facts[fact]
    return list(document.choices or ()) if document.ordered else []


def neighbours(value: Any, rank: list[str]) -> list[Any]:
    """Return the values one below and one above: numbers, days, ranked choices; nothing else has any."""
    if isinstance(value, bool):
        return []
    if isinstance(value, int | float):
        return [value - 1, value + 1]
    if isinstance(value, date):
        return [value - A_DAY, value + A_DAY]
    if value in rank:
        place = rank.index(value)
        return [rank[near] for near in (place - 1, place + 1) if 0 <= near < len(rank)]
    return []
