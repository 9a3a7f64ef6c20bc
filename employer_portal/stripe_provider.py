"""Stripe through django-payments, with what that leaves open: a forged call is a 400, and a payment has one session."""

from typing import Any

import stripe
from django.http import HttpRequest, HttpResponse
from payments import PaymentError
from payments.stripe import StripeProviderV3

from employer_portal.models import FeePayment

FORGED = "The signature does not fit."
OTHER_PAYMENT = "The call is about another payment."


class StripeProvider(StripeProviderV3):
    """Checkout of Stripe. However often a session is asked for, one payment has one, so that it is paid once there."""

    def return_event_payload(self, request: HttpRequest) -> Any:
        """Return a signed event; raises PaymentError with code 400 for everything else."""
        try:
            return super().return_event_payload(request)
        except (ValueError, stripe.SignatureVerificationError) as problem:
            raise PaymentError(FORGED, code=400) from problem

    def process_data(self, payment: FeePayment, request: HttpRequest) -> HttpResponse:
        """Take in an event, if it is about this payment."""
        if self.get_token_from_request(payment, request) != payment.token:
            raise PaymentError(OTHER_PAYMENT, code=400)
        answer: HttpResponse = super().process_data(payment, request)
        return answer

    def create_session(self, payment: FeePayment) -> Any:
        """Ask Stripe for the session of a payment; asked twice, by two tabs or people, it gives the same one."""
        try:
            return stripe.checkout.Session.create(
                api_key=self.api_key,
                idempotency_key=payment.token,
                mode="payment",
                line_items=self.get_line_items(payment),
                success_url=payment.get_success_url(),
                cancel_url=payment.get_failure_url(),
                client_reference_id=payment.token,
            )
        except stripe.StripeError as problem:
            raise PaymentError(str(problem)) from problem

    def get_line_items(self, payment: FeePayment) -> Any:
        """Name on Stripe's page what is paid, in both languages."""
        price = {
            "currency": payment.currency.lower(),
            "unit_amount": self.convert_amount(payment.currency, payment.total),
            "product_data": {"name": payment.description},
        }
        return [{"price_data": price, "quantity": 1}]
