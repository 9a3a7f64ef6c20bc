"""The eight journeys in a browser, on both sides of each threshold, half of them in French."""

from datetime import date

import pytest
from django.utils import timezone

from tests.browser.visitor import Visitor
from tests.journeys.people import people

NAMES = [person.name for person in people(date(2026, 11, 22))]


@pytest.mark.parametrize(("place", "name"), list(enumerate(NAMES)), ids=NAMES)
def test_the_result_page_shows_the_outcome_that_is_theirs(visitor: Visitor, place: int, name: str) -> None:
    person = people(timezone.localdate())[place]
    visitor.language = ("en", "fr")[place % 2]
    visitor.walk(person.facts)
    shown = visitor.outcomes()
    assert {code: shown.get(code) for code in person.outcomes} == person.outcomes
    if person.nothing_fits:
        assert not {"eligible", "officer_judgement"} & set(shown.values())
        assert visitor.page.get_by_text("EIMT" if visitor.language == "fr" else "LMIA").first.is_visible()
