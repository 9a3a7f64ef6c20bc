"""What is only added to beside offers: the register of numbers, and the events that moved offers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from employer_portal.models.offers import OfferOfEmployment
from employer_portal.offer_status import EVENT_WORDS, Event
from exemption_codes.append_only import AppendOnly, AppendOnlyManager
from exemption_codes.asked import reading_language

PERSON = settings.AUTH_USER_MODEL


class NumberSource(models.TextChoices):
    ISSUED = "issued", _("issued here")
    RECORDED = "recorded", _("recorded from the official portal")


class OfferNumberAllotment(AppendOnly):
    """The register of numbers: one row for each that was ever given, kept even when its offer is long gone."""

    number = models.CharField(_("offer number"), max_length=8, primary_key=True)
    offer_id = models.UUIDField(_("offer"), unique=True)
    source = models.CharField(_("source"), max_length=10, choices=NumberSource.choices)
    allotted_at = models.DateTimeField(_("given at"), auto_now_add=True)

    objects = AppendOnlyManager()

    class Meta:
        verbose_name = _("offer number")
        verbose_name_plural = _("offer numbers")
        constraints = (
            models.CheckConstraint(condition=Q(number__regex=r"^A[0-9]{7}$"), name="allotted_number_is_well_formed"),
        )

    def __str__(self) -> str:
        return self.number


class OfferEvent(AppendOnly):
    """One move of an offer: what, from which state to which, who, when and why. Never changed, never deleted."""

    offer = models.ForeignKey(OfferOfEmployment, on_delete=models.PROTECT, related_name="events")
    event = models.CharField(_("event"), max_length=24)
    source = models.CharField(_("from state"), max_length=24, blank=True)
    target = models.CharField(_("to state"), max_length=24)
    party = models.CharField(_("made by"), max_length=10)
    # Without a constraint: an account may be erased, the event stays as it was written.
    by = models.ForeignKey(
        PERSON, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    on_behalf = models.CharField(_("by way of"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    at = models.DateTimeField(_("happened at"), auto_now_add=True)

    objects = AppendOnlyManager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("id",)

    def __str__(self) -> str:
        return EVENT_WORDS[Event(self.event)].in_language(reading_language())
