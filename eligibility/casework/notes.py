"""Notes that consultants write for each other (events, so never changed), and the offer number quoted for a case."""

import re

from django.contrib.auth.models import User
from django.db import transaction

from eligibility.casework import case_kinds
from eligibility.casework.events import record_event
from eligibility.models import CaseEvent, Screening

OFFER_NUMBER = re.compile(r"A[0-9]{7}")


def add_note(screening: Screening, user: User, text: str) -> None:
    """Write a note; the same words again right after (a double click) are one note."""
    with transaction.atomic():
        Screening.objects.select_for_update().only("pk").get(pk=screening.pk)
        last = CaseEvent.objects.filter(screening=screening).order_by("-number").first()
        written = (case_kinds.NOTED, user.get_username(), text)
        if last is None or (last.kind, last.actor, last.data.get("text")) != written:
            record_event(screening, case_kinds.NOTED, user, {"text": text})


def link_offer(screening: Screening, user: User, number: str) -> None:
    """Note the offer number quoted for a case (empty: none); the same number again changes nothing."""
    with transaction.atomic():
        locked = Screening.objects.select_for_update().defer("answers", "skipped").get(pk=screening.pk)
        if locked.offer_number == number:
            return
        locked.offer_number = number
        locked.save(update_fields=["offer_number", "updated_at"])
        record_event(locked, case_kinds.OFFER_LINKED, user, {"number": number})
