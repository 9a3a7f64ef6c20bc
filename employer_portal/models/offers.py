"""Offers of employment: their content, work sites, and groups that are filed together."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from encrypted_fields.fields import EncryptedCharField, EncryptedDateField

from eligibility.encrypted_json import EncryptedJSON
from eligibility.engine.derive import add_months, whole_months_between
from employer_portal.models.employers import Address, Branch, Employer, Language
from employer_portal.models.offer_choices import Education, OfferStatusWords, Sex, WorkerStatus, WorkLanguage
from employer_portal.offer_status import HAS_NUMBER, OfferStatus
from exemption_codes.models import ExemptionCode

PERSON = settings.AUTH_USER_MODEL


class OfferGroup(models.Model):
    """Performing artists and their staff whose offers are filed together, so that the fee has a maximum."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="groups")  # kept with its offers
    name = models.CharField(_("name"), max_length=200)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    class Meta:
        verbose_name = _("group of artists")
        verbose_name_plural = _("groups of artists")

    def __str__(self) -> str:
        return self.name


class OfferQuerySet(models.QuerySet["OfferOfEmployment"]):
    def living(self) -> "OfferQuerySet":
        return self.exclude(status=OfferStatus.DELETED)

    def drafts(self) -> "OfferQuerySet":
        return self.filter(status=OfferStatus.DRAFT)

    def awaiting_fee(self) -> "OfferQuerySet":
        return self.filter(status=OfferStatus.AWAITING_FEE)

    def of(self, employer: Employer) -> "OfferQuerySet":
        return self.filter(employer=employer)


