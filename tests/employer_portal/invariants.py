"""What must hold of offers, numbers and money at every moment, whatever happened: used by walks and by rushes."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from employer_portal import ledger
from employer_portal.models import (
    Account,
    FeeCharge,
    FeePayment,
    LedgerEntry,
    OfferNumberAllotment,
    OfferOfEmployment,
    Receipt,
    Refund,
)
from employer_portal.offer_status import HAS_NUMBER, Event, Kind, Move, OfferStatus, rows_for

FEE, GROUP_MAXIMUM = Decimal(230), Decimal(690)


def broken_invariants() -> list[str]:
    """Return every invariant that the database breaks, in words; none when all is well."""
    return [*_numbers(), *_events(), *_charges(), *_payments(), *_balances()]


def _numbers() -> Iterator[str]:
    register = dict(OfferNumberAllotment.objects.values_list("offer_id", "number"))
    offers = dict(OfferOfEmployment.objects.values_list("pk", "number"))
    numbers = Counter(number for number in offers.values() if number)
    yield from (f"{number} belongs to {count} offers" for number, count in numbers.items() if count > 1)
    for offer_id, number in offers.items():
        if number != register.get(offer_id):
            yield f"offer {offer_id} has {number}, the register {register.get(offer_id)}"
    yield from (f"{number} was given to nobody" for offer_id, number in register.items() if offer_id not in offers)


def _events() -> Iterator[str]:
    for offer in OfferOfEmployment.objects.prefetch_related("events"):
        state, version = "", 0
        for event in sorted(offer.events.all(), key=lambda event: event.pk):
            source = OfferStatus(event.source) if event.source else None
            rows = [row for row in rows_for(Event(event.event), source) if row.kind is not Kind.REFUSED]
            if event.source != state:
                yield f"offer {offer.pk}: {event.event} from {event.source}, but it was {state}"
            if not any(event.target == _target(row, event.source) for row in rows):
                yield f"offer {offer.pk}: no move {event.event} from {event.source} to {event.target}"
            state = event.target
            version += event.event in ("create", "save")
        if state != offer.status:
            yield f"offer {offer.pk} is {offer.status}, its events say {state}"
        if version != offer.version:
            yield f"offer {offer.pk} has version {offer.version} after {version} saves"
        if offer.number is None and offer.state in HAS_NUMBER:
            yield f"offer {offer.pk} is {offer.status} with number {offer.number}"


def _target(row: Move, source: str) -> str:
    return source if row.kind in (Kind.STAYS, Kind.COPIES) else row.target


def _charges() -> Iterator[str]:
    for charge in FeeCharge.objects.all():
        entries = Counter(charge.entries.values_list("kind", flat=True))
        settling = charge.payments.filter(settles=True).count()
        wanted = {
            "open": (1, 0, 0, 0), "paid": (1, 0, 1, 1), "void": (1, 1, 0, 0), "nothing_due": (0, 0, 0, 0),
        }[charge.status]  # fmt: skip
        found = (entries["charge"], entries["void"], entries["capture"], settling)
        if found != wanted:
            yield f"charge {charge.pk} is {charge.status} with {found}"
        holders = charge.offers.count()
        if (charge.status == "void") != (holders == 0):
            yield f"charge {charge.pk} is {charge.status} and has {holders} offers"


def _payments() -> Iterator[str]:
    for payment in FeePayment.objects.all():
        kinds = list(payment.entries.filter(kind__in=["capture", "surplus"]).values_list("kind", flat=True))
        wanted = [] if payment.captured_at is None else ["capture" if payment.settles else "surplus"]
        if kinds != wanted:
            yield f"payment {payment.pk}: booked {kinds}, should be {wanted}"
        if payment.settles != Receipt.objects.filter(payment=payment).exists():
            yield f"payment {payment.pk}: settles {payment.settles}, receipt otherwise"
        refunds = Refund.objects.filter(payment=payment)
        back = sum((refund.amount_cad for refund in refunds), Decimal(0))
        if back > payment.captured_amount:
            yield f"payment {payment.pk}: {back} back of {payment.captured_amount}"
        if payment.captured_at and not payment.settles and back != payment.total:
            yield f"payment {payment.pk}: an extra payment of which {back} comes back"
    ended = ["withdrawn", "refused", "closed_no_permit"]
    yield from _kept(ended)
    for offer in OfferOfEmployment.objects.filter(charge__isnull=False).select_related("charge"):
        alone = len(offer.charge.offer_ids) == 1 if offer.charge else False
        owed = offer.refunds.count()
        paid = offer.charge is not None and offer.charge.status == "paid"
        if alone and owed != (1 if paid and offer.status in ended else 0):
            yield f"offer {offer.pk} is {offer.status} and has {owed} refunds"


def _kept(ended: list[str]) -> Iterator[str]:
    """Of every paid charge is kept what its offers that have not ended owe together, at most the maximum."""
    for charge in FeeCharge.objects.filter(status="paid"):
        staying = charge.offers.exclude(status__in=ended).count()
        kept, due = ledger.paid_cad(charge), min(FEE * staying, GROUP_MAXIMUM)
        if kept != due:
            yield f"charge {charge.pk} of {charge.amount_cad} keeps {kept} for {staying} offers, which owe {due}"


def _balances() -> Iterator[str]:
    balances = ledger.balances()
    if sum(balances.values()) != 0:
        yield f"the ledger does not balance: {balances}"
    open_cad = sum((charge.amount_cad for charge in FeeCharge.objects.filter(status="open")), Decimal(0))
    unsent = Refund.objects.filter(status__in=["due", "sending"])
    owed = sum((refund.amount_cad for refund in unsent), Decimal(0))
    if balances[Account.RECEIVABLE] != open_cad:
        yield f"{balances[Account.RECEIVABLE]} are to be paid, open charges come to {open_cad}"
    if -balances[Account.REFUNDS_OWED] != owed:
        yield f"{-balances[Account.REFUNDS_OWED]} are owed back, refunds come to {owed}"
    if LedgerEntry.objects.filter(amount_cad__lte=0).exists():
        yield "an entry of nothing"
