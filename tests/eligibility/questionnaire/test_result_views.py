"""The result, one code in full, and sending a copy to a consultant."""

import pytest
from django.test import Client

from eligibility.models import Screening
from exemption_codes.catalogue.rulebook import Rulebook
from tests.journeys.people import NOBODY_WITH_A_CODE, SENEGALESE_COOK, indian_manager
from tests.journeys.walking import walk

CONTACT = {"contact_name": "Awa Exemple", "contact_email": "awa@example.com", "consent": "on"}


@pytest.fixture
def cook(visitor: Client, rulebook: Rulebook) -> Client:
    walk(visitor, SENEGALESE_COOK, rulebook)
    return visitor


def test_a_code_that_is_open_is_shown_in_full(cook: Client) -> None:
    page = cook.get("/en/result/").content.decode()
    for words in (
        "You meet the criteria",
        "Francophone Mobility",
        "Employer compliance fee: $230",
        "Employer Portal",
        "Documents to bring",
        "Why: each criterion with its source",
        "Where to apply",
        "Official pages",
    ):
        assert words in page


def test_the_result_is_written_in_french_too(cook: Client) -> None:
    page = cook.get("/fr/result/").content.decode()
    assert "Vous remplissez les critères" in page
    assert "230\u00a0$" in page


def test_the_result_says_the_date_and_the_day_of_the_law(cook: Client) -> None:
    page = cook.get("/en/result/").content.decode()
    assert "For an application made on" in page
    assert "under the law as read on November 22, 2026" in page


def test_a_former_code_stands_beside_todays(visitor: Client, rulebook: Rulebook) -> None:
    walk(visitor, indian_manager(12), rulebook)
    page = visitor.get("/en/result/").content.decode()
    assert "C12 until December 14, 2022" in page


def test_a_closed_code_has_a_page_of_its_own(visitor: Client, rulebook: Rulebook) -> None:
    walk(visitor, indian_manager(11), rulebook)
    page = visitor.get("/en/result/transferee-manager/").content.decode()
    assert "You do not meet the criteria" in page
    assert "What would open it" in page
    assert "at least 12 months" in page


def test_nothing_fits_shows_the_way_with_an_lmia(visitor: Client, rulebook: Rulebook) -> None:
    walk(visitor, NOBODY_WITH_A_CODE, rulebook)
    page = visitor.get("/en/result/").content.decode()
    assert "Temporary Foreign Worker Program" in page
    assert "No code fits today" in page


def test_who_needs_no_permit_is_not_told_that_no_code_is_open(visitor: Client, rulebook: Rulebook) -> None:
    buyer = {
        "situation.special_activity": True,
        "activity.kind": "business_visitor",
        "activity.business_purpose": "purchase",
        "activity.enters_labour_market": False,
        "applicant.citizenships": ["CN"],
        "applicant.permanent_residence_countries": [],
        "applicant.location": "outside_canada",
    }
    walk(visitor, buyer, rulebook)
    page = visitor.get("/en/result/").content.decode()
    assert "You may not need a work permit" in page
    assert "If your work needs a permit after all" in page
    assert "No code is open to you" not in page


def test_a_result_before_the_last_question_says_so(visitor: Client) -> None:
    assert b"Some questions are still open" in visitor.get("/en/result/").content


def test_a_copy_is_sent_once_however_often_the_button_is_pressed(cook: Client) -> None:
    for _ in range(3):
        response = cook.post("/en/result/send/", CONTACT, follow=True)
    sent = Screening.objects.get(submitted_at__isnull=False)
    assert sent.reference in response.content.decode()
    assert "C16" in sent.matched_codes
    assert sent.answers["offer.province"] == "MB"


def test_after_sending_the_answers_can_still_be_changed(cook: Client) -> None:
    cook.post("/en/result/send/", CONTACT)
    cook.post("/en/questions/job_offer/?fact=offer.province", {"offer.province": "QC"})
    assert Screening.objects.get(submitted_at__isnull=False).answers["offer.province"] == "MB"
    assert Screening.objects.get(submitted_at=None).answers["offer.province"] == "QC"


def test_nothing_is_sent_without_consent(cook: Client) -> None:
    response = cook.post("/en/result/send/", {**CONTACT, "consent": ""})
    assert response.status_code == 422
    assert 'value="Awa Exemple"' in response.content.decode()
    assert not Screening.objects.filter(submitted_at__isnull=False).exists()


def test_the_page_after_sending_is_only_for_those_who_sent(visitor: Client) -> None:
    assert visitor.get("/en/result/sent/")["Location"] == "/en/"
