"""Telling the people of an employer what happened to an offer: a row for each, in the move's own transaction."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from employer_portal.models import (
    Employer,
    Membership,
    Notification,
    NotificationSetting,
    OfferEvent,
    OfferOfEmployment,
)
from employer_portal.notice_topics import QUIET, TOPICS
from employer_portal.offer_status import Event
from employer_portal.tasks import mail_notifications

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def announce(event: OfferEvent) -> None:
    """Write a notification of a move for everybody who sees the offer, save who made it and who wants none."""
    if Event(event.event) not in QUIET:
        tell(event.offer, event.event, {"from": event.source, "to": event.target}, but=event.by_id)


def tell(offer: OfferOfEmployment, kind: str, details: dict[str, str], *, but: int | None = None) -> None:
    """Write a notification for everybody who sees an offer and wants to hear of this kind, save one person.

    What is to be mailed is handed to the background once the transaction is committed.
    """
    wanted = [member for member in _readers(offer) if member.user_id != but]
    settings = {
        setting.person_id: setting
        for setting in NotificationSetting.objects.filter(kind=kind, person__in=[member.user_id for member in wanted])
    }
    written = Notification.objects.bulk_create(
        Notification(
            person_id=member.user_id,
            employer_id=offer.employer_id,
            offer=offer,
            kind=kind,
            details=details,
            mail_wanted=setting is None or setting.by_mail,
            # Who wants it by mail only is not called to look.
            read_at=timezone.now() if setting and not setting.in_portal else None,
        )
        for member in wanted
        if (setting := settings.get(member.user_id)) is None or setting.in_portal or setting.by_mail
    )
    if any(notification.mail_wanted for notification in written):
        # The move counts whether or not the background takes the work: send_notifications finds what is left.
        transaction.on_commit(mail_notifications.enqueue, robust=True)


def mark_read(user: "User", employer: Employer, until: int) -> int:
    """Mark as read what a person has seen of an employer: everything up to a notification's key. Returns how many."""
    own = Notification.objects.filter(person=user, employer=employer, read_at__isnull=True, pk__lte=until)
    return own.update(read_at=timezone.now())


def wishes_of(user: "User") -> dict[str, tuple[bool, bool]]:
    """Return by topic whether a person is told in the portal, and by mail."""
    found = {setting.kind: setting for setting in NotificationSetting.objects.filter(person=user)}
    wishes = {}
    for topic in TOPICS:
        kept = [setting for kind in topic.kinds if (setting := found.get(kind))]
        wishes[topic.key] = (all(each.in_portal for each in kept), all(each.by_mail for each in kept))
    return wishes


@transaction.atomic
def change_wishes(user: "User", wishes: dict[str, tuple[bool, bool]]) -> None:
    """Store by topic whether a person is told in the portal, and by mail; it counts for all their employers."""
    for topic in TOPICS:
        in_portal, by_mail = wishes[topic.key]
        for kind in topic.kinds:
            NotificationSetting.objects.update_or_create(
                person=user, kind=kind, defaults={"in_portal": in_portal, "by_mail": by_mail}
            )


def _readers(offer: OfferOfEmployment) -> list[Membership]:
    members = Membership.objects.present().filter(employer_id=offer.employer_id)
    return [
        member
        for member in members
        if (member.branch_id is None or member.branch_id == offer.branch_id)
        and (not member.own_offers_only or member.user_id == offer.created_by_id)
    ]
