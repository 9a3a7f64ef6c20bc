"""Where a payer comes back to: done, failed, or waiting for the provider, by what the money says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from employer_portal.bills import bill_of, payment_state
from employer_portal.models import FeePayment
from employer_portal.pages.access import Workspace
from employer_portal.pages.money_access import payment_page
from employer_portal.permissions import Action
from exemption_codes.releases import published_rulebook


@never_cache
@require_safe
@payment_page(Action.VIEW_MONEY)
def payment_done(request: HttpRequest, workspace: Workspace, payment: FeePayment) -> HttpResponse:
    return _page(request, workspace, payment, is_back=False)


@never_cache
@require_safe
@payment_page(Action.VIEW_MONEY)
def payment_failed(request: HttpRequest, workspace: Workspace, payment: FeePayment) -> HttpResponse:
    return _page(request, workspace, payment, is_back=True)


def _page(request: HttpRequest, workspace: Workspace, payment: FeePayment, *, is_back: bool) -> HttpResponse:
    """Show where the payment stands; `is_back` where the provider sent the payer away without a result."""
    bill = bill_of(payment.charge, published_rulebook())
    context = {
        "workspace": workspace, "payment": payment, "bill": bill, "state": payment_state(payment).value,
        "is_back": is_back, "can_pay": Action.PAY in workspace.actions,
        "offer": bill.offers[0] if bill.offers else None,
    }  # fmt: skip
    return render(request, "employer_portal/payment_state.html", context)
