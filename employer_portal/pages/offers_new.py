"""Beginning an offer: from nothing, from a template of the position, or like one that is there; keeping templates."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from employer_portal.content import check_storable
from employer_portal.drafts import begin_alike, begin_from_template, begin_offer, delete_template, make_template
from employer_portal.errors import FieldsInvalid
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.offers_steps import step_address
from employer_portal.permissions import Action


@require_http_methods(["GET", "HEAD", "POST"])
@employer_page(Action.WRITE_OFFERS)
def offer_new(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Ask what to begin from; then begin the draft and open its first step."""
    templates = workspace.employer.templates.all()
    branches = list(workspace.employer.branches.order_by("name")) if not workspace.membership.branch_id else []
    if request.method != "POST":
        context = {"workspace": workspace, "templates": list(templates), "branches": branches}
        return render(request, "employer_portal/offers/new.html", context)
    chosen = request.POST.get("template", "")
    branch = next((one for one in branches if str(one.pk) == request.POST.get("branch")), None)
    if chosen:
        try:
            template = get_object_or_404(templates, pk=UUID(chosen))
        except ValueError:
            return redirect("employer_portal:offer_new", employer_id=workspace.employer.pk)
        offer = begin_from_template(template, workspace.actor, branch=branch)
    else:
        offer = begin_offer(workspace.employer, workspace.actor, branch=branch)
    return redirect(step_address(offer, "worker"))


@require_POST
@employer_page(Action.WRITE_OFFERS)
def alike(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    """Begin an offer for another worker, for the same position and places of work."""
    offer = begin_alike(workspace.offer(offer_id).pk, workspace.actor)
    messages.success(request, _("A new draft for the same position. Name the worker, and check the rest."))
    return redirect(step_address(offer, "worker"))


@require_POST
@employer_page(Action.WRITE_OFFERS)
def save_template(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    """Keep the position of an offer as a template; the same name takes the place of the earlier one."""
    offer = workspace.offer(offer_id)
    name = request.POST.get("name", "").strip()
    try:
        check_storable({"name": name})
        kept = make_template(offer.pk, name or offer.job_title or _("Template"), workspace.actor)
        messages.success(request, _("The position is kept as the template “%(name)s”.") % {"name": kept.name})
    except FieldsInvalid:
        messages.error(request, _("This name holds signs that cannot be kept."))
    return redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=offer.pk)


@require_POST
@employer_page(Action.WRITE_OFFERS)
def delete(request: HttpRequest, workspace: Workspace, template_id: UUID) -> HttpResponse:
    """Delete a template; the offers begun from it stay."""
    template = get_object_or_404(workspace.employer.templates, pk=template_id)
    delete_template(template, workspace.actor)
    messages.success(request, _("The template “%(name)s” is deleted.") % {"name": template.name})
    return redirect("employer_portal:offer_new", employer_id=workspace.employer.pk)
