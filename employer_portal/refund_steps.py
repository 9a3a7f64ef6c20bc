"""A refund as its line of steps: owed, sent, arrived; with the day of each."""

from dataclasses import dataclass
from datetime import datetime

from employer_portal.models import PaymentSource, Refund, RefundReason, RefundStatus
from exemption_codes.catalogue.documents import Text


@dataclass(frozen=True)
class Step:
    """One step; `at` is None while it lies ahead."""

    text: Text
    at: datetime | None


@dataclass(frozen=True)
class TrackedRefund:
    """A refund and its steps; `note` says what to expect of the next one."""

    refund: Refund
    steps: tuple[Step, ...]
    note: Text | None
    can_arrive: bool


def tracked(refund: Refund) -> TrackedRefund:
    """Return a refund with what happened to it and what comes next."""
    is_official = refund.payment.source == PaymentSource.RECORDED
    is_sent = refund.status in (RefundStatus.SENT, RefundStatus.ARRIVED)
    steps = (
        Step(_WHY[RefundReason(refund.reason)], refund.due_at),
        Step(_OFFICIAL if is_official else _SENT, refund.sent_at if is_sent else None),
        Step(_BACK, refund.arrived_at),
    )
    can_arrive = refund.arrived_at is None and (is_sent or is_official)
    return TrackedRefund(refund, steps, _note(refund, is_official), can_arrive)


def _note(refund: Refund, is_official: bool) -> Text | None:
    if refund.arrived_at is not None:
        return None
    if is_official:
        return _ASK
    return _EXPECT if refund.status == RefundStatus.SENT else _SOON


_WHY = {
    RefundReason.SURPLUS: Text(
        en="Paid more than once: all of it is owed back", fr="Payé en trop : le tout est à rendre"
    ),
    RefundReason.WITHDRAWN: Text(
        en="Offer withdrawn: the fee is owed back", fr="Offre retirée : les frais sont à rendre"
    ),
    RefundReason.PERMIT_REFUSED: Text(
        en="Permit refused: the fee is owed back", fr="Permis refusé : les frais sont à rendre"
    ),
    RefundReason.WORKER_WITHDREW: Text(
        en="Application withdrawn: the fee is owed back", fr="Demande retirée : les frais sont à rendre"
    ),
}
_SENT = Text(en="Sent to the card or account that paid", fr="Envoyé à la carte ou au compte qui a payé")
_OFFICIAL = Text(en="Sent by the government", fr="Envoyé par le gouvernement")
_BACK = Text(en="Money back", fr="Argent revenu")
_SOON = Text(
    en="It is sent by itself, to the card or account that paid.",
    fr="L’envoi se fait de lui-même, à la carte ou au compte qui a payé.",
)
_EXPECT = Text(
    en="Banks may take some days. Say here when the money has arrived.",
    fr="Les banques peuvent prendre quelques jours. Indiquez ici que l’argent est revenu.",
)
_ASK = Text(
    en="The government sends it to the card or account that paid; that can take up to a year. After eight weeks "
    "without news, ask for it.",
    fr="Le gouvernement l’envoie à la carte ou au compte qui a payé; cela peut prendre jusqu’à un an. Après huit "
    "semaines sans nouvelles, demandez-le.",
)
