"""Groups of performing artists and their staff: filed together, so that the fee has a maximum."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eligibility.questionnaire.visit import language
from employer_portal.compliance_fee import group_fee_for
from employer_portal.drafts import begin_group, put_in_group
from employer_portal.errors import OfferMoveRefused, OfferNotReady, OfferNumberInvalid, OfferNumberTaken
from employer_portal.models import OfferGroup, OfferOfEmployment
from employer_portal.numbering import issues_numbers
from employer_portal.offer_check import OfferReport, check_offer
from employer_portal.offer_status import OfferStatus
from employer_portal.offers import submit_group
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.permissions import Action, check_may
from exemption_codes.releases import published_rulebook


@dataclass(frozen=True)
class GroupMember:
    """One offer of a group; `report` says what is left to do in a draft."""

    offer: OfferOfEmployment
    report: OfferReport | None

    @property
    def needs_number(self) -> bool:
        """Whether the official portal gave it a number that is recorded here, no fee being due."""
        fee = self.report.fee if self.report else None
        return not issues_numbers() and fee is not None and not fee.is_due


@require_http_methods(["GET", "HEAD", "POST"])
@employer_page()
def groups(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """List the groups; begin one."""
    if request.method == "POST":
        check_may(workspace.actor, Action.WRITE_OFFERS, workspace.employer)
        name = request.POST.get("name", "").replace("\x00", "").strip()
        if name:
            made = begin_group(workspace.employer, name, workspace.actor)
            return redirect("employer_portal:offer_group", employer_id=workspace.employer.pk, group_id=made.pk)
        messages.error(request, _("Give the group a name."))
    listed = OfferGroup.objects.filter(employer=workspace.employer).annotate(size=Count("offers")).order_by("name")
    context = {"workspace": workspace, "groups": listed, "may_write": Action.WRITE_OFFERS in workspace.actions}
    return render(request, "employer_portal/offers/groups.html", context)


@never_cache
@require_safe
@employer_page()
def group(request: HttpRequest, workspace: Workspace, group_id: UUID) -> HttpResponse:
    """Show the offers of a group, what is left to do in each, and what they cost together."""
    found = get_object_or_404(OfferGroup, pk=group_id, employer=workspace.employer)
    rulebook, today = published_rulebook(), timezone.localdate()
    members = [
        GroupMember(offer, check_offer(offer, today, rulebook) if offer.status == OfferStatus.DRAFT else None)
        for offer in workspace.offers.living().filter(group=found).select_related("employer").order_by("pk")
    ]
    reports = [member.report for member in members if member.report]
    decisions = [report.fee for report in reports if report.fee]
    fee = group_fee_for(decisions, today, rulebook) if decisions else None
    context = {
        "workspace": workspace,
        "group": found,
        "members": members,
        "fee": fee,
        "fee_cad": fee.total_cad.quantize(Decimal(1)) if fee else None,
        "fee_reason": fee.reason.in_language(language()) if fee else "",
        "is_ready": bool(reports) and all(report.is_ready for report in reports),
        "drafts": workspace.offers.drafts().filter(group=None).order_by("-updated_at")[:100],
        "may_write": Action.WRITE_OFFERS in workspace.actions,
        "may_submit": Action.SUBMIT in workspace.actions,
    }
    return render(request, "employer_portal/offers/group.html", context)


@require_POST
@employer_page(Action.WRITE_OFFERS)
def put(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    """Put a draft into a group, or take it out."""
    offer = workspace.offer(offer_id)
    wanted = request.POST.get("group", "")
    known = {str(one.pk): one for one in OfferGroup.objects.filter(employer=workspace.employer)}
    try:
        put_in_group(offer.pk, known.get(wanted), workspace.actor)
    except OfferMoveRefused as refused:
        messages.error(request, refused.text.in_language(language()))
    shown = known.get(wanted) or offer.group
    if shown is None:
        return redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=offer.pk)
    return redirect("employer_portal:offer_group", employer_id=workspace.employer.pk, group_id=shown.pk)


@require_POST
@employer_page(Action.SUBMIT)
def submit(request: HttpRequest, workspace: Workspace, group_id: UUID) -> HttpResponse:
    """Submit every draft of a group at once; one that is not ready keeps all of them back."""
    found = get_object_or_404(OfferGroup, pk=group_id, employer=workspace.employer)
    waiting = found.offers.drafts().order_by("pk").values_list("pk", flat=True)
    numbers = [request.POST.get(f"number-{key}", "") for key in waiting]
    try:
        filed = submit_group(found, workspace.actor, official_numbers=numbers)
    except OfferNotReady:
        messages.error(request, _("Nothing was submitted: an offer of the group is not ready."))
    except (OfferMoveRefused, OfferNumberInvalid, OfferNumberTaken) as refused:
        messages.error(request, refused.text.in_language(language()))
    else:
        if filed:
            messages.success(request, _("The group is submitted."))
    return redirect("employer_portal:offer_group", employer_id=workspace.employer.pk, group_id=found.pk)
