"""May this offer move now? One function, for pages, the API, staff and callbacks; the guards of the table of moves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from employer_portal.actors import Actor
from employer_portal.employer_check import is_eligible
from employer_portal.errors import OfferMoveRefused
from employer_portal.models import OfferOfEmployment
from employer_portal.offer_check import OfferReport
from employer_portal.offer_status import EVENT_WORDS, STATUS_WORDS, Event, Kind, Move, OfferStatus, Party, rows_for
from employer_portal.permissions import Action, may
from exemption_codes.catalogue.documents import Text


@dataclass(frozen=True)
class Circumstances:
    """What guards look at beside the offer itself; what a move does not concern is left out."""

    actor: Actor
    on: date
    version: int | None = None
    report: OfferReport | None = None
    fee_due_cad: Decimal | None = None
    captured_cad: Decimal = Decimal(0)
    due_cad: Decimal | None = None
    differing: tuple[str, ...] = field(default_factory=tuple)


Guard = Callable[[OfferOfEmployment, Circumstances], bool]
GUARDS: dict[str, Guard] = {
    "acts_for_employer": lambda offer, c: may(c.actor, Action.WRITE_OFFERS, offer.employer),
    "version_current": lambda offer, c: c.version == offer.version,
    "is_complete": lambda offer, c: c.report is not None and c.report.is_complete,
    "all_declared": lambda offer, c: c.report is not None and not c.report.has("declarations."),
    "agreement_signed": lambda offer, c: c.report is not None and not c.report.has("agreement.unsigned"),
    "employer_eligible": lambda offer, c: (
        is_eligible(offer.employer, c.on) and c.report is not None and not c.report.has("employer.")
    ),
    "fee_due": lambda offer, c: bool(c.fee_due_cad),
    "fee_exempt": lambda offer, c: c.fee_due_cad is not None and not c.fee_due_cad,
    "amount_due_captured": lambda offer, c: c.due_cad is not None and c.captured_cad == c.due_cad,
    "nothing_captured": lambda offer, c: not c.captured_cad,
    "details_equal": lambda offer, c: not c.differing,
    "period_ended": lambda offer, c: offer.ends_on is not None and offer.ends_on < c.on,
    "no_final_decision": lambda offer, c: not offer.has_final_decision,
    "permit_not_printed": lambda offer, c: offer.permit_issued_on is None,
}
GUARD_WORDS: dict[str, Text] = {
    "acts_for_employer": Text(
        en="You may not write offers for this employer.",
        fr="Vous ne pouvez pas rédiger d’offres pour cet employeur.",
    ),
    "version_current": Text(
        en="The draft was changed elsewhere in between.", fr="Le brouillon a été modifié ailleurs entre-temps."
    ),
    "is_complete": Text(
        en="The offer still has something to mend or to acknowledge.",
        fr="L’offre comporte encore des éléments à corriger ou à reconnaître.",
    ),
    "all_declared": Text(
        en="All seven declarations are needed.", fr="Les sept déclarations sont nécessaires."
    ),
    "agreement_signed": Text(
        en="The employment agreement must be signed by both first.",
        fr="Le contrat de travail doit d’abord être signé des deux parties.",
    ),
    "employer_eligible": Text(
        en="The employer’s profile or standing does not allow filing.",
        fr="Le profil ou la situation de l’employeur ne permet pas de présenter une offre.",
    ),
    "fee_due": Text(en="No fee is due.", fr="Aucuns frais ne sont exigés."),
    "fee_exempt": Text(en="A fee is due.", fr="Des frais sont exigés."),
    "amount_due_captured": Text(
        en="The amount paid is not the amount due.", fr="Le montant payé n’est pas le montant exigé."
    ),
    "nothing_captured": Text(
        en="The fee has been paid: withdraw the offer instead, and the fee comes back.",
        fr="Les frais sont payés : retirez plutôt l’offre, et les frais vous seront remboursés.",
    ),
    "details_equal": Text(
        en="The offer and the application differ.", fr="L’offre et la demande diffèrent."
    ),
    "period_ended": Text(
        en="The offered period has not ended.", fr="La période offerte n’est pas terminée."
    ),
    "no_final_decision": Text(
        en="The application already has a final decision.", fr="La demande a déjà fait l’objet d’une décision finale."
    ),
    "permit_not_printed": Text(
        en="The permit has been printed: the offer can no longer be withdrawn, and the duties hold.",
        fr="Le permis est imprimé : l’offre ne peut plus être retirée, et les obligations s’appliquent.",
    ),
}  # fmt: skip


def check_may_move(offer: OfferOfEmployment, event: Event, circumstances: Circumstances) -> Move:
    """Return the row of the table by which the offer may move, or stay, now.

    `offer` is a locked row. Raises OfferMoveRefused: `status` where the state has no such move, `party` where somebody
    else makes it, else the first guard that does not hold.
    """
    rows = rows_for(event, None if event is Event.CREATE else OfferStatus(offer.status))
    if not rows or rows[0].kind is Kind.REFUSED:
        instead = rows[0].instead if rows else None
        raise _refusal(offer, event, "status", _wrong_state(offer, event), instead)
    if circumstances.actor.party not in rows[0].by:
        raise _refusal(offer, event, "party", _wrong_state(offer, event))
    failing = [[name for name in row.guards if not GUARDS[name](offer, circumstances)] for row in rows]
    best = min(range(len(rows)), key=lambda position: len(failing[position]))
    if failing[best]:
        guard = failing[best][0]
        raise _refusal(offer, event, guard, GUARD_WORDS[guard])
    return rows[best]


def can_move(offer: OfferOfEmployment, event: Event, circumstances: Circumstances) -> bool:
    try:
        check_may_move(offer, event, circumstances)
    except OfferMoveRefused:
        return False
    return True


def open_events(offer: OfferOfEmployment, party: Party) -> frozenset[Event]:
    """Return what a party could do with an offer in its state, guards aside: which buttons to show."""
    return frozenset(
        event
        for event in Event
        for row in rows_for(event, OfferStatus(offer.status))
        if party in row.by and row.kind is not Kind.REFUSED
    )


def _wrong_state(offer: OfferOfEmployment, event: Event) -> Text:
    state, wanted = STATUS_WORDS[OfferStatus(offer.status)], EVENT_WORDS[event]
    if offer.status == OfferStatus.ISSUED and event is Event.EDIT:
        return Text(
            en="A filed offer is never changed. Withdraw it and copy it to a new draft: the fee comes back.",
            fr="Une offre présentée ne se modifie pas. Retirez-la et copiez-la dans un nouveau brouillon : les frais "
            "vous seront remboursés.",
        )
    if offer.status == OfferStatus.USED and event is Event.WITHDRAW:
        return GUARD_WORDS["permit_not_printed"]
    return Text(
        en=f"Not possible in this state. State: {state.en}. Wanted: {wanted.en}.",
        fr=f"Impossible dans cet état. État : {state.fr}. Voulu : {wanted.fr}.",
    )


def _refusal(
    offer: OfferOfEmployment, event: Event, reason: str, text: Text, instead: Event | None = None
) -> OfferMoveRefused:
    return OfferMoveRefused(offer.status, event, reason, text, instead or "")
