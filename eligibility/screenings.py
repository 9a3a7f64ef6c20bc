"""The only writer of screenings: begin, save a step, submit a copy for review, erase."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from eligibility.casework.case_kinds import SUBMITTED
from eligibility.casework.events import judged_digest, record_event
from eligibility.casework.index import index_case
from eligibility.counts import count_lacking
from eligibility.decisions.determinations import same_determination, store_determination
from eligibility.engine.determine import Outcome, Result, determine
from eligibility.engine.facts import readable_facts
from eligibility.engine.report import plain
from eligibility.models import Determination, Screening
from exemption_codes.append_only_triggers import erasing
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import published_rulebook

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
    return readable_facts(screening.answers, rulebook)


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
            matched_codes=matched_codes(result),
            best_outcome=best_outcome(result),
        )
        index_case(copy, result)
        record_event(copy, SUBMITTED, None, {"judged": judged_digest(copy)})
        store_determination(copy, result.rulebook)
        count_lacking(result)
        return copy


def judge_again(screening_id: UUID, as_of: date, actor: Any) -> Determination:
    """Judge a sent case on a day under the rules published now, and put that on record; earlier results stay there.

    Raises Screening.DoesNotExist, NoPublishedRelease, DateNotCovered.
    """
    rulebook = published_rulebook()
    with transaction.atomic():
        screening = Screening.objects.submitted().select_for_update().get(pk=screening_id)
        if (same := same_determination(screening, rulebook, as_of)) is not None:
            return same
        kept = judged_for(screening, rulebook, as_of)
        screening.submitted_as_of, screening.release_digest = as_of, rulebook.digest
        screening.matched_codes, screening.best_outcome = matched_codes(kept), best_outcome(kept)
        screening.save(
            update_fields=["submitted_as_of", "release_digest", "matched_codes", "best_outcome", "updated_at"]
        )
        index_case(screening, kept)
        return store_determination(screening, rulebook, actor)


def judged_for(screening: Screening, rulebook: Rulebook, as_of: date) -> Result:
    """Judge a case on a day: for the category that it is limited to, or for all. Raises DateNotCovered."""
    result = determine(rulebook, readable_answers(screening, rulebook), as_of)
    asked = [d for d in result.determinations if d.category.id == screening.only]
    return replace(result, determinations=tuple(asked) or result.determinations)


def matched_codes(result: Result) -> str:
    """Return the keys of the categories that are open to somebody, as they are stored."""
    return ", ".join(d.compiled.key for d in result.determinations if d.outcome in MATCHED)


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
    with erasing("eligibility"):
        _count, by_model = Screening.objects.untouched_since(moment).delete()
    return by_model.get("eligibility.Screening", 0)
