"""The link by which somebody pays one payment, as the API gives it: whoever has it may pay, and sees nothing else."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from payments import RedirectNeeded

from employer_portal.models import FeePayment
from employer_portal.payments import FAILED


@never_cache
def pay_by_link(request: HttpRequest, token: UUID) -> HttpResponse:
    """Send the payer to the provider; a provider without pages of its own asks here."""
    payment = get_object_or_404(FeePayment, token=str(token))
    if payment.captured_at is not None or payment.status in FAILED:
        return render(request, "employer_portal/pay_link.html", {"payment": payment, "form": None})
    try:
        form = payment.get_form(data=request.POST or None)
    except RedirectNeeded as elsewhere:
        return redirect(str(elsewhere))
    return render(request, "employer_portal/pay_link.html", {"payment": payment, "form": form})
