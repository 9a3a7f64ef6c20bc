"""Who acts for an employer: invite, accept, change, remove. With profiles.py the only writer of employers' people."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from employer_portal.actors import Actor
from employer_portal.content import read_email, storable
from employer_portal.errors import ActionNotAllowed, FieldsInvalid, InvitationInvalid, LastPrimaryUser
from employer_portal.models import Branch, Employer, Invitation, InvitationState, Membership, Role
from employer_portal.permissions import Action, check_may, membership_of
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_WAITING = 200
_MANY = Text(
    en="Too many invitations wait for an answer; revoke some first.",
    fr="Trop d’invitations attendent une réponse; révoquez-en d’abord.",
)


@dataclass(frozen=True)
class Invited:
    """An invitation with its secret, which is mailed and never kept."""

    invitation: Invitation
    token: str


@in_transaction
def invite(
    employer: Employer,
    email: str,
    role: Role,
    actor: Actor,
    *,
    branch: Branch | None = None,
    own_offers_only: bool = False,
) -> Invited:
    """Invite somebody to act for an employer; an earlier open invitation of the same address is revoked.

    The primary user of a branch may invite to that branch, and no other primary users. Raises ActionNotAllowed,
    FieldsInvalid.
    """
    _check_may_give(actor, employer, role, branch)
    email = read_email(email)
    open_ones = Invitation.objects.filter(employer=employer, email__iexact=email, accepted_at__isnull=True)
    open_ones.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
    waiting = Invitation.objects.filter(employer=employer, accepted_at__isnull=True, revoked_at__isnull=True)
    if waiting.count() >= MOST_WAITING:
        raise FieldsInvalid({"email": _MANY})
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        employer=employer, branch=branch, email=email, role=role, own_offers_only=own_offers_only,
        token_hash=token_hash(token), invited_by=actor.user,
        expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )  # fmt: skip
    return Invited(invitation, token)


def find_invitation(token: str) -> Invitation:
    """Return the invitation of a secret link in whatever state; raises InvitationInvalid for a link nobody sent."""
    found = Invitation.objects.select_related("employer", "branch").filter(token_hash=token_hash(token)).first()
    if found is None:
        raise InvitationInvalid
    return found


def open_invitation(token: str) -> Invitation:
    """Return the invitation of a secret link, while it can be used; raises InvitationInvalid otherwise."""
    found = find_invitation(token)
    if found.state is not InvitationState.OPEN:
        raise InvitationInvalid
    return found


def invitations_for(user: "User") -> list[Invitation]:
    """Return the invitations that can be used and were sent to an address that this person has verified."""
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    addressed = reduce(or_, (Q(email__iexact=email) for email in verified), Q(pk=None))
    sent = Invitation.objects.select_related("employer", "branch").filter(addressed, expires_at__gt=timezone.now())
    return list(sent.filter(accepted_at__isnull=True, revoked_at__isnull=True))


def is_addressed_to(invitation: Invitation, user: "User") -> bool:
    """Whether an invitation was sent to an address that this person has verified."""
    return EmailAddress.objects.filter(user=user, email__iexact=invitation.email, verified=True).exists()


def accept_invitation(token: str, user: "User", licence_number: str = "") -> Membership:
    """Make the person a member. The address that was invited must be one that the person has verified.

    Raises InvitationInvalid.
    """
    return accept_found(open_invitation(token).pk, user, licence_number)


@in_transaction
def accept_found(invitation_id: Any, user: "User", licence_number: str = "") -> Membership:
    """Accept an invitation that was sent to a verified address of this person, without its link.

    Raises InvitationInvalid.
    """
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None or invitation.state is not InvitationState.OPEN or not is_addressed_to(invitation, user):
        raise InvitationInvalid
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    membership, _is_new = Membership.objects.get_or_create(
        user=user,
        employer=invitation.employer,
        removed_at=None,
        defaults={
            "branch": invitation.branch,
            "role": invitation.role,
            "own_offers_only": invitation.own_offers_only,
            "added_by": invitation.invited_by,
            "licence_number": storable(licence_number)[:30],
        },
    )
    return membership


@in_transaction
def revoke_invitation(invitation_id: Any, actor: Actor) -> Invitation:
    invitation = Invitation.objects.select_for_update().select_related("employer").get(pk=invitation_id)
    _check_may_give(actor, invitation.employer, Role(invitation.role), invitation.branch)
    if invitation.accepted_at is None and invitation.revoked_at is None:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
    return invitation


@in_transaction
def change_membership(
    membership_id: Any,
    actor: Actor,
    *,
    role: Role,
    branch: Branch | None = None,
    own_offers_only: bool = False,
    licence_number: str | None = None,
) -> Membership:
    """Give a member another role, branch or reach, or note the licence of a representative.

    Raises LastPrimaryUser when nobody else would be primary user, ActionNotAllowed.
    """
    membership = _lock(membership_id)
    _check_may_give(actor, membership.employer, Role(membership.role), membership.branch)
    _check_may_give(actor, membership.employer, role, branch)
    if role is not Role.PRIMARY or branch is not None:
        _check_not_last(membership)
    membership.role, membership.branch, membership.own_offers_only = role, branch, own_offers_only
    if licence_number is not None:
        membership.licence_number = storable(licence_number)[:30]
    membership.save(update_fields=["role", "branch", "own_offers_only", "licence_number"])
    return membership


@in_transaction
def remove_member(membership_id: Any, actor: Actor) -> Membership:
    """End a membership at once; everybody may end their own.

    Raises LastPrimaryUser, ActionNotAllowed.
    """
    membership = _lock(membership_id)
    if actor.user is None or actor.user.pk != membership.user_id:
        _check_may_give(actor, membership.employer, Role(membership.role), membership.branch)
    _check_not_last(membership)
    membership.removed_at = timezone.now()
    membership.save(update_fields=["removed_at"])
    return membership


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _lock(membership_id: Any) -> Membership:
    """Lock the employer of a membership, and so all its memberships: two primary users cannot remove each other."""
    membership = Membership.objects.present().get(pk=membership_id)
    Employer.objects.select_for_update().get(pk=membership.employer_id)
    return Membership.objects.present().select_related("employer", "branch").get(pk=membership_id)


def _check_not_last(membership: Membership) -> None:
    primary = Membership.objects.present().filter(employer=membership.employer, role=Role.PRIMARY, branch=None)
    if primary.filter(pk=membership.pk).exists() and primary.count() == 1:
        raise LastPrimaryUser


def _check_may_give(actor: Actor, employer: Employer, role: Role, branch: Branch | None) -> None:
    """Raise ActionNotAllowed unless the actor rules over people of this role and branch."""
    giver = membership_of(actor.user, employer)
    if giver is not None and giver.branch_id is not None:
        check_may(actor, Action.INVITE_TO_BRANCH, employer)
        if role is Role.PRIMARY or branch is None or branch.pk != giver.branch_id:
            raise ActionNotAllowed(Action.INVITE_TO_BRANCH)
        return
    check_may(actor, Action.MANAGE_PEOPLE, employer)
    if branch is not None and branch.employer_id != employer.pk:
        raise ActionNotAllowed(Action.MANAGE_PEOPLE)
