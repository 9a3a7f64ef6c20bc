"""Codes and rules on both sides of the days on which they changed, told apart from the worked examples.

The table is IRCC's: the code until 2022-12-14, and what it became (codes page of 2022-12-15).
"""

from datetime import date, timedelta
from typing import Any

import pytest

from eligibility.engine.compile import category_on
from eligibility.engine.determine import Outcome
from exemption_codes.catalogue.rulebook import Rulebook
from tests.engine.people import facts_of_case, judged

RENAMED_ON = date(2022, 12, 15)
AGREEMENTS = ("cusma", "chile", "colombia", "korea", "peru")
TABLE = {
    "A75": "A73=quebec-certificate-in-quebec A75=bridging-open-work-permit A77=start-up-visa-applicant",
    "C11": "C11=business-owner C11=camp-owner-or-outfitter C11=freelance-jockey C60=provincial-business-candidate",
    "C12": "C61=transferee-start-up C62=transferee-manager C63=transferee-specialist",
    "C20": "C20=reciprocal-employment C20=official-family C24=camp-counsellor C26=coach-or-athlete",
    "C50": "C50=religious-worker C51=charitable-worker",
    "T21": "T34=cusma-trader F20=chile-trader F10=colombia-trader F30=korea-trader F50=peru-trader",
    "T22": "T35=cusma-investor F21=chile-investor F11=colombia-investor F31=korea-investor F51=peru-investor",
    "T23": "T36=cusma-professional F22=chile-professional F12=colombia-professional F32=korea-professional "
    "F52=peru-professional F42=panama-professional",
    "T24": "T37=cusma-transferee-manager T38=cusma-transferee-specialist "
    "F23=chile-transferee-manager F24=chile-transferee-specialist "
    "F13=colombia-transferee-manager F14=colombia-transferee-trainee F15=colombia-transferee-specialist "
    "F33=korea-transferee-manager F34=korea-transferee-trainee F35=korea-transferee-specialist "
    "F53=peru-transferee-manager F54=peru-transferee-trainee F55=peru-transferee-specialist",
    "T25": "T25=colombia-spouse F36=korea-spouse",
    "T43": "T43=ceta-independent-professional F60=cuktca-independent-professional",
    "T44": "T44=ceta-transferee-manager T42=ceta-transferee-trainee T41=ceta-transferee-specialist "
    "F61=cuktca-transferee-manager F62=cuktca-transferee-trainee F63=cuktca-transferee-specialist",
    "T45": "T45=ceta-spouse F64=cuktca-spouse",
    "T46": "T46=ceta-investor F65=cuktca-investor",
    "T47": "T47=ceta-contract-supplier F66=cuktca-contract-supplier",
    "T48": "T48=ceta-technologist F67=cuktca-technologist",
    "T51": "T51=cptpp-transferee-manager T54=cptpp-transferee-trainee T55=cptpp-transferee-specialist",
}
ROWS = [(old, *row.split("=")) for old, became in TABLE.items() for row in became.split()]
KEPT = {
    "permanent-residence-applicant": "A70", "live-in-caregiver": "A71", "vulnerable-worker": "A72",
    "mobility-program-plus": "A76", "significant-benefit": "C10", "emergency-repair": "C13",
    "film-production-worker": "C14", "rural-northern-pilot-worker": "C15", "francophone-mobility": "C16",
    "rural-northern-pilot-spouse": "C17", "atlantic-immigration-program": "C18", "iec-working-holiday": "C21",
    "academic-exchange": "C22", "performing-arts": "C23", "researcher": "C31", "post-secondary-co-op": "C32",
    "secondary-co-op": "C33", "spouse-of-skilled-worker": "C41", "spouse-of-student": "C42",
    "post-graduation-work-permit": "C43", "post-doctoral-fellow": "C44", "medical-resident-or-fellow": "C45",
    "home-care-pilot-worker": "C90", "home-care-pilot-family": "C91", "destitute-student": "H81",
    "temporary-resident-permit-holder": "H82", "refugee-claimant": "S61", "unenforceable-removal-order": "S62",
    "non-trade-agreement": "T11", "provincial-agreement": "T13", "gats-professional": "T33", "cptpp-investor": "T50",
    "cptpp-professional": "T52", "cptpp-spouse": "T53",
}  # fmt: skip


def code_on(rulebook: Rulebook, category: str, day: date) -> str | None:
    compiled = category_on(rulebook, category, day)
    return compiled.code if compiled else None


def outcome(rulebook: Rulebook, category: str, day: date, **changes: Any) -> Outcome:
    return judged(rulebook, facts_of_case(rulebook, category, **changes), category, day)[0].outcome


def test_every_row_of_the_table_answers_with_the_right_code_on_both_days(rulebook: Rulebook) -> None:
    wanted = {category: (old, old, new, new) for old, new, category in ROWS}
    wanted |= {category: (code,) * 4 for category, code in KEPT.items()}
    days = [RENAMED_ON + timedelta(days=days) for days in (-2, -1, 0, 1)]
    found = {category: tuple(code_on(rulebook, category, day) for day in days) for category in wanted}
    assert found == wanted


def test_no_category_was_renamed_that_day_without_a_row(rulebook: Rulebook) -> None:
    eve = RENAMED_ON - timedelta(days=1)
    renamed = {
        category
        for category in rulebook.categories
        if (code := code_on(rulebook, category, eve)) and code != code_on(rulebook, category, RENAMED_ON)
    }
    assert renamed == {category for old, new, category in ROWS if old != new}


