"""What consultants work with beside a case itself: its index, earlier answers, messages, documents, saved queues."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from eligibility.encrypted_json import EncryptedJSON

SCREENING = "eligibility.Screening"
# How long a mail may take before it counts as lost, and how soon after it was sent it is not sent again.
CLAIM = timedelta(minutes=10)
JUST_SENT = timedelta(minutes=2)


class CaseState(models.TextChoices):
    """Where a case stands with the consultants."""

    NEW = "new", _("New")
    IN_WORK = "in_work", _("In work")
    WAITING = "waiting", _("Waiting for the applicant")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class CaseCode(models.Model):
    """A category that is not closed to somebody, kept in clear so that cases are found by it; made again on demand."""

    screening = models.ForeignKey(SCREENING, on_delete=models.CASCADE, related_name="codes", verbose_name=_("case"))
    category = models.CharField(_("category"), max_length=100)
    key = models.CharField(_("code"), max_length=80)
    outcome = models.CharField(_("outcome"), max_length=20)

    class Meta:
        verbose_name = _("code of a case")
        verbose_name_plural = _("codes of cases")
        ordering = ("key", "category")
        constraints = (models.UniqueConstraint(fields=("screening", "category"), name="one_row_a_case_and_category"),)
        indexes = (models.Index(fields=("key", "outcome"), name="cases_by_code"),)

    def __str__(self) -> str:
        return f"{self.key} {self.outcome}"


class AnswersVersion(models.Model):
    """The answers of a case as they were at one time, with what they led to; number 1 is what was sent first."""

    screening = models.ForeignKey(SCREENING, on_delete=models.CASCADE, related_name="versions", verbose_name=_("case"))
    number = models.PositiveIntegerField(_("number"))
    made_at = models.DateTimeField(_("made at"))
    answers: Any = EncryptedJSON(_("answers"))
    skipped: Any = EncryptedJSON(_("answered with “I don’t know yet”"), default=list)
    as_of = models.DateField(_("judged as of"))
    release_digest = models.CharField(_("catalogue release"), max_length=64)
    matched_codes = models.TextField(_("matched codes"), blank=True)
    best_outcome = models.CharField(_("best outcome"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("version of the answers")
        verbose_name_plural = _("versions of the answers")
        ordering = ("screening", "number")
        constraints = (models.UniqueConstraint(fields=("screening", "number"), name="one_version_a_case_and_number"),)

    def __str__(self) -> str:
        return str(self.number)


class ApplicantMessage(models.Model):
    """A message to the applicant, answered on a page of the site that a signed link in a mail opens."""

    class Mail(models.TextChoices):
        WAITING = "waiting", _("The mail is about to be sent")
        SENDING = "sending", _("The mail is being sent")
        SENT = "sent", _("The mail was sent")
        FAILED = "failed", _("The mail could not be sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(SCREENING, on_delete=models.CASCADE, related_name="messages", verbose_name=_("case"))
    author = models.CharField(_("written by"), max_length=150)
    text = EncryptedTextField(_("message"))
    facts: Any = EncryptedJSON(_("questions"), default=list)
    written_at = models.DateTimeField(_("written at"))
    expires_at = models.DateTimeField(_("the link works until"))
    mail = models.CharField(_("mail"), max_length=10, choices=Mail.choices, default=Mail.WAITING)
    # When its mail was last handed over, claimed or sent.
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    mail_error = models.CharField(_("what went wrong"), max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reply = EncryptedTextField(_("reply"), blank=True, null=True)
    answers: Any = EncryptedJSON(_("answers"), default=dict)
    skipped: Any = EncryptedJSON(_("answered with “I don’t know yet”"), default=list)

    class Meta:
        verbose_name = _("message to an applicant")
        verbose_name_plural = _("messages to applicants")
        ordering = ("-written_at",)

    def __str__(self) -> str:
        return str(self.id)[:8]

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_on_its_way(self) -> bool:
        """Whether its mail is about to be sent or just was; one that takes too long counts as lost."""
        limit = {self.Mail.WAITING: CLAIM, self.Mail.SENDING: CLAIM, self.Mail.SENT: JUST_SENT}.get(
            self.Mail(self.mail)
        )
        return bool(limit and self.mailed_at and self.mailed_at > timezone.now() - limit)

    @property
    def is_open(self) -> bool:
        """Whether the applicant can still answer."""
        return not (self.answered_at or self.withdrawn_at or self.is_expired)


class DocumentReceived(models.Model):
    """A document of the checklist that has come in; the checklist itself is that of the matched codes."""

    screening = models.ForeignKey(SCREENING, on_delete=models.CASCADE, related_name="documents", verbose_name=_("case"))
    key = models.CharField(_("key"), max_length=16)
    # The words of the checklist of the day, should a later release take them out.
    name_en = models.TextField(_("name (English)"))
    name_fr = models.TextField(_("name (French)"))
    received_on = models.DateField(_("received on"))
    note = EncryptedTextField(_("note"), blank=True, null=True)
    ticked_by = models.CharField(_("ticked by"), max_length=150)

    class Meta:
        verbose_name = _("document received")
        verbose_name_plural = _("documents received")
        ordering = ("received_on", "pk")
        constraints = (models.UniqueConstraint(fields=("screening", "key"), name="one_row_a_case_and_document"),)

    def __str__(self) -> str:
        return self.name_en


class SavedQueue(models.Model):
    """A way of looking at the queue that a consultant keeps under a name, and may share with the team."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_queues", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filters"), max_length=500, blank=True)
    is_shared = models.BooleanField(_("shared with the team"), default=False)

    class Meta:
        verbose_name = _("saved queue")
        verbose_name_plural = _("saved queues")
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=("owner", "name"), name="one_saved_queue_an_owner_and_name"),)

    def __str__(self) -> str:
        return self.name
