"""The pages on the way: saving, changing, going back, losing the session, both languages."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from eligibility.models import Screening
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import minimum_wage_cad
from exemption_codes.models import CatalogueRelease
from tests.journeys.people import SENEGALESE_COOK
from tests.journeys.walking import outcomes, walk

IDENTITY = "/en/questions/identity/?fact=applicant.date_of_birth"


def only_screening() -> Screening:
    return Screening.objects.get(submitted_at=None)


def test_the_first_page_says_what_this_is(client: Client, release: CatalogueRelease) -> None:
    page = client.get("/en/").content.decode()
    for words in ("ten minutes", "your passport", "not legal advice", "an officer decides"):
        assert words in page


def test_starting_leads_to_the_ticks(visitor: Client) -> None:
    response = visitor.get("/en/questions/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/en/questions/purpose/?fact=")
    assert b"codes are still open" in response.content


def test_a_saved_page_is_kept_and_shown_again(visitor: Client, save: Callable[..., Any]) -> None:
    assert save("job_offer", offer__wage_hourly=24.5).status_code == 302
    assert only_screening().answers == {"offer.wage_hourly": 24.5}
    shown = visitor.get("/fr/questions/job_offer/?fact=offer.wage_hourly").content.decode()
    assert 'value="24,5"' in shown


def test_saving_twice_changes_nothing(visitor: Client, save: Callable[..., Any]) -> None:
    for _ in range(2):
        save("job_offer", offer__wage_hourly=24.5)
    assert Screening.objects.count() == 1
    assert only_screening().answers == {"offer.wage_hourly": 24.5}


def test_two_tabs_both_count(visitor: Client, save: Callable[..., Any]) -> None:
    save("job_offer", offer__wage_hourly=24.5)
    save("job_offer", offer__province="MB")
    assert only_screening().answers == {"offer.wage_hourly": 24.5, "offer.province": "MB"}


def test_unknown_takes_an_earlier_answer_back(visitor: Client, save: Callable[..., Any]) -> None:
    save("job_offer", offer__province="MB")
    visitor.post(
        "/en/questions/job_offer/?fact=offer.province", {"offer.province": "MB", "offer.province-unknown": "on"}
    )
    assert only_screening().answers == {}
    assert only_screening().skipped == ["offer.province"]


def test_an_error_keeps_what_was_typed_and_saves_nothing(visitor: Client) -> None:
    response = visitor.post("/en/questions/job_offer/?fact=offer.wage_hourly", {"offer.wage_hourly": "a lot"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="a lot"' in page
    assert "<title>Error: " in page
    assert 'href="#q-offer-wage_hourly"' in page
    assert only_screening().answers == {}


def test_ticking_nothing_is_an_error(visitor: Client) -> None:
    response = visitor.post("/en/questions/purpose/?fact=offer.exists", {})
    assert response.status_code == 422
    assert b"tick-1" in response.content


def test_the_other_language_takes_along_what_is_not_saved_yet(visitor: Client) -> None:
    data = {"offer.wage_hourly": "24.50", "redraw": "yes"}
    response = visitor.post("/fr/questions/job_offer/?fact=offer.wage_hourly", data)
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="24.50"' in page
    assert "salaire horaire" in page
    assert 'class="error"' not in page


def test_the_language_switch_leads_to_the_same_page(visitor: Client) -> None:
    page = visitor.get(IDENTITY).content.decode()
    assert 'href="/fr/questions/identity/?fact=applicant.date_of_birth"' in page


def test_the_months_of_a_date_stand_as_the_language_says_them(visitor: Client) -> None:
    english, french = (visitor.get(IDENTITY.replace("/en/", f"/{code}/")).content.decode() for code in ("en", "fr"))
    assert english.index("date_of_birth-month") < english.index("date_of_birth-day")
    assert french.index("date_of_birth-day") < french.index("date_of_birth-month")
    assert "février" in french


def test_a_page_without_answers_leads_kindly_to_the_start(client: Client, release: CatalogueRelease) -> None:
    for address in (
        "/en/questions/",
        IDENTITY,
        "/en/answers/",
        "/en/result/",
        "/en/result/send/",
        "/en/answers/download/",
    ):
        response = client.get(address, follow=True)
        assert response.redirect_chain[-1][0] == "/en/"
        assert b"no answers in this browser" in response.content


def test_answers_sent_after_the_session_is_gone_are_kept(client: Client, release: CatalogueRelease) -> None:
    response = client.post(
        "/en/questions/job_offer/?fact=offer.wage_hourly", {"offer.wage_hourly": "24.5"}, follow=True
    )
    assert b"What you entered just now is kept" in response.content
    assert only_screening().answers == {"offer.wage_hourly": 24.5}


@pytest.mark.parametrize("address", ["/en/questions/no_such_page/", "/en/result/no-such-code/"])
def test_what_does_not_exist_is_not_found(visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_a_page_without_facts_of_its_own_goes_on(visitor: Client) -> None:
    for query in ("", "?fact=no.such_fact", "?fact=offer.wage_hourly"):
        assert visitor.get(f"/en/questions/identity/{query}")["Location"] == "/en/questions/"


def test_a_change_from_the_answers_returns_there_when_nothing_else_is_open(visitor: Client, rulebook: Rulebook) -> None:
    walk(visitor, SENEGALESE_COOK, rulebook)
    address = "/en/questions/job_offer/?fact=offer.wage_hourly&from=answers"
    assert 'href="/en/answers/"' in visitor.get(address).content.decode()
    response = visitor.post(address, {"offer.wage_hourly": "21"}, follow=True)
    assert response.redirect_chain[-1][0] == "/en/answers/"
    assert "21 Canadian dollars" in response.content.decode()


def test_a_change_from_the_result_returns_to_the_result(visitor: Client) -> None:
    address = "/en/questions/job_offer/?fact=offer.wage_hourly&from=result"
    assert visitor.post(address, {"offer.wage_hourly": "21"})["Location"] == "/en/result/"


def test_changing_an_early_answer_changes_the_result(visitor: Client, rulebook: Rulebook) -> None:
    walk(visitor, SENEGALESE_COOK, rulebook)
    assert outcomes(visitor)["C16"] == "eligible"
    visitor.post("/en/questions/job_offer/?fact=offer.province", {"offer.province": "QC"})
    assert outcomes(visitor)["C16"] == "not_eligible"


def test_back_follows_the_way_somebody_came(visitor: Client, save: Callable[..., Any]) -> None:
    save("identity", applicant__citizenships=["SN"])
    page = visitor.get("/en/questions/job_offer/?fact=offer.province").content.decode()
    assert 'class="back" href="/en/questions/identity/?fact=applicant.citizenships"' in page
    first = visitor.get("/en/questions/identity/?fact=applicant.citizenships").content.decode()
    assert 'class="back" href="/en/"' in first


def test_looking_at_one_code_keeps_the_answers(visitor: Client, save: Callable[..., Any]) -> None:
    save("job_offer", offer__province="MB")
    visitor.post("/en/questions/begin/", {"only": "francophone-mobility"})
    assert only_screening().only == "francophone-mobility"
    assert only_screening().answers == {"offer.province": "MB"}
    assert list(outcomes(visitor)) == ["C16"]
    visitor.post("/en/questions/begin/", {"keep": "yes"})
    assert only_screening().only == ""
    assert len(outcomes(visitor)) > 1


def test_a_category_that_does_not_exist_limits_nothing(visitor: Client) -> None:
    visitor.post("/en/questions/begin/", {"only": "no-such-category"})
    assert only_screening().only == ""


def test_answers_can_be_taken_along_as_the_api_takes_them(visitor: Client, save: Callable[..., Any]) -> None:
    save("ties")
    visitor.post("/en/questions/ties/?fact=situation.speaks_french", {"ticked": "situation.speaks_french"})
    response = visitor.get("/en/answers/download/")
    assert "attachment" in response["Content-Disposition"]
    assert json.loads(response.content)["facts"] == {"situation.speaks_french": True}


def test_erasing_asks_first_and_then_erases(visitor: Client, save: Callable[..., Any]) -> None:
    save("job_offer", offer__province="MB")
    assert b"cannot be brought back" in visitor.get("/en/answers/erase/").content
    assert Screening.objects.count() == 1
    response = visitor.post("/en/answers/erase/", follow=True)
    assert b"have been erased" in response.content
    assert Screening.objects.count() == 0


def test_no_page_with_answers_is_kept_by_the_browser(visitor: Client, save: Callable[..., Any]) -> None:
    for address in (IDENTITY, "/en/answers/", "/en/result/"):
        assert "no-store" in visitor.get(address)["Cache-Control"]


@pytest.mark.parametrize("path", ["questions/", "answers/", "result/"])
def test_a_day_beyond_the_catalogue_says_so_and_loses_nothing(
    visitor: Client, save: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    save("job_offer", offer__province="MB")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2031, 1, 1))
    response = visitor.get(f"/en/{path}")
    assert response.status_code == 503
    assert b"goes to December 31, 2027" in response.content
    assert only_screening().answers == {"offer.province": "MB"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_minimum_wage_of_the_province_is_told_beside_its_question(
    visitor: Client, rulebook: Rulebook, language: str
) -> None:
    asked = f"/{language}/questions/job_offer/?fact=offer.minimum_wage_hourly"
    wage = minimum_wage_cad("MB", timezone.localdate(), rulebook)
    words = (
        f"here for Manitoba is ${wage:.2f}"
        if language == "en"
        else f"(Manitoba)\N{NO-BREAK SPACE}: {wage:.2f}".replace(".", ",")
    )
    assert words not in visitor.get(asked).content.decode()
    walk(visitor, SENEGALESE_COOK, rulebook)
    assert words in visitor.get(asked).content.decode()
