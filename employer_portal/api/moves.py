"""Moves of an offer over the API: submit, pay, cancel, withdraw, correct, copy, restore; each needs a key."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from employer_portal.api.answers import offer_answer, payment_answer
from employer_portal.api.base import EmployerView, read_body
from employer_portal.api.documented import documented
from employer_portal.api.idempotency import key_of
from employer_portal.api.offers import rulebook
from employer_portal.api.serializers import OfferSerializer, PaidSerializer
from employer_portal.api.shapes import Shape, amount, text, texts_by_key
from employer_portal.drafts import duplicate_offer, restore_draft
from employer_portal.errors import FieldsInvalid, PaymentRefused
from employer_portal.models import FeePayment, OfferOfEmployment
from employer_portal.offers import cancel_submission, correct_offer, request_withdrawal, submit_offer, withdraw_offer
from employer_portal.payments import record_official_payment, start_payment
from employer_portal.permissions import Action
from exemption_codes.catalogue.documents import Text

NOTHING: dict[str, Shape] = {}
REASON = {"reason": text(500, "Kept with the event.")}
OFFICIAL = {"official_number": text(40, "Where official numbers are recorded and no fee is due.")}
PAID = {
    "receipt": text(60, "The number of the official receipt."),
    "captured_cad": amount(9, 2),
    "numbers": texts_by_key(36, 40, 500),
}


class MoveView(EmployerView):
    """A POST that moves one offer."""

    action = Action.WRITE_OFFERS
    parts: dict[str, Shape] = NOTHING

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.actions = {"POST": self.action}
        super().initial(request, *args, **kwargs)

    def move(
        self, request: Request, offer_id: UUID, make: Callable[[dict[str, Any]], OfferOfEmployment], status: int = 200
    ) -> Response:
        body = read_body(request, self.parts)
        self.offer(offer_id)
        return self.once(request, lambda: (status, offer_answer(self.offer(make(body).pk))))


class SubmitView(MoveView):
    action = Action.SUBMIT
    parts = OFFICIAL

    @documented(
        "submit_offer",
        "Submit a draft",
        OfferSerializer,
        body=OFFICIAL,
        has_key=True,
        refusals={
            422: "The offer is not ready: `fields` holds what the check found. Or the key came with another request.",
            503: "No catalogue has been published yet.",
        },
        description="It is frozen as it is. Where a fee is due it awaits the fee; where none is, it has its number.",
        example={},
    )
    def post(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        rules = rulebook()
        return self.move(
            request,
            offer_id,
            lambda body: submit_offer(
                offer_id, self.actor, official_number=body.get("official_number", ""), rulebook=rules
            ),
        )


class PayView(MoveView):
    action = Action.PAY
    parts = PAID

    @documented(
        "pay_offer",
        "Pay the fee",
        PaidSerializer,
        body=PAID,
        has_key=True,
        description="Begins a payment and tells where somebody of the employer pays it (`pay_at`), signed in; while "
        "one is under way, that one. Where this site records what was paid in the official portal: the receipt, the "
        "amount, and the number by the identifier of each offer.",
        example={},
    )
    def post(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        body = read_body(request, PAID)
        self.offer(offer_id)
        return self.once(request, lambda: self._pay(offer_id, body, key_of(request)))

    def _pay(self, offer_id: UUID, body: dict[str, Any], key: str) -> tuple[int, Any]:
        charge_id = self.offer(offer_id).charge_id
        if charge_id is None:
            raise PaymentRefused("nothing_due", _NOTHING_DUE)
        payment = self._record(charge_id, body) if body else start_payment(charge_id, self.actor, key)
        return 200, {"payment": payment_answer(payment), "offer": offer_answer(self.offer(offer_id))}

    def _record(self, charge_id: UUID, body: dict[str, Any]) -> FeePayment:
        lacking = {name: _NEEDED for name in PAID if not body.get(name)}
        if lacking:
            raise FieldsInvalid(lacking)
        captured = Decimal(body["captured_cad"])
        return record_official_payment(charge_id, self.actor, body["numbers"], body["receipt"], captured)


class CancelView(MoveView):
    action = Action.SUBMIT

    @documented(
        "cancel_submission",
        "Take a submission back",
        OfferSerializer,
        body=NOTHING,
        has_key=True,
        description="Before anything is paid: the offer, with its whole group, is a draft again.",
        example={},
    )
    def post(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        return self.move(request, offer_id, lambda body: cancel_submission(offer_id, self.actor))


class WithdrawView(MoveView):
    action = Action.WITHDRAW
    parts = REASON

    @documented(
        "withdraw_offer",
        "Withdraw an offer",
        OfferSerializer,
        body=REASON,
        has_key=True,
        description="Its number is dead and its fee comes back.",
        example={"reason": "The worker will not come."},
    )
    def post(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        return self.move(request, offer_id, lambda body: withdraw_offer(offer_id, self.actor, body.get("reason", "")))


class RequestWithdrawalView(MoveView):
    action = Action.WITHDRAW
    parts = REASON

    @documented(
        "request_withdrawal",
        "Ask for the withdrawal of a matched offer",
        OfferSerializer,
        body=REASON,
        has_key=True,
        example={"reason": "The worker will not come."},
    )
    def post(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        return self.move(
            request, offer_id, lambda body: request_withdrawal(offer_id, self.actor, body.get("reason", ""))
        )  # fmt: skip


class CorrectView(MoveView):
    action = Action.WITHDRAW
    parts = REASON

    @documented(
        "correct_offer",
        "Correct a filed offer",
        OfferSerializer,
        status=201,
        body=REASON,
        has_key=True,
        description="Withdraws it and answers with a new draft that holds the same; its declarations are made anew. "
        "The fee comes back, and the new offer pays its own.",
        example={"reason": "A digit of the passport was wrong."},
    )
    def post(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        return self.move(
            request, offer_id, lambda body: correct_offer(offer_id, self.actor, body.get("reason", "")), 201
        )  # fmt: skip


class DuplicateView(MoveView):
    @documented(
        "duplicate_offer",
        "Copy a closed offer",
        OfferSerializer,
        status=201,
        body=NOTHING,
        has_key=True,
        description="A new draft with its content, without number, fee, claim and declarations.",
        example={},
    )
    def post(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        return self.move(request, offer_id, lambda body: duplicate_offer(offer_id, self.actor), 201)


class RestoreView(MoveView):
    @documented(
        "restore_offer", "Restore a draft that was put away", OfferSerializer, body=NOTHING, has_key=True, example={}
    )
    def post(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        return self.move(request, offer_id, lambda body: restore_draft(offer_id, self.actor))


_NOTHING_DUE = Text(en="Nothing is to be paid here.", fr="Il n’y a rien à payer ici.")
_NEEDED = Text(en="This is needed to record a payment.", fr="Cette valeur est nécessaire pour consigner un paiement.")
