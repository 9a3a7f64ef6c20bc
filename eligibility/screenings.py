"""The only writer of screenings: begin, save a step, submit a copy for review, erase."""

import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from eligibility.casework.case_kinds import SUBMITTED
from eligibility.casework.events import judged_digest, record_event
from eligibility.casework.index import index_case
from eligibility.engine.determine import Outcome, Result
from eligibility.engine.errors import FactError
from eligibility.engine.facts import read_facts
from eligibility.engine.report import plain
from eligibility.models import Screening
from exemption_codes.catalogue.rulebook import Rulebook

REFERENCE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
REFERENCE_LENGTH = 8
MATCHED = (Outcome.ELIGIBLE, Outcome.OFFICER_JUDGEMENT)


def begin(language: str, only: str = "") -> Screening:
    return Screening.objects.create(language=language, only=only)


def limit_to(screening_id: UUID, only: str) -> None:
    """Ask only what one category needs from now on, or what all need (empty); the answers stay."""
    Screening.objects.filter(pk=screening_id, submitted_at__isnull=True).update(only=only, updated_at=timezone.now())


def save_step(screening_id: UUID, answered: Mapping[str, Any], skipped: Collection[str], language: str) -> None:
    """Save what one page said over what was said before; pages saved at once from two tabs both count.

    A fact said to be unknown loses its earlier answer. Raises Screening.DoesNotExist.
    """
    with transaction.atomic():
        screening = Screening.objects.select_for_update().get(pk=screening_id)
        answers = {name: value for name, value in screening.answers.items() if name not in skipped}
        answers.update({name: plain(value) for name, value in answered.items()})
        screening.answers = answers
        screening.skipped = sorted((set(screening.skipped) | set(skipped)) - set(answered))
        screening.language = language
        screening.save(update_fields=["answers", "skipped", "language", "updated_at"])


def readable_answers(screening: Screening, rulebook: Rulebook) -> dict[str, Any]:
    """Return the answers that the vocabulary knows; a release may have changed since they were given."""
    facts: dict[str, Any] = {}
    for name, value in screening.answers.items():
        try:
            facts.update(read_facts({name: value}, rulebook))
        except FactError:
            continue
    return facts


def submit(
    screening: Screening, counting: Mapping[str, Any], result: Result, contact: Mapping[str, str], language: str
) -> Screening:
    """Store a copy of the answers that count, for a consultant; the person's own answers stay theirs to change.

    Sending the same answers twice gives the copy of the first time.
    """
    answers = {name: plain(value) for name, value in counting.items()}
    with transaction.atomic():
        Screening.objects.select_for_update().get(pk=screening.pk)
        for earlier in Screening.objects.submitted().filter(source=screening.pk, release_digest=result.rulebook.digest):
            if earlier.answers == answers and earlier.contact_email == contact["contact_email"]:
                return earlier
        copy = Screening.objects.create(
            source=screening.pk,
            answers=answers,
            skipped=screening.skipped,
            only=screening.only,
            language=language,
            submitted_at=timezone.now(),
            submitted_as_of=result.as_of,
            release_digest=result.rulebook.digest,
            contact_name=contact["contact_name"],
            contact_email=contact["contact_email"],
            reference=new_reference(),
            matched_codes=", ".join(d.compiled.key for d in result.determinations if d.outcome in MATCHED),
            best_outcome=best_outcome(result),
        )
        index_case(copy, result)
        record_event(copy, SUBMITTED, None, {"judged": judged_digest(copy)})
        return copy


def best_outcome(result: Result) -> str:
    """Return the best outcome of any category; empty when no category was judged."""
    found = {determination.outcome for determination in result.determinations}
    return next((outcome.value for outcome in Outcome if outcome in found), "")


def new_reference() -> str:
    """Return a reference that can be read out: eight characters without look-alikes."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))


def erase(screening_id: UUID) -> None:
    Screening.objects.filter(pk=screening_id, submitted_at__isnull=True).delete()


def erase_old() -> int:
    """Erase every screening untouched for DATA_RETENTION_DAYS; returns how many."""
    moment = timezone.now() - timedelta(days=settings.DATA_RETENTION_DAYS)
    _count, by_model = Screening.objects.untouched_since(moment).delete()
    return by_model.get("eligibility.Screening", 0)
