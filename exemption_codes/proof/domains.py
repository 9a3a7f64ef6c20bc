"""The values of a choice that conditions can tell apart: a few stand for all, and nothing is lost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eligibility.engine.evaluate import leaf_holds
from exemption_codes.catalogue.conditions import Compare, Leaf
from exemption_codes.catalogue.fact_values import LIST_TYPES, allowed_words
from exemption_codes.catalogue.rulebook import Rulebook

NUMBERS = ("integer", "decimal", "date")
ANOTHER_TEXT = "another"
COUNTRIES = ("IN", "BR", "NG", "IR")
FAMILIAR = {"country": COUNTRIES, "countries": COUNTRIES, "noc": ("21231", "63200"), "province": ("ON", "QC")}
"""Words to try before others, so that the examples read well."""
Mark = Callable[[Any], Any]


@dataclass
class Tests:
    """Every test that reads a fact, and what else tells its values apart (a fact derived from it, for instance)."""

    leaves: dict[str, list[Leaf]] = field(default_factory=dict)
    compares: list[Compare] = field(default_factory=list)
    marks: dict[str, list[Mark]] = field(default_factory=dict)

    @classmethod
    def of(cls, tests: Iterable[Leaf | Compare]) -> "Tests":
        found = cls()
        for test in dict.fromkeys(tests):
            if isinstance(test, Compare):
                found.compares.append(test)
            else:
                found.leaves.setdefault(test.fact, []).append(test)
        return found

    def facts(self) -> list[str]:
        compared = [fact for compare in self.compares for fact in (compare.fact, compare.other)]
        return [fact for fact in dict.fromkeys([*self.leaves, *compared]) if fact]


def words_of(rulebook: Rulebook, fact: str, mentioned: Sequence[Any]) -> list[Any]:
    """Return every value that a choice may take, those that rules mention first."""
    match rulebook.facts[fact].type:
        case "boolean":
            return [False, True]
        case "text":
            others: Sequence[Any] = (ANOTHER_TEXT,)
        case "exemption_code":
            codes = {named.code for category in rulebook.categories.values() for named in category.codes}
            others = [*allowed_words(rulebook, fact), *sorted(codes)]
        case _:
            allowed = allowed_words(rulebook, fact)
            others = [*(word for word in FAMILIAR.get(rulebook.facts[fact].type, ()) if word in allowed), *allowed]
    return list(dict.fromkeys([*mentioned, *others]))


def choices(
    rulebook: Rulebook, tests: Tests, facts: Iterable[str], alike: Mapping[str, str], known: Mapping[str, Any]
) -> dict[str, list[Any]]:
    """Return, for each choice among the facts, values of which one passes whatever tests any value can pass.

    `alike` names, for facts that are compared with each other, one of them that stands for the group: they share their
    values, with as many of each kind as there are facts, so that they can be equal or differ. Values in `known` facts
    stand for themselves.
    """
    groups: dict[str, list[str]] = {}
    for fact in facts:
        if rulebook.facts[fact].type not in NUMBERS:
            groups.setdefault(alike.get(fact, fact), []).append(fact)
    found: dict[str, list[Any]] = {}
    for group in groups.values():
        values = _representatives(rulebook, tests, group, [known[fact] for fact in group if fact in known])
        found.update(dict.fromkeys(group, values))
    return found


def _representatives(rulebook: Rulebook, tests: Tests, group: Sequence[str], known: Sequence[Any]) -> list[Any]:
    leaves = [leaf for fact in group for leaf in tests.leaves.get(fact, ())]
    marks = [mark for fact in group for mark in tests.marks.get(fact, ())]
    mentioned = [value for leaf in leaves for value in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,))]
    in_lists = rulebook.facts[group[0]].type in LIST_TYPES
    kept = [member for value in known for member in (value if in_lists else [value])]
    kinds: dict[tuple[Any, ...], list[Any]] = {}
    for value in words_of(rulebook, group[0], [*kept, *mentioned]):
        tried = [value] if in_lists else value
        kind = (*(leaf_holds(leaf, tried) for leaf in leaves), *(mark(value) for mark in marks))
        same = kinds.setdefault(kind, [])
        if value in kept or len(same) < len(group):
            same.append(value)
    return [value for same in kinds.values() for value in same]
