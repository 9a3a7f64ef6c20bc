"""Which payment somebody may open: one of their employer, for offers that they may see; 404 for all others."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from employer_portal.models import FeeCharge, FeePayment
from employer_portal.money_view import visible_charges
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.permissions import Action

PaymentView = Callable[[HttpRequest, Workspace, FeePayment], HttpResponse]


def check_visible(workspace: Workspace, charge: FeeCharge) -> None:
    """Raise Http404 for a charge that also pays for offers which this person may not see."""
    if not visible_charges(workspace.membership).filter(pk=charge.pk).exists():
        raise Http404


def payment_page(action: Action) -> Callable[[PaymentView], Callable[..., HttpResponse]]:
    """Open a view by the token of a payment, under the rules of its employer's pages."""

    def decorate(view: PaymentView) -> Callable[..., HttpResponse]:
        @employer_page(action)
        def guarded(request: HttpRequest, workspace: Workspace, payment: FeePayment) -> HttpResponse:
            check_visible(workspace, payment.charge)
            return view(request, workspace, payment)

        @login_required
        def found(request: HttpRequest, token: UUID, **rest: Any) -> HttpResponse:
            payment = get_object_or_404(FeePayment.objects.select_related("charge"), token=str(token))
            return guarded(request, employer_id=payment.charge.employer_id, payment=payment, **rest)

        return found

    return decorate
