"""The page of one offer: its state, what may be done now, what happened, and everything it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from eligibility.questionnaire.visit import language
from employer_portal.content import content_of
from employer_portal.models import DraftVersion, OfferEvent, OfferOfEmployment
from employer_portal.offer_check import acknowledged_warnings, check_offer
from employer_portal.offer_status import EVENT_WORDS, STATUS_WORDS, Event, OfferStatus, Party
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.offers_deeds import open_deeds
from employer_portal.pages.offers_invited import worker_context
from employer_portal.pages.offers_said import field_label, said_steps, said_value
from employer_portal.permissions import Action
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import published_rulebook


@dataclass(frozen=True)
class SaidEvent:
    """One entry of the time line; saves that follow one another are one entry."""

    at: datetime
    what: str
    who: str
    reason: str
    state: str
    count: int = 1


@dataclass(frozen=True)
class Acknowledged:
    """A warning, and the reason why it is right so."""

    text: str
    provision: str
    reason: str


@never_cache
@require_safe
@employer_page()
def offer(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    found = workspace.offer(offer_id)
    rulebook = published_rulebook()
    filed = found.snapshot or content_of(found)
    context = {
        "workspace": workspace,
        "offer": found,
        "is_draft": found.status == OfferStatus.DRAFT,
        "deeds": open_deeds(workspace, found),
        "may_write": Action.WRITE_OFFERS in workspace.actions,
        "may_pay": Action.PAY in workspace.actions and found.status == OfferStatus.AWAITING_FEE,
        "may_upload": Action.UPLOAD in workspace.actions and found.status != OfferStatus.DELETED,
        "file_count": found.files.filter(removed_at=None).count(),
        "parts": said_steps(filed, rulebook),
        "timeline": timeline(found),
        "versions": found.versions.select_related("saved_by").defer("content").order_by("-id")[:20],
        "copies": list(found.copies.only("id", "number", "status")),
        "checked": checked_when_filed(found),
        "acknowledged": acknowledged(found, rulebook),
        **_money(workspace, found),
        **worker_context(workspace, found, request.session.pop("worker_link", "")),
    }
    return render(request, "employer_portal/offers/offer.html", context)


@never_cache
@require_safe
@employer_page()
def version(request: HttpRequest, workspace: Workspace, offer_id: UUID, version_id: int) -> HttpResponse:
    """Show what one save of a draft changed, or would have changed had it not come too late."""
    found = workspace.offer(offer_id)
    kept = DraftVersion.objects.filter(offer=found, pk=version_id).select_related("saved_by").first()
    if kept is None:
        raise Http404
    before = DraftVersion.objects.filter(offer=found, number=kept.based_on).first()
    context = {
        "workspace": workspace,
        "offer": found,
        "version": kept,
        "changes": changes(before.content if before else {}, kept.content, published_rulebook()),
    }
    return render(request, "employer_portal/offers/version.html", context)


def changes(before: Mapping[str, Any], after: Mapping[str, Any], rulebook: Rulebook) -> list[tuple[str, str, str]]:
    """Return the fields that differ between two contents: label, before and after, in words."""
    names = [name for name in after if before.get(name) != after[name]]
    said = [
        (field_label(name), said_value(name, before.get(name), rulebook), said_value(name, after[name], rulebook))
        for name in names
    ]
    return [one for one in said if one[1] != one[2]]


def timeline(offer: OfferOfEmployment) -> list[SaidEvent]:
    """Return what happened, the latest first."""
    said: list[SaidEvent] = []
    for event in offer.events.select_related("by").order_by("id"):
        entry = _said_event(event)
        last = said[-1] if said else None
        if last and event.event == Event.SAVE and (last.what, last.who) == (entry.what, entry.who):
            said[-1] = SaidEvent(entry.at, entry.what, entry.who, "", entry.state, last.count + 1)
        else:
            said.append(entry)
    return said[::-1]


def checked_when_filed(offer: OfferOfEmployment) -> Mapping[str, Any]:
    """Return what the check said when the offer was filed last: code, outcome, provisions of the fee."""
    if offer.snapshot is None:
        return {}
    filed = offer.events.filter(event=Event.SUBMIT).order_by("-id").first()
    return filed.details if filed else {}


def acknowledged(offer: OfferOfEmployment, rulebook: Rulebook) -> list[Acknowledged]:
    """Return the warnings that somebody gave a reason for: as they were when it was filed, of a draft as they are."""
    if not offer.acknowledged:
        return []
    if offer.snapshot is None:
        kept = acknowledged_warnings(offer, check_offer(offer, timezone.localdate(), rulebook))
    else:
        # Offers that were filed before the texts were kept have the reasons alone.
        kept = offer.snapshot.get("warnings") or [{"reason": reason} for reason in offer.acknowledged.values()]
    return [Acknowledged(one.get(language(), ""), one.get("provision", ""), one["reason"]) for one in kept]


def _said_event(event: OfferEvent) -> SaidEvent:
    here = language()
    moved = event.source != event.target
    return SaidEvent(
        event.at,
        EVENT_WORDS[Event(event.event)].in_language(here),
        _who(event),
        event.reason,
        STATUS_WORDS[OfferStatus(event.target)].in_language(here) if moved else "",
    )


def _who(event: OfferEvent) -> str:
    if event.party == Party.EMPLOYER:
        name = (event.by.get_full_name() or event.by.email) if event.by else _("an account that was erased")
        return f"{name} ({event.on_behalf})" if event.on_behalf else name
    words = {
        Party.STAFF: _("staff of this site"),
        Party.PROVIDER: _("the payment provider"),
        Party.SYSTEM: _("this site, by the calendar"),
    }
    return words[Party(event.party)]


def _money(workspace: Workspace, offer: OfferOfEmployment) -> Mapping[str, Any]:
    """Return the charge of an offer with its receipt and refund, to who may see money."""
    if Action.VIEW_MONEY not in workspace.actions or offer.charge is None:
        return {}
    paid = offer.charge.payments.filter(settles=True).select_related("receipt").first()
    return {
        "charge": offer.charge,
        "receipt": getattr(paid, "receipt", None),
        "refunds": list(offer.refunds.all()),
    }
