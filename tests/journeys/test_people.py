"""Whole journeys with the test client, on the rules of this repository: everybody gets the outcome that is theirs."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from tests.journeys.people import Person, people
from tests.journeys.walking import outcomes, walk

NAMES = [person.name for person in people(date(2026, 11, 22))]


def person_today(name: str) -> Person:
    return next(person for person in people(timezone.localdate()) if person.name == name)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", NAMES)
def test_everybody_is_shown_the_outcome_that_is_theirs(
    client: Client, release: CatalogueRelease, rulebook: Rulebook, name: str, language: str
) -> None:
    person = person_today(name)
    walk(client, person.facts, rulebook, language)
    shown = outcomes(client, language)
    assert {code: shown.get(code) for code in person.outcomes} == person.outcomes
    fitting = [code for code, outcome in shown.items() if outcome in ("eligible", "officer_judgement")]
    assert not (person.nothing_fits and fitting), fitting


def test_every_code_in_force_is_on_the_result_page_once(
    client: Client, release: CatalogueRelease, rulebook: Rulebook
) -> None:
    walk(client, person_today("US engineer").facts, rulebook)
    page = client.get("/en/result/").content.decode()
    in_force = rulebook.in_force(timezone.localdate())
    assert [page.count(f' id="{category.id}"') for category in in_force] == [1] * len(in_force)


def test_nobody_is_asked_twice(client: Client, release: CatalogueRelease, rulebook: Rulebook) -> None:
    asked = walk(client, person_today("Indian manager after 12 months").facts, rulebook)
    assert len(asked) == len(set(asked))


def test_every_question_of_a_journey_has_words_in_both_languages(
    client: Client, release: CatalogueRelease, rulebook: Rulebook
) -> None:
    for name in walk(client, person_today("Founder with 51 percent").facts, rulebook):
        fact = rulebook.facts[name]
        assert fact.question.en.endswith("?"), name
        assert fact.question.fr.endswith("?"), name
        assert fact.question.en != name
