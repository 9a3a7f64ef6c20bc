"""Two people wrote the same field: before, theirs and yours side by side, and a choice for each."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from eligibility.questionnaire.visit import language
from employer_portal.errors import OfferMoveRefused, StaleDraft
from employer_portal.merging import Comparison, compare, late_save, settle
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.offers_said import field_label, said_value
from employer_portal.pages.offers_steps import step_address
from employer_portal.pages.offers_typed import seen_version
from employer_portal.permissions import Action
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import published_rulebook


@dataclass(frozen=True)
class Conflict:
    name: str
    label: str
    before: str
    theirs: str
    yours: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page(Action.WRITE_OFFERS)
def offer_compare(request: HttpRequest, workspace: Workspace, offer_id: UUID, late_id: int) -> HttpResponse:
    """Show where a late save and the stored draft differ; save what is chosen for each field."""
    offer = workspace.offer(offer_id)
    late = late_save(offer, late_id)
    if late is None:
        raise Http404
    comparison = compare(late, offer)
    if request.method != "POST":
        return _show(request, workspace, comparison)
    mine = {name for name in comparison.conflicts if request.POST.get(name) == "yours"}
    try:
        settle(comparison, seen_version(request.POST, offer), mine, workspace.actor)
    except StaleDraft as stale:
        return redirect("employer_portal:offer_compare", workspace.employer.pk, offer.pk, stale.kept_id)
    except OfferMoveRefused as refused:
        messages.error(request, refused.text.in_language(language()))
        return redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=offer.pk)
    messages.success(request, _("The draft holds what you chose."))
    return redirect(step_address(offer, "check"))


def _show(request: HttpRequest, workspace: Workspace, comparison: Comparison) -> HttpResponse:
    rulebook = published_rulebook()
    context = {
        "workspace": workspace,
        "offer": comparison.offer,
        "late": comparison.late,
        "conflicts": [_conflict(name, values, rulebook) for name, values in comparison.conflicts.items()],
        "only_late": [
            (field_label(name), said_value(name, new, rulebook)) for name, new in comparison.only_late.items()
        ],
    }
    return render(request, "employer_portal/offers/compare.html", context)


def _conflict(name: str, values: tuple[Any, Any, Any], rulebook: Rulebook) -> Conflict:
    before, theirs, yours = (said_value(name, value, rulebook) for value in values)
    return Conflict(name, field_label(name), before, theirs, yours)
