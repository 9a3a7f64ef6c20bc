"""What is kept while offers are written: the versions of drafts, and templates."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from eligibility.encrypted_json import EncryptedJSON
from employer_portal.models.employers import Employer
from employer_portal.models.offers import OfferOfEmployment

PERSON = settings.AUTH_USER_MODEL


class DraftVersion(models.Model):
    """The content of a draft as it was saved; a save that came too late has no number, and loses nothing either."""

    offer = models.ForeignKey(OfferOfEmployment, on_delete=models.CASCADE, related_name="versions")  # part of the offer
    number = models.PositiveIntegerField(_("version"), null=True, blank=True)
    based_on = models.PositiveIntegerField(_("based on version"))
    content: Any = EncryptedJSON(_("content"), default=dict)
    saved_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(_("saved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a draft")
        verbose_name_plural = _("versions of drafts")
        ordering = ("-saved_at", "-id")
        constraints = (models.UniqueConstraint(fields=("offer", "number"), name="one_draft_a_version"),)

    def __str__(self) -> str:
        return f"{self.offer} · {self.number or '–'}"


class OfferTemplate(models.Model):
    """What offers for one position have in common; no worker, no dates, no declarations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="templates")  # nothing without it
    name = models.CharField(_("name"), max_length=200)
    content: Any = EncryptedJSON(_("content"), default=dict)
    created_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("employer", "name"), name="one_template_of_a_name"),)

    def __str__(self) -> str:
        return self.name
