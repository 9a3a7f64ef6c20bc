"""Who pays what for a permit of each category, and which mistakes in the rules on fees are refused."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from exemption_codes.catalogue.fees import FeeDecision, fees_for, offer_is_filed
from exemption_codes.catalogue.problems import Problem
from exemption_codes.catalogue.reader import read_rule_files, read_stored_files
from exemption_codes.catalogue.rulebook import Rulebook

TODAY = date(2026, 11, 22)
COMPLIANCE, PROCESSING = "employer_compliance_fee", "work_permit_processing_fee"
HOLDER, BIOMETRICS, YOUTH = "open_work_permit_holder_fee", "biometrics_fee", "iec_participation_fee"

# The employer's fee by code, or by category where those of one code differ.
EMPLOYER_PAYS = {
    "C11", "C13", "C14", "C15", "C16", "C18", "C26", "C44", "C45", "C52", "C60", "C61", "C62", "C63", "C88", "A73",
    "T13", "T33", "T34", "T35", "T36", "T37", "T38", "F10", "F11", "F12", "F13", "F14", "F15", "F20", "F21", "F22",
    "F23", "F24", "F30", "F31", "F32", "F33", "F34", "F35", "F42", "F50", "F51", "F52", "F53", "F54", "F55", "T41",
    "T42", "T43", "T44", "T46", "T47", "T48", "T50", "T51", "T52", "T54", "T55", "F60", "F61", "F62", "F63", "F65",
    "F66", "F67", "F70", "F71", "F72", "F74", "iec-young-professionals", "iec-international-co-op",
    "border-lake-fishing-guide", "policy-r01-gfx", "policy-r01-qc-pstq", "policy-r01-visitor",
}  # fmt: skip
IT_DEPENDS = {"C10", "C22", "C23", "C24", "C50", "C51", "T11", "A70", "reciprocal-employment"}
NO_PROCESSING_FEE = {
    "refugee-claimant": "R299(2)(a)",
    "destitute-student": "R299(2)(d)",
    "researcher": "R299(2)(e)",
    "iec-working-holiday": "R299(2)(i)",
    "iec-young-professionals": "R299(2)(i)",
    "iec-international-co-op": "R299(2)(i)",
    "vulnerable-worker": "R299(2)(l)",
    "vulnerable-worker-family": "R299(2)(l)",
    "post-secondary-co-op": "R299(2)(e)",
    "secondary-co-op": "R299(2)(e)",
}
PROCESSING_DEPENDS = {
    "permanent-residence-applicant": "R299(2)(b)",
    "official-family": "R299(2)(g)",
    "camp-counsellor": "R299(2)(f)",
    "religious-worker": "R299(2)(f)",
    "charitable-worker": "R299(2)(f)",
    "reciprocal-employment": "R299(2)(h)",
    "academic-exchange": "R299(2)(h)",
    "performing-arts": "R299(2)(h)",
    "non-trade-agreement": "R299(2)(k)",
}


def decided(rulebook: Rulebook, category: str, on: date = TODAY) -> dict[str, FeeDecision]:
    return {one.id: one for one in fees_for(rulebook.categories[category], rulebook, on)}


def provisions(decision: FeeDecision) -> list[str | None]:
    return [citation.provision for citation in decision.cite]


def test_the_employers_fee_is_due_under_every_code_that_the_facts_name_and_no_other(rulebook: Rulebook) -> None:
    for category in rulebook.categories.values():
        fees = decided(rulebook, category.id)
        names = {category.id, category.codes[-1].code}
        if category.is_permit_free:
            assert fees == {}
        else:
            wanted = "yes" if names & EMPLOYER_PAYS else "depends" if names & IT_DEPENDS else "no"
            assert (category.id, fees[COMPLIANCE].due) == (category.id, wanted)


def test_the_processing_fee_is_due_save_from_those_whom_r299_spares(rulebook: Rulebook) -> None:
    for category in rulebook.categories.values():
        if category.is_permit_free:
            continue
        fee = decided(rulebook, category.id)[PROCESSING]
        spared, perhaps = NO_PROCESSING_FEE.get(category.id), PROCESSING_DEPENDS.get(category.id)
        wanted = "no" if spared else "depends" if perhaps or category.family == "policies" else "yes"
        assert (category.id, fee.due) == (category.id, wanted)
        assert (spared or perhaps or "R299(1)") in provisions(fee)
        assert fee.amount.cad == 155


def test_the_holder_fee_is_due_for_open_permits_under_204_and_205_alone(rulebook: Rulebook) -> None:
    depends = {"iec-working-holiday", "official-family", "permanent-residence-applicant"}
    for category in rulebook.categories.values():
        if category.is_permit_free:
            continue
        fee = decided(rulebook, category.id)[HOLDER]
        is_due = category.permit_type == "open" and category.basis[-1].provision.startswith(("R204", "R205"))
        waived = category.id in ("post-secondary-co-op", "secondary-co-op")
        wanted = "depends" if category.id in depends else "yes" if is_due and not waived else "no"
        assert (category.id, fee.due) == (category.id, wanted)
        assert fee.is_told is (category.permit_type == "open")


@pytest.mark.parametrize(
    "category", ["refugee-claimant", "unenforceable-removal-order", "destitute-student", "vulnerable-worker",
                 "temporary-resident-permit-holder", "policy-r01-iran-2026"],
)  # fmt: skip
def test_permits_on_other_grounds_tell_why_the_holder_fee_is_not_due(rulebook: Rulebook, category: str) -> None:
    fee = decided(rulebook, category)[HOLDER]
    assert (fee.due, fee.is_told) == ("no", True)


def test_employers_outside_the_regime_are_told_under_which_provision(rulebook: Rulebook) -> None:
    assert provisions(decided(rulebook, "bridge-and-tunnel-staff")[COMPLIANCE]) == ["R303.1(4.1)", "R209.91(d)"]
    assert provisions(decided(rulebook, "mission-local-staff")[COMPLIANCE]) == ["R303.1(4.1)", "R209.91(c)"]
    assert provisions(decided(rulebook, "researcher")[COMPLIANCE]) == ["R303.1(5)", "R299(2)(e)"]


def test_only_employers_outside_the_regime_need_not_file_an_offer_that_is_required(rulebook: Rulebook) -> None:
    permits = [category for category in rulebook.categories.values() if category.offer_required]
    unfiled = [category.id for category in permits if not offer_is_filed(category, rulebook, TODAY)]
    assert unfiled == ["bridge-and-tunnel-staff", "mission-local-staff"]
    assert not offer_is_filed(rulebook.categories["refugee-claimant"], rulebook, TODAY)


def test_start_up_founders_filed_their_own_offer_until_the_permit_became_open(rulebook: Rulebook) -> None:
    last = date(2024, 10, 2)
    assert decided(rulebook, "start-up-visa-applicant", last)[COMPLIANCE].due == "yes"
    assert decided(rulebook, "start-up-visa-applicant", last + timedelta(days=1))[COMPLIANCE].due == "no"


def test_groups_of_performing_artists_and_families_pay_no_more_than_a_ceiling(rulebook: Rulebook) -> None:
    fees = decided(rulebook, "performing-arts")
    ceilings = {name: [one.amount.cad for one in fee.ceilings] for name, fee in fees.items() if fee.ceilings}
    assert ceilings == {COMPLIANCE: [690], PROCESSING: [465], BIOMETRICS: [170, 255]}
    assert [one.amount.cad for one in decided(rulebook, "cusma-professional")[BIOMETRICS].ceilings] == [170]
    assert decided(rulebook, "cusma-professional")[COMPLIANCE].ceilings == ()


def test_biometrics_cost_nothing_for_religious_work_alone(rulebook: Rulebook) -> None:
    permits = [category for category in rulebook.categories.values() if not category.is_permit_free]
    free = [category.id for category in permits if decided(rulebook, category.id)[BIOMETRICS].due == "no"]
    assert free == ["religious-worker"]


def test_taking_part_in_youth_mobility_has_a_fee_of_its_own_that_is_not_certain(rulebook: Rulebook) -> None:
    fee = decided(rulebook, "iec-working-holiday")[YOUTH]
    assert (fee.due, fee.amount.cad, fee.amount.confidence) == ("yes", Decimal("184.75"), "low")
    assert not decided(rulebook, "cusma-professional")[YOUTH].is_told


@pytest.mark.parametrize(
    ("first", "fee", "amount"),
    [
        (date(2015, 2, 21), COMPLIANCE, 230),
        (date(2015, 2, 21), HOLDER, 100),
        (date(2018, 7, 31), BIOMETRICS, 85),
    ],
)
def test_no_fee_is_told_before_the_day_it_was_introduced(
    rulebook: Rulebook, first: date, fee: str, amount: int
) -> None:
    assert decided(rulebook, "spouse-of-skilled-worker", first)[fee].amount.cad == amount
    assert fee not in decided(rulebook, "spouse-of-skilled-worker", first - timedelta(days=1))


# Mistakes -------------------------------------------------------------------------------------------------------------

FEES = """\
fees:
  - id: keeper_fee
    payer: employer
    rules:
      - id: keepers
        due: depends
        for: {categories: [lighthouse-keeper], families: [lights], basis: [L1, L2], permit: employer_specific}
        text: {en: Not due in fog., fr: Non exigés dans le brouillard.}
        cite: [{source: act, provision: L1(a)}]
      - id: others
        due: 'no'
        cite: [{source: act}]
    ceilings:
      - amount: keeper_fee
        for: {families: [lights]}
        text: {en: for two keepers, fr: pour deux gardiens}
        cite: [{source: act}]
