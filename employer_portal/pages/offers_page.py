"""The page of one offer: its state, what may be done now, and what happened."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from employer_portal.pages.access import Workspace, employer_page


@require_safe
@employer_page()
def offer(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    found = workspace.offer(offer_id)
    return render(request, "employer_portal/offers/offer.html", {"workspace": workspace, "offer": found})
