"""What is read beside an offer: its events and duties, receipts, refunds, and the employer itself."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from employer_portal.api import paging
from employer_portal.api.answers import duties_answer, employer_answer, event_answer, receipt_answer, refund_answer
from employer_portal.api.base import EmployerView
from employer_portal.api.documented import documented
from employer_portal.api.offers import rulebook
from employer_portal.api.serializers import (
    DutiesSerializer,
    EmployerSerializer,
    EventsSerializer,
    ReceiptPageSerializer,
    ReceiptSerializer,
    RefundPageSerializer,
)
from employer_portal.duties import WorkerCase, duties_for
from employer_portal.models import Receipt, Refund
from employer_portal.permissions import Action
from employer_portal.receipts import draw_receipt


class EmployerDetailView(EmployerView):
    @documented("get_employer", "Read the employer of the token", EmployerSerializer)
    def get(self, request: Request, employer_id: UUID) -> Response:
        return Response(employer_answer(self.token))


class EventsView(EmployerView):
    @documented(
        "list_events", "List the events of an offer", EventsSerializer, description="In the order they happened."
    )
    def get(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        events = self.offer(offer_id).events.select_related("by").order_by("pk")
        return Response({"results": [event_answer(event) for event in events]})


class DutiesView(EmployerView):
    @documented(
        "list_duties",
        "List what the employer owes for one worker",
        DutiesSerializer,
        refusals={503: "No catalogue has been published yet."},
        description="Each duty with its provision, the day it falls on as far as it is known, and the day it was done.",
    )
    def get(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        offer = self.offer(offer_id)
        case = WorkerCase(offer.permit_issued_on, offer.permit_expires_on, offer.first_day_on, offer.starts_on)
        today = timezone.localdate()
        duties = duties_for(case, today, rulebook())
        return Response({"results": duties_answer(duties, offer.duty_records.all(), today)})


class ReceiptsView(EmployerView):
    actions = {"GET": Action.VIEW_MONEY}
    query = paging.QUERY

    @documented("list_receipts", "List receipts", ReceiptPageSerializer, parameters=paging.PARAMETERS)
    def get(self, request: Request, employer_id: UUID) -> Response:
        receipts = Receipt.objects.filter(payment__charge__employer=self.employer)
        return paging.page_of(request, self, receipts, ("-serial",), receipt_answer)


class ReceiptView(EmployerView):
    actions = {"GET": Action.VIEW_MONEY}

    @documented("get_receipt", "Read a receipt", ReceiptSerializer)
    def get(self, request: Request, employer_id: UUID, receipt_id: UUID) -> Response:
        found = Receipt.objects.filter(payment__charge__employer=self.employer, pk=receipt_id).first()
        if found is None:
            raise Http404
        return Response(receipt_answer(found))


class ReceiptPdfView(EmployerView):
    actions = {"GET": Action.VIEW_MONEY}

    @documented(
        "get_receipt_pdf",
        "Read a receipt as PDF",
        {(200, "application/pdf"): OpenApiTypes.BINARY},
        refusals={503: "No catalogue has been published yet."},
        description="Accessible (PDF/UA), in the language asked for; the same for ever.",
    )
    def get(self, request: Request, employer_id: UUID, receipt_id: UUID) -> HttpResponse:
        found = Receipt.objects.filter(payment__charge__employer=self.employer, pk=receipt_id).first()
        if found is None:
            raise Http404
        rulebook()  # its words name the reason of the fee
        language = "fr" if get_language() == "fr" else "en"
        name = {"Content-Disposition": f'attachment; filename="{found}-{language}.pdf"'}
        return HttpResponse(draw_receipt(found, language), content_type="application/pdf", headers=name)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Whoever accepts PDF alone gets it; what is refused is told as JSON, as everywhere."""
        return super().perform_content_negotiation(request, force=True)


class RefundsView(EmployerView):
    actions = {"GET": Action.VIEW_MONEY}
    query = paging.QUERY

    @documented("list_refunds", "List refunds", RefundPageSerializer, parameters=paging.PARAMETERS)
    def get(self, request: Request, employer_id: UUID) -> Response:
        refunds = Refund.objects.filter(payment__charge__employer=self.employer).select_related("payment")
        return paging.page_of(request, self, refunds, ("-due_at", "-pk"), refund_answer)
