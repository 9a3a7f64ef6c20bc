"""Beginning an offer: from nothing, or from a template of the position."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from employer_portal.drafts import begin_from_template, begin_offer
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.permissions import Action


@require_http_methods(["GET", "HEAD", "POST"])
@employer_page(Action.WRITE_OFFERS)
def offer_new(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Ask what to begin from; then begin the draft and open it."""
    templates = workspace.employer.templates.all()
    if request.method != "POST":
        return render(
            request, "employer_portal/offers/new.html", {"workspace": workspace, "templates": list(templates)}
        )
    chosen = request.POST.get("template", "")
    if chosen:
        try:
            template = get_object_or_404(templates, pk=UUID(chosen))
        except ValueError:
            return redirect("employer_portal:offer_new", employer_id=workspace.employer.pk)
        offer = begin_from_template(template, workspace.actor)
    else:
        offer = begin_offer(workspace.employer, workspace.actor)
    return redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=offer.pk)
