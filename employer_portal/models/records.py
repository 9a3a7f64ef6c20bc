"""What surrounds an offer: uploaded files, the worker's own word, and the duties that follow."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from encrypted_fields.fields import EncryptedCharField, EncryptedDateField

from employer_portal.models.employers import Employer, Language
from employer_portal.models.offers import OfferOfEmployment

PERSON = settings.AUTH_USER_MODEL


class FilePurpose(models.TextChoices):
    FEE_EXEMPTION = "fee_exemption", _("proof that no fee is due")
    EXEMPTION = "exemption", _("support for the exemption")
    AGREEMENT = "agreement", _("employment agreement")
    RECEIPT = "receipt", _("official receipt")
    DUTY = "duty", _("proof of a duty done")
    OTHER = "other", _("other")


class UploadedFile(models.Model):
    """A file kept outside the web root under a random name; its type was found by its content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="files")  # six years of records
    offer = models.ForeignKey(OfferOfEmployment, on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    purpose = models.CharField(_("purpose"), max_length=14, choices=FilePurpose.choices, default=FilePurpose.OTHER)
    name = EncryptedCharField(_("name"), max_length=200)
    stored_name = models.CharField(_("stored name"), max_length=64, unique=True, editable=False)
    content_type = models.CharField(_("type"), max_length=100)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("digest"), max_length=64)
    uploaded_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {str(self.id)[:8]}"


class WorkerConfirmation(models.Model):
    """A link by which the worker says what stands in their passport, and what they said; compared field by field."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(OfferOfEmployment, on_delete=models.CASCADE, related_name="confirmations")  # part of it
    token_hash = models.CharField(_("hash of the link"), max_length=64, unique=True, editable=False)
    email = models.EmailField(_("email"))
    language = models.CharField(_("language"), max_length=2, default="en")
    invited_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    family_name = EncryptedCharField(_("family name"), max_length=200, blank=True, null=True)
    given_names = EncryptedCharField(_("given names"), max_length=200, blank=True, null=True)
    date_of_birth = EncryptedDateField(_("date of birth"), blank=True, null=True)
    passport_number = EncryptedCharField(_("passport number"), max_length=50, blank=True, null=True)
    passport_expires_on = models.DateField(_("passport expires on"), null=True, blank=True)
    citizenship = CountryField(_("citizenship"), blank=True)

    class Meta:
        verbose_name = _("worker’s confirmation")
        verbose_name_plural = _("workers’ confirmations")
        ordering = ("-invited_at",)

    def __str__(self) -> str:
        return f"{self.offer} · {self.email}"


class DutyRecord(models.Model):
    """That a duty of duties.py was done for one offer, or a document is at hand: when, and how it can be shown.

    What was recorded by mistake is undone, and stays to be read.
    """

    offer = models.ForeignKey(OfferOfEmployment, on_delete=models.PROTECT, related_name="duty_records")
    duty = models.CharField(_("duty"), max_length=40)
    done_on = models.DateField(_("done on"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    proof = models.ForeignKey(UploadedFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    undone_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("duty done")
        verbose_name_plural = _("duties done")
        ordering = ("-done_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("offer", "duty"), condition=Q(undone_at__isnull=True), name="one_standing_record_a_duty"
            ),
        )

    def __str__(self) -> str:
        return f"{self.duty} · {self.done_on}"


class Reminder(models.Model):
    """A day that somebody is told of by mail, once."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="reminders")  # nothing without it
    offer = models.ForeignKey(
        OfferOfEmployment, on_delete=models.CASCADE, null=True, blank=True, related_name="reminders"
    )
    kind = models.CharField(_("kind"), max_length=40)
    due_on = models.DateField(_("due on"))
    remind_on = models.DateField(_("remind on"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("remind_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("offer", "kind", "due_on", "remind_on"), name="one_reminder_a_day"),
            models.CheckConstraint(
                condition=Q(remind_on__lte=models.F("due_on")), name="reminder_comes_before_the_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} · {self.due_on}"


class CalendarFeed(models.Model):
    """A secret address under which a person's calendar reads the days of an employer; only its hash is kept."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="calendar_feeds")  # theirs alone
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")  # nothing without it
    secret_hash = models.CharField(_("hash of the address"), max_length=64, unique=True, editable=False)
    shows_names = models.BooleanField(_("names the workers in full"), default=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "employer"), condition=Q(revoked_at__isnull=True), name="one_feed_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.employer}"


class Notification(models.Model):
    """Something that happened, for one person: shown in the portal, and mailed unless they said no."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="notifications")  # theirs alone
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")  # nothing without it
    offer = models.ForeignKey(OfferOfEmployment, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    details = models.JSONField(_("details"), default=dict, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    mail_wanted = models.BooleanField(_("to be mailed"), default=False)
    mailing_at = models.DateTimeField(_("being mailed since"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("person", "read_at"), name="unread_of_a_person"),
            models.Index(
                fields=("mailing_at",),
                condition=Q(mail_wanted=True, mailed_at__isnull=True),
                name="notifications_to_mail",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} · {self.made_at:%Y-%m-%d}"


class NotificationSetting(models.Model):
    """What a person wants to be told of; without a row, everything, in the portal and by mail."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="notification_settings")  # theirs alone
    kind = models.CharField(_("kind"), max_length=40)
    in_portal = models.BooleanField(_("in the portal"), default=True)
    by_mail = models.BooleanField(_("by mail"), default=True)

    class Meta:
        verbose_name = _("notification setting")
        verbose_name_plural = _("notification settings")
        constraints = (models.UniqueConstraint(fields=("person", "kind"), name="one_setting_a_kind"),)

    def __str__(self) -> str:
        return self.kind


class MailLanguage(models.Model):
    """The language in which a person is written to; without a row, English."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="mail_language")  # theirs alone
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.EN)

    class Meta:
        verbose_name = _("language of messages")
        verbose_name_plural = _("languages of messages")

    def __str__(self) -> str:
        return self.language
