"""The ledger against a provider's file: what is missing here, what is missing there, and what differs.

The file is CSV with the columns `kind` (capture or refund), `token` of the payment, and `amount_cad`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from employer_portal.models import EntryKind, LedgerEntry, PaymentSource, Refund, RefundStatus
from employer_portal.refunds import mark_sent

COLUMNS = ("kind", "token", "amount_cad")
KINDS = {"capture": (EntryKind.CAPTURE, EntryKind.SURPLUS), "refund": (EntryKind.REFUND_SENT,)}


@dataclass(frozen=True)
class Difference:
    """One movement that only one side has; `here` and `there` count it."""

    kind: str
    token: str
    amount_cad: Decimal
    here: int
    there: int


@dataclass(frozen=True)
class Reconciliation:
    """The outcome: how many movements agree, and each that does not."""

    agreeing: int
    differences: tuple[Difference, ...]
    unreadable: tuple[int, ...]
    settled: int = 0


def reconcile(rows: Iterable[Mapping[str, str | None]], *, settle: bool = False) -> Reconciliation:
    """Compare the provider's movements with the ledger.

    With `settle`, a refund that was being sent when the process died, and that the provider has, is marked as sent.
    """
    there: Counter[tuple[str, str, Decimal]] = Counter()
    unreadable = []
    for line, row in enumerate(rows, start=2):
        try:
            there[_movement(row)] += 1
        except (LookupError, ArithmeticError):
            unreadable.append(line)
    settled = _settle(there) if settle else 0
    here = _ledger()
    keys = sorted(set(here) | set(there))
    differences = tuple(Difference(*key, here[key], there[key]) for key in keys if here[key] != there[key])
    return Reconciliation(len(keys) - len(differences), differences, tuple(unreadable), settled)


def _movement(row: Mapping[str, str | None]) -> tuple[str, str, Decimal]:
    """Return the movement of a row; raises LookupError or ArithmeticError for a row that is none."""
    kind, token, typed = ((row[name] or "").strip() for name in COLUMNS)
    if kind.lower() not in KINDS or not token:
        raise LookupError(kind)
    amount = Decimal(typed).quantize(Decimal("0.01"))
    if not amount.is_finite():
        raise ArithmeticError(typed)
    return kind.lower(), token, amount


def _ledger() -> Counter[tuple[str, str, Decimal]]:
    entries = LedgerEntry.objects.filter(payment__source=PaymentSource.PROVIDER)
    found: Counter[tuple[str, str, Decimal]] = Counter()
    for kind, kinds in KINDS.items():
        for token, amount in entries.filter(kind__in=kinds).values_list("payment__token", "amount_cad"):
            found[(kind, token, amount)] += 1
    return found


def _settle(there: Counter[tuple[str, str, Decimal]]) -> int:
    here, settled = _ledger(), 0
    for refund in Refund.objects.filter(status=RefundStatus.SENDING).select_related("payment"):
        key = ("refund", refund.payment.token, refund.amount_cad)
        if there[key] > here[key]:
            mark_sent(refund.pk)
            here[key] += 1
            settled += 1
    return settled
