"""Reminders of duties: planned from the calendar, told once each, to everybody who sees the offer and wants it.

Each reminder is one row: whoever marks it as sent, under its lock, writes the notifications in the same transaction,
so it is told once however many processes run and wherever one is killed. Mails leave with the other notifications.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from employer_portal.duties import When
from employer_portal.duty_calendar import CalendarDay, duties_of, workers
from employer_portal.models import DutyRecord, OfferOfEmployment, Reminder
from employer_portal.notice_topics import DUTY_REMINDER
from employer_portal.notices import tell
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.rulebook import Rulebook

# How many days before its day a duty is told of, the earliest first.
LEADS = {When.FIRST_DAY: (7, 1), When.RENEWAL: (14, 0), When.PERMIT_END: (30, 7)}
# What was missed, because nothing ran, is told of as long as this after its day.
GRACE_DAYS = 14


def remind(on: date, rulebook: Rulebook) -> int:
    """Plan and tell what is to be told of on a day; returns how many reminders were told."""
    for day, remind_on in _wanted(on, rulebook):
        _plan(day, remind_on)
    due = Reminder.objects.filter(sent_at=None, done_at=None, remind_on__lte=on)
    return sum(tell_reminder(key) for key in list(due.values_list("pk", flat=True)))


@in_transaction
def tell_reminder(reminder_id: Any) -> bool:
    """Tell one reminder, unless somebody else did, or the duty is done by now."""
    reminder = Reminder.objects.select_for_update(of=("self",)).select_related("offer").get(pk=reminder_id)
    if reminder.sent_at or reminder.done_at:
        return False
    offer = reminder.offer
    assert offer is not None, "a duty is that of one offer"
    if DutyRecord.objects.filter(offer=offer, duty=reminder.kind, undone_at=None).exists():
        reminder.done_at = timezone.now()
        reminder.save(update_fields=["done_at"])
        return False
    reminder.sent_at = timezone.now()
    reminder.save(update_fields=["sent_at"])
    tell(offer, DUTY_REMINDER, {"duty": reminder.kind, "due_on": reminder.due_on.isoformat()})
    return True


def _wanted(on: date, rulebook: Rulebook) -> Iterator[tuple[CalendarDay, date]]:
    """Give each open duty whose time to be told has come, with the latest day it was to be told on."""
    for offer in workers(OfferOfEmployment.objects.all()).iterator(chunk_size=200):
        for day in duties_of(offer, on, rulebook).open_days:
            assert day.due_on is not None, "an open duty has a day"
            passed = [day.due_on - timedelta(days=lead) for lead in LEADS[day.duty.when]]
            passed = [remind_on for remind_on in passed if remind_on <= on]
            if passed and on <= day.due_on + timedelta(days=GRACE_DAYS):
                yield day, max(passed)


def _plan(day: CalendarDay, remind_on: date) -> None:
    """Write a reminder, once; another process may have written it."""
    assert day.due_on is not None, "an open duty has a day"
    try:
        with transaction.atomic():
            Reminder.objects.get_or_create(
                offer=day.offer, kind=day.duty.key, due_on=day.due_on, remind_on=remind_on,
                defaults={"employer_id": day.offer.employer_id},
            )  # fmt: skip
    except IntegrityError:
        return
