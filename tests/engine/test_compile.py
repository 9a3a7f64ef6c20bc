"""The compiled reader agrees with the reference, and a settled verdict stays settled."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine.compile import compile_node
from eligibility.engine.evaluate import evaluate
from eligibility.engine.verdict import Verdict
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node

NUMBER = {Verdict.MET: 1, Verdict.UNKNOWN: 0, Verdict.NOT_MET: -1}
FACTS = ("a", "b", "c", "d")
numbers = st.integers(min_value=0, max_value=5)
comparisons = st.sampled_from(["is", "is_not", "at_least", "more_than", "at_most", "less_than"])
sets = st.lists(numbers, min_size=1, max_size=3).map(tuple)
leaves = st.one_of(
    st.builds(Leaf, st.sampled_from(FACTS), comparisons, numbers),
    st.builds(Leaf, st.sampled_from(FACTS), st.sampled_from(["one_of", "none_of"]), sets),
    st.builds(Compare, st.sampled_from(FACTS), st.sampled_from(["is", "at_least"]), st.sampled_from(FACTS)),
    st.just(Disputed("K1")),
)
rows = st.lists(st.tuples(numbers, leaves), min_size=2, max_size=4, unique_by=lambda row: row[0]).map(
    lambda found: AnyOf(tuple(AllOf((Leaf("a", "is", key), inner)) for key, inner in found))
)


def _inner(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(AllOf, parts), st.builds(AnyOf, parts), st.builds(Negation, children))


trees = st.recursive(st.one_of(leaves, rows), _inner, max_leaves=12)
values = st.dictionaries(st.sampled_from(FACTS), numbers)


@given(trees, values)
def test_compiled_conditions_agree_with_the_reference(node: Node, known: dict[str, Any]) -> None:
    assert compile_node(node)(known) == NUMBER[evaluate(node, known)]


@given(trees, values, st.sampled_from(FACTS), numbers)
def test_a_settled_verdict_survives_one_more_fact(node: Node, known: dict[str, Any], name: str, value: int) -> None:
    before = evaluate(node, known)
    after = evaluate(node, {name: value, **known})
    assert before is Verdict.UNKNOWN or after is before


@given(trees, values)
def test_the_order_of_facts_never_matters(node: Node, known: dict[str, Any]) -> None:
    assert evaluate(node, dict(reversed(known.items()))) is evaluate(node, known)
