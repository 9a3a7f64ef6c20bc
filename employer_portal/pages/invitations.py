"""Answering an invitation: by the link of the message, or from the front page once signed in."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from employer_portal.errors import InvitationInvalid
from employer_portal.mails import write_in
from employer_portal.memberships import accept_found, find_invitation, invitations_for, is_addressed_to
from employer_portal.models import Invitation, InvitationState, Role
from employer_portal.pages.people_forms import LicenceForm


@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one is invited to; the secret of the message opens it, the right address accepts it."""
    try:
        invitation = find_invitation(token)
    except InvitationInvalid:
        return _closed(request, "unknown", HTTPStatus.NOT_FOUND)
    if invitation.state is not InvitationState.OPEN:
        return _closed(request, invitation.state.value, HTTPStatus.GONE)
    if not request.user.is_authenticated:
        return render(request, "employer_portal/invitation_entrance.html", {"invitation": invitation})
    if not is_addressed_to(invitation, request.user):
        return _closed(request, "other_address", HTTPStatus.FORBIDDEN)
    return _answer(request, invitation)


@never_cache
@login_required
def own(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Answer an invitation that was sent to a verified address of oneself."""
    assert request.user.is_authenticated
    mine = {invitation.pk: invitation for invitation in invitations_for(request.user)}
    if invitation_id not in mine:
        return _closed(request, "unknown", HTTPStatus.NOT_FOUND)
    return _answer(request, mine[invitation_id])


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    assert request.user.is_authenticated
    form = LicenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            membership = accept_found(invitation.pk, request.user, form.cleaned_data["licence_number"])
        except InvitationInvalid:
            invitation.refresh_from_db()
            return _closed(request, invitation.state.value, HTTPStatus.GONE)
        write_in(request.user, get_language() or "en")
        messages.success(request, _("You now act for %(employer)s.") % {"employer": membership.employer.name})
        return redirect("employer_portal:dashboard", employer_id=membership.employer_id)
    context = {"invitation": invitation, "form": form, "asks_licence": invitation.role == Role.REPRESENTATIVE}
    return render(request, "employer_portal/invitation.html", context)


def _closed(request: HttpRequest, why: str, status: HTTPStatus) -> HttpResponse:
    return render(request, "employer_portal/invitation_closed.html", {"why": why}, status=status)
