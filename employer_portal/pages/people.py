"""The people of an employer: who they are, invitations, changes, removal."""

from dataclasses import dataclass
from http import HTTPStatus

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from employer_portal.errors import LastPrimaryUser, PortalError
from employer_portal.mails import send_invitation
from employer_portal.memberships import Invited, change_membership, invite, remove_member, revoke_invitation
from employer_portal.models import NEEDS_SECOND_FACTOR, Invitation, Membership, Role
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.people_forms import InviteForm, MembershipForm, reach_values
from employer_portal.permissions import Action

RULES_PEOPLE = Action.INVITE_TO_BRANCH


@dataclass(frozen=True)
class Member:
    """One line of the page of people."""

    membership: Membership
    has_second_factor: bool
    is_oneself: bool
    may_change: bool

    @property
    def lacks_second_factor(self) -> bool:
        return not self.has_second_factor and self.membership.role in NEEDS_SECOND_FACTOR


@employer_page()
def people(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """List the people; who does not rule over them sees only themself and whom to ask."""
    rules = RULES_PEOPLE in workspace.actions
    seen = list(_seen(workspace).select_related("user", "branch").order_by("added_at"))
    secured = set(
        Authenticator.objects.filter(user__in=[member.user_id for member in seen])
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user_id", flat=True)
    )
    own = workspace.membership.pk
    ruled = set(_ruled(workspace).values_list("pk", flat=True)) if rules else set()
    members = [Member(each, each.user_id in secured, each.pk == own, each.pk in ruled) for each in seen]
    context = {
        "workspace": workspace,
        "members": members,
        "rules": rules,
        "invitations": _pending(workspace).select_related("branch") if rules else [],
    }
    return render(request, "employer_portal/people.html", context)


@employer_page(RULES_PEOPLE)
def invite_person(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    initial = {"language": get_language(), "role": Role.SECONDARY}
    form = InviteForm(request.POST or None, giver=workspace.membership, initial=initial)
    if request.method == "POST" and form.is_valid():
        email, language = form.cleaned_data["email"], form.cleaned_data["language"]
        try:
            invited = invite(workspace.employer, email, actor=workspace.actor, **form.reach())
        except PortalError as error:
            form.refuse(error)
        else:
            _mail(request, invited, language)
            return redirect("employer_portal:people", employer_id=workspace.employer.pk)
    return render(request, "employer_portal/invite.html", {"workspace": workspace, "form": form})


@require_POST
@employer_page(RULES_PEOPLE)
def revoke(request: HttpRequest, workspace: Workspace, invitation_id: int) -> HttpResponse:
    invitation = get_object_or_404(_pending(workspace), pk=invitation_id)
    revoke_invitation(invitation.pk, workspace.actor)
    messages.success(request, _("The invitation is revoked; its link no longer works."))
    return redirect("employer_portal:people", employer_id=workspace.employer.pk)


@employer_page(RULES_PEOPLE)
def change_member(request: HttpRequest, workspace: Workspace, membership_id: int) -> HttpResponse:
    member = get_object_or_404(_ruled(workspace).select_related("user"), pk=membership_id)
    form = MembershipForm(request.POST or None, giver=workspace.membership, initial=reach_values(member))
    if request.method == "POST" and form.is_valid():
        try:
            licence = form.cleaned_data["licence_number"]
            change_membership(member.pk, workspace.actor, **form.reach(), licence_number=licence)
        except LastPrimaryUser as error:
            form.refuse(error)
        else:
            messages.success(request, _("The change is saved and counts at once."))
            return redirect("employer_portal:people", employer_id=workspace.employer.pk)
    context = {"workspace": workspace, "form": form, "member": member}
    return render(request, "employer_portal/member_form.html", context)


@employer_page()
def remove(request: HttpRequest, workspace: Workspace, membership_id: int) -> HttpResponse:
    """Ask first, then end a membership at once; everybody may end their own."""
    reachable = _ruled(workspace) if RULES_PEOPLE in workspace.actions else Membership.objects.none()
    own = Membership.objects.present().filter(pk=workspace.membership.pk)
    member = get_object_or_404((reachable | own).select_related("user"), pk=membership_id)
    is_oneself, why = member.pk == workspace.membership.pk, ""
    if request.method == "POST":
        try:
            remove_member(member.pk, workspace.actor)
        except LastPrimaryUser as error:
            why = error.text.in_language(get_language() or "en")
        else:
            messages.success(request, _("The person no longer acts for this employer."))
            if is_oneself:
                return redirect("employer_portal:home")
            return redirect("employer_portal:people", employer_id=workspace.employer.pk)
    context = {"workspace": workspace, "member": member, "is_oneself": is_oneself, "why": why}
    return render(
        request, "employer_portal/member_remove.html", context, status=HTTPStatus.CONFLICT if why else HTTPStatus.OK
    )


def _mail(request: HttpRequest, invited: Invited, language: str) -> None:
    """Mail an invitation, and say so; it stays when no mail server takes the message."""
    email = invited.invitation.email
    try:
        send_invitation(invited, language)
    except OSError:
        messages.error(
            request,
            _("%(email)s is invited, but the message could not be sent. Invite again later.") % {"email": email},
        )
    else:
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})


def _seen(workspace: Workspace) -> QuerySet[Membership]:
    """Return whom a member sees: everybody they rule over; else themself and the primary users."""
    present = Membership.objects.present().filter(employer=workspace.employer)
    if Action.MANAGE_PEOPLE in workspace.actions:
        return present
    whom_to_ask = Q(role=Role.PRIMARY, branch=None) | Q(pk=workspace.membership.pk)
    branch = workspace.membership.branch_id
    if branch:
        whom_to_ask |= Q(branch=branch) if RULES_PEOPLE in workspace.actions else Q(branch=branch, role=Role.PRIMARY)
    return present.filter(whom_to_ask)


def _ruled(workspace: Workspace) -> QuerySet[Membership]:
    """Return the members whose role and reach this person may change."""
    present = Membership.objects.present().filter(employer=workspace.employer)
    branch = workspace.membership.branch_id
    return present.filter(branch=branch).exclude(role=Role.PRIMARY) if branch else present


def _pending(workspace: Workspace) -> QuerySet[Invitation]:
    """Return the invitations that wait for an answer, or waited in vain."""
    waiting = Invitation.objects.filter(employer=workspace.employer, accepted_at__isnull=True, revoked_at__isnull=True)
    branch = workspace.membership.branch_id
    return waiting.filter(branch=branch) if branch else waiting
