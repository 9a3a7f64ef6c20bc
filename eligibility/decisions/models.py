"""What is on the record of a case: signed determinations, and what consultants decide about them. Only added to."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from eligibility.engine.verdict import Outcome, Status
from exemption_codes.append_only import AppendOnly, AppendOnlyManager

OUTCOMES = frozenset(one.value for one in Outcome)
STATUSES = frozenset(one.value for one in Status)


class CaseRecord(AppendOnly):
    """The base of what is on record of one case; the case's time line holds the digest of each record.

    Goes with the screening when that is erased: what it says is about a person.
    """

    number = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("at"))
    # A name and a key instead of a reference: an account can be erased, and what it did stays.
    actor = models.CharField(_("made by"), max_length=150, blank=True)
    actor_key = models.CharField(_("account"), max_length=40, blank=True, editable=False)

    objects: Any = AppendOnlyManager()

    class Meta:
        abstract = True


class Determination(CaseRecord):
    """What the engine said of a case on one day under one release: a signed file, and what it is looked up by."""

    screening = models.ForeignKey(
        "eligibility.Screening", on_delete=models.CASCADE, related_name="determinations", verbose_name=_("case")
    )
    signed_file = EncryptedTextField(_("signed file"))
    facts_digest = EncryptedTextField(_("digest of the facts"))
    release_digest = models.CharField(_("catalogue release"), max_length=64)
    as_of = models.DateField(_("judged as of"))
    engine_version = models.CharField(_("version of the engine"), max_length=20)

    class Meta:
        verbose_name = _("determination")
        verbose_name_plural = _("determinations")
        ordering = ("screening", "number")
        constraints = (
            models.UniqueConstraint(fields=("screening", "number"), name="one_determination_a_case_and_number"),
        )

    def __str__(self) -> str:
        return f"{self.number} · {self.as_of}"


class Decision(CaseRecord):
    """What a consultant decided about a determination, or said of an earlier decision, and why."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("Confirmed")
        OUTCOME = "outcome", _("Outcome changed")
        FINDING = "finding", _("Finding changed")
        VIEW = "view", _("View on what an officer judges")
        FACT = "fact", _("Fact asked for")
        APPROVE = "approve", _("Approved")
        DECLINE = "decline", _("Declined")
        WITHDRAW = "withdraw", _("Taken back")

    screening = models.ForeignKey(
        "eligibility.Screening", on_delete=models.CASCADE, related_name="decisions", verbose_name=_("case")
    )
    determination = models.ForeignKey(
        Determination, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("determination")
    )
    kind = models.CharField(_("decision"), max_length=10, choices=Kind.choices)
    # Empty: the whole case, or the rules of every permit.
    category = models.CharField(_("category"), max_length=100, blank=True)
    code = models.CharField(_("code"), max_length=80, blank=True)
    criterion = models.CharField(_("criterion"), max_length=100, blank=True)
    fact = models.CharField(_("fact"), max_length=100, blank=True)
    by_rules = models.CharField(_("by the rules"), max_length=20, blank=True)
    value = models.CharField(_("by the consultant"), max_length=20, blank=True)
    reason = EncryptedTextField(_("reason"))
    needs_approval = models.BooleanField(_("needs a second person"), default=False)
    about = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("about the decision"),
    )
    token = models.UUIDField(_("mark of the form"), unique=True, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("screening", "number")
        permissions = (
            (
                "decide_case",
                "Can decide on a case: confirm, change an outcome or a finding, ask for a fact, judge again",
            ),
            ("approve_decision", "Can approve or decline a decision that another person made"),
            ("export_case", "Can export a case and its signed determinations"),
        )
        constraints = (models.UniqueConstraint(fields=("screening", "number"), name="one_decision_a_case_and_number"),)

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()} {self.code}".strip()

    @property
    def can_be_read(self) -> bool:
        """Whether its kind and values are ones that decisions have; one changed in the database may have others."""
        match self.kind:
            case self.Kind.OUTCOME:
                return self.value in OUTCOMES and self.by_rules in {"", *OUTCOMES}
            case self.Kind.FINDING:
                return self.value in STATUSES and self.by_rules in {"", *STATUSES}
            case self.Kind.VIEW:
                return self.value in STATUSES - {Status.OFFICER.value} and self.by_rules in {"", *STATUSES}
        return self.kind in self.Kind.values and {self.value, self.by_rules} <= {"", *OUTCOMES}
