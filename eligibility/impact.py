"""All screenings that people sent, judged before and after; the only writer of impact runs. Goes on after a stop."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eligibility.impact_models import ImpactCase, ImpactRun
from eligibility.models import Screening, ScreeningQuerySet
from eligibility.rejudging import UNCHANGED, CategoryChange, Rejudging, Side
from exemption_codes.catalogue.rulebook import Rulebook

CHUNK = 200
Progress = Callable[[ImpactRun], None]
Found = list[tuple[Screening, CategoryChange]]


def sides(before: Rulebook, after: Rulebook, as_of: date | None) -> tuple[Side, Side]:
    """Tell what is compared with what.

    Two releases: both on `as_of`, or on each case's own day, so that only the rules differ. One release: each case's
    own day before and `as_of` after, so that only the day does.
    Raises DateNotCovered when a release says nothing about `as_of`.
    """
    if as_of is not None:
        before.check_covers(as_of)
        after.check_covers(as_of)
    return Side(before, as_of if before.digest != after.digest else None), Side(after, as_of)


def run_impact(
    before: Rulebook, after: Rulebook, as_of: date | None, progress: Progress = lambda run: None, chunk: int = CHUNK
) -> ImpactRun:
    """Judge every submitted screening, or those that an unfinished run of the same question has left.

    Raises DateNotCovered.
    """
    sides(before, after, as_of)
    run = unfinished_run(before, after, as_of) or begin(before, after, as_of)
    run.stopped_at = None
    run.save(update_fields=["stopped_at"])
    return go_on(run, before, after, progress, chunk)


def go_on(
    run: ImpactRun, before: Rulebook, after: Rulebook, progress: Progress = lambda run: None, chunk: int = CHUNK
) -> ImpactRun:
    """Judge what a run has left, until nothing is or somebody stops it."""
    rejudging = Rejudging(*sides(before, after, run.as_of))
    while run.stopped_at is None:
        screenings = list(_to_judge(run)[:chunk])
        if not screenings:
            ImpactRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=timezone.now())
            break
        found = [(one, change) for one in screenings for change in rejudging.changes(one.answers, one.as_of)]
        _store(run, screenings[-1], len(screenings), found)
        run.refresh_from_db()
        progress(run)
    run.refresh_from_db()
    return run


def begin(before: Rulebook, after: Rulebook, as_of: date | None, **more: Any) -> ImpactRun:
    return begin_between(before.digest, after.digest, as_of, **more)


def begin_between(before: str, after: str, as_of: date | None, **more: Any) -> ImpactRun:
    """Note a new run between two releases named by their digests; `more` are other fields of it."""
    run = ImpactRun.objects.create(before_digest=before, after_digest=after, as_of=as_of, **more)
    run.total = _to_judge(run).count()
    run.save(update_fields=["total"])
    return run


def unfinished_run(before: Rulebook, after: Rulebook, as_of: date | None) -> ImpactRun | None:
    """The newest run of the same question that has something left to judge, stopped or not."""
    asked = {"for_notices": False, "before_digest": before.digest, "after_digest": after.digest, "as_of": as_of}
    return ImpactRun.objects.filter(finished_at=None, **asked).order_by("-started_at").first()


def table(run: ImpactRun) -> list[tuple[str, dict[str, int]]]:
    """Return how many screenings each change has, by code: those that change anything first."""

    def weight(row: tuple[str, dict[str, int]]) -> tuple[int, str]:
        return -sum(number for change, number in row[1].items() if change != UNCHANGED), row[0]

    return sorted(run.counts.items(), key=weight)


def judged(run: ImpactRun) -> ScreeningQuerySet:
    """The screenings that a run has judged so far and that are still there."""
    there = Screening.objects.submitted().filter(submitted_at__lte=run.started_at)
    return there.filter(pk__lte=run.last_screening) if run.last_screening else there.none()


def csv_heads() -> list[str]:
    """The heads of what `csv_rows` yields, in the reader's language."""
    return [
        _("Reference"), _("Code"), _("Category"), _("Kind of change"), _("Outcome before"), _("Outcome after"),
        _("Criteria"), _("What they ask for"),
    ]  # fmt: skip


def csv_rows(run: ImpactRun, rulebook: Rulebook, language: str) -> Iterator[list[str]]:
    """Yield a row a change, for a table that others read: no name and no answer of anybody stands in it."""
    for case in run.cases.select_related("screening").only(*_CSV_FIELDS).iterator():
        category = rulebook.categories.get(case.category)
        texts = {one.id: one.text.in_language(language) for one in category.criteria} if category else {}
        yield [
            case.screening.reference, case.code, case.category, str(case.get_change_display()), case.before, case.after,
            ", ".join(case.criteria), " ".join(texts.get(name, name) for name in case.criteria),
        ]  # fmt: skip


_CSV_FIELDS = ("screening__reference", "run", "code", "category", "change", "before", "after", "criteria")


def _to_judge(run: ImpactRun) -> ScreeningQuerySet:
    """The screenings that were there when the run began and are not judged yet, in the order of their keys."""
    waiting = Screening.objects.submitted().filter(submitted_at__lte=run.started_at)
    if run.last_screening is not None:
        waiting = waiting.filter(pk__gt=run.last_screening)
    return waiting.only("answers", "submitted_as_of", "submitted_at").order_by("pk")


def _store(run: ImpactRun, last: Screening, number: int, found: Found) -> None:
    """Write a chunk and how far it has come, together; whoever comes second with a chunk writes nothing."""
    with transaction.atomic():
        locked = ImpactRun.objects.select_for_update().get(pk=run.pk)
        if locked.last_screening != run.last_screening:
            return
        counts: dict[str, Any] = locked.counts
        for _one, change in found:
            by_change = counts.setdefault(change.code, {})
            by_change[change.change] = by_change.get(change.change, 0) + 1
        there = set(Screening.objects.filter(pk__in={one.pk for one, _change in found}).values_list("pk", flat=True))
        ImpactCase.objects.bulk_create(
            ImpactCase(run=locked, screening=one, **{**asdict(change), "criteria": list(change.criteria)})
            for one, change in found
            if change.change != UNCHANGED and one.pk in there
        )
        locked.counts, locked.last_screening, locked.done = counts, last.pk, locked.done + number
        locked.beat_at = timezone.now()
        locked.save(update_fields=["counts", "last_screening", "done", "beat_at"])
