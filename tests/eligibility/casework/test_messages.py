"""Messages to applicants: a mail with nothing in it but a link, one answer, and a new version of the case."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from eligibility.casework import mail as case_mail
from eligibility.casework.assignment import close, take
from eligibility.casework.events import tampering
from eligibility.casework.message_links import token_of
from eligibility.casework.messages import MOST_A_DAY, MessageRefused, send_again, withdraw, write_message
from eligibility.models import ApplicantMessage, Screening
from imp_site.log_format import WithoutValuesFormatter

Commit = Any
LIST = "/admin/eligibility/screening/"
WAGE, PLACE = "offer.wage_hourly", "applicant.location"


class BrokenServer(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError


@pytest.fixture
def asked(engineer: Screening, ada: User, django_capture_on_commit_callbacks: Commit) -> ApplicantMessage:
    """A message with two questions to the engineer, mailed."""
    take(engineer, ada)
    with django_capture_on_commit_callbacks(execute=True):
        message = write_message(engineer, ada, "Dear Fictional Engineer, one more thing.", [WAGE, PLACE])
    message.refresh_from_db()
    return message


@pytest.fixture
def applicant() -> Client:
    return Client()


def path_in(sent: Any) -> str:
    """The address in a mail, without its host."""
    found = re.search(r"https?://[^/\s]+(/\S+)", sent.body)
    assert found
    return found.group(1)


def kinds_of(case: Screening) -> list[str]:
    return [event.kind for event in case.events.all()]


def test_the_mail_holds_a_link_and_nothing_about_the_person(asked: ApplicantMessage, engineer: Screening) -> None:
    (sent,) = mail.outbox
    assert sent.to == ["person@example.org"]
    # The rest of the token holds the second in which it was made.
    assert path_in(sent).startswith(f"/en/messages/{token_of(asked).split('.')[0]}.")
    for private in ("Fictional Engineer", engineer.reference, "wage", "one more thing", "United States", "T36"):
        assert private not in sent.subject + sent.body, private
    assert asked.mail == "sent"
    engineer.refresh_from_db()
    assert engineer.state == "waiting"


def test_the_answer_makes_a_version_that_is_judged_and_keeps_the_earlier_one(
    asked: ApplicantMessage, engineer: Screening, applicant: Client
) -> None:
    before = {**engineer.answers}
    address = path_in(mail.outbox[0])
    page = applicant.get(address).content.decode()
    assert "one more thing" in page
    assert [name for name in (WAGE, PLACE) if f'name="{name}"' not in page] == []
    said = {WAGE: "31.50", PLACE: "in_canada", "reply": "Merci <b>bien</b>"}
    assert applicant.post(address, said, follow=True).redirect_chain == [(address, 302)]
    assert "Thank you" in applicant.get(address).content.decode()

    engineer.refresh_from_db()
    assert engineer.answers == {**before, WAGE: 31.5, PLACE: "in_canada"}
    assert WAGE not in engineer.skipped
    assert engineer.state == "answered"
    assert engineer.as_of == timezone.localdate()
    first, second = engineer.versions.all()
    assert (first.answers, second.answers) == (before, engineer.answers)
    assert kinds_of(engineer)[-2:] == ["answered", "determined"]
    assert engineer.events.get(kind="answered").data["reply"] == "Merci <b>bien</b>"
    assert tampering(engineer) == []


def test_the_consultant_sees_what_the_answers_changed(
    asked: ApplicantMessage, engineer: Screening, at_work: Client, applicant: Client
) -> None:
    applicant.post(path_in(mail.outbox[0]), {f"{WAGE}-unknown": "on", PLACE: "in_canada", "reply": "<i>x</i>"})
    context = at_work.get(f"{LIST}{engineer.pk}/change/").context
    (change,) = context["changes"]
    assert [(one.before, one.after) for one in change.answers] == [("", "in Canada")]
    page = at_work.get(f"{LIST}{engineer.pk}/change/?tab=messages").content.decode()
    assert "&lt;i&gt;x&lt;/i&gt;" in page
    assert "ada" in at_work.get(f"{LIST}{engineer.pk}/change/?tab=timeline").content.decode()


def test_a_bad_answer_is_shown_again_with_what_was_typed(asked: ApplicantMessage, applicant: Client) -> None:
    response = applicant.post(path_in(mail.outbox[0]), {WAGE: "much", PLACE: "", "reply": "Kept words"})
    assert response.status_code == 422
    page = response.content.decode()
    assert page.index("error-summary") < page.index("<h1")
    assert 'value="much"' in page
    assert "Kept words" in page
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_two_tabs_answer_once_and_nothing_typed_is_lost(
    asked: ApplicantMessage, engineer: Screening, applicant: Client
) -> None:
    address = path_in(mail.outbox[0])
    said = {f"{WAGE}-unknown": "on", PLACE: "in_canada", "reply": "First"}
    applicant.post(address, said)
    assert applicant.post(address, said).status_code == 302
    other = applicant.post(address, {**said, PLACE: "outside_canada", "reply": "Second words"})
    assert other.status_code == 409
    assert "Second words" in other.content.decode()
    engineer.refresh_from_db()
    assert engineer.answers[PLACE] == "in_canada"
    assert engineer.versions.count() == 2


def test_a_reply_alone_changes_no_answer(
    engineer: Screening, ada: User, applicant: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write_message(engineer, ada, "When can we call?", [])
    address = path_in(mail.outbox[0])
    assert applicant.post(address, {"reply": " "}).status_code == 422
    applicant.post(address, {"reply": "Any day"})
    assert (engineer.versions.count(), kinds_of(engineer)[-1]) == (0, "answered")


def test_a_link_that_this_site_has_not_made_opens_nothing(asked: ApplicantMessage, applicant: Client) -> None:
    token = token_of(asked)
    for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", token[1:], f"{asked.pk.hex}.1xW4TY.x"):
        assert applicant.get(f"/en/messages/{forged}/").status_code == 404, forged


def test_a_link_is_over_when_it_expires_or_is_withdrawn_or_the_case_is_erased(
    asked: ApplicantMessage, engineer: Screening, ada: User, applicant: Client
) -> None:
    address, said = path_in(mail.outbox[0]), {WAGE: "20", PLACE: "in_canada", "reply": "Typed words"}
    ApplicantMessage.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    expired = applicant.post(address, said)
    assert (expired.status_code, "can send you a new one" in expired.content.decode()) == (410, True)
    assert "Typed words" in expired.content.decode()
    ApplicantMessage.objects.update(mailed_at=timezone.now() - timedelta(hours=1))
    send_again(asked, ada)
    assert applicant.get(address).status_code == 200
    withdraw(asked, ada)
    assert "taken the question" in applicant.get(address).content.decode()
    engineer.refresh_from_db()
    assert engineer.state == "in_work"
    with pytest.raises(MessageRefused):
        send_again(asked, ada)
    ApplicantMessage.objects.all().delete()
    assert applicant.get(address).status_code == 404


def test_no_log_in_production_holds_a_link_that_works(asked: ApplicantMessage) -> None:
    token = token_of(asked)
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Not Found: /en/messages/%s/", (token,), None)
    said = WithoutValuesFormatter().format(record)
    assert said == f"Not Found: /en/messages/{token.rpartition('.')[0]}.…/"


def test_answers_are_limited_in_number(asked: ApplicantMessage, applicant: Client) -> None:
    address = path_in(mail.outbox[0])
    statuses = [applicant.post(address, {WAGE: "much"}).status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]


def test_a_failing_mail_is_shown_and_sent_again(
    engineer: Screening, ada: User, at_work: Client, settings: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
    with django_capture_on_commit_callbacks(execute=True):
        message = write_message(engineer, ada, "Hello", [])
    page = at_work.get(f"{LIST}{engineer.pk}/change/?tab=messages").content.decode()
    assert "The mail could not be sent (ConnectionRefusedError)" in page
    settings.EMAIL_BACKEND = works
    with django_capture_on_commit_callbacks(execute=True):
        at_work.post(f"{LIST}{engineer.pk}/messages/{message.pk}/again/")
    message.refresh_from_db()
    assert (message.mail, len(mail.outbox)) == ("sent", 1)
    assert kinds_of(engineer)[-4:] == ["message_written", "mail_failed", "message_again", "mail_sent"]


def test_a_mail_left_lying_is_taken_up_and_sent_once(engineer: Screening, ada: User) -> None:
    waiting = write_message(engineer, ada, "Handed to nobody", [])
    left = write_message(engineer, ada, "Left half way", [])
    ApplicantMessage.objects.filter(pk=left.pk).update(mail="sending")
    call_command("send_case_mails")
    assert mail.outbox == []
    ApplicantMessage.objects.update(mailed_at=timezone.now() - case_mail.CLAIM - timedelta(seconds=1))
    call_command("send_case_mails")
    call_command("send_case_mails")
    assert len(mail.outbox) == 2
    assert set(ApplicantMessage.objects.values_list("mail", flat=True)) == {"sent"}
    case_mail.send_mail_of.func(str(waiting.pk))
    assert len(mail.outbox) == 2


def test_what_cannot_be_written(engineer: Screening, ada: User, at_work: Client) -> None:
    address = f"{LIST}{engineer.pk}/messages/"
    assert at_work.post(address, {"text": " ", "facts": [""]}).status_code == 422
    forged = at_work.post(address, {"text": "Kept words", "facts": ["no.such.fact"]})
    assert (forged.status_code, "Kept words" in forged.content.decode()) == (422, True)
    first = write_message(engineer, ada, "Twice", [])
    assert write_message(engineer, ada, "Twice", []) == first
    for number in range(MOST_A_DAY - 1):
        write_message(engineer, ada, f"Message {number}", [])
    with pytest.raises(MessageRefused, match="within a day"):
        write_message(engineer, ada, "One more", [])
    close(engineer, ada, "Fictional")
    refused = at_work.post(address, {"text": "Kept words", "facts": []})
    assert (refused.status_code, "open it again" in refused.content.decode()) == (422, True)


def test_the_page_is_in_the_language_of_the_link(
    cook: Screening, ada: User, applicant: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write_message(cook, ada, "Bonjour", [WAGE])
    (sent,) = mail.outbox
    assert "question d’un consultant" in sent.subject
    page = applicant.get(path_in(sent)).content.decode()
    assert "Une question sur votre résultat" in page
    assert "Send your answer" not in page
