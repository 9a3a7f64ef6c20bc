"""What staff read beside offers: events, numbers, fees, payments, the ledger, notifications, memberships; read only."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from employer_portal.models import (
    FeeCharge,
    FeePayment,
    LedgerEntry,
    Membership,
    Notification,
    OfferEvent,
    OfferNumberAllotment,
)
from exemption_codes.staff import ReadOnly


def related(name: str, words: Any) -> Callable[[Any], Any]:
    """Return a column that shows what a row belongs to, under words of both languages."""

    def shown(row: Any) -> Any:
        return getattr(row, name) or "–"

    shown.__name__ = f"{name}_shown"
    return display(description=words, ordering=name)(shown)


EMPLOYER, OFFER, BRANCH = (
    related("employer", _("employer")), related("offer", _("offer of employment")), related("branch", _("branch"))
)  # fmt: skip
CHARGE, PAYMENT, REFUND = related("charge", _("fee")), related("payment", _("payment")), related("refund", _("refund"))
USER, PERSON, BY = related("user", _("person")), related("person", _("person")), related("by", _("person"))
STARTED_BY, ADDED_BY = related("started_by", _("started by")), related("added_by", _("added by"))


class ListAdmin(ReadOnly, ModelAdmin):
    """A list to read, a page at a time."""

    list_per_page = 50
    show_full_result_count = False


@admin.register(OfferEvent)
class OfferEventAdmin(ListAdmin):
    list_display = ("at", OFFER, "event", "source", "target", "party", BY, "reason")
    list_filter = ("event", "party", ("at", admin.DateFieldListFilter))
    search_fields = ("offer__number",)
    search_help_text = _("Offer number")
    list_select_related = ("offer", "by")
    ordering = ("-id",)
    fields = (OFFER, "event", "source", "target", "party", BY, "on_behalf", "reason", "details", "at")
    readonly_fields = (OFFER, BY)


@admin.register(OfferNumberAllotment)
class OfferNumberAllotmentAdmin(ListAdmin):
    list_display = ("number", "source", "allotted_at", "offer_id")
    list_filter = ("source",)
    search_fields = ("number",)
    ordering = ("-allotted_at",)


@admin.register(FeeCharge)
class FeeChargeAdmin(ListAdmin):
    list_display = ("created_at", EMPLOYER, "amount_cad", "decision", "status")
    fields = (EMPLOYER, "amount_cad", "decision", "provisions", "status", "decided_on", "offer_ids", "created_at")
    readonly_fields = (EMPLOYER,)
    list_filter = ("status", "decision")
    search_fields = ("employer__legal_name", "employer__operating_name", "offers__number")
    search_help_text = _("Employer, or offer number")
    list_select_related = ("employer",)


@admin.register(FeePayment)
class FeePaymentAdmin(ListAdmin):
    list_display = ("created", "employer", "total", "status", "captured_at", "settles", "variant")
    list_filter = ("status", "settles", "source", "variant")
    search_fields = ("charge__employer__legal_name", "charge__offers__number", "transaction_id", "official_receipt")
    search_help_text = _("Employer, offer number, or the number of the provider or receipt")
    list_select_related = ("charge__employer",)
    fields = (
        CHARGE, "source", "variant", "status", "total", "currency", "captured_amount", "captured_at", "settles",
        "attempt", "official_receipt", "transaction_id", "message", STARTED_BY, "created",
    )  # fmt: skip
    readonly_fields = (CHARGE, STARTED_BY)

    @display(description=_("employer"))
    def employer(self, payment: FeePayment) -> str:
        return str(payment.charge.employer)


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ListAdmin):
    list_display = ("at", "kind", "debit", "credit", "amount_cad", "reference")
    list_filter = ("kind", "debit", "credit", ("at", admin.DateFieldListFilter))
    search_fields = ("reference", "charge__offers__number")
    search_help_text = _("Reference, or offer number")
    ordering = ("-id",)
    fields = ("at", "kind", "debit", "credit", "amount_cad", "reference", CHARGE, PAYMENT, REFUND)
    readonly_fields = (CHARGE, PAYMENT, REFUND)


@admin.register(Membership)
class MembershipAdmin(ListAdmin):
    list_display = (USER, EMPLOYER, "role", BRANCH, "added_at", "removed_at")
    fields = (USER, EMPLOYER, "role", BRANCH, "licence_number", "own_offers_only", "added_at", ADDED_BY, "removed_at")
    readonly_fields = (USER, EMPLOYER, BRANCH, ADDED_BY)
    list_filter = ("role", ("removed_at", admin.EmptyFieldListFilter))
    search_fields = ("user__email", "employer__legal_name", "employer__operating_name")
    list_select_related = ("user", "employer", "branch")
    ordering = ("-added_at",)


@admin.register(Notification)
class NotificationAdmin(ListAdmin):
    list_display = ("made_at", PERSON, EMPLOYER, "kind", OFFER, "mail_wanted", "mailed_at", "read_at")
    fields = (PERSON, EMPLOYER, OFFER, "kind", "made_at", "mail_wanted", "mailed_at", "read_at")
    readonly_fields = (PERSON, EMPLOYER, OFFER)
    list_filter = ("kind", "mail_wanted", ("mailed_at", admin.EmptyFieldListFilter))
    search_fields = ("person__email", "offer__number")
    list_select_related = ("person", "employer", "offer")
