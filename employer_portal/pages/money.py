"""The money of an employer: totals, what is to be paid, refunds on their way, the ledger and its export."""

from http import HTTPStatus
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from employer_portal import money_view
from employer_portal.errors import PaymentRefused
from employer_portal.ledger_export import as_csv
from employer_portal.models import Receipt, Refund
from employer_portal.pages.access import Workspace, employer_page, refusal
from employer_portal.permissions import Action
from employer_portal.receipts import draw_receipt
from employer_portal.refund_steps import tracked
from employer_portal.refunds import mark_arrived
from employer_portal.templatetags.portal_money import language

MOVEMENTS_A_PAGE = 50


@never_cache
@require_safe
@employer_page(Action.VIEW_MONEY)
def money(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    charges = money_view.visible_charges(workspace.membership)
    page = Paginator(money_view.entries_of(charges), MOVEMENTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "workspace": workspace,
        "totals": money_view.totals_of(charges),
        "open_charges": money_view.open_charges(charges),
        "refunds": [tracked(refund) for refund in money_view.refunds_of(charges)],
        "page": page,
        "movements": money_view.movements(page.object_list, workspace.employer.pk),
        "can_pay": Action.PAY in workspace.actions,
    }
    return render(request, "employer_portal/money.html", context)


@require_safe
@employer_page(Action.VIEW_MONEY)
def ledger_csv(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Download every movement that one may see, for accounting."""
    charges = money_view.visible_charges(workspace.membership)
    lines = as_csv(money_view.ledger_lines(charges, workspace.employer.pk), language())
    return _download(lines.encode("utf-8-sig"), "text/csv; charset=utf-8", "ledger.csv")


@require_safe
@employer_page(Action.VIEW_MONEY)
def receipt(request: HttpRequest, workspace: Workspace, receipt_id: UUID) -> HttpResponse:
    """Download a receipt as PDF, in the language of the address."""
    charges = money_view.visible_charges(workspace.membership)
    found = get_object_or_404(Receipt.objects.filter(payment__charge__in=charges), pk=receipt_id)
    return _download(draw_receipt(found, language()), "application/pdf", f"{found}-{language()}.pdf")


@require_POST
@employer_page(Action.PAY)
def refund_arrived(request: HttpRequest, workspace: Workspace, refund_id: UUID) -> HttpResponse:
    """Note that the money of a refund is back."""
    charges = money_view.visible_charges(workspace.membership)
    refund = get_object_or_404(Refund.objects.filter(payment__charge__in=charges), pk=refund_id)
    try:
        mark_arrived(refund.pk, workspace.actor)
    except PaymentRefused as refused:
        return refusal(request, refused, HTTPStatus.CONFLICT)
    return redirect("employer_portal:money", employer_id=workspace.employer.pk)


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
