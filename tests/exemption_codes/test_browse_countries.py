"""What a citizenship opens follows from the rules alone."""

from datetime import date

import pytest

from exemption_codes.browse.countries import CountryPage, all_countries, country_page, covered_countries
from exemption_codes.catalogue.rulebook import Rulebook

TODAY = date(2026, 11, 25)


def page(rulebook: Rulebook, code: str, on: date = TODAY) -> CountryPage:
    return country_page(rulebook, code, on, "en")


def opened(found: CountryPage) -> set[str]:
    return {one.row.key for family in found.opened for one in family.categories}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("MX", {"T34", "T35", "T36", "T37", "T38", "T50", "T51", "T52", "T55", "T33"}),
        ("US", {"T34", "T35", "T36", "T37", "T38", "T33"}),
        ("FR", {"T41", "T42", "T43", "T44", "T46", "T47", "T48", "T33"}),
        ("SN", {"T33"}),
        ("IR", {"R01/R01-IRAN-2026"}),
    ],
)
def test_agreements_open_codes_to_the_citizens_they_name(rulebook: Rulebook, code: str, expected: set[str]) -> None:
    assert opened(page(rulebook, code)) == expected


def test_what_sources_dispute_is_neither_open_nor_closed(rulebook: Rulebook) -> None:
    british = page(rulebook, "GB")
    assert {one.row.key for one in british.unsettled} == {"T50", "T51", "T52", "T54", "T55"}
    assert not opened(british) & {"T50", "T51", "T52", "T54", "T55"}
    assert "T50" in {one.row.key for one in page(rulebook, "SG").unsettled}


def test_youth_mobility_gives_the_ages_of_the_country(rulebook: Rulebook) -> None:
    ages = {one.row.key: (one.age_min, one.age_max, one.months) for one in page(rulebook, "IE").youth}
    assert ages["C21/WH"] == (18, 35, 24)
    assert not page(rulebook, "MX").youth
    assert {one.row.key for one in page(rulebook, "MX").otherwise} == {"C21/ICP", "C21/WH", "C21/YP"}


def test_a_country_in_some_of_the_categories_reaches_the_others_by_another_way(rulebook: Rulebook) -> None:
    swiss = page(rulebook, "CH")
    assert {one.row.key for one in swiss.youth} == {"C21/ICP", "C21/YP"}
    assert {one.row.key for one in swiss.otherwise} == {"C21/WH"}


@pytest.mark.parametrize(
    ("code", "need"), [("US", "none"), ("FR", "eta"), ("MX", "eta_after_visa"), ("SN", "visa"), ("RO", "passport")]
)
def test_the_need_of_a_visa_or_eta_follows_from_the_lists(rulebook: Rulebook, code: str, need: str) -> None:
    entry = page(rulebook, code).entry
    assert entry.need == need
    assert entry.citations


def test_the_need_of_earlier_days_is_told_since_there_is_an_eta(rulebook: Rulebook) -> None:
    assert page(rulebook, "MX", date(2022, 12, 14)).entry.need == "eta"
    assert page(rulebook, "MX", date(2016, 3, 14)).entry.need == "unknown"


def test_permanent_residents_count_where_the_agreement_says_so(rulebook: Rulebook) -> None:
    assert {"T50", "T51", "T52", "T55", "T33"} == {one.row.key for one in page(rulebook, "AU").resident}


def test_each_category_in_force_stands_in_one_place(rulebook: Rulebook) -> None:
    for code in ("MX", "GB", "CH", "SN"):
        found = page(rulebook, code)
        groups = [
            opened(found), {one.row.key for one in found.unsettled}, {one.row.key for one in found.youth},
            {one.row.key for one in found.otherwise}, {row.key for row in found.closed},
            {row.key for family in found.independent for row in family.rows},
        ]  # fmt: skip
        assert sum(map(len, groups)) == len(set().union(*groups)) == len(rulebook.in_force(TODAY))


def test_a_code_that_asks_for_no_citizenship_is_open_whatever_it_is(rulebook: Rulebook) -> None:
    independent = {row.key for family in page(rulebook, "SN").independent for row in family.rows}
    assert {"C10", "C16", "C41", "C62", "R186(a)"} <= independent


def test_the_past_has_its_own_members(rulebook: Rulebook) -> None:
    before, after = page(rulebook, "CL", date(2023, 2, 19)), page(rulebook, "CL", date(2023, 2, 20))
    assert "T52" not in opened(before)
    assert "T52" in opened(after)
    assert "T46" in opened(page(rulebook, "GB", date(2020, 12, 31)))
    assert "T46" not in opened(page(rulebook, "GB", date(2021, 1, 1)))


def test_countries_are_named_in_the_order_of_their_names(rulebook: Rulebook) -> None:
    french = [country.name for country in all_countries("fr")]
    assert french.index("Égypte") < french.index("Espagne") < french.index("États-Unis")
    covered = {one.country.code: one.families for one in covered_countries(rulebook, TODAY, "en")}
    assert "International Experience Canada" in covered["IE"]
    assert "SN" not in covered
