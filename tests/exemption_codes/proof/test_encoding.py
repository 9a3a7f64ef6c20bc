"""The formulas say what the engine says, on any facts; and what follows from other facts follows in them too."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
import z3

from eligibility.engine.compile import category_on
from eligibility.engine.derive import derive
from eligibility.engine.evaluate import evaluate
from eligibility.engine.verdict import Verdict
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.encoding import Encoding, conditions_of
from exemption_codes.proof.solving import Claim, EncodingDiffers, Proof
from exemption_codes.proof.stretches import Stretch, stretches_of
from exemption_codes.proof.witness import Witness

TODAY = date(2026, 11, 22)
CATEGORIES = (
    "ceta-contract-supplier", "cptpp-professional", "francophone-mobility", "iec-working-holiday", "korea-professional",
    "performing-arts", "post-graduation-work-permit", "provincial-agreement", "spouse-of-skilled-worker",
)  # fmt: skip
PRO = Leaf("applicant.citizenships", "includes_any", ("US", "MX"))


def holds(encoding: Encoding, formula: Any, facts: dict[str, Any]) -> bool:
    solver = z3.Solver()
    solver.add(formula, *(encoding.equals(fact, value) for fact, value in facts.items()))
    return bool(solver.check() == z3.sat)


@pytest.mark.parametrize("category", CATEGORIES)
def test_formulas_and_engine_agree_on_random_facts(rulebook: Rulebook, category: str) -> None:
    dice = random.Random(category)
    compiled = category_on(rulebook, category, TODAY)
    assert compiled
    nodes = conditions_of(rule.node for rule in compiled.rules)
    encoding = Encoding(rulebook, nodes, TODAY)
    for _ in range(6):
        facts = {fact: random_value(encoding, fact, dice) for fact in encoding.facts}
        for node in nodes:
            pair, verdict = encoding.pair(node), evaluate(node, facts)
            assert holds(encoding, pair.holds, facts) is (verdict is Verdict.MET)
            assert holds(encoding, pair.fails, facts) is (verdict is Verdict.NOT_MET)


def random_value(encoding: Encoding, fact: str, dice: random.Random) -> Any:
    match encoding.kind(fact):
        case "boolean":
            return dice.random() < 0.5
        case "integer" | "decimal":
            tested = [leaf.value for leaf in encoding.tests.leaves.get(fact, ()) if not isinstance(leaf.value, tuple)]
            return max(0, dice.choice([*tested, 7]) + dice.choice([-1, 0, 1]))
        case "date":
            return TODAY + timedelta(days=dice.randrange(-900, 900))
        case "countries" | "several_of":
            return [value for value in encoding.values[fact] if dice.random() < 0.3]
    return dice.choice(encoding.values[fact])


@pytest.mark.parametrize(
    ("node", "facts", "expected"),
    [
        (Disputed("K1"), {}, (False, False)),
        (AnyOf((PRO, Disputed("K1"))), {"applicant.citizenships": ["MX"]}, (True, False)),
        (AnyOf((PRO, Disputed("K1"))), {"applicant.citizenships": ["SE"]}, (False, False)),
        (AllOf((PRO, Disputed("K1"))), {"applicant.citizenships": ["SE"]}, (False, True)),
        (Negation(PRO), {"applicant.citizenships": []}, (True, False)),
        (Leaf("offer.wage_hourly", "more_than", 20.5), {"offer.wage_hourly": 20.5}, (False, True)),
        (Leaf("offer.noc", "none_of", ("21231",)), {"offer.noc": "63200"}, (True, False)),
        (Leaf("", "is", True), {}, (True, False)),
    ],
)
def test_a_dispute_is_neither_true_nor_false(
    rulebook: Rulebook, node: Node, facts: dict[str, Any], expected: tuple[bool, bool]
) -> None:
    encoding = Encoding(rulebook, [node], TODAY)
    pair = encoding.pair(node)
    assert (holds(encoding, pair.holds, facts), holds(encoding, pair.fails, facts)) == expected


def test_two_facts_that_must_be_the_same_can_be_equal_or_differ(rulebook: Rulebook) -> None:
    node = Compare("offer.province", "is", "pr.nominating_province")
    encoding = Encoding(rulebook, [node], TODAY, {"offer.province": "MB", "pr.nominating_province": "SK"})
    same, different = ({"offer.province": "MB", "pr.nominating_province": p} for p in ("MB", "SK"))
    assert holds(encoding, encoding.pair(node).holds, same)
    assert not holds(encoding, encoding.pair(node).holds, different)


FOLLOWING = [
    ("offer.teer", "offer.noc", Leaf("offer.teer", "is", 1), "21231", True),
    ("offer.teer", "offer.noc", Leaf("offer.teer", "is", 1), "63200", False),
    ("applicant.us_citizen_or_pr", "applicant.citizenships",
     Leaf("applicant.us_citizen_or_pr", "is", True), ["US"], True),
    ("applicant.visa_exempt", "applicant.citizenships", Leaf("applicant.visa_exempt", "is", False), ["JP"], False),
    ("applicant.us_citizenship_territory", "applicant.citizenships",
     Leaf("applicant.us_citizenship_territory", "is", "GU"), ["MX"], False),
    ("applicant.work_permit_months_left", "applicant.work_permit_expires_on",
     Leaf("applicant.work_permit_months_left", "at_least", 4), date(2027, 3, 22), True),
    ("applicant.work_permit_months_left", "applicant.work_permit_expires_on",
     Leaf("applicant.work_permit_months_left", "at_least", 4), date(2027, 3, 21), False),
    ("transfer.months_with_foreign_enterprise", "transfer.employed_since",
     Leaf("transfer.months_with_foreign_enterprise", "at_least", 12), date(2025, 11, 22), True),
    ("transfer.months_with_foreign_enterprise", "transfer.employed_since",
     Leaf("transfer.months_with_foreign_enterprise", "at_least", 12), date(2025, 11, 23), False),
    ("quebec.days_since_invitation_letter", "quebec.invitation_letter_on",
     Leaf("quebec.days_since_invitation_letter", "at_most", 60), date(2026, 9, 23), True),
    ("quebec.days_since_invitation_letter", "quebec.invitation_letter_on",
     Leaf("quebec.days_since_invitation_letter", "at_most", 60), date(2026, 9, 22), False),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "base", "node", "value", "expected"), FOLLOWING)
def test_what_follows_from_a_base_follows_in_the_formulas(
    rulebook: Rulebook, fact: str, base: str, node: Leaf, value: Any, expected: bool
) -> None:
    known = derive({base: value}, TODAY, rulebook).values
    if fact in known:
        assert (evaluate(node, known) is Verdict.MET) is expected
    encoding = Encoding(rulebook, [node], TODAY, also=[base])
    assert holds(encoding, z3.And(encoding.pair(node).holds, *encoding.bounds), {base: value}) is expected


def test_a_gate_answered_no_settles_what_it_says(rulebook: Rulebook) -> None:
    node = Leaf("iec.invited_category", "is", "WH")
    encoding = Encoding(rulebook, [node], TODAY, also=["situation.youth_exchange"])
    wanted = z3.And(encoding.pair(node).holds, *encoding.bounds)
    assert not holds(encoding, wanted, {"situation.youth_exchange": False})
    assert holds(encoding, wanted, {"situation.youth_exchange": True})


def test_a_wrong_formula_is_noticed_by_the_engine(rulebook: Rulebook) -> None:
    stretch: Stretch = stretches_of(rulebook, "francophone-mobility")[-1]
    assert isinstance(Proof(rulebook, stretch).witness([Claim("outside_quebec", "holds")]), Witness)
    proof = Proof(rulebook, stretch)
    proof.pairs["outside_quebec"] = proof.pairs["outside_quebec"].opposite()
    with pytest.raises(EncodingDiffers, match="outside_quebec should be holds, the engine finds not_met"):
        proof.witness([Claim("outside_quebec", "holds")])
