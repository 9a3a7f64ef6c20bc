"""Whole pages of questions and ticks."""

from django.http import QueryDict

from eligibility.questionnaire.choice_fields import NONE_OF_THESE
from eligibility.questionnaire.forms import QuestionsForm, SubmitForm, TicksForm
from exemption_codes.catalogue.rulebook import Rulebook

WAGE, PLACE, CITIZEN = "offer.wage_hourly", "offer.province", "applicant.citizenships"


def test_answers_and_unknowns_come_apart(rulebook: Rulebook) -> None:
    data = QueryDict(f"{WAGE}=24%2C50&{PLACE}=&{PLACE}-unknown=on&{CITIZEN}=SN&{CITIZEN}=&{CITIZEN}=")
    form = QuestionsForm([WAGE, PLACE, CITIZEN], rulebook, "fr", {}, [], data)
    assert form.is_valid(), form.errors
    assert form.answered() == ({WAGE: 24.5, CITIZEN: ["SN"]}, {PLACE})


def test_words_in_a_search_box_without_a_choice_are_an_error_that_keeps_them(rulebook: Rulebook) -> None:
    data = QueryDict("offer.noc=&offer.noc-typed=lighthouse+keeper")
    form = QuestionsForm(["offer.noc"], rulebook, "en", {}, [], data)
    assert not form.is_valid()
    assert form.errors.as_data()["offer.noc"][0].code == "not_chosen"
    assert form.searched("offer.noc") == [("", "lighthouse keeper")]


def test_one_country_chosen_does_not_swallow_the_words_for_another(rulebook: Rulebook) -> None:
    data = QueryDict(f"{CITIZEN}=SN&{CITIZEN}-typed=Senegal&{CITIZEN}=&{CITIZEN}-typed=Irland")
    form = QuestionsForm([CITIZEN], rulebook, "en", {}, [], data)
    assert not form.is_valid()
    assert "Irland" in str(form.errors[CITIZEN])


def test_what_was_answered_before_is_shown_again(rulebook: Rulebook) -> None:
    form = QuestionsForm([WAGE, PLACE], rulebook, "fr", {WAGE: 24.5}, [PLACE])
    assert form.typed(WAGE) == ("24,5", False)
    assert form.typed(PLACE) == ("", True)


def test_a_page_of_ticks_wants_one_tick_or_none_of_these() -> None:
    assert not TicksForm(["a", "b"], QueryDict("")).is_valid()
    assert not TicksForm(["a", "b"], QueryDict(f"ticked=a&ticked={NONE_OF_THESE}")).is_valid()
    assert not TicksForm(["a", "b"], QueryDict("ticked=c")).is_valid()
    none = TicksForm(["a", "b"], QueryDict(f"ticked={NONE_OF_THESE}"))
    assert none.is_valid()
    assert none.cleaned_data["ticked"] == set()


def test_nothing_is_sent_without_consent() -> None:
    form = SubmitForm({"contact_name": "Ada Example", "contact_email": "ada@example.com"})
    assert not form.is_valid()
    assert list(form.errors) == ["consent"]
