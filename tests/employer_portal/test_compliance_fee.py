from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employer_portal.compliance_fee import (
    FeeDecision,
    FeeStatus,
    OfferTerms,
    compliance_fee_for,
    even_shares,
    group_fee_for,
    group_refund_cad,
)
from exemption_codes.catalogue.fees import fees_for
from exemption_codes.catalogue.rulebook import ParameterNotInForce, Rulebook

ON = date(2026, 11, 24)


def fee(rulebook: Rulebook, code: str, **terms: object) -> FeeDecision:
    return compliance_fee_for(OfferTerms(code, **terms), ON, rulebook)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "code", ["C10", "C11", "C16", "C18", "C44", "C45", "C52", "C60", "C62", "T13", "T36", "F42", "T55"]
)
def test_each_offer_costs_230_dollars(rulebook: Rulebook, code: str) -> None:
    decision = fee(rulebook, code)
    assert (decision.status, decision.amount_cad) == (FeeStatus.DUE, Decimal(230))
    assert decision.provisions == ("R303.1(1)",)


def test_youth_programs_are_the_exception_to_the_exemption(rulebook: Rulebook) -> None:
    decision = fee(rulebook, "C21")
    assert decision.amount_cad == Decimal(230)
    assert decision.provisions == ("R303.1(1)", "R303.1(5)", "R299(2)(i)")


@pytest.mark.parametrize(
    ("code", "situation", "provision", "is_paid"),
    [
        ("C31", "research", "R299(2)(e)", True),
        ("C50", "unpaid_religious_or_charitable", "R299(2)(f)", False),
        ("C51", "unpaid_religious_or_charitable", "R299(2)(f)", False),
        ("C24", "unpaid_religious_or_charitable", "R299(2)(f)", False),
        ("C20", "reciprocal_agreement", "R299(2)(h)", True),
        ("T11", "reciprocal_agreement", "R299(2)(h)", True),
    ],
)
def test_a_claim_that_fits_its_code_is_exempt_by_its_provision(
    rulebook: Rulebook, code: str, situation: str, provision: str, is_paid: bool
) -> None:
    decision = fee(rulebook, code, claimed_situation=situation, is_paid=is_paid)
    assert (decision.status, decision.amount_cad) == (FeeStatus.EXEMPT, Decimal(0))
    assert decision.provisions == ("R303.1(5)", provision)


def test_an_exemption_is_never_given_unasked(rulebook: Rulebook) -> None:
    decision = fee(rulebook, "C31")
    assert decision.is_due
    assert decision.claimable == ("research",)


@pytest.mark.parametrize(
    ("code", "situation", "is_paid"),
    [("C10", "research", True), ("T36", "reciprocal_agreement", True), ("C50", "unpaid_religious_or_charitable", True)],
)
def test_a_claim_that_does_not_fit_leaves_the_fee_due_and_says_why(
    rulebook: Rulebook, code: str, situation: str, is_paid: bool
) -> None:
    decision = fee(rulebook, code, claimed_situation=situation, is_paid=is_paid)
    assert decision.is_due
    assert decision.claim_problem is not None
    assert decision.claim_problem.fr


@pytest.mark.parametrize(
    ("kind", "provision"),
    [
        ("foreign_government", "R209.91(a)"),
        ("foreign_subdivision_office", "R209.91(b)"),
        ("mission_or_organization", "R209.91(c)"),
        ("bridge_or_tunnel", "R209.91(d)"),
    ],
)
def test_employers_outside_the_regime_file_nothing(rulebook: Rulebook, kind: str, provision: str) -> None:
    decision = fee(rulebook, "C20", regime_exemption=kind)
    assert (decision.status, decision.amount_cad) == (FeeStatus.OUTSIDE_REGIME, Decimal(0))
    assert decision.provisions == ("R303.1(4.1)", provision)


def test_open_permits_have_no_offer_and_no_fee(rulebook: Rulebook) -> None:
    assert fee(rulebook, "C41", offer_required=False).status is FeeStatus.NO_OFFER


def test_before_the_fee_there_was_none(rulebook: Rulebook) -> None:
    with pytest.raises(ParameterNotInForce):
        compliance_fee_for(OfferTerms("C10"), date(2015, 2, 20), rulebook)
    assert compliance_fee_for(OfferTerms("C10"), date(2015, 2, 21), rulebook).amount_cad == Decimal(230)


@pytest.mark.parametrize(
    ("artists", "total", "status"),
    [
        (1, 230, FeeStatus.DUE),
        (2, 460, FeeStatus.DUE),
        (3, 690, FeeStatus.DUE),
        (4, 690, FeeStatus.CAPPED),
        (17, 690, FeeStatus.CAPPED),
    ],
)
def test_a_group_of_artists_pays_690_at_most(rulebook: Rulebook, artists: int, total: int, status: FeeStatus) -> None:
    group = group_fee_for([fee(rulebook, "C23")] * artists, ON, rulebook)
    assert (group.total_cad, group.status) == (Decimal(total), status)
    assert sum(group.shares_cad) == group.total_cad
    assert max(group.shares_cad) - min(group.shares_cad) <= Decimal("0.01")
    assert ("R303.1(7)" in group.provisions) == (status is FeeStatus.CAPPED)


def test_who_is_exempt_has_no_share_of_the_group(rulebook: Rulebook) -> None:
    exempt = fee(rulebook, "C23", claimed_situation="reciprocal_agreement")
    group = group_fee_for([fee(rulebook, "C23"), exempt, *[fee(rulebook, "C23")] * 3], ON, rulebook)
    assert group.shares_cad == (Decimal("172.50"), 0, Decimal("172.50"), Decimal("172.50"), Decimal("172.50"))


@pytest.mark.parametrize(("remaining", "back"), [(4, 0), (3, 0), (2, 230), (1, 460), (0, 690)])
def test_a_group_gets_back_what_lowers_the_total_due(rulebook: Rulebook, remaining: int, back: int) -> None:
    assert group_refund_cad(Decimal(690), remaining, ON, rulebook) == Decimal(back)


def test_what_may_be_claimed_agrees_with_what_readers_are_told(rulebook: Rulebook) -> None:
    for category in rulebook.in_force(ON):
        if not category.offer_required:
            continue
        told = next(each for each in fees_for(category, rulebook, ON) if each.id == "employer_compliance_fee")
        by_situation = any(citation.provision == "R303.1(5)" for citation in told.cite) and told.due != "yes"
        claimable = fee(rulebook, category.code_on(ON) or "").claimable
        assert bool(claimable) >= by_situation, category.id
        assert told.due != "no" or claimable or "R303.1(4.1)" in [each.provision for each in told.cite], category.id


@given(st.integers(0, 100_000), st.integers(1, 60))
def test_shares_add_up_to_the_cent(cents: int, count: int) -> None:
    shares = even_shares(Decimal(cents) / 100, count)
    assert sum(shares) == Decimal(cents) / 100
    assert len(shares) == count
    assert max(shares) - min(shares) <= Decimal("0.01")
