"""The mail that tells an applicant of a message: a link and nothing about anybody. Sent in the background, once.

Whoever sends claims the message first, and is in no transaction while the mail server is spoken to. A process that
is killed in between leaves the claim, which is free again after a while: the mail may then come twice.
"""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from eligibility.casework import case_kinds
from eligibility.casework.events import record_event
from eligibility.casework.message_links import link_of
from eligibility.casework.models import CLAIM
from eligibility.engine.words import day_in_words
from eligibility.models import ApplicantMessage

Mail = ApplicantMessage.Mail


@task()
def send_mail_of(message_id: str) -> None:
    """Send the mail of a message, unless somebody else does or has."""
    now = timezone.now()
    free = Q(mail=Mail.WAITING) | Q(mail=Mail.SENDING, mailed_at__lt=now - CLAIM)
    waiting = ApplicantMessage.objects.filter(free, pk=message_id, answered_at=None, withdrawn_at=None)
    if not waiting.update(mail=Mail.SENDING, mailed_at=now):
        return
    message = ApplicantMessage.objects.select_related("screening").get(pk=message_id)
    try:
        _mail(message).send()
    except (SMTPException, OSError) as error:
        _settle(message, Mail.FAILED, type(error).__name__)
    else:
        _settle(message, Mail.SENT)


def resume_mails() -> int:
    """Hand over every mail that waits or was left half way; returns how many."""
    stuck = Q(mail__in=(Mail.WAITING, Mail.SENDING), mailed_at__lt=timezone.now() - CLAIM)
    waiting = ApplicantMessage.objects.filter(stuck, answered_at=None, withdrawn_at=None)
    keys = list(waiting.values_list("pk", flat=True))
    for key in keys:
        send_mail_of.enqueue(str(key))
    return len(keys)


def _settle(message: ApplicantMessage, state: str, error: str = "") -> None:
    with transaction.atomic():
        claimed = ApplicantMessage.objects.filter(pk=message.pk, mail=Mail.SENDING)
        if claimed.update(mail=state, mailed_at=timezone.now(), mail_error=error):
            kind = case_kinds.MAIL_FAILED if error else case_kinds.MAIL_SENT
            data = {"message": str(message.pk)}
            record_event(message.screening, kind, None, {**data, "error": error} if error else data)


def _mail(message: ApplicantMessage) -> EmailMessage:
    screening = message.screening
    with translation.override(screening.language):
        until = day_in_words(timezone.localdate(message.expires_at), screening.language)
        lines = [
            _("A consultant has a question about the result that you sent for review on IMP Navigator."),
            _("Read it and answer on this page, which works until %(day)s:") % {"day": until},
            link_of(message),
            _("The link is for you alone: do not send it on. If you sent nothing for review, ignore this mail."),
            _("This site is not a government site. Nobody will ask you for money or a password by mail."),
        ]
        return EmailMessage(
            subject=_("IMP Navigator: a question from a consultant"),
            body="\n\n".join(lines) + "\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[screening.contact_email or ""],
        )
