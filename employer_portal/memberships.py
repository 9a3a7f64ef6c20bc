"""Who acts for an employer: enrol, invite, accept, change, remove. The only writer of employers' people."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from employer_portal.actors import Actor
from employer_portal.business_number import read_business_number
from employer_portal.content import check_storable, in_both_languages, read_email
from employer_portal.errors import ActionNotAllowed, FieldsInvalid, InvitationInvalid, LastPrimaryUser
from employer_portal.models import Branch, Employer, Invitation, Membership, Role
from employer_portal.permissions import Action, check_may, membership_of
from employer_portal.transactions import in_transaction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PROFILE_FIELDS = (
    "legal_name", "operating_name", "business_number", "program_account", "is_new_or_self_hiring", "street", "city",
    "province", "postal_code", "has_other_mailing_address", "mailing_street", "mailing_city", "mailing_province",
    "mailing_postal_code", "telephone", "fax", "email", "website", "business_type", "activity", "established_on",
    "employee_band", "employee_count", "revenue_band", "regime_exemption", "has_barred_activity",
)  # fmt: skip


@in_transaction
def enrol_employer(user: "User", profile: Mapping[str, Any]) -> Employer:
    """Enrol an employer; whoever does is its first primary user.

    Raises FieldsInvalid.
    """
    employer = Employer()
    _fill(employer, profile)
    employer.save(force_insert=True)
    Membership.objects.create(user=user, employer=employer, role=Role.PRIMARY, added_by=user)
    return employer


@in_transaction
def change_profile(employer_id: Any, profile: Mapping[str, Any], actor: Actor) -> Employer:
    """Change the company profile; offers that are filed keep the one they were filed with.

    Raises FieldsInvalid, ActionNotAllowed.
    """
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    check_may(actor, Action.EDIT_PROFILE, employer)
    _fill(employer, profile)
    employer.save()
    return employer


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

    The primary user of a branch may invite to that branch, and no other primary users. Raises ActionNotAllowed.
    """
    _check_may_give(actor, employer, role, branch)
    email = read_email(email)
    open_ones = Invitation.objects.filter(employer=employer, email__iexact=email, accepted_at__isnull=True)
    open_ones.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        employer=employer, branch=branch, email=email, role=role, own_offers_only=own_offers_only,
        token_hash=token_hash(token), invited_by=actor.user,
        expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )  # fmt: skip
    return Invited(invitation, token)


def open_invitation(token: str) -> Invitation:
    """Return the invitation of a secret link, while it can be used; raises InvitationInvalid otherwise."""
    found = (
        Invitation.objects.select_related("employer", "branch")
        .filter(token_hash=token_hash(token), accepted_at__isnull=True, revoked_at__isnull=True)
        .filter(expires_at__gt=timezone.now())
        .first()
    )
    if found is None:
        raise InvitationInvalid
    return found


@in_transaction
def accept_invitation(token: str, user: "User") -> Membership:
    """Make the person a member. The address that was invited must be one that the person has verified.

    Raises InvitationInvalid.
    """
    invitation = Invitation.objects.select_for_update().get(pk=open_invitation(token).pk)
    if invitation.accepted_at or invitation.revoked_at or not _has_verified(user, invitation.email):
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
    membership_id: Any, actor: Actor, *, role: Role, branch: Branch | None = None, own_offers_only: bool = False
) -> Membership:
    """Give a member another role, branch or reach.

    Raises LastPrimaryUser when nobody else would be primary user, ActionNotAllowed.
    """
    membership = _lock(membership_id)
    _check_may_give(actor, membership.employer, Role(membership.role), membership.branch)
    _check_may_give(actor, membership.employer, role, branch)
    if role is not Role.PRIMARY or branch is not None:
        _check_not_last(membership)
    membership.role, membership.branch, membership.own_offers_only = role, branch, own_offers_only
    membership.save(update_fields=["role", "branch", "own_offers_only"])
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


def _has_verified(user: "User", email: str) -> bool:
    return EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()


def _fill(employer: Employer, profile: Mapping[str, Any]) -> None:
    values = dict(profile)
    unknown = sorted(set(values) - set(PROFILE_FIELDS))
    assert not unknown, f"a profile has no {', '.join(unknown)}"
    check_storable(values)
    if values.get("business_number"):
        root, account = read_business_number(values["business_number"])
        values["business_number"], values["program_account"] = root, account or values.get("program_account", "")
    for name, value in values.items():
        setattr(employer, name, value)
    try:
        employer.clean_fields(exclude=[field.name for field in employer._meta.fields if field.name not in values])
    except ValidationError as error:
        wrong = {name: in_both_languages(ValidationError(problems)) for name, problems in error.error_dict.items()}
        raise FieldsInvalid(wrong) from None
