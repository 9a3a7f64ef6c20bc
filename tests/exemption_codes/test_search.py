"""The search finds categories by codes of today and before, countries, occupations and words of either language."""

from datetime import date

import pytest
from django.utils import translation

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.search import Search, categories_named, search

TODAY = date(2026, 11, 25)


def find(rulebook: Rulebook, query: str, language: str = "en", on: date = TODAY) -> Search:
    return search(rulebook, query, on, language)


def keys(found: Search) -> list[str]:
    return [one.row.key for one in found.categories]


@pytest.mark.parametrize("written", ["T23", "t23", " T23 ", "T 23", "T-23"])
def test_a_former_code_finds_its_successors_and_names_todays(rulebook: Rulebook, written: str) -> None:
    found = find(rulebook, written)
    assert keys(found) == ["T36", "F22", "F12", "F32", "F42", "F52"]
    assert {one.renamed.code for one in found.categories if one.renamed} == {"T23"}
    assert "December 14, 2022" in {one.renamed.until for one in found.categories if one.renamed}


def test_a_code_shared_over_time_lists_those_who_bear_it_first(rulebook: Rulebook) -> None:
    found = find(rulebook, "A75")
    assert keys(found)[:1] == ["A75/bowp"]
    assert [one.row.key for one in found.categories if one.renamed] == keys(found)[-2:] == ["A77", "A73"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("C12", {"C61", "C62", "C63"}),
        ("C21", {"C21/ICP", "C21/WH", "C21/YP"}),
        ("C21/WH", {"C21/WH"}),
        ("c21 wh", {"C21/WH"}),
        ("T3", {"T33", "T34", "T35", "T36", "T37", "T38"}),
        ("R186(v)", {"R186(v)"}),
        ("R186v)", {"R186(v)"}),
        ("what is T36 for", {"T36"}),
    ],
)
def test_codes_are_read_in_the_ways_people_write_them(rulebook: Rulebook, written: str, expected: set[str]) -> None:
    assert set(keys(find(rulebook, written))) == expected


@pytest.mark.parametrize("written", ["Mexico", "mexico", "Mexique", "MX", "mexiqu"])
def test_a_country_is_found_by_its_names_and_code(rulebook: Rulebook, written: str) -> None:
    found = find(rulebook, written)
    assert [country.code for country in found.countries] == ["MX"]
    assert {"T36", "T50", "T33"} <= set(keys(found))
    assert "names Mexico" in next(one.because for one in found.categories if one.row.key == "T34")


@pytest.mark.parametrize(("written", "code"), [("UK", "GB"), ("USA", "US"), ("Cote d'Ivoire", "CI"), ("sénégal", "SN")])
def test_other_names_of_countries_count_and_accents_do_not(rulebook: Rulebook, written: str, code: str) -> None:
    assert [country.code for country in find(rulebook, written).countries] == [code]


@pytest.mark.parametrize("written", ["21231", "software engineers", "ingénieurs concepteurs logiciel"])
def test_an_occupation_is_found_by_code_and_by_title(rulebook: Rulebook, written: str) -> None:
    found = {one.code: {row.code for row in one.rows} for one in find(rulebook, written).occupations}
    assert {"C41", "F60", "T43"} <= found["21231"]


def test_a_listed_profession_leads_to_the_agreements_that_list_it(rulebook: Rulebook) -> None:
    because = {one.row.key: one.because for one in find(rulebook, "accountant").categories}
    assert because["T36"] == ("lists “Accountant”",)


@pytest.mark.parametrize("written", ["working holiday", "WORKING HOLIDAYS", "vacances-travail", "vacances travail"])
def test_words_of_either_language_find_a_name(rulebook: Rulebook, written: str) -> None:
    assert keys(find(rulebook, written))[0] == "C21/WH"


@pytest.mark.parametrize("written", ["époux", "EPOUX", "spouses", "conjoint de fait"])
def test_accents_capitals_and_plurals_do_not_matter(rulebook: Rulebook, written: str) -> None:
    assert "C41" in keys(find(rulebook, written))


