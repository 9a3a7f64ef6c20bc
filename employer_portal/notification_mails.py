"""Mailing notifications: what waits for one person and employer goes in one message, in the person's language.

A message is sent at least once. Who sends takes the rows first (`mailing_at`), and holds no lock while the server
answers; when the process is killed or no server takes the message, they are taken again after a while.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from employer_portal.mails import address, languages_of, send
from employer_portal.models import Membership, Notification
from employer_portal.notice_topics import words_of

logger = logging.getLogger(__name__)

TAKEN_FOR = timedelta(minutes=10)
MOST_IN_A_MESSAGE = 100
# A server that takes nothing is left in peace until the next run.
FAILURES_IN_A_ROW = 3


def mail_waiting() -> int:
    """Send every message that waits; returns how many were sent. Safe to run at any time, by several at once."""
    sent = failures = 0
    while failures < FAILURES_IN_A_ROW and (batch := _take()):
        try:
            sent += _mail(batch)
            failures = 0
        except OSError as error:
            failures += 1
            logger.warning("A message with notifications was not taken (%s).", type(error).__name__)
    return sent


def waiting() -> QuerySet[Notification]:
    """Return what is to be mailed and nobody is mailing now."""
    free = Q(mailing_at__isnull=True) | Q(mailing_at__lt=timezone.now() - TAKEN_FOR)
    return Notification.objects.filter(free, mail_wanted=True, mailed_at__isnull=True).order_by("id")


@transaction.atomic
def _take() -> list[Notification]:
    """Take what waits for the first person and employer, so that nobody else does."""
    lock = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    first = waiting().select_for_update(of=("self",), **lock).first()
    if first is None:
        return []
    rows = waiting().filter(person_id=first.person_id, employer_id=first.employer_id)
    locked = rows.select_for_update(of=("self",), **lock).select_related("person", "employer", "offer")
    taken = list(locked[:MOST_IN_A_MESSAGE])
    Notification.objects.filter(pk__in=[row.pk for row in taken]).update(mailing_at=timezone.now())
    return taken


def _mail(batch: Sequence[Notification]) -> int:
    """Mail one message, unless the person has left the employer since; returns how many were sent."""
    person, employer = batch[0].person, batch[0].employer
    rows = Notification.objects.filter(pk__in=[row.pk for row in batch])
    is_member = Membership.objects.present().filter(user=person, employer=employer).exists()
    if not (is_member and person.is_active and person.email):
        rows.update(mail_wanted=False)
        return 0
    language = languages_of([person.pk])[person.pk]
    with override(language):
        news = [(row, words_of(row.kind, row.details).in_language(language), _link(row)) for row in batch]
        wishes = address("employer_portal:notification_settings", employer_id=employer.pk)
    send("news", person.email, language, {"employer": employer, "news": news, "wishes": wishes})
    rows.update(mailed_at=timezone.now())
    return 1


def _link(row: Notification) -> str:
    return address("employer_portal:offer", employer_id=row.employer_id, offer_id=row.offer_id) if row.offer_id else ""
