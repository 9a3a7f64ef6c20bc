"""Impact runs in the background: ask, stop, go on; and what a worker does with one, also after another was killed."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import default_task_backend, task

from eligibility.impact import begin, go_on, sides, unfinished_run
from eligibility.impact_models import ImpactRun
from eligibility.notices.sending import tell_everybody
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import rulebook_of

# Somebody who works on a run says so far more often than this.
STALLED = timedelta(seconds=60)


class ImpactRefused(Exception):
    """A question that has no answer; the message says why, in the reader's language."""


def ask(before: str, after: str, as_of: date | None, asked_by: str) -> ImpactRun:
    """Begin to judge all cases under two stored releases (or one, on a later day), or go on with what is under way.

    Raises ImpactRefused for the same release without a day, DateNotCovered, and NoSuchRelease.
    """
    if before == after and as_of is None:
        raise ImpactRefused(_("Both releases are the same: choose another one, or a day."))
    old, new = rulebook_of(before), rulebook_of(after)
    sides(old, new, as_of)
    with transaction.atomic():
        list(CatalogueRelease.objects.select_for_update().filter(digest=after).only("pk"))
        run = unfinished_run(old, new, as_of)
        if run is None:
            run = begin(old, new, as_of, asked_by=asked_by)
            judge_saved.enqueue(run.pk)
        elif run.stopped_at is not None:
            resume(run)
    return run


def stop(run: ImpactRun) -> None:
    """Let whoever works on a run end after the screenings at hand; what is judged stays."""
    ImpactRun.objects.filter(pk=run.pk, finished_at=None, stopped_at=None).update(stopped_at=timezone.now())


def resume(run: ImpactRun) -> None:
    """Go on with a run that was stopped, or on which nobody works any more."""
    with transaction.atomic():
        locked = ImpactRun.objects.select_for_update().get(pk=run.pk)
        if locked.finished_at is not None:
            return
        if locked.stopped_at is not None:
            ImpactRun.objects.filter(pk=run.pk).update(stopped_at=None, beat_at=None)
        judge_saved.enqueue(run.pk)


def is_stalled(run: ImpactRun) -> bool:
    """Whether a run that is under way has not been worked on for a while."""
    return run.is_under_way and (run.beat_at or run.started_at) < timezone.now() - STALLED


def resume_unfinished() -> int:
    """Ask for every unfinished run to be worked on again, once it is sure that nobody else is at it; returns how many.

    For a worker that begins: the one before it may have been killed.
    """
    wait = timezone.now() + STALLED if default_task_backend.supports_defer else None
    waiting = list(_to_work_on().values_list("pk", flat=True))
    for pk in waiting:
        judge_saved.using(run_after=wait).enqueue(pk)
    return len(waiting)


@task()
def judge_saved(run_id: int) -> None:
    """Work on a run unless somebody else does."""
    now = timezone.now()
    nobody = Q(beat_at=None) | Q(beat_at__lte=now - STALLED)
    if not _to_work_on().filter(nobody, pk=run_id).update(beat_at=now):
        return
    run = ImpactRun.objects.get(pk=run_id)
    if run.finished_at is None:
        run = _judge(run)
    if run.for_notices and run.finished_at is not None:
        tell_everybody(run)


def _judge(run: ImpactRun) -> ImpactRun:
    """Go on with a run; each case on its own day where the catalogues do not cover that of a publication."""
    before, after = rulebook_of(run.before_digest), rulebook_of(run.after_digest)
    try:
        return go_on(run, before, after)
    except DateNotCovered:
        if not run.for_notices:
            raise
    run.as_of = None
    run.save(update_fields=["as_of"])
    return go_on(run, before, after)


def _to_work_on() -> QuerySet[ImpactRun]:
    left = Q(finished_at=None) | Q(for_notices=True, notices_done_at=None)
    return ImpactRun.objects.filter(left, stopped_at=None)
