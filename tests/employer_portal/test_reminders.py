"""Reminders of duties: each told once, to who sees the offer and wants it, however often and by whom it is run."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from employer_portal.actors import Actor
from employer_portal.duty_records import record_duty
from employer_portal.models import (
    Membership,
    Notification,
    NotificationSetting,
    OfferOfEmployment,
    Reminder,
    Role,
)
from employer_portal.notice_topics import DUTY_REMINDER
from employer_portal.reminders import GRACE_DAYS, remind, tell_reminder
from exemption_codes.catalogue.rulebook import Rulebook
from tests.employer_portal.clock import TODAY
from tests.employer_portal.factories import MembershipFactory, used_offer


@pytest.fixture
def worker(member: Membership) -> OfferOfEmployment:
    return used_offer(member)


def told() -> list[tuple[str, str]]:
    return [(each.details["duty"], each.details["due_on"]) for each in Notification.objects.filter(kind=DUTY_REMINDER)]


def first_day(worker: OfferOfEmployment) -> date:
    assert worker.starts_on is not None
    return worker.starts_on


def test_a_duty_is_told_of_at_each_lead_once(worker: OfferOfEmployment, rulebook: Rulebook) -> None:
    due = first_day(worker)
    assert remind(due - timedelta(days=8), rulebook) == 0
    for days in (7, 6, 1, 0):
        remind(due - timedelta(days=days), rulebook)
        remind(due - timedelta(days=days), rulebook)
    rights = [each for each in told() if each[0] == "rights_information"]
    assert rights == [("rights_information", due.isoformat())] * 2


def test_what_nobody_was_told_of_in_time_is_told_a_little_later_and_then_no_more(
    worker: OfferOfEmployment, rulebook: Rulebook
) -> None:
    due = first_day(worker)
    assert remind(due + timedelta(days=GRACE_DAYS + 1), rulebook) == 0
    assert remind(due + timedelta(days=GRACE_DAYS), rulebook) == 3
    assert {duty for duty, _day in told()} == {"rights_information", "authorised_to_work", "workers_compensation"}


def test_who_sees_the_offer_and_wants_it_is_told(
    worker: OfferOfEmployment, member: Membership, rulebook: Rulebook
) -> None:
    by_mail_only, neither, narrow, gone, stranger = (
        MembershipFactory(employer=member.employer, role=Role.SECONDARY, **extra)
        for extra in ({}, {}, {"own_offers_only": True}, {"removed_at": "2026-01-01T00:00Z"}, {})
    )
    Membership.objects.filter(pk=stranger.pk).update(employer=MembershipFactory().employer)
    NotificationSetting.objects.create(person=by_mail_only.user, kind=DUTY_REMINDER, in_portal=False)
    NotificationSetting.objects.create(person=neither.user, kind=DUTY_REMINDER, in_portal=False, by_mail=False)
    remind(first_day(worker), rulebook)
    rows = Notification.objects.filter(kind=DUTY_REMINDER, details__duty="rights_information")
    assert {row.person_id for row in rows} == {member.user_id, by_mail_only.user_id}
    assert all(row.mail_wanted for row in rows)
    assert rows.get(person=by_mail_only.user).read_at is not None
    assert gone.user_id not in {row.person_id for row in rows}
    assert narrow.user_id not in {row.person_id for row in rows}


def test_what_is_done_is_not_told_of(worker: OfferOfEmployment, who: Actor, rulebook: Rulebook) -> None:
    due = first_day(worker)
    record_duty(worker.pk, "rights_information", TODAY, who)
    remind(due, rulebook)
    assert "rights_information" not in {duty for duty, _day in told()}
    # Planned by one process, done before another comes to tell it.
    late = Reminder.objects.create(
        employer=worker.employer, offer=worker, kind="rights_information", due_on=due, remind_on=due
    )
    assert tell_reminder(late.pk) is False
    assert Reminder.objects.get(pk=late.pk).done_at is not None


def test_a_moved_first_day_is_told_of_anew(worker: OfferOfEmployment, rulebook: Rulebook) -> None:
    due = first_day(worker)
    remind(due - timedelta(days=7), rulebook)
    OfferOfEmployment.objects.filter(pk=worker.pk).update(first_day_on=due + timedelta(days=5))
    remind(due, rulebook)
    days = [day for duty, day in told() if duty == "rights_information"]
    assert sorted(days) == [due.isoformat(), (due + timedelta(days=5)).isoformat()]


def test_a_reminder_is_mailed_once_and_names_the_duty_but_no_worker(
    worker: OfferOfEmployment, rulebook: Rulebook, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for _run_twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            remind(first_day(worker), rulebook)
    about = [message for message in mail.outbox if "rights information" in message.subject + message.body]
    assert len(about) == 1
    assert "Example" not in about[0].body


def test_the_command_runs_without_workers(portal: object, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("send_reminders")
    assert capsys.readouterr().out == "0 reminders told.\n"
