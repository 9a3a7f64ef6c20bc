"""The portal's front page: the employers that one acts for; enrolling one; and the way to a second factor."""

from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from employer_portal.errors import PortalError
from employer_portal.mails import write_in
from employer_portal.memberships import invitations_for
from employer_portal.models import Membership
from employer_portal.pages.profile_forms import EnrolForm
from employer_portal.profiles import enrol_employer
from exemption_codes.releases import published_rulebook

GOING_TO = "portal_going_to"


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """List the workspaces of a person and the invitations that wait for them; who has only one goes there at once."""
    assert request.user.is_authenticated
    memberships = Membership.objects.present().filter(user=request.user).select_related("employer", "branch")
    ordered = list(memberships.order_by("employer__legal_name"))
    invitations = invitations_for(request.user)
    if len(ordered) == 1 and not invitations and "all" not in request.GET:
        return redirect("employer_portal:dashboard", employer_id=ordered[0].employer_id)
    context = {"memberships": ordered, "invitations": invitations}
    return render(request, "employer_portal/home.html", context)


@login_required
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol an employer and become its primary user; sent twice, the form enrols once."""
    assert request.user.is_authenticated
    initial = {"contact_email": request.user.email}
    form = EnrolForm(request.POST or None, rulebook=published_rulebook(), initial=initial)
    if request.method == "POST" and form.is_valid():
        contact, key = form.contact(), form.cleaned_data["enrolment"]
        try:
            employer = enrol_employer(request.user, form.profile(), contact, key)
        except PortalError as error:
            form.refuse(error)
        else:
            write_in(request.user, get_language() or "en")
            messages.success(request, _("%(employer)s is enrolled.") % {"employer": employer.name})
            return redirect("employer_portal:dashboard", employer_id=employer.pk)
    return render(request, "employer_portal/enrol.html", {"form": form})


@login_required
def second_factor(request: HttpRequest, employer_id: UUID) -> HttpResponse:
    """Say that this role needs a second step at sign-in, lead to it, and then on to where one was going."""
    membership = get_object_or_404(
        Membership.objects.present().select_related("employer"), user_id=request.user.pk, employer_id=employer_id
    )
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        request.session[GOING_TO] = wanted
    if is_mfa_enabled(request.user):
        overview = reverse("employer_portal:dashboard", kwargs={"employer_id": employer_id})
        return redirect(request.session.pop(GOING_TO, overview))
    request.session.setdefault(GOING_TO, request.path.removesuffix("second-factor/"))
    return render(request, "employer_portal/second_factor.html", {"membership": membership})


@login_required
def go_on(request: HttpRequest) -> HttpResponse:
    """Lead from the pages of one's account back to where one was going before the second step was set up."""
    return redirect(request.session.pop(GOING_TO, reverse("employer_portal:home")))
