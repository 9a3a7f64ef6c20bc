"""Screenings: a person's answers, kept while they are needed and no longer."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from eligibility.casework.event_models import CaseEvent
from eligibility.casework.models import (
    AnswersVersion,
    ApplicantMessage,
    CaseCode,
    CaseState,
    DocumentReceived,
    SavedQueue,
)
from eligibility.counts import DailyCount
from eligibility.decisions.models import Decision, Determination
from eligibility.encrypted_json import EncryptedJSON
from eligibility.impact_models import ImpactCase, ImpactRun
from eligibility.notices.models import Notice, NoticeRefusal, NoticeWish

__all__ = [
    "AnswersVersion",
    "ApplicantMessage",
    "CaseCode",
    "CaseEvent",
    "CaseState",
    "DailyCount",
    "Decision",
    "Determination",
    "DocumentReceived",
    "ImpactCase",
    "ImpactRun",
    "Notice",
    "NoticeRefusal",
    "NoticeWish",
    "OutcomeWords",
    "SavedQueue",
    "Screening",
    "ScreeningQuerySet",
]


class OutcomeWords(models.TextChoices):
    """The engine's outcomes, best first, as staff read them."""

    ELIGIBLE = "eligible", _("Eligible")
    OFFICER_JUDGEMENT = "officer_judgement", _("An officer decides")
    UNDETERMINED = "undetermined", _("Cannot tell yet")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def submitted(self) -> "ScreeningQuerySet":
        return self.filter(submitted_at__isnull=False)

    def matching(self, key: str) -> "ScreeningQuerySet":
        """Those that matched a code, named by its key: T36, C21/WH."""
        listed = Concat(Value(", "), "matched_codes", Value(","), output_field=models.TextField())
        return self.alias(listed=listed).filter(listed__contains=f", {key},")

    def of_country(self, code: str) -> "ScreeningQuerySet":
        """Those of a citizenship, by the two letters of its country."""
        return self.filter(countries__contains=f",{code},")

    def untouched_since(self, moment: Any) -> "ScreeningQuerySet":
        return self.filter(updated_at__lt=moment)


class Screening(models.Model):
    """One walk through the questionnaire; the answers are encrypted in the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answers: Any = EncryptedJSON(_("answers"), default=dict)
    skipped: Any = EncryptedJSON(_("answered with “I don’t know yet”"), default=list)
    only = models.CharField(_("limited to category"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_as_of = models.DateField(_("judged as of"), null=True, blank=True)
    release_digest = models.CharField(_("catalogue release"), max_length=64, blank=True)
    # An empty text is stored as null: nothing is there to encrypt.
    contact_name = EncryptedTextField(_("name"), blank=True, null=True)
    contact_email = EncryptedTextField(_("email"), blank=True, null=True)
    source = models.UUIDField(_("copied from"), null=True, blank=True, editable=False)
    reference = models.CharField(_("reference"), max_length=12, blank=True, db_index=True)
    matched_codes = models.TextField(_("matched codes"), blank=True)
    best_outcome = models.CharField(_("best outcome"), max_length=20, choices=OutcomeWords.choices, blank=True)
    # By their letters, with a comma before and after each; docs/decisions says what is kept in clear, and why.
    countries = models.CharField(_("countries of citizenship"), max_length=200, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=CaseState.choices, default=CaseState.NEW, db_index=True, editable=False
    )
    # A case outlives the account of whoever worked on it, and is then nobody's.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="cases",
        verbose_name=_("assignee"),
    )
    offer_number = models.CharField(_("offer number"), max_length=20, blank=True, editable=False)
    # How far the time line goes and how it ends, so that events cut off at its end are missed.
    event_count = models.PositiveIntegerField(_("number of events"), default=0, editable=False)
    last_seal = models.CharField(_("seal of the last event"), max_length=64, blank=True, editable=False)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ("-updated_at",)
        permissions = (
            ("work_on_case", _("Can work on cases")),
            ("see_contact", _("Can see who sent a case")),
        )

    def __str__(self) -> str:
        return self.reference or str(self.id)[:8]

    @property
    def as_of(self) -> date:
        return self.submitted_as_of or timezone.localdate()
