"""Paying the fee of an offer: what is due and why, and the way to the provider."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from payments import PaymentError, RedirectNeeded

from employer_portal.bills import Bill, PaymentState, bill_of, payment_state
from employer_portal.errors import OfferNumberInvalid, OfferNumberTaken, PaymentRefused
from employer_portal.models import FeePayment, OfferOfEmployment
from employer_portal.numbering import issues_numbers
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.money_access import check_visible, payment_page
from employer_portal.pages.money_forms import RecordForm, RehearsalForm
from employer_portal.payments import record_official_payment, start_payment
from employer_portal.permissions import Action
from employer_portal.templatetags.portal_money import spoken
from exemption_codes.releases import published_rulebook

# Where a provider takes people after our button: the pages before it must let a form end there.
CHECKOUTS = {"stripe": "https://checkout.stripe.com"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page(Action.PAY)
def pay(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    """Say what is due for an offer and why; when pressed, lead to the provider, or record what was paid officially."""
    offer = workspace.offer(offer_id)
    if offer.charge is None:
        return _page(request, workspace, offer, None)
    check_visible(workspace, offer.charge)
    bill = bill_of(offer.charge, published_rulebook())
    if not issues_numbers() and bill.is_open:
        return _record(request, workspace, offer, bill)
    if request.method != "POST":
        return _page(request, workspace, offer, bill)
    try:
        key = request.POST.get("key") or uuid4().hex
        payment = start_payment(bill.charge.pk, workspace.actor, key, afresh="afresh" in request.POST)
    except PaymentRefused as refused:
        return _page(request, workspace, offer, bill_of(offer.charge, published_rulebook()), refused=refused)
    return redirect("employer_portal:payment_form", token=payment.token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@payment_page(Action.PAY)
def payment_form(request: HttpRequest, workspace: Workspace, payment: FeePayment) -> HttpResponse:
    """Hand the payer over to the provider; in development, ask what the provider shall answer."""
    state = payment_state(payment)
    if state is PaymentState.FAILED:
        return redirect("employer_portal:payment_failed", token=payment.token)
    if state is not PaymentState.WAITING:
        return redirect("employer_portal:payment_done", token=payment.token)
    rehearsal = RehearsalForm(request.POST or None)
    try:
        payment.get_form(rehearsal.answer if rehearsal.is_bound and rehearsal.is_valid() else None)
    except RedirectNeeded as onward:
        # Our own pages answer wherever this one was reached; another's are where they are.
        return redirect(str(onward).removeprefix(settings.SITE_URL))
    except (PaymentError, OSError, ValueError):
        context = {"workspace": workspace, "payment": payment}
        return render(request, "employer_portal/payment_unreachable.html", context, status=HTTPStatus.BAD_GATEWAY)
    return render(
        request, "employer_portal/payment_form.html",
        {"workspace": workspace, "payment": payment, "form": rehearsal, "charge": payment.charge},
    )  # fmt: skip


def _page(
    request: HttpRequest,
    workspace: Workspace,
    offer: OfferOfEmployment,
    bill: Bill | None,
    *,
    refused: PaymentRefused | None = None,
    form: RecordForm | None = None,
) -> HttpResponse:
    context = {
        "workspace": workspace, "offer": offer, "bill": bill, "key": uuid4().hex, "form": form,
        "refused": spoken(refused.text) if refused else "",
    }  # fmt: skip
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    response = render(request, "employer_portal/pay.html", context, status=status)
    _allow_checkout(response)
    return response


def _allow_checkout(response: Any) -> None:
    allowed = [address for variant, address in CHECKOUTS.items() if variant in settings.PAYMENT_VARIANTS]
    if allowed:
        response._csp_update = {"form-action": allowed}


def _record(request: HttpRequest, workspace: Workspace, offer: OfferOfEmployment, bill: Bill) -> HttpResponse:
    """Record what the official portal took and the numbers that it gave."""
    form = RecordForm(bill, request.POST or None)
    if not form.is_bound or not form.is_valid():
        return _page(request, workspace, offer, bill, form=form)
    try:
        record_official_payment(
            bill.charge.pk, workspace.actor, form.numbers, form.cleaned_data["receipt"], form.cleaned_data["amount"]
        )
    except PaymentRefused as refused:
        if refused.reason == "already_paid":
            return redirect("employer_portal:pay", employer_id=workspace.employer.pk, offer_id=offer.pk)
        form.add_error("amount" if refused.reason == "amount" else None, spoken(refused.text))
    except (OfferNumberInvalid, OfferNumberTaken) as wrong:
        form.add_number_error(wrong)
    else:
        return redirect("employer_portal:pay", employer_id=workspace.employer.pk, offer_id=offer.pk)
    return _page(request, workspace, offer, bill, form=form)
