from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from employer_portal.actors import person
from employer_portal.errors import ActionNotAllowed, FieldsInvalid, InvitationInvalid, LastPrimaryUser
from employer_portal.memberships import (
    accept_invitation,
    change_membership,
    invite,
    open_invitation,
    remove_member,
    revoke_invitation,
)
from employer_portal.models import Branch, Employer, Invitation, Membership, Role
from employer_portal.profiles import change_profile, enrol_employer
from tests.employer_portal.factories import BranchFactory, EmployerFactory, MembershipFactory, UserFactory


@pytest.fixture
def primary(db: None) -> Membership:
    return MembershipFactory()


def test_whoever_enrols_an_employer_is_its_primary_user(db: None) -> None:
    user = UserFactory()
    employer = enrol_employer(
        user, {"legal_name": "O’Fog & Søn / Phares « Brume »", "business_number": "12345 6782 RP 0001"}
    )
    assert (employer.business_number, employer.program_account) == ("123456782", "RP0001")
    assert Employer.objects.get().legal_name == "O’Fog & Søn / Phares « Brume »"
    assert Membership.objects.get(employer=employer).role == Role.PRIMARY


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        ({"business_number": "123456789"}, "business_number"),
        ({"legal_name": "x" * 201}, "legal_name"),
        ({"email": "nobody"}, "email"),
        ({"province": "ZZ"}, "province"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"employee_count": -1}, "employee_count"),
        ({"activity": "Fog\x00"}, "activity"),
    ],
    ids=str,
)
def test_a_bad_profile_is_refused_beside_its_field(db: None, profile: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        enrol_employer(UserFactory(), {"legal_name": "Firm", **profile})
    assert set(refused.value.fields) == {field}
    assert not Employer.objects.exists()


def test_a_profile_keeps_its_history(primary: Membership) -> None:
    change_profile(primary.employer_id, {"legal_name": "Renamed"}, person(primary.user))
    names = primary.employer.history.values_list("legal_name", flat=True)
    assert list(names) == ["Renamed", primary.employer.legal_name]


def test_only_the_primary_user_changes_the_profile(primary: Membership) -> None:
    second = MembershipFactory(employer=primary.employer, role=Role.SECONDARY)
    with pytest.raises(ActionNotAllowed):
        change_profile(primary.employer_id, {"legal_name": "Mine"}, person(second.user))


# Invitations ----------------------------------------------------------------------------------------------------------


def test_an_invitation_makes_a_member_once(primary: Membership) -> None:
    guest = UserFactory()
    invited = invite(
        primary.employer, guest.email.upper(), Role.REPRESENTATIVE, person(primary.user), own_offers_only=True
    )
    assert invited.token not in str(Invitation.objects.values())
    member = accept_invitation(invited.token, guest)
    assert (member.role, member.own_offers_only, member.added_by) == ("representative", True, primary.user)
    for again in (guest, UserFactory()):
        with pytest.raises(InvitationInvalid):
            accept_invitation(invited.token, again)


def test_an_invitation_is_for_one_verified_address(primary: Membership) -> None:
    invited = invite(primary.employer, "guest@firm.example", Role.SECONDARY, person(primary.user))
    stranger = UserFactory()
    unverified = UserFactory(email="guest@firm.example", verified=False)
    for user in (stranger, unverified):
        with pytest.raises(InvitationInvalid):
            accept_invitation(invited.token, user)
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("state", ["expired", "revoked", "replaced", "unknown"])
def test_a_dead_invitation_opens_nothing(primary: Membership, state: str) -> None:
    guest = UserFactory()
    who = person(primary.user)
    invited = invite(primary.employer, guest.email, Role.SECONDARY, who)
    token = invited.token
    if state == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    if state == "revoked":
        revoke_invitation(invited.invitation.pk, who)
    if state == "replaced":
        invite(primary.employer, guest.email, Role.SECONDARY, who)
    if state == "unknown":
        token = "x" + token
    with pytest.raises(InvitationInvalid):
        open_invitation(token)
    with pytest.raises(InvitationInvalid):
        accept_invitation(token, guest)


def test_invitations_expire_after_the_days_of_the_setting(primary: Membership, settings: Any) -> None:
    settings.INVITATION_DAYS = 3
    invitation = invite(primary.employer, "guest@firm.example", Role.SECONDARY, person(primary.user)).invitation
    assert timedelta(days=2, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=3)


def test_an_invitation_goes_to_an_address(primary: Membership) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        invite(primary.employer, "nobody", Role.SECONDARY, person(primary.user))
    assert set(refused.value.fields) == {"email"}


@pytest.mark.parametrize("role", [Role.SECONDARY, Role.REPRESENTATIVE, Role.AUDITOR])
def test_only_primary_users_invite(primary: Membership, role: Role) -> None:
    member = MembershipFactory(employer=primary.employer, role=role)
    with pytest.raises(ActionNotAllowed):
        invite(primary.employer, "guest@firm.example", Role.SECONDARY, person(member.user))


def test_nobody_invites_to_another_employer(primary: Membership) -> None:
    with pytest.raises(ActionNotAllowed):
        invite(EmployerFactory(), "guest@firm.example", Role.SECONDARY, person(primary.user))
    with pytest.raises(ActionNotAllowed):
        invite(primary.employer, "guest@firm.example", Role.SECONDARY, person(primary.user), branch=BranchFactory())


def test_the_primary_user_of_a_branch_invites_to_the_branch_only(primary: Membership) -> None:
    own: Branch = BranchFactory(employer=primary.employer)
    other: Branch = BranchFactory(employer=primary.employer)
    head = person(MembershipFactory(employer=primary.employer, branch=own).user)
    assert invite(primary.employer, "a@firm.example", Role.SECONDARY, head, branch=own).invitation.branch == own
    for role, branch in ((Role.SECONDARY, None), (Role.SECONDARY, other), (Role.PRIMARY, own)):
        with pytest.raises(ActionNotAllowed):
            invite(primary.employer, "b@firm.example", role, head, branch=branch)


# Changing and removing ------------------------------------------------------------------------------------------------


def test_an_employer_keeps_a_primary_user(primary: Membership) -> None:
    who = person(primary.user)
    branch = BranchFactory(employer=primary.employer)
    MembershipFactory(employer=primary.employer, branch=branch)
    for attempt in (
        lambda: remove_member(primary.pk, who),
        lambda: change_membership(primary.pk, who, role=Role.AUDITOR),
        lambda: change_membership(primary.pk, who, role=Role.PRIMARY, branch=branch),
    ):
        with pytest.raises(LastPrimaryUser):
            attempt()
    heir = MembershipFactory(employer=primary.employer)
    remove_member(primary.pk, who)
    with pytest.raises(LastPrimaryUser):
        remove_member(heir.pk, person(heir.user))


def test_a_removed_member_may_be_invited_again(primary: Membership) -> None:
    guest: User = UserFactory()
    who = person(primary.user)
    for role in (Role.SECONDARY, Role.AUDITOR):
        member = accept_invitation(invite(primary.employer, guest.email, role, who).token, guest)
        assert member.role == role
        remove_member(member.pk, who)
    assert Membership.objects.filter(user=guest).count() == 2


def test_everybody_may_leave_and_nobody_else_removes_them(primary: Membership) -> None:
    second = MembershipFactory(employer=primary.employer, role=Role.SECONDARY)
    third = MembershipFactory(employer=primary.employer, role=Role.AUDITOR)
    with pytest.raises(ActionNotAllowed):
        remove_member(second.pk, person(third.user))
    with pytest.raises(ActionNotAllowed):
        remove_member(second.pk, person(MembershipFactory().user))
    assert remove_member(second.pk, person(second.user)).removed_at is not None


def test_a_founding_day_is_kept(primary: Membership) -> None:
    changed = change_profile(primary.employer_id, {"established_on": date(1999, 1, 2)}, person(primary.user))
    assert Employer.objects.get(pk=changed.pk).established_on == date(1999, 1, 2)