def test_what_ended_is_found_too_after_what_is_in_force(rulebook: Rulebook) -> None:
    found = find(rulebook, "co-op")
    states = [one.row.state for one in found.categories]
    assert keys(found)[-1] == "C32"
    assert states == sorted(states, key=lambda state: state != "in_force")


def test_what_guides_get_wrong_is_found_by_its_words(rulebook: Rulebook) -> None:
    found = find(rulebook, "global talent stream")
    assert [one.id for one in found.corrections] == ["global-talent-stream"]
    assert not found.categories


def test_a_misspelt_word_is_answered_with_the_word_that_may_be_meant(rulebook: Rulebook) -> None:
    found = find(rulebook, "proffessional traders")
    assert found.suggestion == "professional traders"


def test_where_nothing_has_all_words_those_with_most_are_shown(rulebook: Rulebook) -> None:
    found = find(rulebook, "jockey from the moon")
    assert found.is_partial
    assert keys(found) == ["C11/jockey"]


@pytest.mark.parametrize("written", ["T23 T24", "t24, t23", "T24 or T23?"])
def test_several_codes_find_what_bears_each(rulebook: Rulebook, written: str) -> None:
    found = keys(find(rulebook, written))
    assert {"T36", "T37", "T38"} <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("written", "there", "not_there"),
    [
        ("R204(d)", "C21/WH", "C16"),
        ("R205c)(ii)", "C16", "C10"),
        ("r205(a)", "C10", "C50/religious"),
        ("205(a)", "C10", "C50/religious"),
        ("IRPR 205(c)(ii)", "C16", "C10"),
        ("alinéa 205a)", "C10", "C50/religious"),
    ],
)
def test_a_provision_finds_what_rests_on_it(rulebook: Rulebook, written: str, there: str, not_there: str) -> None:
    found = keys(find(rulebook, written))
    assert there in found
    assert not_there not in found


def test_a_provision_is_that_of_the_day(rulebook: Rulebook) -> None:
    assert "C21/WH" in keys(find(rulebook, "R205(b)", on=date(2024, 11, 28)))
    assert "C21/WH" not in keys(find(rulebook, "R205(b)", on=date(2024, 11, 29)))


@pytest.mark.parametrize(
    ("written", "key"),
    [("engineer mexico", "T36"), ("ingénieur Mexique", "T36"), ("working holiday australia", "C21/WH")],
)
def test_a_country_beside_other_words_counts_as_one_of_them(rulebook: Rulebook, written: str, key: str) -> None:
    found = find(rulebook, written)
    assert key in keys(found)
    assert not found.is_partial


@pytest.mark.parametrize("written", ["ssss", "x" * 300])
def test_what_only_looks_like_a_plural_finds_nothing(rulebook: Rulebook, written: str) -> None:
    assert find(rulebook, written).is_empty


@pytest.mark.parametrize("written", ["", "   ", "%", "é", "xyzzy", "a" * 500, "(", "\\", "'; --"])
def test_odd_searches_are_answered(rulebook: Rulebook, written: str) -> None:
    assert len(find(rulebook, written).query) <= 80


def test_the_reason_is_in_the_readers_language(rulebook: Rulebook) -> None:
    with translation.override("fr"):
        found = find(rulebook, "Mexique", "fr")
    assert "nomme ce pays\N{NO-BREAK SPACE}: Mexique" in found.categories[0].because


def test_a_past_day_has_the_codes_of_that_day(rulebook: Rulebook) -> None:
    found = find(rulebook, "T23", on=date(2022, 12, 14))
    assert {one.row.code for one in found.categories} == {"T23"}
    assert not any(one.renamed for one in found.categories)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("cusma-professional", ["cusma-professional"]),
        ("T36", ["cusma-professional"]),
        ("t36", ["cusma-professional"]),
        ("C21/WH", ["iec-working-holiday"]),
        ("C50", ["religious-worker"]),
        ("R186(V)", ["no-permit-off-campus-student"]),
        ("R186v)", ["no-permit-off-campus-student"]),
        ("Z99", []),
        ("T36/nothing", []),
        ("", []),
    ],
)
def test_a_name_stands_for_the_category_that_bears_it_today(rulebook: Rulebook, name: str, ids: list[str]) -> None:
    assert [category.id for category in categories_named(rulebook, name, TODAY)] == ids
