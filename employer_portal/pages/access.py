"""Who may open a page of an employer. Another's employer or offer is not there at all: 404, whatever is guessed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate
from urllib.parse import urlencode
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from employer_portal.actors import Actor, person
from employer_portal.errors import ActionNotAllowed, PortalError
from employer_portal.models import NEEDS_SECOND_FACTOR, Employer, Membership, OfferOfEmployment
from employer_portal.models.offers import OfferQuerySet
from employer_portal.permissions import Action, actions_of, visible_offers


@dataclass(frozen=True)
class Workspace:
    """An employer as one person may see and change it, for one request."""

    membership: Membership
    actor: Actor

    @property
    def employer(self) -> Employer:
        return self.membership.employer

    @property
    def actions(self) -> frozenset[Action]:
        return actions_of(self.membership)

    @property
    def offers(self) -> OfferQuerySet:
        """The offers that this person may see."""
        return visible_offers(self.membership)

    def offer(self, offer_id: UUID) -> OfferOfEmployment:
        """Return an offer that this person may see; 404 for every other, present or not."""
        return get_object_or_404(self.offers, pk=offer_id)


EmployerView = Callable[Concatenate[HttpRequest, Workspace, ...], HttpResponse]


def employer_page(action: Action = Action.VIEW) -> Callable[[EmployerView], Callable[..., HttpResponse]]:
    """Let a view be opened only by those who may take this action for the employer named in the address.

    The view is given the request, the workspace and the rest of the address. A primary user or representative without a
    second factor is sent to set one up first. What the portal refuses later (ActionNotAllowed) is a page with 403.
    """

    def decorate(view: EmployerView) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, employer_id: UUID, **rest: Any) -> HttpResponse:
            workspace = _workspace(request, employer_id)
            if workspace.membership.role in NEEDS_SECOND_FACTOR and not is_mfa_enabled(request.user):
                return _to_second_factor(request, employer_id)
            request.workspace = workspace  # type: ignore[attr-defined]  # templates show it: who, for whom
            try:
                if action not in workspace.actions:
                    raise ActionNotAllowed(action)
                return view(request, workspace, **rest)
            except ActionNotAllowed as refused:
                return refusal(request, refused, HTTPStatus.FORBIDDEN)

        return guarded

    return decorate


def _to_second_factor(request: HttpRequest, employer_id: UUID) -> HttpResponse:
    """Send somebody to set up the second step, and let them come back to the page that they asked for."""
    address = reverse("employer_portal:second_factor", kwargs={"employer_id": employer_id})
    asked = f"?{urlencode({'next': request.get_full_path()}, safe='/')}" if request.method == "GET" else ""
    return redirect(address + asked)


def _workspace(request: HttpRequest, employer_id: UUID) -> Workspace:
    assert request.user.is_authenticated
    present = Membership.objects.present().select_related("employer", "branch")
    membership = present.filter(user=request.user, employer_id=employer_id).first()
    if membership is None:
        raise Http404
    return Workspace(membership, person(request.user))


def refusal(request: HttpRequest, error: PortalError, status: HTTPStatus) -> HttpResponse:
    """Return a page that says why something is refused."""
    context = {
        "why": error.text.in_language(get_language() or "en"),
        "is_about_role": isinstance(error, ActionNotAllowed),
    }
    return render(request, "employer_portal/refused.html", context, status=status)