@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_somebody_judged_on_the_eve_is_told_the_old_code(agreement: str, rulebook: Rulebook) -> None:
    category = f"{agreement}-investor"
    facts = facts_of_case(rulebook, category)
    codes = [
        judged(rulebook, facts, category, day)[0].compiled.code
        for day in (RENAMED_ON - timedelta(days=1), RENAMED_ON)
    ]  # fmt: skip
    assert codes == ["T22", {row[2]: row[1] for row in ROWS}[category]]


def test_youth_exchange_moves_to_its_own_paragraph(rulebook: Rulebook) -> None:
    for category in ("iec-working-holiday", "iec-young-professionals", "iec-international-co-op"):
        basis = {
            day: [one.provision for one in rulebook.categories[category].basis if one.holds(day)]
            for day in (date(2024, 11, 28), date(2024, 11, 29))
        }
        assert list(basis.values()) == [["R205(b)"], ["R204(d)"]]
        assert {code_on(rulebook, category, day) for day in basis} == {"C21"}


def test_placements_need_no_permit_since_the_day_on_which_their_code_closed(rulebook: Rulebook) -> None:
    eve, day = date(2026, 3, 31), date(2026, 4, 1)
    assert outcome(rulebook, "post-secondary-co-op", eve) is Outcome.ELIGIBLE
    assert code_on(rulebook, "post-secondary-co-op", day) is None
    assert code_on(rulebook, "no-permit-student-work-placement", eve) is None
    assert outcome(rulebook, "no-permit-student-work-placement", day) is Outcome.ELIGIBLE


@pytest.mark.parametrize(
    ("noc", "months", "before", "since"),
    [
        ("21231", 16, True, True),
        ("21231", 15, True, False),
        ("63200", 16, True, False),
        ("63200", 5, False, False),
        ("65201", 24, False, False),
    ],
)
def test_partners_of_workers(noc: str, months: int, before: bool, since: bool, rulebook: Rulebook) -> None:
    found = [
        outcome(rulebook, "spouse-of-skilled-worker", day, principal__noc=noc, principal__transitioning_to_pr=False,
                principal__months_left_at_application=months, application__renewal_aligned_with_principal=False)
        for day in (date(2025, 1, 20), date(2025, 1, 21))
    ]  # fmt: skip
    assert [one is not Outcome.NOT_ELIGIBLE for one in found] == [before, since]


@pytest.mark.parametrize(("percent", "before", "since"), [(49, False, False), (50, True, False), (51, True, True)])
def test_business_owners(percent: int, before: bool, since: bool, rulebook: Rulebook) -> None:
    found = [
        outcome(rulebook, "business-owner", day, business__ownership_percent=percent)
        for day in (date(2025, 5, 26), date(2025, 5, 27))
    ]
    assert [one is not Outcome.NOT_ELIGIBLE for one in found] == [before, since]


@pytest.mark.parametrize(
    ("teer", "level", "is_habitual", "before", "since"),
    [
        (1, 7, True, True, True),
        (1, 5, False, False, True),
        (4, 5, True, False, True),
        (1, 4, True, True, False),
    ],
)
def test_french_speakers(
    teer: int, level: int, is_habitual: bool, before: bool, since: bool, rulebook: Rulebook
) -> None:
    french: dict[str, Any] = {f"applicant__french__{part}_nclc": level for part in ("speaking", "listening")}
    french |= {"applicant__french__habitual_language": is_habitual, "application__c16_renewal": False}
    found = [
        outcome(rulebook, "francophone-mobility", day, offer__teer=teer, **french)
        for day in (date(2023, 6, 14), date(2023, 6, 15))
    ]
    assert [one is not Outcome.NOT_ELIGIBLE for one in found] == [before, since]


def test_founders_of_start_ups_had_a_permit_for_one_employer_until_it_became_open(rulebook: Rulebook) -> None:
    last = date(2024, 10, 2)
    before, since = (category_on(rulebook, "start-up-visa-applicant", day) for day in (last, last + timedelta(days=1)))
    assert before
    assert since
    terms = [
        (one.category.permit_type, one.category.offer_required, one.category.fee_required) for one in (before, since)
    ]
    assert terms == [("employer_specific", True, True), ("open", False, False)]


@pytest.mark.parametrize("agreement", ["investor", "transferee-manager", "transferee-trainee", "transferee-specialist"])
def test_what_the_united_kingdom_opens_in_the_pacific_is_not_known_since_august_2026(
    agreement: str, rulebook: Rulebook
) -> None:
    found = [
        outcome(rulebook, f"cptpp-{agreement}", day, applicant__citizenships=["GB"])
        for day in (date(2026, 7, 31), date(2026, 8, 1))
    ]
    assert found == [Outcome.NOT_ELIGIBLE, Outcome.UNDETERMINED]


@pytest.mark.parametrize("stream", ["working-holiday", "young-professionals", "international-co-op"])
@pytest.mark.parametrize(("country", "expected"), [("CL", Outcome.ELIGIBLE), ("HR", Outcome.UNDETERMINED)])
def test_a_gap_between_participations_is_looked_at_only_where_a_country_asks_for_one(
    country: str, expected: Outcome, stream: str, rulebook: Rulebook
) -> None:
    second = {"iec__country": country, "iec__prior_participations": 1, "iec__months_since_last_iec_permit": None}
    assert outcome(rulebook, f"iec-{stream}", date(2026, 11, 22), **second) is expected


def test_a_first_graduate_permit_needs_the_language_test_whatever_is_not_said_of_a_cut_permit(
    rulebook: Rulebook,
) -> None:
    facts = {"applicant__language_clb_min": 6, "study__pgwp_cut_by_passport": None}
    found = outcome(rulebook, "post-graduation-work-permit", date(2026, 11, 22), **facts)
    assert found is Outcome.NOT_ELIGIBLE
