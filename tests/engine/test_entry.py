"""What somebody needs to travel to Canada, by citizenship, residence and day."""

from datetime import date

import pytest

from eligibility.engine.derive import derive
from eligibility.engine.entry import Need, entry_document_for
from exemption_codes.catalogue.rulebook import Rulebook

# Schedule 1.1 of the Regulations and R190, beside citizens of the United States and the passports that are named.
EXEMPT = [
    "AD", "AE", "AT", "AU", "BB", "BE", "BG", "BN", "BS", "CH", "CL", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
    "GB", "GR", "HR", "HU", "IE", "IS", "IT", "JP", "KR", "LI", "LT", "LU", "LV", "MC", "MT", "NL", "NO", "NZ", "PG",
    "PL", "PT", "QA", "SB", "SE", "SG", "SI", "SK", "SM", "WS",
]  # fmt: skip
NAMED_PASSPORT = ["HK", "IL", "RO", "TW"]
VISA_OR_ETA = [
    "AG", "AR", "BR", "CR", "ID", "KN", "LC", "MA", "MX", "MY", "PA", "PH", "SC", "TH", "TT", "UY", "VC"
]  # fmt: skip


def need(citizenships: list[str] | None, residences: list[str] | None, rulebook: Rulebook, on: date) -> Need:
    return entry_document_for(citizenships, residences, rulebook, on).need


def test_the_lists_are_those_of_the_regulations(rulebook: Rulebook, today: date) -> None:
    assert sorted(map(str, rulebook.members("visa_exempt", today))) == sorted([*EXEMPT, "US"])
    assert sorted(map(str, rulebook.undetermined_members("visa_exempt", today))) == NAMED_PASSPORT
    assert sorted(map(str, rulebook.members("eta_after_visa", today))) == VISA_OR_ETA


@pytest.mark.parametrize(
    ("citizenships", "residences", "wanted"),
    [
        (["US"], [], Need.NONE),
        (["US"], None, Need.NONE),
        (["GB"], [], Need.ETA),
        (["MX"], [], Need.ETA_AFTER_VISA),
        (["RO"], [], Need.PASSPORT),
        (["IN"], [], Need.VISA),
        (["UA"], [], Need.VISA),
        (["MX", "ES"], [], Need.ETA),
        (["IN", "US"], [], Need.NONE),
        (["IN"], ["US"], Need.NONE),
        (["IN"], ["GB"], Need.VISA),
        (None, ["US"], Need.NONE),
        (None, [], Need.UNKNOWN),
        (None, None, Need.UNKNOWN),
        ([], [], Need.UNKNOWN),
    ],
)
def test_the_least_that_one_of_them_asks_for_is_needed(
    citizenships: list[str] | None, residences: list[str] | None, wanted: Need, rulebook: Rulebook, today: date
) -> None:
    assert need(citizenships, residences, rulebook, today) is wanted


@pytest.mark.parametrize(
    ("country", "residences", "day", "wanted"),
    [
        ("MX", [], date(2016, 11, 30), Need.VISA),
        ("MX", [], date(2016, 12, 1), Need.ETA),
        ("MX", [], date(2024, 2, 29), Need.ETA),
        ("MX", [], date(2024, 3, 1), Need.ETA_AFTER_VISA),
        ("AE", [], date(2018, 6, 4), Need.VISA),
        ("AE", [], date(2018, 6, 5), Need.ETA),
        ("QA", [], date(2026, 6, 11), Need.PASSPORT),
        ("QA", [], date(2026, 6, 12), Need.ETA),
        ("ID", [], date(2026, 6, 14), Need.UNKNOWN),
        ("ID", [], date(2026, 6, 15), Need.ETA_AFTER_VISA),
        ("PH", [], date(2023, 6, 5), Need.VISA),
        ("PH", [], date(2023, 6, 6), Need.ETA_AFTER_VISA),
        ("IN", ["US"], date(2022, 4, 25), Need.ETA),
        ("IN", ["US"], date(2022, 4, 26), Need.NONE),
        ("FR", [], date(2016, 3, 14), Need.UNKNOWN),
        ("FR", [], date(2016, 3, 15), Need.ETA),
    ],
)
def test_both_sides_of_each_day_on_which_it_changed(
    country: str, residences: list[str], day: date, wanted: Need, rulebook: Rulebook
) -> None:
    assert need([country], residences, rulebook, day) is wanted


def test_unknown_residence_is_told_where_it_would_spare_something(rulebook: Rulebook, today: date) -> None:
    assert entry_document_for(["IN"], None, rulebook, today).unless_resident
    assert not entry_document_for(["IN"], [], rulebook, today).unless_resident
    assert not entry_document_for(["FR"], None, rulebook, today).unless_resident


def test_it_agrees_with_the_fact_on_which_the_rules_stand(rulebook: Rulebook, today: date) -> None:
    for country in [*EXEMPT, *NAMED_PASSPORT, *VISA_OR_ETA, "US", "IN", "UA"]:
        facts = {"applicant.citizenships": [country], "applicant.permanent_residence_countries": []}
        known = derive(facts, today, rulebook).values.get("applicant.visa_exempt")
        found = need([country], [], rulebook, today)
        wanted = {True: (Need.NONE, Need.ETA), False: (Need.VISA, Need.ETA_AFTER_VISA), None: (Need.PASSPORT,)}
        assert found in wanted[known]
