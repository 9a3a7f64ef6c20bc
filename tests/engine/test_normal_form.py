"""One shape for the fast readers, with the same verdict on every case."""

from typing import Any

from hypothesis import given

from eligibility.engine.evaluate import evaluate, status_of
from eligibility.engine.normal_form import ALWAYS, NEVER, normal_form
from eligibility.engine.verdict import negate
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Leaf, Negation, Node
from tests.engine.trees import JUDGED, conditions, facts


@given(conditions, facts)
def test_the_normal_form_has_the_same_verdict(node: Node, known: dict[str, Any]) -> None:
    assert evaluate(normal_form(node), known) is evaluate(node, known)
    assert evaluate(normal_form(node, False), known) is negate(evaluate(node, known))
    assert status_of(normal_form(node), known, JUDGED) is status_of(node, known, JUDGED)


@given(conditions)
def test_negation_stands_only_before_a_comparison_and_joints_alternate(node: Node) -> None:
    def check(part: Node, above: type | None) -> None:
        match part:
            case Negation(inner):
                assert isinstance(inner, Compare)
            case AllOf(parts) | AnyOf(parts):
                assert type(part) is not above
                assert len(parts) != 1
                assert above is None or parts
                for inner in parts:
                    check(inner, type(part))

    check(normal_form(node), None)


def test_what_settles_a_joint_stands_alone() -> None:
    leaf = Leaf("a", "is", 1)
    assert normal_form(AllOf((leaf, AnyOf(())))) == NEVER
    assert normal_form(AnyOf((leaf, AllOf(())))) == ALWAYS
    assert normal_form(AllOf((leaf, AllOf((leaf, AllOf(())))))) == leaf
    assert normal_form(Negation(AnyOf((leaf,)))) == Leaf("a", "is_not", 1)
