"""People of an employer: invited, let in by the right address alone, changed, removed; nobody reaches another's."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from employer_portal.actors import person
from employer_portal.memberships import invite
from employer_portal.models import Branch, Employer, Invitation, Membership, Role
from tests.employer_portal.factories import BranchFactory, EmployerFactory, MembershipFactory, UserFactory
from tests.portal_pages.conftest import SECRET, SignedIn

INVITE = {"email": "guest@else.example", "role": "secondary", "language": "en"}


def at(employer: Employer, name: str, **parts: Any) -> str:
    return reverse(f"employer_portal:{name}", kwargs={"employer_id": employer.pk, **parts})


def signed_in_as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def link() -> str:
    """Return the path of the link in the newest message."""
    found = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def said(client: Client, path: str, **data: Any) -> tuple[int, str]:
    page = client.post(path, data, follow=True) if data else client.get(path)
    return page.status_code, page.content.decode()


@pytest.mark.parametrize(
    ("language", "subject", "path"), [("en", " invites you", "/en/"), ("fr", " vous invite", "/fr/")], ids=str
)
def test_an_invitation_is_mailed_and_lets_the_right_person_in(
    signed_in: SignedIn, employer: Employer, language: str, subject: str, path: str
) -> None:
    client = signed_in(Role.PRIMARY)
    status, page = said(client, at(employer, "invite"), **{**INVITE, "role": "representative", "language": language})
    assert (status, "guest@else.example" in page) == (200, True)
    assert mail.outbox[-1].subject == f"IMP Navigator: {employer.name}{subject}"
    assert link().startswith(path)
    for entrance in ("/accounts/login/", "/accounts/signup/"):
        assert f"{entrance}?next={link()}" in said(Client(), link())[1]
    stranger = signed_in_as(UserFactory())
    assert said(stranger, link())[0] == said(stranger, link(), licence_number="")[0] == 403
    guest = UserFactory(email="Guest@else.example")
    assert said(signed_in_as(guest), link(), licence_number="R123456")[0] == 200
    member = Membership.objects.get(user=guest)
    assert (member.employer, member.role, member.licence_number) == (employer, "representative", "R123456")
    assert guest.mail_language.language == language
    assert said(signed_in_as(guest), link())[0] == 410


def test_an_address_that_is_not_verified_does_not_let_in(signed_in: SignedIn, employer: Employer) -> None:
    said(signed_in(Role.PRIMARY), at(employer, "invite"), **INVITE)
    thief = UserFactory(email=INVITE["email"], verified=False)
    assert said(signed_in_as(thief), link(), licence_number="")[0] == 403
    assert INVITE["email"] not in said(signed_in_as(thief), reverse("employer_portal:home"))[1]
    assert not Membership.objects.filter(user=thief).exists()


@pytest.mark.parametrize(
    ("change", "words", "status"),
    [
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, "has expired", 410),
        ({"revoked_at": timezone.now()}, "was revoked", 410),
        ({"accepted_at": timezone.now()}, "was used already", 410),
        ({"token_hash": "0" * 64}, "do not know", 404),
    ],
    ids=["expired", "revoked", "used", "unknown"],
)
def test_each_end_of_an_invitation_is_a_page_of_its_own(
    signed_in: SignedIn, employer: Employer, change: dict[str, Any], words: str, status: int
) -> None:
    said(signed_in(Role.PRIMARY), at(employer, "invite"), **INVITE)
    Invitation.objects.update(**change)
    guest = signed_in_as(UserFactory(email=INVITE["email"]))
    for client in (guest, Client()):
        found, page = said(client, link())
        assert (found, words in page, employer.name in page) == (status, True, False)
    said(guest, link(), licence_number="")
    assert not Membership.objects.filter(user__email=INVITE["email"]).exists()


def test_the_front_page_shows_what_was_sent_to_a_verified_address(signed_in: SignedIn, employer: Employer) -> None:
    said(signed_in(Role.PRIMARY), at(employer, "invite"), **INVITE)
    guest, invitation = UserFactory(email=INVITE["email"]), Invitation.objects.get()
    own = reverse("employer_portal:own_invitation", kwargs={"invitation_id": invitation.pk})
    assert said(signed_in_as(UserFactory()), own)[0] == 404
    assert own in said(signed_in_as(guest), reverse("employer_portal:home"))[1]
    assert said(signed_in_as(guest), own, licence_number="")[0] == 200
    assert Membership.objects.get(user=guest).employer == employer


def test_invitations_that_wait_are_limited(
    signed_in: SignedIn, employer: Employer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("employer_portal.memberships.MOST_WAITING", 1)
    client = signed_in(Role.PRIMARY)
    for _time in range(2):
        said(client, at(employer, "invite"), **INVITE)  # the second takes the place of the first
    assert "Too many invitations" in said(client, at(employer, "invite"), **{**INVITE, "email": "b@else.example"})[1]
    assert Invitation.objects.filter(revoked_at__isnull=True).count() == 1


def test_a_message_that_cannot_be_sent_is_told(
    signed_in: SignedIn, employer: Employer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    page = said(signed_in(Role.PRIMARY), at(employer, "invite"), **INVITE)[1]
    assert "the message could not be sent" in page
    assert Invitation.objects.get().state == "open"


@pytest.fixture
def team(employer: Employer) -> dict[str, Any]:
    """Two branches with a primary user and a member each, and invitations to both."""
    here, there = BranchFactory(employer=employer, name="Here"), BranchFactory(employer=employer, name="There")
    whole = MembershipFactory(employer=employer)
    member = MembershipFactory(employer=employer, role=Role.SECONDARY, branch=there)
    own = MembershipFactory(employer=employer, role=Role.SECONDARY, branch=here)
    ruler = MembershipFactory(employer=employer, branch=here)
    TOTP.activate(ruler.user, SECRET)
    sent = {
        f"sent_{place}": invite(
            employer, f"{place}@else.example", Role.AUDITOR, person(whole.user), branch=branch
        ).invitation
        for place, branch in (("here", here), ("there", there))
    }
    return {"ruler": ruler, "own": own, "member": member, "whole": whole, "here": here, "there": there, **sent}


def test_who_rules_over_a_branch_rules_over_no_more(employer: Employer, team: dict[str, Any]) -> None:
    client = signed_in_as(team["ruler"].user)
    page = said(client, at(employer, "people"))[1]
    assert (team["own"].user.email in page, "here@else.example" in page) == (True, True)
    assert (team["member"].user.email in page, "there@else.example" in page) == (False, False)
    for name in ("change_member", "remove_member"):
        assert said(client, at(employer, name, membership_id=team["member"].pk))[0] == 404
        assert said(client, at(employer, name, membership_id=team["whole"].pk))[0] == 404
    assert said(client, at(employer, "revoke_invitation", invitation_id=team["sent_there"].pk), x="")[0] == 404
    assert said(client, at(employer, "revoke_invitation", invitation_id=team["sent_here"].pk), x="")[0] == 200
    outside: list[tuple[str, Branch]] = [("secondary", team["there"]), ("primary", team["here"])]
    for role, branch in outside:
        said(client, at(employer, "invite"), **{**INVITE, "role": role, "branch": branch.pk})
    assert not Invitation.objects.filter(email=INVITE["email"]).exists()
    said(client, at(employer, "invite"), **{**INVITE, "branch": team["here"].pk})
    assert Invitation.objects.get(email=INVITE["email"]).branch == team["here"]
    assert said(client, at(employer, "edit_profile"))[0] == 403


def test_a_change_counts_at_once(signed_in: SignedIn, employer: Employer) -> None:
    client = signed_in(Role.PRIMARY)
    member = MembershipFactory(employer=employer, role=Role.SECONDARY)
    theirs = signed_in_as(member.user)
    said(theirs, at(employer, "dashboard"))
    path = at(employer, "change_member", membership_id=member.pk)
    assert said(client, path, role="auditor", licence_number="", own_offers_only="on")[0] == 200
    member.refresh_from_db()
    assert (member.role, member.own_offers_only) == ("auditor", True)
    assert said(theirs, at(employer, "offer_new"))[0] == 403
    assert said(client, at(employer, "remove_member", membership_id=member.pk))[0] == 200
    assert said(theirs, at(employer, "dashboard"))[0] == 200, "asking removes nobody"
    said(client, at(employer, "remove_member", membership_id=member.pk), sure="")
    assert said(theirs, at(employer, "dashboard"))[0] == 404


def test_the_last_primary_user_stays(signed_in: SignedIn, employer: Employer) -> None:
    client = signed_in(Role.PRIMARY)
    last = Membership.objects.get()
    status, page = said(client, at(employer, "remove_member", membership_id=last.pk), sure="")
    assert (status, "an employer always keeps one" in page) == (409, True)
    page = said(client, at(employer, "change_member", membership_id=last.pk), role="auditor", licence_number="")[1]
    assert "an employer always keeps one" in page
    MembershipFactory(employer=employer)
    status, page = said(client, at(employer, "remove_member", membership_id=last.pk), sure="")
    assert (status, "You do not act for an employer" in page or "You hire" in page) == (200, True)


def test_who_does_not_rule_sees_whom_to_ask_and_can_leave(signed_in: SignedIn, employer: Employer) -> None:
    primary = MembershipFactory(employer=employer)
    colleague = MembershipFactory(employer=employer, role=Role.SECONDARY)
    client = signed_in(Role.REPRESENTATIVE)
    own = Membership.objects.get(role=Role.REPRESENTATIVE)
    page = said(client, at(employer, "people"))[1]
    assert [member.user.email in page for member in (primary, own, colleague)] == [True, True, False]
    assert said(client, at(employer, "invite"))[0] == said(client, at(employer, "invite"), **INVITE)[0] == 403
    assert said(client, at(employer, "remove_member", membership_id=colleague.pk), sure="")[0] == 404
    assert said(client, at(employer, "remove_member", membership_id=own.pk), sure="")[0] == 200
    assert Membership.objects.present().count() == 2


def test_forged_ids_of_another_employer_are_not_there(signed_in: SignedIn, employer: Employer) -> None:
    client, other = signed_in(Role.PRIMARY), EmployerFactory()
    member = MembershipFactory(employer=other)
    sent = invite(other, "x@else.example", Role.AUDITOR, person(member.user)).invitation
    assert said(client, at(employer, "change_member", membership_id=member.pk), role="auditor")[0] == 404
    assert said(client, at(employer, "remove_member", membership_id=member.pk), sure="")[0] == 404
    assert said(client, at(employer, "revoke_invitation", invitation_id=sent.pk), x="")[0] == 404
    branch = BranchFactory(employer=other)
    said(client, at(employer, "invite"), **{**INVITE, "branch": branch.pk})
    assert not Invitation.objects.filter(email=INVITE["email"]).exists()
    sent.refresh_from_db()
    assert (sent.state, Membership.objects.present().filter(employer=other).count()) == ("open", 1)
