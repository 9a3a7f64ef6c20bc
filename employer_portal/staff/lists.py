"""What staff read beside offers: events, numbers, fees, payments, the ledger, notifications, memberships; read only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
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


class ListAdmin(ReadOnly, ModelAdmin):
    """A list to read, a page at a time."""

    list_per_page = 50
    show_full_result_count = False


@admin.register(OfferEvent)
class OfferEventAdmin(ListAdmin):
    list_display = ("at", "offer", "event", "source", "target", "party", "by", "reason")
    list_filter = ("event", "party", ("at", admin.DateFieldListFilter))
    search_fields = ("offer__number",)
    search_help_text = _("Offer number")
    list_select_related = ("offer", "by")
    ordering = ("-id",)
    fields = ("offer", "event", "source", "target", "party", "by", "on_behalf", "reason", "details", "at")


@admin.register(OfferNumberAllotment)
class OfferNumberAllotmentAdmin(ListAdmin):
    list_display = ("number", "source", "allotted_at", "offer_id")
    list_filter = ("source",)
    search_fields = ("number",)
    ordering = ("-allotted_at",)


@admin.register(FeeCharge)
class FeeChargeAdmin(ListAdmin):
    list_display = ("created_at", "employer", "amount_cad", "decision", "status")
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
        "charge", "source", "variant", "status", "total", "currency", "captured_amount", "captured_at", "settles",
        "attempt", "official_receipt", "transaction_id", "message", "started_by", "created",
    )  # fmt: skip

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


@admin.register(Membership)
class MembershipAdmin(ListAdmin):
    list_display = ("user", "employer", "role", "branch", "added_at", "removed_at")
    list_filter = ("role", ("removed_at", admin.EmptyFieldListFilter))
    search_fields = ("user__email", "employer__legal_name", "employer__operating_name")
    list_select_related = ("user", "employer", "branch")
    ordering = ("-added_at",)


@admin.register(Notification)
class NotificationAdmin(ListAdmin):
    list_display = ("made_at", "person", "employer", "kind", "offer", "mail_wanted", "mailed_at", "read_at")
    list_filter = ("kind", "mail_wanted", ("mailed_at", admin.EmptyFieldListFilter))
    search_fields = ("person__email", "offer__number")
    list_select_related = ("person", "employer", "offer")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["person", "employer", "offer", "kind", "made_at", "mail_wanted", "mailed_at", "read_at"]
