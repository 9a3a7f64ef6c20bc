"""The only writer of the time line of a case, and the check that nobody has tampered with it."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from eligibility.casework.event_models import CaseEvent
from eligibility.casework.kinds import kind
from eligibility.models import Screening
from exemption_codes.event_chain import broken_links, canonical

SALT_BYTES = 16


# What a case says and led to; events that change it name its digest.
JUDGED = ("answers", "skipped", "as_of", "release_digest", "matched_codes", "best_outcome")


@dataclass(frozen=True)
class Tampering:
    """An event that does not fit its seal or the one before; `number` 0: events cut off at the end, or the answers."""

    number: int
    kind: str


def first_seal(screening_id: UUID) -> str:
    """What the first event of a case names as the seal before it."""
    return hashlib.sha256(f"case {screening_id}".encode()).hexdigest()


def record_event(screening: Screening, name: str, actor: Any, data: Mapping[str, Any] | None = None) -> CaseEvent:
    """Add an event to the time line of a case.

    `name` is a registered kind, `actor` a user, or None for the applicant and the site itself, and `data` plain JSON
    values, which are stored encrypted. Call it within the transaction that makes the change: both happen or neither.
    Raises UnknownKind.
    """
    kind(name)
    with transaction.atomic():
        locked = Screening.objects.select_for_update().only("pk", "event_count", "last_seal").get(pk=screening.pk)
        event = CaseEvent.objects.create(
            screening_id=locked.pk,
            number=locked.event_count + 1,
            kind=name,
            actor=actor.get_username() if actor else "",
            content={"salt": secrets.token_hex(SALT_BYTES), "data": dict(data or {})},
            at=timezone.now(),
            previous_seal=locked.last_seal or first_seal(locked.pk),
        )
        screening.event_count, screening.last_seal, screening.updated_at = event.number, event.seal, event.at
        Screening.objects.filter(pk=locked.pk).update(
            event_count=event.number, last_seal=event.seal, updated_at=event.at
        )
    return event


def judged_digest(judged: Any) -> str:
    """Return the digest of a case's answers with what they led to (of the case itself, or an earlier version)."""
    return hashlib.sha256(canonical({name: getattr(judged, name) for name in JUDGED}).encode()).hexdigest()


def tampering(screening: Screening) -> list[Tampering]:
    """Return what does not fit in the time line of a case; empty when nobody has tampered with it."""
    return tampering_in(screening, list(CaseEvent.objects.filter(screening=screening).order_by("number")))


def tampering_in(screening: Screening, events: list[CaseEvent]) -> list[Tampering]:
    """Check events that have been read already, all of a case in their order."""
    found = [
        Tampering(event.number, event.kind)
        for event in broken_links(events, first_seal(screening.pk))
        if isinstance(event, CaseEvent)
    ]
    last = events[-1].seal if events else ""
    if len(events) != screening.event_count or last != screening.last_seal:
        found.append(Tampering(0, "events"))
    judged = [event.data["judged"] for event in events if "judged" in event.data]
    if judged and judged[-1] != judged_digest(screening):
        found.append(Tampering(0, "answers"))
    return found
