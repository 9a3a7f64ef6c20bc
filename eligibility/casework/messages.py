"""Messages to applicants and their answers: written, mailed after the commit, answered once; each step is an event."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eligibility.casework import case_kinds
from eligibility.casework.events import judged_digest, record_event
from eligibility.casework.mail import send_mail_of
from eligibility.casework.versions import add_version
from eligibility.decisions.determinations import store_determination
from eligibility.engine.report import plain
from eligibility.models import ApplicantMessage, CaseState, Screening
from exemption_codes.catalogue.rulebook import Rulebook

MOST_A_DAY = 10
DOUBLE_CLICK = timedelta(minutes=1)


class MessageRefused(Exception):
    """A message cannot be written, sent again or withdrawn now; the message says why."""


class AlreadyAnswered(Exception):
    """The applicant has answered before, in another tab or twice; `is_same` when they said the same."""

    def __init__(self, message: ApplicantMessage, is_same: bool) -> None:
        self.message, self.is_same = message, is_same
        super().__init__(f"Message {message.pk} is answered already.")


class LinkOver(Exception):
    """The link works no longer: it has expired, or the message was withdrawn."""

    def __init__(self, message: ApplicantMessage) -> None:
        self.message = message
        super().__init__(f"The link to message {message.pk} works no longer.")


def write_message(screening: Screening, user: User, text: str, facts: Sequence[str]) -> ApplicantMessage:
    """Ask the applicant something, by mail with a link; the case then waits for them.

    The same words right after (a double click) are one message. Raises MessageRefused.
    """
    now = timezone.now()
    with transaction.atomic():
        locked = _locked(screening)
        recent = list(locked.messages.filter(written_at__gt=now - timedelta(days=1)))
        for one in recent:
            if (one.text, one.facts) == (text, list(facts)) and one.is_open and one.written_at > now - DOUBLE_CLICK:
                return one
        _check_can_write(locked, len(recent))
        message = ApplicantMessage.objects.create(
            screening=locked,
            author=user.get_username(),
            text=text,
            facts=list(facts),
            written_at=now,
            mailed_at=now,
            expires_at=now + timedelta(days=settings.MESSAGE_DAYS),
        )
        _set_state(locked, CaseState.WAITING)
        data = {"message": str(message.pk), "text": text, "facts": list(facts)}
        record_event(locked, case_kinds.MESSAGE_WRITTEN, user, data)
        mail_after_commit(message)
    return message


def send_again(message: ApplicantMessage, user: User) -> None:
    """Mail the link of an unanswered message again, with its full time to run. Raises MessageRefused."""
    with transaction.atomic():
        locked = _locked(message.screening)
        fresh = ApplicantMessage.objects.select_for_update().get(pk=message.pk)
        if fresh.answered_at or fresh.withdrawn_at:
            raise MessageRefused(_("This message is answered or withdrawn; write another."))
        if fresh.is_on_its_way:
            raise MessageRefused(_("The mail of this message is on its way, or was sent a moment ago."))
        now = timezone.now()
        fresh.mail, fresh.mail_error, fresh.mailed_at = ApplicantMessage.Mail.WAITING, "", now
        fresh.expires_at = now + timedelta(days=settings.MESSAGE_DAYS)
        fresh.save(update_fields=["mail", "mail_error", "mailed_at", "expires_at"])
        _set_state(locked, CaseState.WAITING)
        record_event(locked, case_kinds.MESSAGE_AGAIN, user, {"message": str(fresh.pk)})
        mail_after_commit(fresh)


def withdraw(message: ApplicantMessage, user: User) -> None:
    """Take an unanswered message back: its link says so from now on. Raises MessageRefused."""
    with transaction.atomic():
        locked = _locked(message.screening)
        fresh = ApplicantMessage.objects.select_for_update().get(pk=message.pk)
        if fresh.answered_at:
            raise MessageRefused(_("The applicant has answered this message in the meantime."))
        if fresh.withdrawn_at:
            return
        fresh.withdrawn_at = timezone.now()
        fresh.save(update_fields=["withdrawn_at"])
        if locked.state == CaseState.WAITING and not any(one.is_open for one in locked.messages.all()):
            _set_state(locked, CaseState.IN_WORK if locked.assignee_id else CaseState.NEW)
        record_event(locked, case_kinds.MESSAGE_WITHDRAWN, user, {"message": str(fresh.pk)})


def answer(
    message: ApplicantMessage,
    answered: Mapping[str, Any],
    skipped: Collection[str],
    reply: str,
    rulebook: Rulebook,
    today: date,
) -> None:
    """Keep what the applicant answers: a new version of the answers where facts were asked, judged by today's rules.

    Raises AlreadyAnswered, LinkOver or DateNotCovered.
    """
    said = {name: plain(value) for name, value in answered.items()}
    with transaction.atomic():
        locked = _locked(message.screening)
        fresh = ApplicantMessage.objects.select_for_update().get(pk=message.pk)
        if fresh.answered_at:
            is_same = (fresh.answers, set(fresh.skipped), fresh.reply or "") == (said, set(skipped), reply)
            raise AlreadyAnswered(fresh, is_same)
        if not fresh.is_open:
            raise LinkOver(fresh)
        fresh.answered_at, fresh.reply = timezone.now(), reply or None
        fresh.answers, fresh.skipped = said, sorted(skipped)
        fresh.save(update_fields=["answered_at", "reply", "answers", "skipped"])
        data: dict[str, Any] = {"message": str(fresh.pk), "answers": said, "skipped": sorted(skipped), "reply": reply}
        if said or skipped:
            version = add_version(locked, said, skipped, rulebook, today)
            data |= {"version": version.number, "judged": judged_digest(version)}
        _set_state(locked, CaseState.ANSWERED)
        record_event(locked, case_kinds.ANSWERED, None, data)
        if said or skipped:
            store_determination(locked, rulebook)


def mail_after_commit(message: ApplicantMessage) -> None:
    """Hand the mail of a message to the background work once the row is there for it."""
    transaction.on_commit(lambda: send_mail_of.enqueue(str(message.pk)))


def _locked(screening: Screening) -> Screening:
    return Screening.objects.select_for_update().get(pk=screening.pk)


def _check_can_write(locked: Screening, recent: int) -> None:
    if locked.state == CaseState.CLOSED:
        raise MessageRefused(_("This case is closed; open it again to write to the applicant."))
    if not locked.contact_email:
        raise MessageRefused(_("No address was given with this case."))
    if recent >= MOST_A_DAY:
        raise MessageRefused(_("This applicant has had %(count)d messages within a day.") % {"count": recent})


def _set_state(locked: Screening, state: CaseState) -> None:
    locked.state = state
    locked.save(update_fields=["state", "updated_at"])
