"""All categories at once: the same outcomes as criterion by criterion, and nothing open left out."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.engine.bits import NodeBits
from eligibility.engine.evaluate import outcome_of_all, status_of
from eligibility.engine.normal_form import normal_form
from eligibility.engine.verdict import Outcome
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Disputed, Leaf, Node
from tests.engine.trees import JUDGED, NUMBERS, completions, criteria, every_value, facts, ordinary_facts

categories = st.lists(criteria, min_size=1, max_size=5)


def tables(found: list[list[Node]]) -> NodeBits:
    return NodeBits([[normal_form(rule) for rule in rules] for rules in found], JUDGED)


def outcome(rules: list[Node], known: dict[str, Any]) -> Outcome:
    return outcome_of_all(rules, known, JUDGED)


@given(categories, facts)
@settings(max_examples=300)
def test_every_outcome_is_that_of_the_reference(found: list[list[Node]], known: dict[str, Any]) -> None:
    assert tables(found).read(known).outcomes == [outcome(rules, known) for rules in found]


@given(categories, facts)
def test_every_criterion_comes_out_as_by_the_reference(found: list[list[Node]], known: dict[str, Any]) -> None:
    reading = tables(found).read(known)
    for place, rules in enumerate(found):
        assert reading.statuses(place) == [status_of(rule, known, JUDGED) for rule in rules]


@given(criteria, facts)
def test_every_subset_of_unknowns_gives_the_outcome_of_the_reference(rules: list[Node], known: dict[str, Any]) -> None:
    plan = tables([rules])
    names = sorted(known)[:5]
    for chosen in range(2 ** len(names)):
        some = {name: known[name] for place, name in enumerate(names) if chosen >> place & 1}
        assert plan.read(some).outcomes == [outcome(rules, some)]


@given(criteria, facts)
def test_a_fact_that_can_change_an_outcome_is_open(rules: list[Node], known: dict[str, Any]) -> None:
    reading = tables([rules]).read(known)
    open_now = set(reading.open_facts(reading.open_joints()))
    assert open_now.isdisjoint(JUDGED | known.keys())
    numbers = [name for name in ordinary_facts(rules) if name in NUMBERS]
    for name in set(numbers) - known.keys() - open_now:
        for more in completions([other for other in numbers if other != name], known):
            assert len({outcome(rules, {**more, name: value}) for value in every_value(name)}) == 1


def test_what_a_dispute_keeps_open_is_asked_only_where_it_can_still_close() -> None:
    disputed, a, b = Disputed("K1"), Leaf("a", "is", 1), Leaf("b", "is", 1)
    usual = AnyOf((a, disputed))
    reading = tables([[disputed, b, usual]]).read({})
    assert reading.open_facts(reading.open_joints()) == ["b"]
    reading = tables([[b, usual]]).read({})
    assert set(reading.open_facts(reading.open_joints())) == {"a", "b"}


def test_each_open_fact_names_the_categories_that_wait_for_it() -> None:
    a, b = Leaf("a", "is", 1), Leaf("b", "is", 1)
    reading = tables([[a], [b], [AllOf((a, b))], [Leaf("c", "is", 1), a]]).read({"c": 2})
    joints = reading.open_joints()
    assert reading.owners_of("a", joints) == [0, 2]
    assert reading.owners_of("b", joints) == [1, 2]
    assert reading.owners_of("a", reading.open_joints(frozenset({2}))) == [2]


def test_a_list_with_the_same_members_in_another_order_is_the_same() -> None:
    plan = tables([[Leaf("m", "includes_any", ("x",))]])
    assert plan.read({"m": ["y", "x"]}).outcomes == plan.read({"m": ["x", "y"]}).outcomes == [Outcome.ELIGIBLE]
