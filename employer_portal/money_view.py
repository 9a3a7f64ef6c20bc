"""Money as an employer's people may see it: what is to be paid, each movement, refunds on their way. Reads only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from employer_portal.models import (
    ChargeStatus,
    EntryKind,
    FeeCharge,
    LedgerEntry,
    Membership,
    OfferOfEmployment,
    Receipt,
    Refund,
    RefundReason,
    RefundStatus,
)
from employer_portal.permissions import visible_offers
from exemption_codes.catalogue.documents import Text

ARRIVED_SHOWN = 10


@dataclass(frozen=True)
class Totals:
    """What was charged, paid and returned, in Canadian dollars, over everything that a person may see."""

    to_pay_cad: Decimal
    paid_cad: Decimal
    owed_back_cad: Decimal
    sent_back_cad: Decimal


@dataclass(frozen=True)
class Movement:
    """One entry of the ledger with the offers it is about; of a capture, the receipt."""

    entry: LedgerEntry
    offers: tuple[OfferOfEmployment, ...]
    receipt: Receipt | None

    @property
    def at(self) -> datetime:
        return self.entry.at

    @property
    def words(self) -> Text:
        """Say what moved; of a refund, why."""
        kind = EntryKind(self.entry.kind)
        if kind is EntryKind.REFUND_DUE and self.entry.refund:
            return REFUND_WORDS[RefundReason(self.entry.refund.reason)]
        return WORDS[kind]

    @property
    def is_money_in(self) -> bool:
        """Whether money left the employer."""
        return self.entry.kind in (EntryKind.CAPTURE, EntryKind.SURPLUS)

    @property
    def is_money_back(self) -> bool:
        return bool(self.entry.kind == EntryKind.REFUND_SENT)


def visible_charges(membership: Membership) -> QuerySet[FeeCharge]:
    """Return the charges of an employer for offers that a person may see, all of them."""
    charges = FeeCharge.objects.filter(employer_id=membership.employer_id)
    if membership.branch_id is None and not membership.own_offers_only:
        return charges
    seen = {str(key) for key in visible_offers(membership).values_list("pk", flat=True)}
    kept = [key for key, offers in charges.values_list("pk", "offer_ids") if seen.issuperset(offers)]
    return charges.filter(pk__in=kept)


def totals_of(charges: QuerySet[FeeCharge]) -> Totals:
    rows = LedgerEntry.objects.filter(charge__in=charges).order_by().values("kind").annotate(sum=Sum("amount_cad"))
    sums = {row["kind"]: row["sum"] for row in rows}

    def total(*kinds: EntryKind) -> Decimal:
        return sum((sums.get(kind.value, Decimal(0)) for kind in kinds), Decimal(0))

    return Totals(
        total(EntryKind.CHARGE) - total(EntryKind.VOID, EntryKind.CAPTURE),
        total(EntryKind.CAPTURE, EntryKind.SURPLUS),
        total(EntryKind.SURPLUS, EntryKind.REFUND_DUE) - total(EntryKind.REFUND_SENT),
        total(EntryKind.REFUND_SENT),
    )


def entries_of(charges: QuerySet[FeeCharge]) -> QuerySet[LedgerEntry]:
    """Return the ledger of some charges, newest first."""
    rows: QuerySet[LedgerEntry] = LedgerEntry.objects.filter(charge__in=charges)
    return rows.select_related("charge", "refund", "payment__receipt").order_by("-id")


def movements(entries: Iterable[LedgerEntry], employer_id: Any) -> list[Movement]:
    """Put the offers beside entries, in one query for all of them."""
    found = list(entries)
    wanted = {key for entry in found for key in entry.charge.offer_ids}
    rows = OfferOfEmployment.objects.filter(pk__in=wanted, employer_id=employer_id)
    offers = {str(offer.pk): offer for offer in rows.only("id", "number", "job_title", "status")}
    return [
        Movement(
            entry,
            tuple(offers[key] for key in _keys(entry) if key in offers),
            getattr(entry.payment, "receipt", None) if entry.kind == EntryKind.CAPTURE else None,
        )
        for entry in found
    ]


def _keys(entry: LedgerEntry) -> list[str]:
    """Return the offers of an entry: of a refund for one offer that one, else all of its charge."""
    if entry.refund and entry.refund.offer_id:
        return [str(entry.refund.offer_id)]
    return list(entry.charge.offer_ids)


def open_charges(charges: QuerySet[FeeCharge]) -> list[FeeCharge]:
    """Return what is to be paid, with the offers that wait for it."""
    waiting = charges.filter(status=ChargeStatus.OPEN).order_by("created_at")
    return list(waiting.prefetch_related("offers"))


def refunds_of(charges: QuerySet[FeeCharge]) -> list[Refund]:
    """Return the refunds on their way, and the last of those that have arrived."""
    rows = Refund.objects.filter(payment__charge__in=charges).select_related("payment", "offer").order_by("-due_at")
    under_way = list(rows.exclude(status=RefundStatus.ARRIVED))
    return [*under_way, *rows.filter(status=RefundStatus.ARRIVED)[:ARRIVED_SHOWN]]


def ledger_lines(charges: QuerySet[FeeCharge], employer_id: Any) -> Iterator[Movement]:
    """Return every movement, oldest first."""
    yield from movements(entries_of(charges).order_by("id"), employer_id)


WORDS = {
    EntryKind.CHARGE: Text(en="Fee due", fr="Frais exigés"),
    EntryKind.VOID: Text(
        en="Submission cancelled: the fee is no longer due", fr="Présentation annulée : frais non exigés"
    ),
    EntryKind.CAPTURE: Text(en="Paid", fr="Payé"),
    EntryKind.SURPLUS: Text(en="Paid in excess: all of it is owed back", fr="Payé en trop : le tout est à rendre"),
    EntryKind.REFUND_DUE: Text(en="Owed back", fr="À rendre"),
    EntryKind.REFUND_SENT: Text(en="Sent back", fr="Rendu"),
}
REFUND_WORDS = {
    RefundReason.SURPLUS: WORDS[EntryKind.SURPLUS],
    RefundReason.WITHDRAWN: Text(en="Owed back: offer withdrawn", fr="À rendre : offre retirée"),
    RefundReason.PERMIT_REFUSED: Text(en="Owed back: permit refused", fr="À rendre : permis refusé"),
    RefundReason.WORKER_WITHDREW: Text(en="Owed back: application withdrawn", fr="À rendre : demande retirée"),
}
