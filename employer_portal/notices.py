"""Telling the people of an employer what happened to an offer: a row for each, in the move's own transaction."""

from django.utils import timezone

from employer_portal.models import Membership, Notification, NotificationSetting, OfferEvent
from employer_portal.offer_status import Event

# Autosave and drafts are nobody else's news.
QUIET = frozenset({Event.CREATE, Event.SAVE, Event.DELETE, Event.RESTORE, Event.EDIT})


def announce(event: OfferEvent) -> None:
    """Write a notification of a move for everybody who sees the offer, save who made it and who wants none."""
    if Event(event.event) in QUIET:
        return
    wanted = [member for member in _readers(event) if member.user_id != event.by_id]
    settings = {
        setting.person_id: setting
        for setting in NotificationSetting.objects.filter(
            kind=event.event, person__in=[member.user_id for member in wanted]
        )
    }
    Notification.objects.bulk_create(
        Notification(
            person_id=member.user_id,
            employer_id=event.offer.employer_id,
            offer=event.offer,
            kind=event.event,
            details={"from": event.source, "to": event.target},
            mail_wanted=setting is None or setting.by_mail,
            # Who wants it by mail only is not called to look.
            read_at=timezone.now() if setting and not setting.in_portal else None,
        )
        for member in wanted
        if (setting := settings.get(member.user_id)) is None or setting.in_portal or setting.by_mail
    )


def _readers(event: OfferEvent) -> list[Membership]:
    offer = event.offer
    members = Membership.objects.present().filter(employer_id=offer.employer_id)
    return [
        member
        for member in members
        if (member.branch_id is None or member.branch_id == offer.branch_id)
        and (not member.own_offers_only or member.user_id == offer.created_by_id)
    ]
