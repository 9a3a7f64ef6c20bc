"""The portal's front page: the employers that one acts for; and the page that asks for a second factor."""

from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from employer_portal.models import Membership


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """List the workspaces of a person; who has only one goes there at once."""
    assert request.user.is_authenticated
    memberships = Membership.objects.present().filter(user=request.user).select_related("employer", "branch")
    ordered = list(memberships.order_by("employer__legal_name"))
    if len(ordered) == 1 and "all" not in request.GET:
        return redirect("employer_portal:dashboard", employer_id=ordered[0].employer_id)
    return render(request, "employer_portal/home.html", {"memberships": ordered})


@login_required
def second_factor(request: HttpRequest, employer_id: UUID) -> HttpResponse:
    """Say that this role needs a second step at sign-in, and lead to it."""
    membership = get_object_or_404(
        Membership.objects.present().select_related("employer"), user_id=request.user.pk, employer_id=employer_id
    )
    if is_mfa_enabled(request.user):
        return redirect("employer_portal:dashboard", employer_id=employer_id)
    return render(request, "employer_portal/second_factor.html", {"membership": membership})
