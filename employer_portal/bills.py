"""What an offer's fee comes to, why, and where its payment stands. Reads only."""

from dataclasses import dataclass
from enum import StrEnum

from employer_portal.compliance_fee import reason_of
from employer_portal.models import ChargeStatus, FeeCharge, FeePayment, OfferOfEmployment, Receipt
from employer_portal.payments import FAILED, UNDER_WAY
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook


class PaymentState(StrEnum):
    """Where one payment stands, as its payer is told."""

    DONE = "done"
    SURPLUS = "surplus"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True)
class Bill:
    """One charge with its offers; `payment` is the attempt under way, `receipt` what a paid charge left."""

    charge: FeeCharge
    offers: tuple[OfferOfEmployment, ...]
    reason: Text
    payment: FeePayment | None
    receipt: Receipt | None

    @property
    def is_open(self) -> bool:
        return bool(self.charge.status == ChargeStatus.OPEN)

    @property
    def is_paid(self) -> bool:
        return bool(self.charge.status == ChargeStatus.PAID)


def bill_of(charge: FeeCharge, rulebook: Rulebook) -> Bill:
    """Return the bill of a charge; `rulebook` is the one in whose words the reason is given."""
    payments = charge.payments.select_related("receipt")
    return Bill(
        charge,
        tuple(OfferOfEmployment.objects.filter(pk__in=charge.offer_ids).order_by("job_title", "pk")),
        reason_of(charge.decision, charge.provisions, charge.decided_on, rulebook),
        payments.filter(status__in=UNDER_WAY).order_by("-pk").first(),
        Receipt.objects.filter(payment__charge=charge).first(),
    )


def payment_state(payment: FeePayment) -> PaymentState:
    """Say where a payment stands: money that arrived counts, whatever was said before or after."""
    if payment.captured_at is not None:
        return PaymentState.DONE if payment.settles else PaymentState.SURPLUS
    return PaymentState.FAILED if payment.status in FAILED else PaymentState.WAITING
