"""Answers chosen from radio buttons, boxes and lists."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from eligibility.questionnaire import choice_fields, option_lists
from eligibility.questionnaire.fields import UNKNOWN
from exemption_codes.catalogue.rulebook import Rulebook


@pytest.mark.parametrize(("typed", "answer"), [("yes", True), ("no", False)])
def test_yes_and_no_become_true_and_false(rulebook: Rulebook, typed: str, answer: bool) -> None:
    field = choice_fields.YesNoAnswer("offer.exists", rulebook, "en")
    assert field.clean((typed, False)) is answer
    assert field.as_typed(answer) == typed


@pytest.mark.parametrize("typed", ["maybe", "True", "<b>"])
def test_a_choice_that_is_not_offered_is_refused(rulebook: Rulebook, typed: str) -> None:
    with pytest.raises(ValidationError):
        choice_fields.YesNoAnswer("offer.exists", rulebook, "en").clean((typed, False))


def test_nothing_chosen_is_an_error_and_not_unknown(rulebook: Rulebook) -> None:
    field = choice_fields.ChoiceAnswer("applicant.location", rulebook, "en")
    assert field.clean(("", True)) == UNKNOWN
    with pytest.raises(ValidationError) as refused:
        field.clean(("", False))
    assert refused.value.code == "required"


def test_what_is_newly_chosen_counts_although_unknown_is_still_ticked(rulebook: Rulebook) -> None:
    field = choice_fields.ProvinceAnswer("offer.province", rulebook, "en", before=None)
    assert field.clean(("MB", True)) == "MB"


def test_unknown_ticked_beside_the_answer_of_before_takes_it_back(rulebook: Rulebook) -> None:
    field = choice_fields.ProvinceAnswer("offer.province", rulebook, "en", before="MB")
    assert field.clean(("MB", True)) == UNKNOWN
    assert field.clean(("SK", True)) == "SK"


@pytest.mark.parametrize(
    ("typed", "answer"), [(["none_of_these"], []), (["economic", "social", "social"], ["economic", "social"])]
)
def test_boxes_give_a_list_and_none_of_these_an_empty_one(rulebook: Rulebook, typed: Any, answer: Any) -> None:
    assert choice_fields.SeveralAnswer("benefit.kind", rulebook, "en").clean((typed, False)) == answer


def test_none_of_these_excludes_the_rest(rulebook: Rulebook) -> None:
    with pytest.raises(ValidationError) as refused:
        choice_fields.SeveralAnswer("benefit.kind", rulebook, "en").clean((["economic", "none_of_these"], False))
    assert refused.value.code == "both"


def test_countries_keep_their_order_and_lose_doubles(rulebook: Rulebook) -> None:
    field = choice_fields.CountriesAnswer("applicant.citizenships", rulebook, "fr")
    assert field.clean((["SN", "FR", "SN"], False)) == ["SN", "FR"]


@pytest.mark.parametrize(
    ("fact", "words"),
    [("applicant.citizenships", "None (stateless)"), ("applicant.permanent_residence_countries", "None")],
)
def test_somebody_may_have_no_country(rulebook: Rulebook, fact: str, words: str) -> None:
    field = choice_fields.CountriesAnswer(fact, rulebook, "en")
    with translation.override("en"):
        assert field.none_words == words
    assert field.clean((["none_of_these"], False)) == []


@pytest.mark.parametrize(
    ("language", "first", "last"), [("en", "Afghanistan", "Zimbabwe"), ("fr", "Afghanistan", "Zimbabwe")]
)
def test_countries_stand_in_the_order_of_their_names(language: str, first: str, last: str) -> None:
    names = [option.words for option in option_lists.countries(language)]
    assert (names[0], names[-1]) == (first, last)
    assert len(names) > 240


def test_a_country_is_also_found_by_its_other_names() -> None:
    by_code = {option.value: option for option in option_lists.countries("en")}
    assert "Ivory Coast" in by_code["CI"].also
    assert "Allemagne" in by_code["DE"].also


def test_an_accent_does_not_send_a_name_to_the_end() -> None:
    names = [option.words for option in option_lists.countries("fr")]
    assert names.index("Équateur") < names.index("Espagne")


def test_occupations_carry_their_title_in_the_other_language(rulebook: Rulebook) -> None:
    cook = next(option for option in option_lists.occupations(rulebook, "en") if option.value == "63200")
    assert cook.words == "Cooks (63200)"
    assert "cuisini" in cook.also.lower()
    assert len(option_lists.occupations(rulebook, "fr")) == 517


def test_former_codes_can_be_chosen_with_what_they_stand_for(rulebook: Rulebook) -> None:
    by_value = {option.value: option.words for option in option_lists.exemption_codes(rulebook, "en")}
    assert by_value["C12"].startswith("C12 (until December 14, 2022) – ")
    assert "C62" in by_value


def test_few_choices_are_radio_buttons_and_many_a_search(rulebook: Rulebook) -> None:
    def kind(fact: str) -> str:
        return choice_fields.ChoiceAnswer(fact, rulebook, "en").kind

    assert kind("applicant.location") == "radios"
    assert kind("offer.cusma_profession") == "search"
