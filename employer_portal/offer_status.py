"""The states of an offer and the one table of moves between them. Everything that changes a state reads this table.

Source: employer_portal facts, section 6.2. Rows marked `ours` are needed beside it so that no state is a dead end.
"""

from dataclasses import dataclass
from enum import StrEnum

from exemption_codes.catalogue.documents import Text


class OfferStatus(StrEnum):
    DRAFT = "draft"
    DELETED = "deleted"
    AWAITING_FEE = "awaiting_fee"
    ISSUED = "issued"
    MATCHED = "matched"
    WITHDRAWAL_REQUESTED = "withdrawal_requested"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    CLOSED_NO_PERMIT = "closed_no_permit"
    USED = "used"
    EXPIRED = "expired"


class Event(StrEnum):
    CREATE = "create"
    SAVE = "save"
    DELETE = "delete"
    RESTORE = "restore"
    SUBMIT = "submit"
    CAPTURE = "capture"
    PAYMENT_FAILED = "payment_failed"
    CANCEL = "cancel"
    SURPLUS_CAPTURE = "surplus_capture"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    MATCH = "match"
    MATCH_FAILED = "match_failed"
    APPLIED_EARLY = "applied_early"
    EXPIRE = "expire"
    UNMATCH = "unmatch"
    REQUEST_WITHDRAWAL = "request_withdrawal"
    CONFIRM_WITHDRAWAL = "confirm_withdrawal"
    DECLINE_WITHDRAWAL = "decline_withdrawal"
    REFUSE = "refuse"
    WORKER_WITHDRAWS = "worker_withdraws"
    PRINT_PERMIT = "print_permit"
    DUPLICATE = "duplicate"


class Party(StrEnum):
    """Who may make a move."""

    EMPLOYER = "employer"
    STAFF = "staff"
    PROVIDER = "provider"
    SYSTEM = "system"


class Kind(StrEnum):
    """What a row of the table does: go on, stay in the state, refuse, or begin a new draft from this offer."""

    GOES = "goes"
    STAYS = "stays"
    REFUSED = "refused"
    COPIES = "copies"


@dataclass(frozen=True)
class Move:
    """One row of the table; `guards` are names of functions in policies.py, all of which must hold."""

    event: Event
    source: OfferStatus | None
    target: OfferStatus
    by: frozenset[Party]
    guards: tuple[str, ...] = ()
    kind: Kind = Kind.GOES
    instead: Event | None = None
    ours: bool = False


S, E, K = OfferStatus, Event, Kind
EMPLOYER, STAFF = frozenset({Party.EMPLOYER}), frozenset({Party.STAFF})
MONEY = frozenset({Party.PROVIDER, Party.STAFF})
CLOCK = frozenset({Party.SYSTEM, Party.STAFF})
READY = ("is_complete", "all_declared", "agreement_signed", "employer_eligible")
OPEN_ENDS = (S.WITHDRAWN, S.REFUSED, S.EXPIRED, S.USED)