class OfferOfEmployment(models.Model):
    """One offer for one worker. Only offers.py and its neighbours change a status; a filed offer is never edited.

    Personal fields of the worker are encrypted; hashes beside them find an exact value again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="offers")  # six years of records
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="offers")
    group = models.ForeignKey(OfferGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="offers")
    status = models.CharField(
        _("state"), max_length=24, choices=OfferStatusWords.choices, default=OfferStatusWords.DRAFT, db_index=True
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    created_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies")

    # The worker -------------------------------------------------------------------------------------------------------
    worker_family_name = EncryptedCharField(_("family name"), max_length=200, blank=True, null=True)
    worker_given_names = EncryptedCharField(_("given names"), max_length=200, blank=True, null=True)
    worker_sex = models.CharField(_("sex or gender"), max_length=1, choices=Sex.choices, blank=True)
    worker_date_of_birth = EncryptedDateField(_("date of birth"), blank=True, null=True)
    worker_country_of_birth = CountryField(_("country of birth"), blank=True)
    worker_country_of_residence = CountryField(_("country of residence"), blank=True)
    worker_citizenship = CountryField(_("citizenship"), blank=True)
    worker_passport_number = EncryptedCharField(_("passport number"), max_length=50, blank=True, null=True)
    worker_passport_expires_on = models.DateField(_("passport expires on"), null=True, blank=True)
    worker_status = models.CharField(_("status in Canada"), max_length=10, choices=WorkerStatus.choices, blank=True)
    worker_email = models.EmailField(_("worker’s email"), blank=True)
    worker_name_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    worker_passport_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    # The exemption ----------------------------------------------------------------------------------------------------
    exemption_category = models.CharField(_("exemption"), max_length=100, blank=True)
    exemption_explanation = models.TextField(_("how the exemption’s requirements are met"), max_length=8000, blank=True)
    facts: Any = EncryptedJSON(_("further facts for the exemption"), default=dict)
    applies_on = models.DateField(_("the worker applies on"), null=True, blank=True)

    # The job ----------------------------------------------------------------------------------------------------------
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    noc_code = models.CharField(_("NOC code"), max_length=5, blank=True)
    main_duties = models.TextField(_("main duties"), max_length=8000, blank=True)
    job_requirements = models.TextField(_("requirements of the job"), max_length=4000, blank=True)
    years_of_experience = models.PositiveSmallIntegerField(_("years of experience asked for"), null=True, blank=True)
    min_education = models.CharField(_("lowest education"), max_length=24, choices=Education.choices, blank=True)
    other_training = models.CharField(_("other training"), max_length=500, blank=True)
    is_regulated = models.BooleanField(_("the occupation is regulated"), null=True, blank=True)
    licensing = models.CharField(_("licence or certificate"), max_length=500, blank=True)
    language_required = models.CharField(
        _("language of the job"), max_length=5, choices=WorkLanguage.choices, blank=True
    )
    other_language = models.CharField(_("which language"), max_length=100, blank=True)
    starts_on = models.DateField(_("work starts on"), null=True, blank=True)
    ends_on = models.DateField(_("work ends on"), null=True, blank=True)
    is_seasonal = models.BooleanField(_("seasonal work"), null=True, blank=True)
    is_primary_agriculture = models.BooleanField(_("work in primary agriculture"), null=True, blank=True)
    has_labour_dispute = models.BooleanField(_("labour dispute at the workplace"), null=True, blank=True)
    is_contract_for_services = models.BooleanField(_("contract for services"), default=False)
    recruiter = models.CharField(_("recruiter"), max_length=200, blank=True)

    # Wage and conditions ----------------------------------------------------------------------------------------------
    hours_per_day = models.DecimalField(_("hours a day"), max_digits=4, decimal_places=2, null=True, blank=True)
    hours_per_week = models.DecimalField(_("hours a week"), max_digits=5, decimal_places=2, null=True, blank=True)
    is_unpaid = models.BooleanField(_("unpaid work"), default=False)
    hourly_wage_cad = models.DecimalField(_("wage an hour, CAD"), max_digits=9, decimal_places=2, null=True, blank=True)
    wage_as_typed = models.JSONField(_("wage as it was typed, before conversion"), default=dict, blank=True)
    overtime_rate_cad = models.DecimalField(
        _("overtime, CAD an hour"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    overtime_after_hours = models.DecimalField(
        _("overtime after hours a week"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    has_disability_insurance = models.BooleanField(_("disability insurance"), default=False)
    has_dental_insurance = models.BooleanField(_("dental insurance"), default=False)
    has_pension = models.BooleanField(_("pension"), default=False)
    has_extended_medical = models.BooleanField(_("extended medical insurance"), default=False)
    other_benefits = models.CharField(_("other benefits"), max_length=1000, blank=True)
    vacation_days = models.DecimalField(
        _("vacation days a year"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    vacation_percent = models.DecimalField(
        _("vacation pay, percent"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    statutory_holidays = models.PositiveSmallIntegerField(_("paid statutory holidays a year"), null=True, blank=True)
    other_leave = models.CharField(_("other leave"), max_length=500, blank=True)
    alternate_compensation = models.TextField(_("other compensation"), max_length=4000, blank=True)
    deductions = models.TextField(_("deductions"), max_length=2000, blank=True)
    under_collective_agreement = models.BooleanField(_("under a collective agreement"), null=True, blank=True)
    collective_agreement = models.CharField(_("name of the collective agreement"), max_length=300, blank=True)
    additional_information = models.TextField(_("additional information"), max_length=4000, blank=True)

    # The employment agreement ----------------------------------------------------------------------------------------
    agreement_language = models.CharField(
        _("official language the worker chose"), max_length=2, choices=Language.choices, blank=True
    )
    agreement_signed_by_employer_on = models.DateField(_("signed by the employer on"), null=True, blank=True)
    agreement_signed_by_worker_on = models.DateField(_("signed by the worker on"), null=True, blank=True)
    agreement_copy_given_on = models.DateField(_("copy given on"), null=True, blank=True)
    agreement_job_title = models.CharField(_("job title in the agreement"), max_length=200, blank=True)
    agreement_hourly_wage_cad = models.DecimalField(
        _("wage an hour in the agreement, CAD"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    agreement_hours_per_week = models.DecimalField(
        _("hours a week in the agreement"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    agreement_starts_on = models.DateField(_("start in the agreement"), null=True, blank=True)
    agreement_ends_on = models.DateField(_("end in the agreement"), null=True, blank=True)

    # The fee and the declarations -------------------------------------------------------------------------------------
    fee_exemption = models.CharField(_("fee exemption claimed"), max_length=40, blank=True)
    fee_exemption_explanation = models.TextField(_("why no fee is due"), max_length=4000, blank=True)
    declared = models.JSONField(_("declarations made"), default=list, blank=True)
    acknowledged = models.JSONField(_("warnings acknowledged, with reasons"), default=dict, blank=True)

    # As submitted -----------------------------------------------------------------------------------------------------
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    snapshot: Any = EncryptedJSON(_("as submitted"), default=None)
    exemption = models.ForeignKey(
        ExemptionCode, on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )  # a release stays while an offer relies on it
    release_digest = models.CharField(_("catalogue release"), max_length=64, blank=True)
    charge = models.ForeignKey(
        "FeeCharge", on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )  # money is never lost sight of
    fee_share_cad = models.DecimalField(
        _("share of the fee, CAD"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    number = models.CharField(_("offer number"), max_length=8, unique=True, null=True, blank=True)
    issued_at = models.DateTimeField(_("number issued at"), null=True, blank=True)

    # After filing -----------------------------------------------------------------------------------------------------
    matched_at = models.DateTimeField(_("matched at"), null=True, blank=True)
    has_final_decision = models.BooleanField(_("the application has a final decision"), default=False)
    permit_issued_on = models.DateField(_("permit issued on"), null=True, blank=True)
    permit_expires_on = models.DateField(_("permit expires on"), null=True, blank=True)
    first_day_on = models.DateField(_("first day of work"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of employment")
        verbose_name_plural = _("offers of employment")
        permissions = (("move_offerofemployment", _("Can match, refuse, print and otherwise move offers")),)
        ordering = ("-updated_at",)
        indexes = (models.Index(fields=("employer", "status"), name="offers_of_employer_by_state"),)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=OfferStatusWords.values), name="offer_state_is_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="offer_version_from_one"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__regex=r"^A[0-9]{7}$"), name="offer_number_is_well_formed"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(status.value for status in HAS_NUMBER)) | Q(number__isnull=False),
                name="offer_issued_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["draft", "deleted", "awaiting_fee"]) | Q(number__isnull=True),
                name="offer_not_issued_has_no_number",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) ^ Q(issued_at__isnull=False), name="offer_number_and_its_moment"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "deleted"]) ^ Q(submitted_at__isnull=False),
                name="offer_filed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="awaiting_fee") | Q(charge__isnull=False), name="offer_awaiting_fee_has_a_charge"
            ),
            models.CheckConstraint(
                condition=Q(status="used") ^ Q(permit_issued_on__isnull=True), name="offer_used_has_a_permit"
            ),
            models.CheckConstraint(
                condition=Q(hours_per_day__isnull=True) | Q(hours_per_day__gt=0, hours_per_day__lte=24),
                name="offer_hours_of_a_day",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__isnull=True) | Q(hours_per_week__gt=0, hours_per_week__lte=168),
                name="offer_hours_of_a_week",
            ),
            models.CheckConstraint(
                condition=Q(hourly_wage_cad__isnull=True) | Q(hourly_wage_cad__gte=0), name="offer_wage_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="offer_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(permit_expires_on__isnull=True) | Q(permit_expires_on__gte=F("permit_issued_on")),
                name="offer_permit_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.number or f"{self._meta.verbose_name} {str(self.id)[:8]}"

    @property
    def state(self) -> OfferStatus:
        return OfferStatus(self.status)

    @property
    def worker_name(self) -> str:
        return " ".join(part for part in (self.worker_given_names, self.worker_family_name) if part)

    @property
    def duration_months(self) -> Decimal | None:
        """The length of the offered period in months, days as thirtieths; None while a day is open."""
        if self.starts_on is None or self.ends_on is None:
            return None
        return months_between(self.starts_on, self.ends_on)


def months_between(first: date, last: date) -> Decimal:
    """Return the months from a first to a last day, both included: whole ones, and what is left in thirtieths."""
    following = last + timedelta(days=1)
    whole = whole_months_between(first, following)
    left = (following - add_months(first, whole)).days
    return (whole + Decimal(left) / 30).quantize(Decimal("0.1"))


class WorkSite(Address):
    """One place of work; an offer has as many as it needs."""

    offer = models.ForeignKey(OfferOfEmployment, on_delete=models.CASCADE, related_name="sites")  # part of the offer
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name of the site"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("work site")
        verbose_name_plural = _("work sites")
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("offer", "position"), name="one_site_a_position"),)

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.street, self.city, self.province) if part)
