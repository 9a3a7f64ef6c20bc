"""The answers of a case over time: a new version for each that the applicant gives, judged anew; earlier ones stay."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils import timezone

from eligibility.casework.index import index_case
from eligibility.engine.facts import readable_facts
from eligibility.engine.report import plain
from eligibility.engine.words import capitalised, label, value_in_words
from eligibility.models import AnswersVersion, Screening
from eligibility.screenings import best_outcome, judged_for, matched_codes
from exemption_codes.catalogue.rulebook import Rulebook


@dataclass(frozen=True)
class ChangedAnswer:
    """One answer before and after; empty where there was none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class VersionChange:
    """What a version changed: its answers, and the codes that it gained or lost."""

    number: int
    made_at: Any
    answers: tuple[ChangedAnswer, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def add_version(
    locked: Screening, answered: Mapping[str, Any], skipped: Collection[str], rulebook: Rulebook, today: date
) -> AnswersVersion:
    """Put answers over those of a case, judge it by today's rules, and keep the version; the row is locked.

    A fact said to be unknown loses its earlier answer. Raises DateNotCovered.
    """
    count = AnswersVersion.objects.filter(screening=locked).count()
    if not count:
        _keep(locked, 1, locked.submitted_at)
    kept = {name: value for name, value in locked.answers.items() if name not in skipped}
    locked.answers = {**kept, **{name: plain(value) for name, value in answered.items()}}
    locked.skipped = sorted((set(locked.skipped) | set(skipped)) - set(answered))
    result = judged_for(locked, rulebook, today)
    locked.submitted_as_of, locked.release_digest = result.as_of, rulebook.digest
    locked.matched_codes, locked.best_outcome = matched_codes(result), best_outcome(result)
    names = ["answers", "skipped", "submitted_as_of", "release_digest", "matched_codes", "best_outcome", "updated_at"]
    locked.save(update_fields=names)
    index_case(locked, result)
    return _keep(locked, max(count, 1) + 1, timezone.now())


def _keep(screening: Screening, number: int, made_at: Any) -> AnswersVersion:
    return AnswersVersion.objects.create(
        screening=screening,
        number=number,
        made_at=made_at,
        answers=screening.answers,
        skipped=screening.skipped,
        as_of=screening.as_of,
        release_digest=screening.release_digest,
        matched_codes=screening.matched_codes,
        best_outcome=screening.best_outcome,
    )


def changes_of(screening: Screening, rulebook: Rulebook, language: str) -> list[VersionChange]:
    """Return what each version after the first changed, the latest first."""
    versions = list(screening.versions.order_by("number"))
    return [_change(before, after, rulebook, language) for before, after in pairwise(versions)][::-1]


def _change(before: AnswersVersion, after: AnswersVersion, rulebook: Rulebook, language: str) -> VersionChange:
    names = dict.fromkeys([*before.answers, *after.answers])
    changed = [name for name in names if before.answers.get(name) != after.answers.get(name)]
    codes = [set(filter(None, version.matched_codes.split(", "))) for version in (before, after)]
    return VersionChange(
        after.number,
        after.made_at,
        tuple(
            ChangedAnswer(
                capitalised(label(name, rulebook, language)) if name in rulebook.facts else name,
                _words(name, before.answers, rulebook, language),
                _words(name, after.answers, rulebook, language),
            )
            for name in changed
        ),
        tuple(sorted(codes[1] - codes[0])),
        tuple(sorted(codes[0] - codes[1])),
    )


def _words(name: str, answers: Mapping[str, Any], rulebook: Rulebook, language: str) -> str:
    if name not in answers:
        return ""
    known = readable_facts({name: answers[name]}, rulebook)
    return value_in_words(name, known[name], rulebook, language) if name in known else str(answers[name])
