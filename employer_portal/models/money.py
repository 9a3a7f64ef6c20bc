"""Charges, payments, refunds and receipts, and the ledger in which every movement of money is written twice."""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from payments import PurchasedItem
from payments.models import BasePayment

from employer_portal.models.employers import Employer
from employer_portal.models.offers import OfferOfEmployment
from exemption_codes.append_only import AppendOnly, AppendOnlyQuerySet

PERSON = settings.AUTH_USER_MODEL


class ChargeStatus(models.TextChoices):
    OPEN = "open", _("to be paid")
    PAID = "paid", _("paid")
    NOTHING_DUE = "nothing_due", _("nothing due")
    VOID = "void", _("cancelled")


class FeeCharge(models.Model):
    """What is due for one submission: of one offer, or of a group filed together. Amounts are never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="charges")  # six years of records
    status = models.CharField(_("state"), max_length=12, choices=ChargeStatus.choices)
    decision = models.CharField(_("decision"), max_length=16)
    amount_cad = models.DecimalField(_("amount, CAD"), max_digits=9, decimal_places=2)
    provisions = models.JSONField(_("provisions"), default=list)
    # Written once: the offers it was raised for, also when a cancelled submission has let go of it.
    offer_ids = models.JSONField(_("offers"), default=list)
    decided_on = models.DateField(_("decided on"))
    created_at = models.DateTimeField(_("charged at"), auto_now_add=True)

    class Meta:
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(condition=Q(amount_cad__gte=0), name="charge_not_negative"),
            models.CheckConstraint(
                condition=Q(status="nothing_due", amount_cad=0) | Q(~Q(status="nothing_due"), amount_cad__gt=0),
                name="charge_of_nothing_is_never_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount_cad} CAD"


class PaymentSource(models.TextChoices):
    PROVIDER = "provider", _("paid here")
    RECORDED = "recorded", _("recorded from the official portal")


# What a provider may write when it saves a payment; where the money stands, only payments.py writes.
PROVIDER_FIELDS = ("transaction_id", "extra_data", "fraud_status", "fraud_message", "message", "modified")


class FeePayment(BasePayment):
    """One attempt to pay a charge. A retry is another attempt under the same key, with a token of its own."""

    charge = models.ForeignKey(FeeCharge, on_delete=models.PROTECT, related_name="payments")
    idempotency_key = models.CharField(_("idempotency key"), max_length=100)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    source = models.CharField(_("source"), max_length=10, choices=PaymentSource.choices, default=PaymentSource.PROVIDER)
    official_receipt = models.CharField(_("official receipt number"), max_length=60, blank=True)
    started_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    captured_at = models.DateTimeField(_("captured at"), null=True, blank=True)
    settles = models.BooleanField(_("settles the charge"), default=False)

    objects: models.Manager["FeePayment"] = models.Manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("-created",)
        constraints = (
            models.UniqueConstraint(fields=("charge", "idempotency_key", "attempt"), name="one_payment_an_attempt"),
            models.UniqueConstraint(
                fields=("charge",), condition=Q(settles=True), name="one_settling_payment_a_charge"
            ),
            models.UniqueConstraint(fields=("token",), name="one_payment_a_token"),
            models.CheckConstraint(
                condition=Q(settles=False) | Q(captured_at__isnull=False), name="payment_settles_once_captured"
            ),
            models.CheckConstraint(
                condition=Q(captured_amount__gte=0, captured_amount__lte=F("total")),
                name="payment_captured_at_most_all",
            ),
        )

    def __str__(self) -> str:
        return f"{self.total} {self.currency} · {self.get_status_display()}"

    def save(self, **kwargs: Any) -> None:
        """Save a new payment whole, and of a stored one only what a provider may write."""
        if not self._state.adding:
            asked = kwargs.get("update_fields") or PROVIDER_FIELDS
            kwargs["update_fields"] = [name for name in asked if name in PROVIDER_FIELDS]
        super().save(**kwargs)

    def change_status(self, status: Any, message: str = "") -> None:
        """Hear what a provider says of this payment: payments.py decides what it changes."""
        from employer_portal.payments import hear

        hear(self, status, message)

    def get_purchased_items(self) -> Iterable[PurchasedItem]:
        yield PurchasedItem(
            name=self.description,
            quantity=1,
            price=Decimal(self.total),
            currency=self.currency,
            sku=str(self.charge_id),
        )

    def get_success_url(self) -> str:
        return self._page("employer_portal:payment_done")

    def get_failure_url(self) -> str:
        return self._page("employer_portal:payment_failed")

    def _page(self, name: str) -> str:
        return f"{settings.SITE_URL}{reverse(name, kwargs={'token': self.token})}"


class RefundReason(models.TextChoices):
    SURPLUS = "surplus", _("paid more than once")
    WITHDRAWN = "withdrawn", _("offer withdrawn")
    PERMIT_REFUSED = "refused", _("permit refused")
    WORKER_WITHDREW = "worker_withdrew", _("application withdrawn")


class RefundStatus(models.TextChoices):
    DUE = "due", _("due")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    ARRIVED = "arrived", _("money back")


class Refund(models.Model):
    """Money on its way back, from the day it is owed to the day it has arrived."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(FeePayment, on_delete=models.PROTECT, related_name="refunds")
    offer = models.ForeignKey(
        OfferOfEmployment, on_delete=models.PROTECT, null=True, blank=True, related_name="refunds"
    )
    reason = models.CharField(_("reason"), max_length=16, choices=RefundReason.choices)
    amount_cad = models.DecimalField(_("amount, CAD"), max_digits=9, decimal_places=2)
    status = models.CharField(_("state"), max_length=8, choices=RefundStatus.choices, default=RefundStatus.DUE)
    provisions = models.JSONField(_("provisions"), default=list)
    due_at = models.DateTimeField(_("due since"), auto_now_add=True)
    sending_at = models.DateTimeField(_("being sent since"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived at"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failed tries"), default=0)
    last_failure = models.CharField(_("last failure"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        permissions = (("settle_refund", _("Can say that the money of refunds is back")),)
        ordering = ("-due_at",)
        constraints = (
            models.CheckConstraint(condition=Q(amount_cad__gt=0), name="refund_of_something"),
            models.UniqueConstraint(
                fields=("payment",), condition=Q(reason="surplus"), name="one_surplus_refund_a_payment"
            ),
            models.UniqueConstraint(fields=("offer",), condition=~Q(reason="surplus"), name="one_refund_an_offer"),
            models.CheckConstraint(
                condition=Q(status__in=["due", "sending"]) ^ Q(sent_at__isnull=False), name="refund_sent_has_its_moment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount_cad} CAD · {self.get_status_display()}"


class Account(models.TextChoices):
    """The accounts of the ledger: what an employer owes, fees earned, money at the provider, refunds owed."""

    RECEIVABLE = "receivable", _("fees to be paid")
    FEES = "fees", _("fees")
    PROVIDER = "provider", _("money at the provider")
    REFUNDS_OWED = "refunds_owed", _("refunds owed")


class EntryKind(models.TextChoices):
    CHARGE = "charge", _("charge")
    VOID = "void", _("charge cancelled")
    CAPTURE = "capture", _("capture")
    SURPLUS = "surplus", _("capture in excess")
    REFUND_DUE = "refund_due", _("refund due")
    REFUND_SENT = "refund_sent", _("refund sent")


class LedgerQuerySet(AppendOnlyQuerySet):
    def balance_of(self, account: str) -> Decimal:
        """Return debits less credits of an account, in Canadian dollars."""
        debits = self.filter(debit=account).aggregate(sum=models.Sum("amount_cad"))["sum"] or Decimal(0)
        credits = self.filter(credit=account).aggregate(sum=models.Sum("amount_cad"))["sum"] or Decimal(0)
        return Decimal(debits) - Decimal(credits)


class LedgerEntry(AppendOnly):
    """One movement: the same amount is debited to one account and credited to another, so that the ledger balances.

    `reference` says what happened to what, and is unique: nothing is ever booked twice.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=EntryKind.choices)
    reference = models.CharField(_("reference"), max_length=100, unique=True)
    debit = models.CharField(_("debit"), max_length=14, choices=Account.choices)
    credit = models.CharField(_("credit"), max_length=14, choices=Account.choices)
    amount_cad = models.DecimalField(_("amount, CAD"), max_digits=9, decimal_places=2)
    charge = models.ForeignKey(FeeCharge, on_delete=models.PROTECT, related_name="entries")
    payment = models.ForeignKey(FeePayment, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    at = models.DateTimeField(_("happened at"), auto_now_add=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(amount_cad__gt=0), name="entry_of_something"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="entry_between_two_accounts"),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.amount_cad} CAD"


class Receipt(models.Model):
    """What a payment settled, kept for ever as it was on the day; the PDF is drawn from it in either language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    serial = models.PositiveBigIntegerField(_("receipt number"), unique=True)
    payment = models.OneToOneField(FeePayment, on_delete=models.PROTECT, related_name="receipt")
    content = models.JSONField(_("content"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ("-serial",)

    def __str__(self) -> str:
        return f"R{self.serial:07d}"
