"""The worker of an offer: inviting them to confirm what stands in their passport, and what they said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from eligibility.questionnaire.visit import language
from employer_portal.errors import FieldsInvalid
from employer_portal.mails import address, send
from employer_portal.models import OfferOfEmployment, WorkerConfirmation
from employer_portal.offer_status import OfferStatus
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.offers_said import field_label, said_value
from employer_portal.permissions import Action
from employer_portal.workers import differences, invite_worker
from exemption_codes.releases import published_rulebook

LIVING = frozenset({OfferStatus.DRAFT, OfferStatus.AWAITING_FEE, OfferStatus.ISSUED, OfferStatus.MATCHED})


@dataclass(frozen=True)
class Differing:
    label: str
    offer: str
    worker: str


@require_POST
@employer_page(Action.INVITE_WORKER)
def invite(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    """Mail the worker a secret link, in the language they read; the link is also shown once, to hand over."""
    offer = workspace.offer(offer_id)
    spoken = "fr" if request.POST.get("language") == "fr" else "en"
    back = redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=offer.pk)
    try:
        confirmation, secret = invite_worker(offer.pk, request.POST.get("email", ""), spoken, workspace.actor)
    except FieldsInvalid as invalid:
        messages.error(request, " ".join(text.in_language(language()) for text in invalid.fields.values()))
        return back
    with override(spoken):
        link = address("employer_portal:worker", token=secret)
    request.session["worker_link"] = link
    try:
        send("worker", confirmation.email, spoken, {"confirmation": confirmation, "offer": offer, "link": link})
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": confirmation.email})
    except OSError:
        messages.warning(request, _("The mail could not be sent. Give the worker the link below yourself."))
    return back


def worker_context(workspace: Workspace, offer: OfferOfEmployment, link: str) -> Mapping[str, Any]:
    """Return what the page of an offer shows of its worker’s own word."""
    links = list(offer.confirmations.filter(revoked_at__isnull=True))
    said = next((one for one in links if one.confirmed_at), None)
    now = timezone.now()
    return {
        "confirmation": said,
        "differing": _differing(offer, said) if said else [],
        "invited": next((one for one in links if not one.confirmed_at and one.expires_at > now), None),
        "may_invite": Action.INVITE_WORKER in workspace.actions and offer.status in LIVING,
        "worker_link": link,
    }


def _differing(offer: OfferOfEmployment, said: WorkerConfirmation) -> list[Differing]:
    rulebook = published_rulebook()
    return [
        Differing(field_label(name), said_value(name, mine, rulebook), said_value(name, theirs, rulebook))
        for name, (mine, theirs) in differences(offer, said).items()
    ]
