"""Publish a release or go back to an earlier one, on the record: who, when and why; the only writer of its events."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exemption_codes.event_chain import FIRST, SealedEvent, broken_links
from exemption_codes.models import CatalogueRelease, ReleaseEvent
from exemption_codes.releases import publish

# What is told of a publication, in its transaction: the digest published before, and the new one.
Listener = Callable[[str, str], None]
_listeners: list[Listener] = []
Kind = ReleaseEvent.Kind
Status = CatalogueRelease.Status


class PublicationRefused(Exception):
    """A release cannot be published (or its publication declined) by this person now; the message says why."""

    def __init__(self, release: CatalogueRelease, reason: str) -> None:
        self.release, self.reason = release, reason
        super().__init__(reason)


def on_published(listener: Listener) -> None:
    """Call a function of a higher layer with every publication that follows another one."""
    if listener not in _listeners:
        _listeners.append(listener)


def waiting_request(release: CatalogueRelease) -> ReleaseEvent | None:
    """Return who asked for the publication of a release, while nobody has answered."""
    last = ReleaseEvent.objects.filter(release=release).order_by("-pk").first()
    return last if last and last.kind == Kind.ASKED else None


def ask_or_publish(release: CatalogueRelease, actor: str, reason: str) -> ReleaseEvent:
    """Publish a release, or, where two people must agree, ask for it first; the second person publishes.

    Raises PublicationRefused when it is published already, no reason is given, or the same person asks twice.
    """
    with transaction.atomic():
        locked = CatalogueRelease.objects.select_for_update().defer("files").get(pk=release.pk)
        asked = waiting_request(locked)
        _check(locked, actor, reason, asked)
        if settings.RELEASE_SECOND_APPROVER and asked is None:
            return _record(locked, Kind.ASKED, actor, reason)
        return publish_now(locked, actor, reason)


def publish_now(release: CatalogueRelease, actor: str, reason: str) -> ReleaseEvent:
    """Publish a release on one person's word: that of whoever runs the site, or of the second person."""
    with transaction.atomic():
        was = CatalogueRelease.objects.values_list("status", flat=True).get(pk=release.pk)
        published = CatalogueRelease.objects.filter(status=Status.PUBLISHED)
        before = published.values_list("digest", flat=True).first()
        publish(release)
        event = _record(release, Kind.WENT_BACK if was == Status.WITHDRAWN else Kind.PUBLISHED, actor, reason)
        if before is not None:
            for listener in _listeners:
                listener(before, release.digest)
        return event


def decline(release: CatalogueRelease, actor: str, reason: str) -> ReleaseEvent:
    """Answer a request with no. Raises PublicationRefused when nobody asked, or no reason is given."""
    with transaction.atomic():
        locked = CatalogueRelease.objects.select_for_update().defer("files").get(pk=release.pk)
        if waiting_request(locked) is None:
            raise PublicationRefused(release, _("Nobody has asked for this release to be published."))
        if not reason.strip():
            raise PublicationRefused(release, _("Say why, in a few words."))
        return _record(locked, Kind.DECLINED, actor, reason)


def broken_release_events() -> list[SealedEvent]:
    """Return the events that somebody has tampered with."""
    return broken_links(ReleaseEvent.objects.order_by("pk"))


def _check(release: CatalogueRelease, actor: str, reason: str, asked: ReleaseEvent | None) -> None:
    if release.status == Status.PUBLISHED:
        raise PublicationRefused(release, _("This release is published already."))
    if not reason.strip():
        raise PublicationRefused(release, _("Say why, in a few words."))
    if settings.RELEASE_SECOND_APPROVER and asked is not None and asked.actor == actor:
        raise PublicationRefused(release, _("Somebody else must agree before this release is published."))


def _record(release: CatalogueRelease, kind: str, actor: str, reason: str) -> ReleaseEvent:
    last = ReleaseEvent.objects.select_for_update().order_by("-pk").first()
    return ReleaseEvent.objects.create(
        release=release,
        release_digest=release.digest,
        kind=kind,
        actor=actor,
        reason=reason.strip(),
        at=timezone.now(),
        previous_seal=last.seal if last else FIRST,
    )
