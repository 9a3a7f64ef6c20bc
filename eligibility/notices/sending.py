"""The mails about one release: a row for each recipient first, then each mail once; goes on after a stop."""

import logging
from collections import Counter
from smtplib import SMTPException

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from eligibility.impact_models import ImpactCase, ImpactRun
from eligibility.models import CaseState, Screening
from eligibility.notices.mails import mail_to_applicant, mail_to_consultant
from eligibility.notices.models import Notice, NoticeWish
from eligibility.notices.wishes import ADDRESS, USER, Recipient

MOST_TRIES = 3
State = Notice.State
logger = logging.getLogger(__name__)


def tell_everybody(run: ImpactRun) -> None:
    """Send what a finished run asks for, and note that everybody was told."""
    write_notices(run)
    for _turn in range(MOST_TRIES):
        for notice in Notice.objects.filter(release_digest=run.after_digest, state=State.WAITING):
            send(notice, run)
    ImpactRun.objects.filter(pk=run.pk, notices_done_at=None).update(notices_done_at=timezone.now())


def write_notices(run: ImpactRun) -> None:
    """Write a row for everybody who is touched, wants to be told, and has none for this release yet."""
    touched = ImpactCase.objects.filter(run=run).exclude(change=ImpactCase.Change.NOT_JUDGED).values("screening")
    applicants = {one.address_key: one.screening_id for one in NoticeWish.objects.filter(screening__in=touched)}
    rows = [
        Notice(release_digest=run.after_digest, recipient=Recipient(ADDRESS, key).name, screening_id=screening)
        for key, screening in applicants.items()
    ]
    open_cases = Screening.objects.filter(pk__in=touched, assignee__is_active=True).exclude(state=CaseState.CLOSED)
    wanted = open_cases.filter(assignee__notice_refusal=None).exclude(assignee__email="")
    rows += [
        Notice(
            release_digest=run.after_digest, recipient=Recipient(USER, str(key)).name, user_id=key, case_count=number
        )
        for key, number in Counter(wanted.values_list("assignee", flat=True)).items()
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def send(notice: Notice, run: ImpactRun) -> None:
    """Send one mail, unless somebody else is at it: first the row, then the mail, so that none goes twice."""
    waiting = Notice.objects.filter(pk=notice.pk, state=State.WAITING)
    if not waiting.update(state=State.SENDING, tries=F("tries") + 1):
        return
    mail = mail_to_consultant(notice, run) if notice.user_id else mail_to_applicant(notice)
    if mail is None:
        Notice.objects.filter(pk=notice.pk).delete()
        return
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        logger.warning("A notice could not be sent: %s", type(error).__name__)
        _note_failure(notice)
    else:
        Notice.objects.filter(pk=notice.pk).update(state=State.SENT, sent_at=timezone.now())


@transaction.atomic
def _note_failure(notice: Notice) -> None:
    tried: QuerySet[Notice] = Notice.objects.filter(pk=notice.pk)
    tried.filter(tries__lt=MOST_TRIES).update(state=State.WAITING)
    tried.filter(tries__gte=MOST_TRIES).update(state=State.FAILED)
