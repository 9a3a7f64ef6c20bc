"""A question is asked if, and only if, two of its answers can make a difference."""

from typing import Any

from hypothesis import given, settings

from eligibility.engine.compile import CompiledCategory
from eligibility.engine.evaluate import outcome_of_all
from eligibility.engine.needed import Needs, Search
from eligibility.engine.remainder import remainder
from eligibility.engine.verdict import Outcome
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Node, leaves_of
from tests.engine.trees import (
    DAY,
    JUDGED,
    compiled,
    completions,
    criteria,
    every_value,
    facts,
    ordinary_facts,
    small_rulebook,
)

RULEBOOK = small_rulebook()
ON = {"application.date": DAY}


def outcome(rules: list[Node], known: dict[str, Any]) -> Outcome:
    return outcome_of_all(rules, known, JUDGED)


def makes_a_difference(name: str, rules: list[Node], known: dict[str, Any]) -> bool:
    """Try every answer, and none, with every way of answering the rest."""
    others = [other for other in ordinary_facts(rules) if other != name]
    for rest in completions(others, known):
        if name == "g":
            settled = {**rest, **{fact: value for fact, value in (("a", 0), ("m", [])) if fact not in known}}
            if outcome(rules, rest) is not outcome(rules, settled):
                return True
        elif len({outcome(rules, rest), *(outcome(rules, {**rest, name: value}) for value in every_value(name))}) > 1:
            return True
    return False


def compares_facts(rules: list[Node]) -> bool:
    """Facts compared with each other have too many ways to try; then a needed question may go unseen."""
    return any(isinstance(test, Compare) for rule in rules for test in leaves_of(rule))


def is_needed(name: str, categories: list[CompiledCategory], known: dict[str, Any] | None = None) -> bool:
    return Needs({**(known or {}), **ON}, RULEBOOK).is_needed(name, categories)


def search(rules: list[Node], known: dict[str, Any]) -> Search:
    return Search(compiled(rules), {**known, **ON}, RULEBOOK)


@given(criteria, facts)
@settings(max_examples=200, deadline=None)
def test_needed_is_what_trying_every_answer_finds(rules: list[Node], known: dict[str, Any]) -> None:
    for name in ("a", "b", "m", "g"):
        if name not in known:
            wanted = makes_a_difference(name, rules, known)
            found = is_needed(name, [compiled(rules)], known)
            assert found is wanted or (wanted and compares_facts(rules))


@given(criteria, facts)
def test_a_witness_shows_what_it_says(rules: list[Node], known: dict[str, Any]) -> None:
    for name in ("a", "m"):
        witness = search(rules, known).witness(name) if name not in known else None
        if witness is not None:
            told = [{} if answer is None else {name: answer} for answer in witness.answers]
            tried = [outcome(rules, {**known, **witness.rest, **answer}) for answer in told]
            assert tried == list(witness.outcomes)
            assert tried[0] is not tried[1]


@given(criteria, facts)
def test_what_is_left_of_a_category_comes_out_like_the_category(rules: list[Node], known: dict[str, Any]) -> None:
    left = remainder(compiled(rules), known)
    assert left.is_closed is (outcome(rules, known) is Outcome.NOT_ELIGIBLE)
    if not left.is_closed:
        assert outcome_of_all(left.rules, {}, JUDGED) is outcome(rules, known)


def category(*rules: Node) -> list[CompiledCategory]:
    return [compiled(list(rules))]


A_LARGE, A_SMALL, B = Leaf("a", "at_least", 2), Leaf("a", "at_most", 2), Leaf("b", "is", 1)


def test_an_alternative_that_another_criterion_makes_idle_is_not_asked() -> None:
    idle = AnyOf((A_SMALL, B))
    assert is_needed("b", category(idle))
    assert not is_needed("b", category(idle, Leaf("a", "is", 1)))


def test_a_category_that_contradicts_itself_asks_only_what_shows_it() -> None:
    never = category(A_LARGE, Leaf("a", "less_than", 2), B)
    assert is_needed("a", never)
    assert not is_needed("b", never)


def test_a_test_that_every_answer_passes_is_asked_for_no_answer_leaves_it_open() -> None:
    assert is_needed("a", category(Leaf("a", "at_least", 0), B))


def test_under_a_dispute_only_what_can_close_is_asked() -> None:
    disputed = Disputed("K1")
    usual = AnyOf((B, disputed))
    assert is_needed("b", category(A_LARGE, usual))
    assert not is_needed("b", category(A_LARGE, usual, disputed))
    assert is_needed("a", category(A_LARGE, usual, disputed))


def test_a_gate_is_asked_while_what_it_settles_can_make_a_difference() -> None:
    assert is_needed("g", category(A_LARGE))
    assert not is_needed("g", category(A_LARGE), {"a": 3})
    assert not is_needed("g", category(AllOf((B, Leaf("c", "is", 2)))))
