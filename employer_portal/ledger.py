"""The only writer of the ledger. Each function books one movement once; its reference makes a second time an error."""

from decimal import Decimal

from django.db.models import Sum

from employer_portal.models import Account, EntryKind, FeeCharge, FeePayment, LedgerEntry, Refund


def book_charge(charge: FeeCharge) -> None:
    """The employer owes the fee."""
    _book(EntryKind.CHARGE, f"charge:{charge.pk}", Account.RECEIVABLE, Account.FEES, charge.amount_cad, charge)


def book_void(charge: FeeCharge) -> None:
    """The charge is cancelled before anything was paid."""
    _book(EntryKind.VOID, f"void:{charge.pk}", Account.FEES, Account.RECEIVABLE, charge.amount_cad, charge)


def book_capture(payment: FeePayment) -> None:
    """The provider took the money that settles the charge."""
    _book(
        EntryKind.CAPTURE, f"capture:{payment.pk}", Account.PROVIDER, Account.RECEIVABLE, payment.captured_amount,
        payment.charge, payment,
    )  # fmt: skip


def book_surplus(payment: FeePayment) -> None:
    """The provider took money that settles nothing: all of it is owed back."""
    _book(
        EntryKind.SURPLUS, f"capture:{payment.pk}", Account.PROVIDER, Account.REFUNDS_OWED, payment.captured_amount,
        payment.charge, payment,
    )  # fmt: skip


def book_refund_due(refund: Refund) -> None:
    """A fee that was earned is owed back."""
    _book(
        EntryKind.REFUND_DUE, f"refund-due:{refund.pk}", Account.FEES, Account.REFUNDS_OWED, refund.amount_cad,
        refund.payment.charge, refund.payment, refund,
    )  # fmt: skip


def book_refund_sent(refund: Refund) -> None:
    """The money has left for the employer."""
    _book(
        EntryKind.REFUND_SENT, f"refund-sent:{refund.pk}", Account.REFUNDS_OWED, Account.PROVIDER, refund.amount_cad,
        refund.payment.charge, refund.payment, refund,
    )  # fmt: skip


def balances() -> dict[str, Decimal]:
    """Return debits less credits of every account; they add up to nothing."""
    return {account: LedgerEntry.objects.balance_of(account) for account in Account.values}


def paid_cad(charge: FeeCharge) -> Decimal:
    """Return what was captured for a charge and is neither owed back nor sent back."""
    return _sum(charge, EntryKind.CAPTURE) - _sum(charge, EntryKind.REFUND_DUE)


def _sum(charge: FeeCharge, kind: EntryKind) -> Decimal:
    return LedgerEntry.objects.filter(charge=charge, kind=kind).aggregate(sum=Sum("amount_cad"))["sum"] or Decimal(0)


def _book(
    kind: EntryKind,
    reference: str,
    debit: Account,
    credit: Account,
    amount_cad: Decimal,
    charge: FeeCharge,
    payment: FeePayment | None = None,
    refund: Refund | None = None,
) -> None:
    LedgerEntry.objects.create(
        kind=kind,
        reference=reference,
        debit=debit,
        credit=credit,
        amount_cad=amount_cad,
        charge=charge,
        payment=payment,
        refund=refund,
    )
