"""All categories at once for many people: the same conditions as Polars expressions over columns named like facts.

Null is unknown, and `&` and `|` on nulls are Kleene's. A missing column is a fact that is unknown for everybody. Needs
Polars (the `batch` extra); nothing else of the engine imports this module.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

import polars as pl

from eligibility.engine import column_facts
from eligibility.engine.column_facts import Stretch
from eligibility.engine.compile import CompiledCategory, category_on, judged_facts
from eligibility.engine.normal_form import join
from eligibility.engine.verdict import Outcome
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node
from exemption_codes.catalogue.rulebook import Rulebook

OUTCOMES = pl.Enum([outcome.value for outcome in Outcome])
SAID = {outcome: pl.lit(outcome.value, OUTCOMES) for outcome in Outcome}
ABSENT = Disputed("absent")
UNKNOWN = pl.lit(None, pl.Boolean)
NUMBER_TESTS: dict[str, Callable[[pl.Expr, Any], pl.Expr]] = {
    "at_least": lambda column, value: column >= value,
    "more_than": lambda column, value: column > value,
    "at_most": lambda column, value: column <= value,
    "less_than": lambda column, value: column < value,
}


def screen(cases: pl.LazyFrame, rulebook: Rulebook, as_of: date, keep: Sequence[str] = ()) -> pl.LazyFrame:
    """Return one column per category, named by its id, with the outcome of every case; null where not in force.

    `cases` has a column for every fact given, and those to `keep`. The day is application.date where given, else
    `as_of`. Nothing is checked here; `column_facts.problems` does that, and `stretches` reads the days.
    """
    given = [name for name, dtype in cases.collect_schema().items() if name not in keep and dtype != pl.Null]
    days = column_facts.stretches(cases, rulebook, as_of)
    facts = column_facts.completed(cases, given, rulebook, as_of, days)
    present = set(facts.collect_schema().names()) - set(keep)
    tests = SharedTests(rulebook, present)
    outcomes = [
        _over_time(category_id, days, tests, rulebook).alias(category_id) for category_id in rulebook.categories
    ]
    return facts.with_columns(tests.columns()).select(*keep, *outcomes)


class SharedTests:
    """The tests of all categories as columns of their own, each worked out once however many criteria share it."""

    def __init__(self, rulebook: Rulebook, present: AbstractSet[str]) -> None:
        self.rulebook, self.present = rulebook, present
        self.judged = judged_facts(rulebook)
        self._names: dict[Leaf | Compare, str] = {}

    def columns(self) -> Iterator[pl.Expr]:
        """Yield the column of every test asked for so far."""
        for test, name in self._names.items():
            yield (_compared(test) if isinstance(test, Compare) else self._tested(test)).alias(name)

    def column(self, test: Leaf | Compare) -> pl.Expr:
        """Return the column that holds how a test comes out."""
        return pl.col(self._names.setdefault(test, f"{len(self._names)} {test.fact}"))

    def known(self, node: Node) -> Node:
        """Return a normal form in which tests of what is unknown for everybody are one thing."""
        match node:
            case Leaf(fact):
                return node if fact in self.present or fact in self.judged else ABSENT
            case Compare(fact, _, other):
                return node if {fact, other} <= self.present else ABSENT
            case Negation(part):
                return node if self.known(part) == part else ABSENT
            case AllOf(parts) | AnyOf(parts):
                return join(tuple(self.known(part) for part in parts), isinstance(node, AllOf))
        return ABSENT

    def expression(self, node: Node, officer: bool | None = None) -> pl.Expr:
        """Return a normal form as an expression; `officer` is what tests that wait for an officer count as."""
        match node:
            case Leaf(fact) if fact in self.judged:
                waiting = pl.lit(officer, pl.Boolean)
                return pl.coalesce(self.column(node), waiting) if fact in self.present else waiting
            case Leaf() | Compare():
                return self.column(node)
            case Negation(Compare() as compare):
                return ~self.column(compare)
            case AllOf(parts):
                return pl.all_horizontal([pl.lit(True), *(self.expression(part, officer) for part in parts)])
            case AnyOf(parts):
                return pl.any_horizontal([pl.lit(False), *(self.expression(part, officer) for part in parts)])
        return UNKNOWN

    def _tested(self, leaf: Leaf) -> pl.Expr:
        column, value = pl.col(leaf.fact), leaf.value
        if leaf.rank:
            ranks = {word: place for place, word in enumerate(leaf.rank)}
            if leaf.operator in NUMBER_TESTS:
                column, value = column.replace_strict(ranks, default=None, return_dtype=pl.Int16), ranks[value]
        match leaf.operator:
            case "is":
                return column.eq(value)
            case "is_not":
                return column.ne(value)
            case "one_of":
                return column.is_in(list(value))
            case "none_of":
                return ~column.is_in(list(value))
            case "includes_any":
                return column_facts.shares(column, value)
            case "includes_none":
                return ~column_facts.shares(column, value)
        return NUMBER_TESTS[leaf.operator](column, value)


def _compared(compare: Compare) -> pl.Expr:
    left, right = pl.col(compare.fact), pl.col(compare.other)
    return left == right if compare.operator == "is" else left >= right


def _over_time(category_id: str, days: Sequence[Stretch], tests: SharedTests, rulebook: Rulebook) -> pl.Expr:
    """Return the outcome of a category as it stands on the day of each case."""
    versions: list[tuple[CompiledCategory | None, list[Stretch]]] = []
    for stretch in days:
        compiled = category_on(rulebook, category_id, stretch.first)
        if versions and versions[-1][0] is compiled:
            versions[-1][1].append(stretch)
        else:
            versions.append((compiled, [stretch]))
    found = [_outcome(compiled, tests) if compiled else pl.lit(None, OUTCOMES) for compiled, _ in versions]
    return column_facts.by_day([(spans, expression) for (_, spans), expression in zip(versions, found, strict=True)])


def _outcome(compiled: CompiledCategory, tests: SharedTests) -> pl.Expr:
    rules = [tests.known(rule.normal) for rule in compiled.rules]
    met = pl.all_horizontal([pl.lit(True), *(tests.expression(rule) for rule in rules)])
    settled = pl.when(met).then(SAID[Outcome.ELIGIBLE]).when(~met).then(SAID[Outcome.NOT_ELIGIBLE])
    if any(_waits_for_officer(rule, tests.judged) for rule in rules):
        granted, refused = (pl.all_horizontal([tests.expression(rule, way) for rule in rules]) for way in (True, False))
        settled = settled.when(granted & ~refused).then(SAID[Outcome.OFFICER_JUDGEMENT])
    return settled.otherwise(SAID[Outcome.UNDETERMINED])


def _waits_for_officer(node: Node, judged: AbstractSet[str]) -> bool:
    match node:
        case Leaf(fact):
            return fact in judged
        case AllOf(parts) | AnyOf(parts):
            return any(_waits_for_officer(part, judged) for part in parts)
    return False