MOVES: tuple[Move, ...] = (
    Move(E.CREATE, None, S.DRAFT, EMPLOYER, ("acts_for_employer",)),
    Move(E.SAVE, S.DRAFT, S.DRAFT, EMPLOYER, ("version_current",), K.STAYS),
    Move(E.DELETE, S.DRAFT, S.DELETED, EMPLOYER),
    Move(E.RESTORE, S.DELETED, S.DRAFT, EMPLOYER, ours=True),
    Move(E.SUBMIT, S.DRAFT, S.AWAITING_FEE, EMPLOYER, (*READY, "fee_due")),
    Move(E.SUBMIT, S.DRAFT, S.ISSUED, EMPLOYER, (*READY, "fee_exempt")),
    Move(E.CAPTURE, S.AWAITING_FEE, S.ISSUED, MONEY, ("amount_due_captured",)),
    Move(E.PAYMENT_FAILED, S.AWAITING_FEE, S.AWAITING_FEE, MONEY, kind=K.STAYS),
    Move(E.CANCEL, S.AWAITING_FEE, S.DRAFT, EMPLOYER, ("nothing_captured",)),
    *(Move(E.SURPLUS_CAPTURE, status, status, MONEY, kind=K.STAYS) for status in (S.AWAITING_FEE, S.ISSUED)),
    Move(E.EDIT, S.ISSUED, S.ISSUED, EMPLOYER, kind=K.REFUSED, instead=E.WITHDRAW),
    Move(E.WITHDRAW, S.ISSUED, S.WITHDRAWN, EMPLOYER),
    Move(E.MATCH, S.ISSUED, S.MATCHED, STAFF, ("details_equal",)),
    Move(E.MATCH_FAILED, S.ISSUED, S.ISSUED, STAFF, kind=K.STAYS),
    Move(E.APPLIED_EARLY, S.ISSUED, S.ISSUED, STAFF, kind=K.STAYS),
    Move(E.EXPIRE, S.ISSUED, S.EXPIRED, CLOCK, ("period_ended",)),
    Move(E.WITHDRAW, S.EXPIRED, S.WITHDRAWN, EMPLOYER, ours=True),
    Move(E.UNMATCH, S.MATCHED, S.ISSUED, STAFF, ("no_final_decision",)),
    Move(E.REQUEST_WITHDRAWAL, S.MATCHED, S.WITHDRAWAL_REQUESTED, EMPLOYER, ("permit_not_printed",)),
    Move(E.CONFIRM_WITHDRAWAL, S.WITHDRAWAL_REQUESTED, S.WITHDRAWN, STAFF, ("permit_not_printed",)),
    Move(E.REFUSE, S.MATCHED, S.REFUSED, STAFF),
    Move(E.WORKER_WITHDRAWS, S.MATCHED, S.CLOSED_NO_PERMIT, STAFF, ("permit_not_printed",)),
    Move(E.PRINT_PERMIT, S.MATCHED, S.USED, STAFF),
    Move(E.REFUSE, S.WITHDRAWAL_REQUESTED, S.REFUSED, STAFF, ours=True),
    Move(E.PRINT_PERMIT, S.WITHDRAWAL_REQUESTED, S.USED, STAFF, ours=True),
    Move(E.DECLINE_WITHDRAWAL, S.WITHDRAWAL_REQUESTED, S.MATCHED, STAFF, ("no_final_decision",), ours=True),
    Move(E.WITHDRAW, S.USED, S.USED, EMPLOYER, kind=K.REFUSED),
    *(Move(E.DUPLICATE, status, S.DRAFT, EMPLOYER, kind=K.COPIES) for status in OPEN_ENDS),
    # A late payment may arrive for an offer in any other state, and must always find its way back.
    *(
        Move(E.SURPLUS_CAPTURE, status, status, MONEY, kind=K.STAYS, ours=True)
        for status in S
        if status not in (S.AWAITING_FEE, S.ISSUED)
    ),
)

HAS_NUMBER = frozenset({S.ISSUED, S.MATCHED, S.WITHDRAWAL_REQUESTED, S.USED, S.EXPIRED})
IS_FILED = frozenset(set(S) - {S.DRAFT, S.DELETED})
DEAD_NUMBER = frozenset({S.WITHDRAWN, S.REFUSED, S.CLOSED_NO_PERMIT, S.USED})

