"""Employers, their branches, the people who act for them, and invitations."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Province(models.TextChoices):
    """The thirteen provinces and territories."""

    AB = "AB", _("Alberta")
    BC = "BC", _("British Columbia")
    MB = "MB", _("Manitoba")
    NB = "NB", _("New Brunswick")
    NL = "NL", _("Newfoundland and Labrador")
    NS = "NS", _("Nova Scotia")
    NT = "NT", _("Northwest Territories")
    NU = "NU", _("Nunavut")
    ON = "ON", _("Ontario")
    PE = "PE", _("Prince Edward Island")
    QC = "QC", _("Quebec")
    SK = "SK", _("Saskatchewan")
    YT = "YT", _("Yukon")


class Language(models.TextChoices):
    EN = "en", _("English")
    FR = "fr", _("French")


class EmployeeBand(models.TextChoices):
    UNDER_100 = "under_100", _("fewer than 100")
    FROM_100 = "100_or_more", _("100 or more")


class RevenueBand(models.TextChoices):
    UNDER_30K = "under_30k", _("less than $30,000")
    UNTIL_5M = "30k_to_5m", _("$30,000 to $5 million")
    OVER_5M = "over_5m", _("more than $5 million")


class BusinessType(models.TextChoices):
    SOLE_PROPRIETOR = "sole_proprietor", _("sole proprietor")
    PARTNERSHIP = "partnership", _("partnership")
    CORPORATION = "corporation", _("corporation")
    COOPERATIVE = "cooperative", _("co-operative")
    NON_PROFIT = "non_profit", _("non-profit organization")
    CHARITY = "charity", _("registered charity")
    PUBLIC = "public", _("public body or institution")
    HOUSEHOLD = "household", _("private household")
    OTHER = "other", _("other")


class Standing(models.TextChoices):
    """Whether the government lets an employer hire foreign nationals: R200(3)(h)."""

    ELIGIBLE = "eligible", _("eligible")
    UNTIL = "ineligible_until", _("ineligible until a date")
    PERMANENT = "ineligible", _("permanently ineligible")
    DEFAULT = "in_default", _("in default of a penalty")


class Address(models.Model):
    """A Canadian address; the parts of it that a page asks for."""

    street = models.CharField(_("street"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    province = models.CharField(_("province or territory"), max_length=2, choices=Province.choices, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=7, blank=True)

    class Meta:
        abstract = True


class Employer(Address):
    """An organization that makes offers, with its company profile. The address is that of the business.

    `business_number` is empty only for a new entity or an owner who hires themself. Every edit is kept; an offer that
    is filed keeps a snapshot of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    legal_name = models.CharField(_("legal name"), max_length=200)
    operating_name = models.CharField(_("operating name"), max_length=200, blank=True)
    business_number = models.CharField(_("business number"), max_length=9, blank=True, db_index=True)
    program_account = models.CharField(_("program account"), max_length=6, blank=True)
    is_new_or_self_hiring = models.BooleanField(_("new business, or an owner who hires themself"), default=False)
    has_other_mailing_address = models.BooleanField(_("mail goes elsewhere"), default=False)
    mailing_street = models.CharField(_("mailing street"), max_length=200, blank=True)
    mailing_city = models.CharField(_("mailing city"), max_length=100, blank=True)
    mailing_province = models.CharField(_("mailing province"), max_length=2, choices=Province.choices, blank=True)
    mailing_postal_code = models.CharField(_("mailing postal code"), max_length=7, blank=True)
    telephone = models.CharField(_("telephone"), max_length=20, blank=True)
    fax = models.CharField(_("fax"), max_length=20, blank=True)
    email = models.EmailField(_("email"), blank=True)
    website = models.URLField(_("website"), blank=True)
    business_type = models.CharField(_("type of business"), max_length=20, choices=BusinessType.choices, blank=True)
    activity = models.CharField(_("principal activity"), max_length=300, blank=True)
    established_on = models.DateField(_("established on"), null=True, blank=True)
    employee_band = models.CharField(_("employees"), max_length=12, choices=EmployeeBand.choices, blank=True)
    employee_count = models.PositiveIntegerField(_("number of employees"), null=True, blank=True)
    revenue_band = models.CharField(_("gross revenue a year"), max_length=12, choices=RevenueBand.choices, blank=True)
    regime_exemption = models.CharField(_("outside the compliance regime as"), max_length=40, blank=True)
    has_barred_activity = models.BooleanField(
        _("offers striptease, erotic dance, escort services or erotic massage"), null=True, blank=True
    )
    standing = models.CharField(_("standing"), max_length=20, choices=Standing.choices, default=Standing.ELIGIBLE)
    ineligible_until = models.DateField(_("ineligible until"), null=True, blank=True)
    created_at = models.DateTimeField(_("enrolled at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    history = HistoricalRecords(verbose_name=_("history of the employer"))

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        permissions = (("change_standing", _("Can change the standing of employers")),)
        ordering = ("legal_name",)
        constraints = (
            models.CheckConstraint(condition=~Q(legal_name=""), name="employer_has_a_legal_name"),
            models.CheckConstraint(
                condition=Q(business_number="") | Q(business_number__regex=r"^[0-9]{9}$"),
                name="employer_business_number_has_nine_digits",
            ),
            models.CheckConstraint(
                condition=Q(ineligible_until__isnull=True) ^ Q(standing=Standing.UNTIL),
                name="employer_ineligible_until_a_date",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name that is printed on the permit: the operating name, else the legal one."""
        return self.operating_name or self.legal_name


class EmployerContact(models.Model):
    """Somebody whom the government can reach: inspections are announced here."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="contacts")  # part of the profile
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("title"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.EmailField(_("email"))
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.EN)
    is_main = models.BooleanField(_("main contact"), default=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("-is_main", "id")
        constraints = (
            models.UniqueConstraint(fields=("employer",), condition=Q(is_main=True), name="one_main_contact"),
        )

    def __str__(self) -> str:
        return self.name


class Branch(Address):
    """A part of the employer, run under the same business number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="branches")  # nothing without it
    name = models.CharField(_("name"), max_length=200)
    telephone = models.CharField(_("telephone"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("employer", "name"), name="one_branch_of_a_name"),)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person may do for an employer; permissions.py says it in full."""

    PRIMARY = "primary", _("primary user")
    SECONDARY = "secondary", _("secondary user")
    REPRESENTATIVE = "representative", _("representative")
    AUDITOR = "auditor", _("auditor (reads only)")


NEEDS_SECOND_FACTOR = frozenset({Role.PRIMARY, Role.REPRESENTATIVE})


class MembershipQuerySet(models.QuerySet["Membership"]):
    def present(self) -> "MembershipQuerySet":
        return self.filter(removed_at__isnull=True)


class Membership(models.Model):
    """A person's part in an employer. Who is removed loses it at once; the row stays for the record.

    `own_offers_only` narrows a representative or secondary user to the offers they began themself; a branch narrows
    to the offers of the branch.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )  # erased with the account
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="memberships")  # nothing without it
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )  # a person must be moved before their branch goes
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    licence_number = models.CharField(_("licence of the consultant or lawyer"), max_length=30, blank=True)
    own_offers_only = models.BooleanField(_("sees own offers only"), default=False)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the membership outlives who gave it
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "employer"), condition=Q(removed_at__isnull=True), name="one_membership_a_person"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.employer} · {self.get_role_display()}"


class InvitationState(models.TextChoices):
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REVOKED = "revoked", _("revoked")
    EXPIRED = "expired", _("expired")


class Invitation(models.Model):
    """An invitation to act for an employer, by a secret link that only its hash is kept of."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="invitations")  # nothing without it
    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, null=True, blank=True)  # nothing without it
    email = models.EmailField(_("email"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    own_offers_only = models.BooleanField(_("sees own offers only"), default=False)
    token_hash = models.CharField(_("hash of the link"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the record outlives who invited
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-invited_at",)
        constraints = (
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} · {self.employer}"

    @property
    def state(self) -> InvitationState:
        """Whether it can still be used, and if not, why."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if self.expires_at > timezone.now() else InvitationState.EXPIRED
