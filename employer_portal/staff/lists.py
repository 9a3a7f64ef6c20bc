"""What staff read beside offers: events, numbers, fees, payments, the ledger, notifications, memberships; read only."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from eligibility.engine.words import provision_in_words
from employer_portal.models import (
    FeeCharge,
    FeePayment,
    LedgerEntry,
    Membership,
    Notification,
    OfferEvent,
    OfferNumberAllotment,
)
from employer_portal.notice_topics import DUTY_REMINDER, TOPICS, words_of
from employer_portal.offer_status import EVENT_WORDS, STATUS_WORDS, Event, OfferStatus, Party
from exemption_codes.asked import reading_language
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


def in_words(name: str, words: Any, say: Callable[[str], str]) -> Callable[[Any], Any]:
    """Return a column that says what a field holds in the reader's language."""

    def shown(row: Any) -> str:
        value = getattr(row, name)
        return say(value) if value else "–"

    shown.__name__ = f"{name}_in_words"
    return display(description=words, ordering=name)(shown)


def filter_in_words(name: str, words: Any, values: Iterable[str], say: Callable[[str], str]) -> type[Any]:
    """Return a filter of a field whose choices are said in the reader's language."""

    class Filter(admin.SimpleListFilter):
        title = words
        parameter_name = name

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            return [(value, say(value)) for value in values]

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
            return queryset.filter(**{name: self.value()}) if self.value() else queryset

    return Filter


def _event(name: str) -> str:
    return EVENT_WORDS[Event(name)].in_language(reading_language())


def _state(name: str) -> str:
    return STATUS_WORDS[OfferStatus(name)].in_language(reading_language())


def _party(name: str) -> str:
    return str(PARTY_WORDS[Party(name)])


def _news(kind: str) -> str:
    return str(_("Reminder of a duty")) if kind == DUTY_REMINDER else words_of(kind, {}).in_language(reading_language())


PARTY_WORDS = {
    Party.EMPLOYER: _("the employer"),
    Party.STAFF: _("staff of this site"),
    Party.PROVIDER: _("the payment provider"),
    Party.SYSTEM: _("this site, by the calendar"),
}


@display(description=_("provisions"))
def provisions_shown(row: Any) -> str:
    """The provisions relied on, as the law writes them in the reader's language."""
    return ", ".join(provision_in_words(one, reading_language()) for one in row.provisions) or "–"


EVENT, PARTY = in_words("event", _("event"), _event), in_words("party", _("made by"), _party)
SOURCE, TARGET = in_words("source", _("from state"), _state), in_words("target", _("to state"), _state)
NEWS = in_words("kind", _("kind"), _news)
NEWS_KINDS = [kind for topic in TOPICS for kind in topic.kinds]


class ListAdmin(ReadOnly, ModelAdmin):
    """A list to read, a page at a time."""

    list_per_page = 50
    show_full_result_count = False


@admin.register(OfferEvent)
class OfferEventAdmin(ListAdmin):
    list_display = ("at", OFFER, EVENT, SOURCE, TARGET, PARTY, BY, "reason")
    list_filter = (
        filter_in_words("event", _("event"), Event, _event),
        filter_in_words("party", _("made by"), Party, _party),
        ("at", admin.DateFieldListFilter),
    )
    search_fields = ("offer__number",)
    search_help_text = _("Offer number")
    list_select_related = ("offer", "by")
    ordering = ("-id",)
    fields = (OFFER, EVENT, SOURCE, TARGET, PARTY, BY, "on_behalf", "reason", "details", "at")
    readonly_fields = (OFFER, EVENT, SOURCE, TARGET, PARTY, BY)


@admin.register(OfferNumberAllotment)
class OfferNumberAllotmentAdmin(ListAdmin):
    list_display = ("number", "source", "allotted_at", "offer_id")
    list_filter = ("source",)
    search_fields = ("number",)
    ordering = ("-allotted_at",)


@admin.register(FeeCharge)
class FeeChargeAdmin(ListAdmin):
    list_display = ("created_at", EMPLOYER, "amount_cad", "decision", "status")
    fields = (EMPLOYER, "amount_cad", "decision", provisions_shown, "status", "decided_on", "offer_ids", "created_at")
    readonly_fields = (EMPLOYER, provisions_shown)
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
    list_display = ("made_at", PERSON, EMPLOYER, NEWS, OFFER, "mail_wanted", "mailed_at", "read_at")
    fields = (PERSON, EMPLOYER, OFFER, NEWS, "made_at", "mail_wanted", "mailed_at", "read_at")
    readonly_fields = (PERSON, EMPLOYER, OFFER, NEWS)
    list_filter = (
        filter_in_words("kind", _("kind"), NEWS_KINDS, _news),
        "mail_wanted",
        ("mailed_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("person__email", "offer__number")
    list_select_related = ("person", "employer", "offer")
