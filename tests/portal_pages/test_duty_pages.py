"""Duties through the pages: what is due, recording and undoing it, the calendar feed, the estimate, and notices."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from employer_portal.models import CalendarFeed, DutyRecord, Employer, Membership, OfferOfEmployment, Role
from tests.employer_portal.documents import PDF_BYTES, upload
from tests.employer_portal.factories import EmployerFactory, used_offer
from tests.portal_pages.conftest import SignedIn


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.SECONDARY)


@pytest.fixture
def member(client: Client) -> Membership:
    return Membership.objects.get(user_id=client.session["_auth_user_id"])


@pytest.fixture
def worker(member: Membership) -> OfferOfEmployment:
    return used_offer(member)


def address(name: str, employer: Employer, **parts: object) -> str:
    return reverse(f"employer_portal:{name}", kwargs={"employer_id": employer.pk, **parts})


def record_page(worker: OfferOfEmployment, duty: str) -> str:
    return address("duty_record", worker.employer, offer_id=worker.pk, duty=duty)


def test_the_agenda_names_what_is_due_for_whom(client: Client, worker: OfferOfEmployment) -> None:
    page = client.get(address("duties", worker.employer)).content.decode()
    assert page.index("Hand over the rights information") < page.index("File for a renewal")
    assert "Kim Example" in page
    assert "0 of 12 documents at hand" in page


def test_a_duty_is_recorded_with_its_proof_and_undone(client: Client, worker: OfferOfEmployment) -> None:
    typed = {"done_on": timezone.localdate().isoformat(), "note": "Handed over in English.", "proof": upload()}
    worker_page = address("duty_worker", worker.employer, offer_id=worker.pk)
    for _pressed_twice in range(2):
        assert (
            client.post(record_page(worker, "rights_information"), {**typed, "proof": upload()})["Location"]
            == worker_page
        )
    record = DutyRecord.objects.get()
    page = client.get(worker_page).content.decode()
    assert "Handed over in English." in page
    assert record.proof is not None
    file = address("file", worker.employer, file_id=record.proof.pk)
    assert file in page
    assert client.get(file).content == PDF_BYTES
    undo = address("duty_undo", worker.employer, offer_id=worker.pk, record_id=record.pk)
    for _pressed_twice in range(2):
        assert client.post(undo)["Location"] == worker_page
    undone = DutyRecord.objects.get()
    assert (undone.undone_by_id, undone.undone_at is not None) == (record.recorded_by_id, True)
    assert "Handed over in English." not in client.get(worker_page).content.decode()
    client.post(record_page(worker, "rights_information"), {"done_on": timezone.localdate().isoformat()})
    assert DutyRecord.objects.filter(undone_at=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"done_on": "2999-01-01"}, "not before"),
        ({"done_on": "soon"}, "valid date"),
        ({"proof": SimpleUploadedFile("proof.pdf", b"MZ\x90 not a document")}, "Only whole PDF"),
    ],
)
def test_a_wrong_record_is_said_and_nothing_is_lost(
    client: Client, worker: OfferOfEmployment, changes: dict[str, object], words: str
) -> None:
    typed = {"done_on": timezone.localdate().isoformat(), "note": "Kept in the safe", **changes}
    page = client.post(record_page(worker, "document:agreement"), typed).content.decode()
    assert words in page
    assert "Kept in the safe" in page
    assert not DutyRecord.objects.exists()


def test_the_first_day_of_work_moves_the_days_that_hang_on_it(client: Client, worker: OfferOfEmployment) -> None:
    day = timezone.localdate() + timedelta(days=3)
    first_day = address("duty_first_day", worker.employer, offer_id=worker.pk)
    assert "cannot lie before" in client.post(first_day, {"first_day_on": "2001-01-01"}).content.decode()
    assert client.post(first_day, {"first_day_on": day.isoformat()}).status_code == 302
    assert OfferOfEmployment.objects.get(pk=worker.pk).first_day_on == day


def test_the_list_of_responsibilities_has_ten_and_the_newer_with_provisions(client: Client, employer: Employer) -> None:
    page = client.get(address("responsibilities", employer)).content.decode()
    assert "10. Inspections" in page
    assert "11. " not in page
    for provision in ("R209.2(1)(a)(ix)", "R209.2(1)(a.1)", "R209.4(1)"):
        assert provision in page


@pytest.mark.parametrize("role", Role)
def test_who_may_record_and_who_only_reads(signed_in: SignedIn, worker: OfferOfEmployment, role: Role) -> None:
    client = signed_in(role)
    may = role is not Role.AUDITOR
    page = client.get(address("duty_worker", worker.employer, offer_id=worker.pk)).content.decode()
    assert (record_page(worker, "rights_information") in page) is may
    for other in (
        record_page(worker, "rights_information"),
        address("duty_first_day", worker.employer, offer_id=worker.pk),
    ):
        assert client.get(other).status_code == (200 if may else 403)


def test_another_employers_worker_is_not_there(signed_in: SignedIn, worker: OfferOfEmployment) -> None:
    stranger = signed_in(Role.PRIMARY, of=EmployerFactory())
    theirs = Membership.objects.get(user_id=stranger.session["_auth_user_id"]).employer
    for employer in (worker.employer, theirs):
        for name, parts in (("duty_worker", {}), ("duty_record", {"duty": "renewal"}), ("duty_first_day", {})):
            assert stranger.get(address(name, employer, offer_id=worker.pk, **parts)).status_code == 404
        undo = address("duty_undo", employer, offer_id=worker.pk, record_id=1)
        assert stranger.post(undo).status_code == 404


def test_nothing_is_recorded_of_a_duty_that_is_none(client: Client, worker: OfferOfEmployment) -> None:
    assert client.post(record_page(worker, "lighting_lamps"), {"done_on": "2020-01-01"}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_workers(client: Client, member: Membership) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address("duties", member.employer))
        return len(captured)

    used_offer(member)
    queries()
    few = queries()
    for _more in range(4):
        used_offer(member)
    assert queries() == few <= MOST_QUERIES


MOST_QUERIES = 10

# The calendar feed ----------------------------------------------------------------------------------------------------


def make_feed(client: Client, employer: Employer, **asked: str) -> str:
    """Make a calendar address through the page; return its path."""
    page = client.post(address("duty_reminders", employer), {"what": "make", **asked}).content.decode()
    return "/" + page.split('class="address">')[1].split("</code>")[0].partition("://")[2].partition("/")[2]


def test_a_feed_has_the_open_days_and_no_names(client: Client, worker: OfferOfEmployment) -> None:
    feed = make_feed(client, worker.employer)
    answer = Client().get(feed)
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode().replace("\r\n ", "")
    assert "K.E.\\, Lighthouse engineer" in text
    assert "Kim" not in text
    assert worker.worker_passport_number not in text
    days = {
        event["uid"].split("-")[0]: event["dtstart"].dt for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }
    assert days["rights_information"] == worker.starts_on
    assert days["permit_conditions"] == worker.permit_expires_on
    client.post(record_page(worker, "rights_information"), {"done_on": timezone.localdate().isoformat()})
    assert b"rights_information-" not in Client().get(feed).content


def test_names_are_in_a_feed_only_where_its_person_chose_so(client: Client, worker: OfferOfEmployment) -> None:
    feed = make_feed(client, worker.employer, shows_names="on")
    assert "Kim Example" in Client().get(feed.replace("/en/", "/fr/")).content.decode()


def test_a_feed_stops_when_it_is_revoked_replaced_or_its_person_is_gone(
    client: Client, worker: OfferOfEmployment
) -> None:
    first = make_feed(client, worker.employer)
    second = make_feed(client, worker.employer)
    assert [Client().get(feed).status_code for feed in (first, second)] == [404, 200]
    client.post(address("duty_reminders", worker.employer), {"what": "revoke"})
    assert Client().get(second).status_code == 404
    third = make_feed(client, worker.employer)
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 1
    Membership.objects.update(removed_at=timezone.now())
    assert Client().get(third).status_code == 404
    assert Client().get(third.replace(".ics", "x.ics")).status_code == 404


def test_a_feed_shows_only_what_its_person_may_see(signed_in: SignedIn, worker: OfferOfEmployment) -> None:
    narrow = signed_in(Role.SECONDARY)
    Membership.objects.filter(user_id=narrow.session["_auth_user_id"]).update(own_offers_only=True)
    assert b"VEVENT" not in Client().get(make_feed(narrow, worker.employer)).content


# The estimate ---------------------------------------------------------------------------------------------------------


def estimate(**changes: str) -> dict[str, str]:
    severity = ("benefit", "abuse", "economy", "no_remedy", "no_prevention", "worker_health", "public_health")
    given = {
        "count": "1",
        "employees": "large",
        "revenue": "large",
        "v0-item": "9",
        "v0-workers": "2",
        "v0-earlier": "0",
    }
    return {**given, **{f"v0-{key}": "0" for key in severity}, "v0-benefit": "4", **changes}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ["$24,000.00", "$12,000.00 for each worker", "5 in all", "R209.2(1)(a)(iii)", "estimate"]),
        ({"employees": "small"}, ["$14,000.00", "$7,000.00 for each worker"]),
        ({"v0-is_disclosed": "on"}, ["less 4 for the disclosure, 1 in all", "This would be a warning"]),
        ({"v0-benefit": "6", "v0-abuse": "10"}, ["for ever", "$200,000.00"]),
        ({"v0-workers": "100", "v0-abuse": "10"}, ["$1,000,000.00", "stop at a maximum", "$10,000,000.00"]),
    ],
)
def test_an_estimate_says_points_penalty_and_ban(
    client: Client, employer: Employer, changes: dict[str, str], words: list[str]
) -> None:
    page = client.post(address("assessment", employer), estimate(**changes)).content.decode()
    for each in words:
        assert each in page


@pytest.mark.parametrize(("language", "typed"), [("fr", "990 000,00"), ("fr", "990\xa0000 $"), ("en", "$990,000")])
def test_earlier_penalties_are_read_as_each_language_writes_them(
    client: Client, employer: Employer, language: str, typed: str
) -> None:
    form = address("assessment", employer).replace("/en/", f"/{language}/")
    page = client.post(form, estimate(earlier_penalties=typed)).content.decode()
    assert ("$10,000.00" if language == "en" else "10\xa0000,00\xa0$") in page


def test_an_estimate_follows_the_tables_of_the_day(client: Client, employer: Employer) -> None:
    form = address("assessment", employer)
    assert "rights, in the official language" not in client.get(f"{form}?on=2021-01-01").content.decode()
    assert "v0-worker_health" not in client.get(f"{form}?on=2019-01-01").content.decode()
    assert "a ban of two years" in client.get(f"{form}?on=2015-11-30").content.decode()
    assert "not in the future" in client.get(f"{form}?on=2999-01-01").content.decode()
    assert client.get(f"{form}?on=nonsense").status_code == 200
    late_item = client.post(f"{form}?on=2021-01-01", estimate(**{"v0-item": "25"})).content.decode()
    assert "error-summary" in late_item


def test_adding_a_violation_keeps_what_is_typed_and_finds_no_fault(client: Client, employer: Employer) -> None:
    form = address("assessment", employer)
    page = client.post(form, estimate(add="yes", **{"v0-workers": "17", "v0-item": ""})).content.decode()
    assert 'value="17"' in page
    assert "v1-item" in page
    assert "error-summary" not in page
    assert "v1-item" not in client.post(form, estimate(count="2", remove="yes")).content.decode()
    beyond = client.post(form, estimate(**{"v0-benefit": "7"})).content.decode()
    assert 'href="#id_v0-benefit"' in beyond
    assert client.post(form, estimate(count="9" * 40)).status_code == 200


@pytest.mark.parametrize(
    ("notice", "sent_on", "words"),
    [("preliminary", date(2026, 3, 2), "April 11, 2026"), ("short", date(2026, 3, 2), "March 12, 2026")],
)
def test_a_notice_has_a_last_day(client: Client, employer: Employer, notice: str, sent_on: date, words: str) -> None:
    page = client.get(address("notice", employer), {"notice": notice, "sent_on": sent_on.isoformat()}).content.decode()
    assert words in page
