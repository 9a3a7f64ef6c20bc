"""A walk through the states with random events: no illegal move, no number twice, ledger balanced, events complete.

What may happen is written here a second time, from the fact sheet's state table, and compared after every event.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from employer_portal.actors import Actor, person, staff
from employer_portal.declarations import DECLARATION_KEYS
from employer_portal.drafts import delete_draft, duplicate_offer, restore_draft, save_draft
from employer_portal.errors import OfferMoveRefused, PaymentRefused, StaleDraft
from employer_portal.expiry import expire_offer
from employer_portal.matching import Application
from employer_portal.models import FeePayment, Membership, OfferNumberAllotment, OfferOfEmployment
from employer_portal.offers import (
    cancel_submission,
    confirm_withdrawal,
    correct_offer,
    decline_withdrawal,
    match_offer,
    print_permit,
    refuse_permit,
    request_withdrawal,
    submit_group,
    submit_offer,
    unmatch_offer,
    withdraw_offer,
    worker_withdraws,
)
from employer_portal.payments import hear, start_payment
from employer_portal.refunds import send_due_refunds
from exemption_codes.models import CatalogueRelease
from tests.employer_portal.factories import MembershipFactory, UserFactory, charity_draft, draft, group_of
from tests.employer_portal.invariants import broken_invariants

# Event by event: from which states it leads where. Whatever is not here must be refused.
TABLE: dict[str, dict[str, str]] = {
    "save": {"draft": "draft"},
    "delete": {"draft": "deleted"},
    "restore": {"deleted": "draft"},
    "cancel": {"awaiting_fee": "draft"},
    "withdraw": {"issued": "withdrawn", "expired": "withdrawn"},
    "unmatch": {"matched": "issued"},
    "request_withdrawal": {"matched": "withdrawal_requested"},
    "confirm_withdrawal": {"withdrawal_requested": "withdrawn"},
    "decline_withdrawal": {"withdrawal_requested": "matched"},
    "refuse": {"matched": "refused", "withdrawal_requested": "refused"},
    "worker_withdraws": {"matched": "closed_no_permit"},
    "print_permit": {"matched": "used", "withdrawal_requested": "used"},
    "match": {"issued": "matched"},
    "match_failed": {"issued": "issued"},
    "duplicate": dict.fromkeys(["withdrawn", "refused", "expired", "used"], "same"),
}
PERMIT = date(2026, 12, 1)


class Walk(RuleBasedStateMachine):
    """Offers of one employer, a dozen people's worth of events, and a model that knows where each must stand."""

    offers = Bundle("offers")
    payments = Bundle("payments")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.member: Membership = MembershipFactory()
        self.who: Actor = person(self.member.user)
        self.officer: Actor = staff(UserFactory())
        self.expected: dict[Any, str] = {}
        self.numbers: dict[Any, str] = {}
        self.events: dict[Any, int] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # Beginnings ---------------------------------------------------------------------------------------------------

    @rule(target=offers, is_exempt=st.booleans())
    def begin(self, is_exempt: bool) -> Any:
        offer = charity_draft(self.member) if is_exempt else draft(self.member)
        return self._know(offer)

    @rule(target=offers, way=st.sampled_from(["submit", "pay", "match", "print", "ask"]))
    def begin_further_on(self, way: str) -> Any:
        """Begin an offer that is already some way along, so that every state is met often."""
        offer_id = self._know(draft(self.member))
        for step in ("submit", "pay", "match", way):
            if step == "submit":
                self.submit(offer_id)
            elif step == "pay":
                self.hear(self.pay(offer_id, "one", False), "confirmed")
            elif step == "match":
                self.match(offer_id, True)
            elif step == "print":
                self.print_permit(offer_id)
            else:
                self.request_withdrawal(offer_id)
            if step == way:
                break
        return offer_id

    @rule(target=offers, size=st.integers(2, 4), is_paid=st.booleans())
    def begin_group(self, size: int, is_paid: bool) -> Any:
        """File a group of artists under one charge, paid or not; what happens to one may move them all."""
        filed = submit_group(group_of(size, self.member), self.who)
        for offer in filed:
            self._know(offer)
            self._went(offer.pk, "awaiting_fee")
        if is_paid:
            self.hear(self.pay(filed[0].pk, "one", False), "confirmed")
        return multiple(*(offer.pk for offer in filed))

    @rule(target=offers, offer_id=offers)
    def duplicate(self, offer_id: Any) -> Any:
        if self.expected[offer_id] in TABLE["duplicate"]:
            self.events[offer_id] += 1
            return self._know(duplicate_offer(offer_id, self.who))
        self._refused(lambda: duplicate_offer(offer_id, self.who))
        return offer_id

    @rule(target=offers, offer_id=offers)
    def correct(self, offer_id: Any) -> Any:
        """Withdraw and copy in one step: both or neither."""
        if self.expected[offer_id] in TABLE["withdraw"]:
            copy = correct_offer(offer_id, self.who, "a typing error")
            self._went(offer_id, "withdrawn")
            self.events[offer_id] += 1
            return self._know(copy)
        self._refused(lambda: correct_offer(offer_id, self.who))
        return offer_id

    def _know(self, offer: OfferOfEmployment) -> Any:
        self.expected[offer.pk], self.events[offer.pk] = "draft", 1
        return offer.pk

    # Events of the table --------------------------------------------------------------------------------------------

    @rule(offer_id=offers)
    def delete(self, offer_id: Any) -> None:
        self._try("delete", offer_id, lambda: delete_draft(offer_id, self.who))

    @rule(offer_id=offers)
    def restore(self, offer_id: Any) -> None:
        self._try("restore", offer_id, lambda: restore_draft(offer_id, self.who))

    @rule(offer_id=offers, behind=st.booleans())
    def save(self, offer_id: Any, behind: bool) -> None:
        version = OfferOfEmployment.objects.get(pk=offer_id).version
        if behind and self.expected[offer_id] == "draft":
            with pytest.raises(StaleDraft):
                save_draft(offer_id, version - 1, {"other_training": "late"}, self.who)
            return
        self._try("save", offer_id, lambda: save_draft(offer_id, version, {"recruiter": "Nobody"}, self.who))

    @rule(offer_id=offers)
    def submit(self, offer_id: Any) -> None:
        if self.expected[offer_id] != "draft":
            self._refused(lambda: submit_offer(offer_id, self.who))
            return
        offer = OfferOfEmployment.objects.get(pk=offer_id)
        if offer.fee_exemption or offer.exemption_category == "charitable-worker":
            self._submit_charity(offer)
            return
        if not offer.declared:
            # Two copies of one offer may both be filed; the employer is warned, and says why.
            said = {"declared": list(DECLARATION_KEYS), "acknowledged": {"worker.other_offer": "Two seasons."}}
            save_draft(offer_id, offer.version, said, self.who)
            self.events[offer_id] += 1
        submit_offer(offer_id, self.who)
        self._went(offer_id, "awaiting_fee")

    def _submit_charity(self, offer: OfferOfEmployment) -> None:
        """A copy of an exempt offer has lost its claim and declarations: it is not ready, and says so elsewhere."""
        if offer.declared and offer.fee_exemption:
            submit_offer(offer.pk, self.who)
            self._went(offer.pk, "issued")

    @rule(offer_id=offers)
    def cancel(self, offer_id: Any) -> None:
        charge_id = OfferOfEmployment.objects.values_list("charge_id", flat=True).get(pk=offer_id)
        others = OfferOfEmployment.objects.filter(charge_id=charge_id).exclude(pk=offer_id) if charge_id else ()
        together = [offer.pk for offer in others] if self.expected[offer_id] in TABLE["cancel"] else []
        self._try("cancel", offer_id, lambda: cancel_submission(offer_id, self.who))
        for each in together:
            self._went(each, "draft")

    @rule(offer_id=offers)
    def withdraw(self, offer_id: Any) -> None:
        self._try("withdraw", offer_id, lambda: withdraw_offer(offer_id, self.who))

    @rule(offer_id=offers, agrees=st.booleans())
    def match(self, offer_id: Any, agrees: bool) -> None:
        offer = OfferOfEmployment.objects.get(pk=offer_id)
        passport = str(offer.worker_passport_number) if agrees else "XA000123"
        application = Application(offer.number or "", passport, "US")
        event = "match" if agrees else "match_failed"
        self._try(event, offer_id, lambda: match_offer(offer_id, application, self.officer))

    @rule(offer_id=offers)
    def unmatch(self, offer_id: Any) -> None:
        self._try("unmatch", offer_id, lambda: unmatch_offer(offer_id, self.officer))

    @rule(offer_id=offers)
    def request_withdrawal(self, offer_id: Any) -> None:
        self._try("request_withdrawal", offer_id, lambda: request_withdrawal(offer_id, self.who))

    @rule(offer_id=offers)
    def confirm_withdrawal(self, offer_id: Any) -> None:
        self._try("confirm_withdrawal", offer_id, lambda: confirm_withdrawal(offer_id, self.officer))

    @rule(offer_id=offers)
    def decline_withdrawal(self, offer_id: Any) -> None:
        self._try("decline_withdrawal", offer_id, lambda: decline_withdrawal(offer_id, self.officer))

    @rule(offer_id=offers)
    def refuse(self, offer_id: Any) -> None:
        self._try("refuse", offer_id, lambda: refuse_permit(offer_id, self.officer))

    @rule(offer_id=offers)
    def worker_withdraws(self, offer_id: Any) -> None:
        self._try("worker_withdraws", offer_id, lambda: worker_withdraws(offer_id, self.officer))

    @rule(offer_id=offers)
    def print_permit(self, offer_id: Any) -> None:
        self._try("print_permit", offer_id, lambda: print_permit(offer_id, self.officer, PERMIT))

    @rule(offer_id=offers, is_over=st.booleans())
    def expire(self, offer_id: Any, is_over: bool) -> None:
        offer = OfferOfEmployment.objects.get(pk=offer_id)
        if not is_over or offer.status != "issued":
            self._refused(lambda: expire_offer(offer_id))
            return
        yesterday = timezone.localdate() - timedelta(days=1)
        OfferOfEmployment.objects.filter(pk=offer_id).update(starts_on=yesterday, ends_on=yesterday)
        expire_offer(offer_id)
        self._went(offer_id, "expired")

    # Money ----------------------------------------------------------------------------------------------------------

    @rule(target=payments, offer_id=offers, key=st.sampled_from(["one", "two"]), afresh=st.booleans())
    def pay(self, offer_id: Any, key: str, afresh: bool) -> Any:
        offer = OfferOfEmployment.objects.get(pk=offer_id)
        if self.expected[offer_id] == "awaiting_fee":
            return start_payment(offer.charge_id, self.who, key, afresh=afresh).pk, offer_id
        if offer.charge_id:
            with pytest.raises(PaymentRefused):
                start_payment(offer.charge_id, self.who, key, afresh=afresh)
        return None, offer_id

    @rule(payment=payments, said=st.sampled_from(["confirmed", "rejected", "error", "input", "cancelled"]))
    def hear(self, payment: tuple[int | None, Any], said: str) -> None:
        payment_id, _offer_id = payment
        if payment_id is None:
            return
        before = FeePayment.objects.select_related("charge").get(pk=payment_id)
        together = list(OfferOfEmployment.objects.filter(pk__in=before.charge.offer_ids))
        waiting = {o.pk for o in together if o.status == "awaiting_fee" and o.charge_id == before.charge_id}
        hear(FeePayment.objects.get(pk=payment_id), said)
        if before.captured_at is not None:
            return
        for offer in together:
            if said == "confirmed" and (offer.pk in waiting or not waiting):
                self._went(offer.pk, "issued" if waiting else offer.status)
            elif said in ("rejected", "error", "cancelled") and before.status != said:
                self.events[offer.pk] += offer.status == "awaiting_fee"

    @rule()
    def refund(self) -> None:
        send_due_refunds()

    # What must hold -------------------------------------------------------------------------------------------------

    @invariant()
    def everything_holds(self) -> None:
        assert broken_invariants() == []
        for offer in OfferOfEmployment.objects.all():
            assert offer.status == self.expected[offer.pk]
            assert offer.events.count() == self.events[offer.pk]
            if offer.number:
                assert self.numbers.setdefault(offer.pk, offer.number) == offer.number
        assert len(set(self.numbers.values())) == len(self.numbers) == OfferNumberAllotment.objects.count()

    def _try(self, event: str, offer_id: Any, act: Callable[[], Any]) -> None:
        after = TABLE[event].get(self.expected[offer_id])
        if after is None:
            self._refused(act)
        else:
            act()
            self._went(offer_id, after)

    def _went(self, offer_id: Any, status: str) -> None:
        self.expected[offer_id] = status
        self.events[offer_id] += 1

    def _refused(self, act: Callable[[], Any]) -> None:
        with pytest.raises(OfferMoveRefused):
            act()


def test_no_walk_through_the_states_breaks_anything(portal: CatalogueRelease) -> None:
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=8, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