"""
PARAMETER = """\
id: keeper_fee
name: {en: Fee of keepers, fr: Frais des gardiens}
unit: CAD
cite: [{source: act}]
values:
  - {value: 12.5, from: 2021-01-01}
"""
Files = dict[str, str]
ProblemsOf = Callable[[Files], list[Problem]]


@pytest.fixture
def with_fees(files: Files) -> Files:
    return {**files, "fees.yaml": FEES, "parameters/keeper_fee.yaml": PARAMETER}


def test_the_first_rule_that_speaks_of_a_category_decides(with_fees: Files) -> None:
    rulebook = read_rule_files(with_fees)
    (fee,) = fees_for(rulebook.categories["lighthouse-keeper"], rulebook, TODAY)
    assert (fee.due, fee.amount.cad, [one.amount.cad for one in fee.ceilings]) == ("depends", Decimal("12.5"), [12.5])
    assert fees_for(rulebook.categories["lighthouse-keeper"], rulebook, date(2020, 12, 31)) == ()


MISTAKES = [
    ("an unknown key", "payer: employer", "payor: employer", "fees.0.payor", "not known"),
    ("no parameter", "id: keeper_fee", "id: keeper_fees", "fees.0.id", "no parameter"),
    ("an unknown category", "lighthouse-keeper", "light", "fees.0.rules.0.for.categories.0", "no category"),
    ("an unknown family", "families: [lights], b", "families: [x], b", "fees.0.rules.0.for.families.0", "no family"),
    ("an unknown basis", "basis: [L1, L2]", "basis: [L9, L2]", "fees.0.rules.0.for.basis.0", "no provision"),
    ("an unknown ceiling", "amount: keeper_fee", "amount: fee", "fees.0.ceilings.0.amount", "no parameter"),
    ("a family in a ceiling", "for: {families: [lights]}", "for: {families: [x]}", "fees.0.ceilings.0.for.families.0",
     "no family"),
    ("an unknown source", "[{source: act, ", "[{source: akt, ", "fees.0.rules.0.cite.0.source", "no source"),
    ("a missing text", "        text: {en: Not due in fog., fr: Non exigés dans le brouillard.}\n", "",
     "fees.0.rules.0.due", "on what it depends"),
    ("yes without quotes", "due: 'no'", "due: no", "fees.0.rules.1.due", "true or false"),
    ("a last rule for some", "id: others", "id: others\n        for: {offer: true}", "fees.0.rules.1",
     "does not speak of all"),
    ("a rule that never decides", "permit: employer_specific", "permit: open", "fees.0.rules.0", "for no category"),
    ("rules with one name", "id: others", "id: keepers", "fees.0.rules", "stands twice"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "path", "said"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_a_mistake_in_the_rules_on_fees_is_refused(
    with_fees: Files, problems_of: ProblemsOf, before: str, after: str, path: str, said: str
) -> None:
    assert before in FEES
    with_fees["fees.yaml"] = FEES.replace(before, after, 1)
    found = [problem for problem in problems_of(with_fees) if problem.path == path and problem.file == "fees.yaml"]
    assert [said in problem.message and bool(problem.hint) for problem in found] == [True]


def test_a_category_that_says_otherwise_is_named(with_fees: Files, problems_of: ProblemsOf) -> None:
    with_fees["fees.yaml"] = FEES.replace("due: depends", "due: 'yes'")
    assert [(p.file, p.path) for p in problems_of(with_fees)] == [("exemptions/lighthouse-keeper.yaml", "fee_required")]


def test_a_release_stored_before_there_were_rules_on_fees_can_still_be_read(files: Files) -> None:
    assert read_stored_files(files).fees == ()
