"""What remains to do after filing: the agenda of all workers, one worker's days and papers, the list of duties."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from employer_portal import duty_calendar
from employer_portal.duty_lists import newer_duties, ten_responsibilities
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.penalties import employer_conditions
from employer_portal.permissions import Action
from exemption_codes.releases import published_rulebook

AGENDA_SHOWN = 20
WORKERS_A_PAGE = 25


@never_cache
@require_safe
@employer_page()
def duties(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    today, rulebook = timezone.localdate(), published_rulebook()
    everybody = [duty_calendar.duties_of(offer, today, rulebook) for offer in duty_calendar.workers(workspace.offers)]
    agenda = duty_calendar.agenda(everybody)
    context = {
        "workspace": workspace,
        "agenda": agenda[:AGENDA_SHOWN],
        "agenda_rest": max(0, len(agenda) - AGENDA_SHOWN),
        "late": sum(day.is_late for day in agenda),
        "page": Paginator(everybody, WORKERS_A_PAGE).get_page(request.GET.get("page")),
        "can_record": Action.RECORD_DUTIES in workspace.actions,
    }
    return render(request, "employer_portal/duties.html", context)


@never_cache
@require_safe
@employer_page()
def duty_worker(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    """Show the days of one worker, what was done, and the papers to have at hand."""
    duties = worker_duties(workspace, offer_id)
    context = {
        "workspace": workspace,
        "offer": duties.offer,
        "dated": [day for day in duties.days if day.due_on],
        "undated": [day for day in duties.days if day.due_on is None and day.can_be_done],
        "papers": duties.papers,
        "papers_at_hand": duties.papers_at_hand,
        "kept_until": duty_calendar.is_kept_until(duties.days),
        "can_record": Action.RECORD_DUTIES in workspace.actions,
    }
    return render(request, "employer_portal/duty_worker.html", context)


@require_safe
@employer_page()
def responsibilities(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Show the ten responsibilities, and those since, each with its provision and what breaking it would be."""
    today = timezone.localdate()
    types = {condition.item: condition.type for condition in employer_conditions(today, published_rulebook())}
    context = {
        "workspace": workspace,
        "ten": [(duty, types.get(duty.violation, "")) for duty in ten_responsibilities()],
        "newer": [(duty, types.get(duty.violation, "")) for duty in newer_duties(today)],
    }
    return render(request, "employer_portal/responsibilities.html", context)


def worker_duties(workspace: Workspace, offer_id: UUID) -> duty_calendar.WorkerDuties:
    """Return the duties for a worker that this person may see; 404 for all others."""
    offer = duty_calendar.workers(workspace.offers).filter(pk=offer_id).first()
    if offer is None:
        raise Http404
    return duty_calendar.duties_of(offer, timezone.localdate(), published_rulebook())
