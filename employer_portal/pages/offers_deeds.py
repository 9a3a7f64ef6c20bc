"""What an employer does with an offer as a whole: each is asked for once more on a page of its own, with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from eligibility.questionnaire.visit import language
from employer_portal import drafts, offers
from employer_portal.actors import Actor
from employer_portal.errors import ActionNotAllowed, OfferMoveRefused
from employer_portal.models import OfferOfEmployment
from employer_portal.offer_status import Event, Party
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.offers_steps import step_address
from employer_portal.pages.offers_words import Said
from employer_portal.permissions import Action
from employer_portal.policies import open_events


@dataclass(frozen=True)
class Deed:
    """One thing to do: by which event, with which right, and the words of its page."""

    event: Event
    action: Action
    button: Said
    title: Said
    explains: Said
    done: Said
    do: Callable[[UUID, Actor, str], OfferOfEmployment]
    asks_reason: bool = False
    is_grave: bool = False
    opens_draft: bool = False


DEEDS: dict[str, Deed] = {
    "correct": Deed(
        Event.WITHDRAW,
        Action.WITHDRAW,
        gettext_lazy("Correct it"),
        gettext_lazy("Correct this offer"),
        gettext_lazy(
            "A filed offer is never changed. In one step it is withdrawn, its number dies, the fee it cost is paid "
            "back, and a copy is opened for you to correct. The copy is declared, submitted and paid anew. Tell the "
            "worker not to use the old number."
        ),
        gettext_lazy("The offer is withdrawn, and this is its copy. Correct it, declare and submit it again."),
        offers.correct_offer,
        asks_reason=True,
        opens_draft=True,
    ),
    "withdraw": Deed(
        Event.WITHDRAW,
        Action.WITHDRAW,
        gettext_lazy("Withdraw"),
        gettext_lazy("Withdraw this offer"),
        gettext_lazy(
            "Its number dies and is never given again. The fee it cost is paid back to where it came from, which can "
            "take months. Tell the worker not to use the number."
        ),
        gettext_lazy("The offer is withdrawn."),
        offers.withdraw_offer,
        asks_reason=True,
        is_grave=True,
    ),
    "request-withdrawal": Deed(
        Event.REQUEST_WITHDRAWAL,
        Action.WITHDRAW,
        gettext_lazy("Ask for its withdrawal"),
        gettext_lazy("Ask for the withdrawal of this offer"),
        gettext_lazy(
            "An application is linked to this offer already, so only the department can withdraw it, as long as no "
            "permit is printed. This writes the message for you to send, and follows what becomes of it."
        ),
        gettext_lazy("The request is noted. Send the message below to the department."),
        offers.request_withdrawal,
        asks_reason=True,
        is_grave=True,
    ),
    "cancel": Deed(
        Event.CANCEL,
        Action.SUBMIT,
        gettext_lazy("Take it back to change it"),
        gettext_lazy("Take the submission back"),
        gettext_lazy(
            "Nothing was paid yet, so the offer becomes a draft again, with its whole group where it was filed with "
            "others. You can change and submit it again."
        ),
        gettext_lazy("The offer is a draft again."),
        lambda key, actor, _reason: offers.cancel_submission(key, actor),
        opens_draft=True,
    ),
    "delete": Deed(
        Event.DELETE,
        Action.WRITE_OFFERS,
        gettext_lazy("Delete the draft"),
        gettext_lazy("Delete this draft"),
        gettext_lazy("It leaves the list, and can be restored from the deleted drafts."),
        gettext_lazy("The draft is deleted. You can restore it."),
        lambda key, actor, _reason: drafts.delete_draft(key, actor),
        is_grave=True,
    ),
    "restore": Deed(
        Event.RESTORE,
        Action.WRITE_OFFERS,
        gettext_lazy("Restore the draft"),
        gettext_lazy("Restore this draft"),
        gettext_lazy("It is in the list again as it was."),
        gettext_lazy("The draft is restored."),
        lambda key, actor, _reason: drafts.restore_draft(key, actor),
    ),
    "duplicate": Deed(
        Event.DUPLICATE,
        Action.WRITE_OFFERS,
        gettext_lazy("Copy to a new draft"),
        gettext_lazy("Copy this offer to a new draft"),
        gettext_lazy("The copy has its fields, but no number, fee, claim or declarations."),
        gettext_lazy("This is the copy. Check what changed, then declare and submit it."),
        lambda key, actor, _reason: drafts.duplicate_offer(key, actor),
        opens_draft=True,
    ),
}


def open_deeds(workspace: Workspace, offer: OfferOfEmployment) -> dict[str, Deed]:
    """Return what this person may do with an offer in its state."""
    events = open_events(offer, Party.EMPLOYER)
    return {name: deed for name, deed in DEEDS.items() if deed.event in events and deed.action in workspace.actions}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page()
def deed(request: HttpRequest, workspace: Workspace, offer_id: UUID, deed: str) -> HttpResponse:
    """Ask once more, then do it; what the state no longer allows leads back to the offer, which says why."""
    found, offer = DEEDS.get(deed), workspace.offer(offer_id)
    if found is None:
        raise Http404
    if found.action not in workspace.actions:
        raise ActionNotAllowed(found.action)
    if request.method != "POST" and found.event in open_events(offer, Party.EMPLOYER):
        return render(
            request, "employer_portal/offers/deed.html", {"workspace": workspace, "offer": offer, "deed": found}
        )
    if request.method != "POST":
        messages.info(request, _("The offer is in another state now."))
        return redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=offer.pk)
    return _do(request, workspace, offer, found)


def _do(request: HttpRequest, workspace: Workspace, offer: OfferOfEmployment, deed: Deed) -> HttpResponse:
    try:
        done = deed.do(offer.pk, workspace.actor, request.POST.get("reason", "").strip())
    except OfferMoveRefused as refused:
        messages.warning(request, refused.text.in_language(language()))
        return redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=offer.pk)
    messages.success(request, str(deed.done))
    if deed.opens_draft:
        return redirect(step_address(done, "check"))
    return redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=done.pk)