STATUS_WORDS: dict[OfferStatus, Text] = {
    S.DRAFT: Text(en="Draft", fr="Brouillon"),
    S.DELETED: Text(en="Deleted draft", fr="Brouillon supprimé"),
    S.AWAITING_FEE: Text(en="Awaiting the fee", fr="En attente des frais"),
    S.ISSUED: Text(en="Number issued", fr="Numéro attribué"),
    S.MATCHED: Text(en="Matched to an application", fr="Jumelée à une demande"),
    S.WITHDRAWAL_REQUESTED: Text(en="Withdrawal requested", fr="Retrait demandé"),
    S.WITHDRAWN: Text(en="Withdrawn", fr="Retirée"),
    S.REFUSED: Text(en="Permit refused", fr="Permis refusé"),
    S.CLOSED_NO_PERMIT: Text(en="Closed without permit", fr="Close sans permis"),
    S.USED: Text(en="Permit issued", fr="Permis délivré"),
    S.EXPIRED: Text(en="Expired unused", fr="Expirée sans usage"),
}
EVENT_WORDS: dict[Event, Text] = {
    E.CREATE: Text(en="Draft begun", fr="Brouillon commencé"),
    E.SAVE: Text(en="Draft saved", fr="Brouillon enregistré"),
    E.DELETE: Text(en="Draft deleted", fr="Brouillon supprimé"),
    E.RESTORE: Text(en="Draft restored", fr="Brouillon rétabli"),
    E.SUBMIT: Text(en="Submitted", fr="Présentée"),
    E.CAPTURE: Text(en="Fee paid", fr="Frais payés"),
    E.PAYMENT_FAILED: Text(en="Payment failed", fr="Paiement échoué"),
    E.CANCEL: Text(en="Submission cancelled", fr="Présentation annulée"),
    E.SURPLUS_CAPTURE: Text(en="Extra payment, to be refunded", fr="Paiement en trop, à rembourser"),
    E.EDIT: Text(en="Change of a filed offer", fr="Modification d’une offre présentée"),
    E.WITHDRAW: Text(en="Withdrawn by the employer", fr="Retirée par l’employeur"),
    E.MATCH: Text(en="Matched to an application", fr="Jumelée à une demande"),
    E.MATCH_FAILED: Text(en="Could not be matched", fr="Jumelage impossible"),
    E.APPLIED_EARLY: Text(en="Worker applied before the number", fr="Demande antérieure au numéro"),
    E.EXPIRE: Text(en="Expired unused", fr="Expirée sans usage"),
    E.UNMATCH: Text(en="Match undone", fr="Jumelage annulé"),
    E.REQUEST_WITHDRAWAL: Text(en="Withdrawal requested", fr="Retrait demandé"),
    E.CONFIRM_WITHDRAWAL: Text(en="Withdrawal confirmed", fr="Retrait confirmé"),
    E.DECLINE_WITHDRAWAL: Text(en="Withdrawal declined", fr="Retrait non accepté"),
    E.REFUSE: Text(en="Permit refused", fr="Permis refusé"),
    E.WORKER_WITHDRAWS: Text(en="Worker withdrew the application", fr="Demande retirée par le travailleur"),
    E.PRINT_PERMIT: Text(en="Permit printed", fr="Permis imprimé"),
    E.DUPLICATE: Text(en="Copied to a new draft", fr="Copiée dans un nouveau brouillon"),
}


def rows_for(event: Event, source: OfferStatus | None) -> tuple[Move, ...]:
    """Return the rows of the table for an event in a state; none where the event has no place there."""
    return tuple(move for move in MOVES if move.event is event and move.source is source)


def moves_from(source: OfferStatus, party: Party) -> tuple[Move, ...]:
    """Return what a party could do in a state if every guard held, refusals left out."""
    return tuple(move for move in MOVES if move.source is source and party in move.by and move.kind is not Kind.REFUSED)


def diagram() -> str:
    """Draw the table as a Mermaid state diagram; docs/offer-states.md holds it, and a test compares."""
    lines = ["stateDiagram-v2"]
    for move in MOVES:
        if move.kind in (Kind.GOES, Kind.COPIES):
            source = move.source or "[*]"
            label = move.event + (f" [{', '.join(move.guards)}]" if move.guards else "")
            lines.append(f"    {source} --> {move.target}: {label}")
    return "\n".join(lines)


def in_full() -> str:
    """Write the table as Markdown, with the moves that stay in their state; docs/offer-states.md holds it too.

    A late payment is the same in every state but two, and takes one line for them all.
    """
    lines = ["| state | event | guards | then | by | |", "|---|---|---|---|---|---|"]
    late = [move for move in MOVES if move.event is Event.SURPLUS_CAPTURE and move.ours]
    for move in [move for move in MOVES if move not in late] + late[:1]:
        state = "any other" if move in late else move.source or "–"
        cells = (state, move.event, ", ".join(move.guards) or "–", _then(move), ", ".join(sorted(move.by)))
        lines.append(f"| {' | '.join(cells)} | {'ours' if move.ours else ''} |")
    return "\n".join(lines)


def _then(move: Move) -> str:
    match move.kind:
        case Kind.STAYS:
            return "stays"
        case Kind.REFUSED:
            return f"refused; instead: {move.instead}" if move.instead else "refused"
        case Kind.COPIES:
            return "a new draft"
    return move.target
