"""Whether a question is needed: two answers are looked for that make some category come out differently.

"I don't know" is an answer too. Everything else that is unknown is left free, for it may still be answered in any way.
Only what is left of a category's conditions once the known facts are put in is looked at.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any

from eligibility.engine.compile import CompiledCategory, judged_facts
from eligibility.engine.derive import APPLICATION_DATE, DERIVED, follows_from
from eligibility.engine.evaluate import outcome_of_all
from eligibility.engine.normal_form import ALWAYS, join
from eligibility.engine.remainder import Remainder, remainder
from eligibility.engine.trials import Test, facts_read, implied_by, trial_values
from eligibility.engine.verdict import Outcome
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Disputed, Leaf, Node, leaves_of
from exemption_codes.catalogue.rulebook import Rulebook

MOST_STEPS = 3000
UNANSWERED = None


@dataclass(frozen=True)
class Witness:
    """Two answers to one question under which a category comes out differently, all else being answered alike.

    None among the answers is "I don't know".
    """

    category: str
    fact: str
    answers: tuple[Any, Any]
    outcomes: tuple[Outcome, Outcome]
    rest: Mapping[str, Any]


class Search:
    """Looks for a witness that one question is needed for one category."""

    def __init__(self, compiled: CompiledCategory, values: Mapping[str, Any], rulebook: Rulebook) -> None:
        self.compiled, self.rulebook = compiled, rulebook
        self.judged = judged_facts(rulebook)
        self.left = remainder(compiled, values)
        self.steps = 0
        self._plain: dict[str, bool] = {}
        self._different: dict[str, bool] = {}

    def is_plain(self, fact: str) -> bool:
        """Tell whether an answer can surely close the category, since every test left stands by itself.

        That is so where no fact is tested twice and each test can come out both ways. A test counts only where it
        decides although the officer finds for the person and disputes end well.
        """
        if fact not in self._plain:
            self._plain[fact] = self._is_simple and self._closes(fact)
        return self._plain[fact]

    def _closes(self, fact: str) -> bool:
        reached = {fact, *follows_from(fact), *self.rulebook.facts[fact].when_false} - self.left.values.keys()
        touched = [test for test in self._tests(self.left) if not reached.isdisjoint(facts_read(test))]
        alone = len(touched) == 1 and (isinstance(touched[0], Leaf) or fact in facts_read(touched[0]))
        return alone and touched[0] in self._deciding

    @cached_property
    def _is_simple(self) -> bool:
        tests = list(self._tests(self.left))
        names = [name for test in tests for name in facts_read(test) if name not in self.left.values]
        bases = [base for name in names for base in self._open_bases(name)]
        if max(Counter([*names, *bases]).values(), default=0) > 1:
            return False
        return all(self._goes_both_ways(test) for test in tests)

    def _goes_both_ways(self, test: Test) -> bool:
        name = next(name for name in facts_read(test) if name not in self.left.values)
        return len(trial_values(name, [test], self.left.values, self.rulebook)) > 1

    @cached_property
    def _deciding(self) -> frozenset[Test]:
        """The tests that decide a criterion when the officer finds for the person and disputes end well."""
        rules = [_at_best(rule, self.judged) for rule in self.left.rules]
        return frozenset(test for rule in rules for test in leaves_of(rule))

    def _open_bases(self, name: str) -> Iterator[str]:
        for base in DERIVED[name].bases if name in DERIVED else ():
            if base not in self.left.values:
                yield base

    def may_differ(self, fact: str) -> bool:
        """Tell whether there is a witness; where the search had to be given up, there may be one."""
        if fact not in self._different:
            self._different[fact] = self.witness(fact) is not None or self.steps > MOST_STEPS
        return self._different[fact]

    def witness(self, fact: str) -> Witness | None:
        """Return a witness; None when there is none (or none was found within a bounded search)."""
        self.steps = 0
        for one, other in combinations(self._answers(fact), 2):
            first, second = self._after(self.left, fact, one), self._after(self.left, fact, other)
            rest = self._differ(first, second, {})
            if rest is not None:
                outcomes = tuple(self._outcome(self._all(state, rest)) for state in (first, second))
                return Witness(self.compiled.category.id, fact, (one, other), (outcomes[0], outcomes[1]), rest)
        return None

    def _answers(self, fact: str) -> list[Any]:
        """Return answers worth trying; a gate is answered yes or no, and yes says nothing of what it would settle."""
        tests = [test for test in self._tests(self.left) if self._concerns(test, fact)]
        answers = trial_values(fact, tests, self.left.values, self.rulebook)
        told = [True, False] if self.rulebook.facts[fact].type == "boolean" else list(answers)
        return [*told, UNANSWERED] if tests else told

    def _concerns(self, test: Test, fact: str) -> bool:
        names = {fact, *follows_from(fact)}
        return not names.isdisjoint(facts_read(test))

    def _after(self, state: Remainder, fact: str, value: Any) -> Remainder:
        if not state.lacks(fact):
            return state
        if value is UNANSWERED:
            return state.without(fact)
        return state.plus(implied_by(fact, value, state.values, self.rulebook))

    def _all(self, state: Remainder, rest: Mapping[str, Any]) -> Remainder:
        for name, value in rest.items():
            state = self._after(state, name, value)
        return state

    def _differ(self, one: Remainder, other: Remainder, rest: dict[str, Any]) -> dict[str, Any] | None:
        """Return answers to the rest with which the two come out differently for good; None when there are none."""
        if one.is_like(other):
            return None
        name = self._next_question(one, other)
        if name is None:
            return rest if self._outcome(one) is not self._outcome(other) else None
        tests = list(dict.fromkeys(t for state in (one, other) for t in self._tests(state) if self._concerns(t, name)))
        values = one.values if one.lacks(name) else other.values
        for value in trial_values(name, tests, values, self.rulebook):
            self.steps += 1
            if self.steps > MOST_STEPS:
                return None
            found = self._differ(self._after(one, name, value), self._after(other, name, value), {**rest, name: value})
            if found is not None:
                return found
        return None

    def _next_question(self, one: Remainder, other: Remainder) -> str | None:
        """Return what to settle next: first where the two differ, then whatever is left of either."""
        rules = [rule for rule in (*one.rules, *other.rules) if (rule in one.rules) is not (rule in other.rules)]
        for rule in (*rules, *one.rules, *other.rules):
            for test in leaves_of(rule):
                for name in facts_read(test):
                    if name not in self.judged and (one.lacks(name) or other.lacks(name)):
                        return self._root(name, one, other)
        return None

    def _root(self, name: str, one: Remainder, other: Remainder) -> str:
        """Return the fact itself, or an unknown one that it follows from."""
        for base in DERIVED[name].bases if name in DERIVED else ():
            if base in self.rulebook.facts and (one.lacks(base) or other.lacks(base)):
                return base
        return name

    def _outcome(self, state: Remainder) -> Outcome:
        if state.is_closed:
            return Outcome.NOT_ELIGIBLE
        return outcome_of_all(state.rules, {}, self.judged)

    def _tests(self, state: Remainder) -> Iterator[Test]:
        """Yield the tests that are left and that an answer can decide."""
        for rule in state.rules:
            for test in leaves_of(rule):
                if not self.judged.issuperset(facts_read(test)):
                    yield test


def _at_best(node: Node, judged: AbstractSet[str]) -> Node:
    match node:
        case Leaf(fact):
            return ALWAYS if fact in judged else node
        case AllOf(parts) | AnyOf(parts):
            return join(tuple(_at_best(part, judged) for part in parts), isinstance(node, AllOf))
        case Disputed():
            return ALWAYS
    return node


class Needs:
    """Tells of the questions open to one person which are needed."""

    def __init__(self, values: Mapping[str, Any], rulebook: Rulebook) -> None:
        self.values, self.rulebook = values, rulebook
        self._searches: dict[CompiledCategory, Search] = {}

    def is_needed(self, fact: str, categories: Sequence[CompiledCategory]) -> bool:
        """Tell whether two answers make one of the categories that wait for them come out differently."""
        if any(self._search(compiled).is_plain(fact) for compiled in categories):
            return True
        return any(self._search(compiled).may_differ(fact) for compiled in categories)

    def witness(self, fact: str, categories: Sequence[CompiledCategory]) -> Witness | None:
        """Return a witness that a question is needed, from the category of which least is left."""
        searches = sorted(map(self._search, categories), key=lambda search: len(search.left.rules))
        return next(filter(None, (search.witness(fact) for search in searches)), None)

    def _search(self, compiled: CompiledCategory) -> Search:
        found = self._searches.get(compiled)
        if found is None:
            known = tuple((name, _frozen(value)) for name, value in self.values.items() if name in read_by(compiled))
            found = self._searches[compiled] = _search(compiled, known, self.rulebook)
        return found


@lru_cache(maxsize=8192)
def read_by(compiled: CompiledCategory) -> frozenset[str]:
    """Return the facts that bear on a category: those it reads, and those from which these follow."""
    bases = (base for name in compiled.facts if name in DERIVED for base in DERIVED[name].bases)
    return compiled.facts.union(bases, (APPLICATION_DATE,))


@lru_cache(maxsize=4096)
def _search(compiled: CompiledCategory, known: tuple[tuple[str, Any], ...], rulebook: Rulebook) -> Search:
    """Return the search of one category for everybody of whom the same is known that bears on it."""
    return Search(compiled, dict(known), rulebook)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
