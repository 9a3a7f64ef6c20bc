"""What follows from a publication: all cases are judged in the background, and those who asked are told."""

from django.utils import timezone

from eligibility.impact import begin_between
from eligibility.impact_tasks import judge_saved
from eligibility.models import CaseState, Screening
from eligibility.notices.models import NoticeWish


def begin_round(before: str, after: str) -> None:
    """Ask for a round of notices, within the transaction that publishes; nothing where nobody would be told."""
    assigned = Screening.objects.submitted().exclude(assignee=None).exclude(state=CaseState.CLOSED)
    if before == after or not (NoticeWish.objects.exists() or assigned.exists()):
        return
    run = begin_between(before, after, timezone.localdate(), for_notices=True)
    judge_saved.enqueue(run.pk)
