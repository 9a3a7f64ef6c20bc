"""Who may do what for whom: every role, every action, own and other employer, one table against another."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from employer_portal.actors import CLOCK, person, program, provider, staff
from employer_portal.drafts import begin_offer
from employer_portal.models import ApiToken, Membership, OfferOfEmployment, Role
from employer_portal.permissions import Action, actions_of, check_may, may, membership_of, visible_offers
from tests.employer_portal.factories import BranchFactory, EmployerFactory, MembershipFactory, UserFactory

WORK = {"view", "write_offers", "submit", "pay", "withdraw", "upload", "record_duties", "invite_worker", "view_money"}
RULE = {"edit_profile", "manage_branches", "manage_people", "invite_to_branch", "manage_tokens"}
EXPECTED = {
    Role.PRIMARY: WORK | RULE,
    Role.SECONDARY: WORK,
    Role.REPRESENTATIVE: WORK,
    Role.AUDITOR: {"view", "view_money"},
}


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_allows_its_actions_for_its_own_employer_and_nothing_for_another(
    db: None, role: Role, action: Action
) -> None:
    member = MembershipFactory(role=role)
    other = EmployerFactory()
    assert may(person(member.user), action, member.employer) == (action in EXPECTED[role])
    assert not may(person(member.user), action, other)


@pytest.mark.parametrize("action", list(Action))
def test_the_primary_user_of_a_branch_rules_over_the_branch_only(db: None, action: Action) -> None:
    branch = BranchFactory()
    member = MembershipFactory(employer=branch.employer, branch=branch)
    assert may(person(member.user), action, branch.employer) == (action in WORK | {"invite_to_branch"})


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("who", ["nobody", "anonymous", "removed", "inactive"])
def test_who_is_no_member_may_do_nothing(db: None, who: str, action: Action) -> None:
    member = MembershipFactory()
    users: dict[str, Any] = {
        "nobody": None,
        "anonymous": AnonymousUser(),
        "removed": member.user,
        "inactive": member.user,
    }
    if who == "removed":
        Membership.objects.filter(pk=member.pk).update(removed_at=timezone.now())
    if who == "inactive":
        member.user.is_active = False
    assert not may(person(users.get(who, member.user)), action, member.employer)


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("may_write", [True, False])
def test_a_token_reads_and_at_most_works_for_its_own_employer(db: None, may_write: bool, action: Action) -> None:
    member = MembershipFactory()
    token = ApiToken(employer=member.employer, made_by=member.user, prefix="abc", may_write=may_write)
    allowed = {"view", "view_money"} | (WORK - {"record_duties", "invite_worker"} if may_write else set())
    assert may(program(token), action, member.employer) == (action in allowed)
    assert not may(program(token), action, EmployerFactory())
    token.revoked_at = timezone.now()
    assert not may(program(token), action, member.employer)


def test_staff_providers_and_the_clock_act_by_right(db: None) -> None:
    employer = EmployerFactory()
    for actor in (staff(UserFactory()), provider("dummy"), CLOCK):
        check_may(actor, Action.VIEW, employer)


@pytest.fixture
def offers(db: None) -> dict[str, OfferOfEmployment]:
    """Offers of one employer: of the head office, of two branches; and one of another employer."""
    primary = MembershipFactory()
    employer = primary.employer
    one, two = BranchFactory(employer=employer), BranchFactory(employer=employer)
    stranger = MembershipFactory()
    who = person(primary.user)
    return {
        "office": begin_offer(employer, who),
        "one": begin_offer(employer, who, branch=one),
        "two": begin_offer(employer, who, branch=two),
        "strange": begin_offer(stranger.employer, person(stranger.user)),
    }


def seen(member: Membership, offers: dict[str, OfferOfEmployment]) -> set[str]:
    """Return the offers that a member sees; a list and a single look must agree."""
    listed = set(visible_offers(member).values_list("pk", flat=True))
    names = {name for name, offer in offers.items() if offer.pk in listed}
    looked = {name for name, o in offers.items() if may(person(member.user), Action.VIEW, o.employer, o)}
    assert names == looked
    return names


@pytest.mark.parametrize("role", list(Role))
def test_members_see_the_offers_of_their_employer(offers: dict[str, OfferOfEmployment], role: Role) -> None:
    member = MembershipFactory(employer=offers["office"].employer, role=role)
    assert seen(member, offers) == {"office", "one", "two"}


@pytest.mark.parametrize("role", list(Role))
def test_members_of_a_branch_see_its_offers(offers: dict[str, OfferOfEmployment], role: Role) -> None:
    member = MembershipFactory(employer=offers["one"].employer, branch=offers["one"].branch, role=role)
    assert seen(member, offers) == {"one"}


def test_a_representative_can_be_held_to_their_own_offers(offers: dict[str, OfferOfEmployment]) -> None:
    employer = offers["office"].employer
    member = MembershipFactory(employer=employer, role=Role.REPRESENTATIVE, own_offers_only=True)
    assert seen(member, offers) == set()
    offers["own"] = begin_offer(employer, person(member.user))
    assert seen(member, offers) == {"own"}


def test_an_offer_is_never_reached_by_way_of_another_employer(offers: dict[str, OfferOfEmployment]) -> None:
    member = MembershipFactory(employer=offers["strange"].employer)
    assert not may(person(member.user), Action.VIEW, member.employer, offers["office"])


def test_a_removal_works_at_once(db: None) -> None:
    member = MembershipFactory()
    assert membership_of(member.user, member.employer) == member
    Membership.objects.filter(pk=member.pk).update(removed_at=timezone.now())
    assert membership_of(member.user, member.employer) is None


def test_a_representative_has_a_workspace_an_employer(db: None) -> None:
    one = MembershipFactory(role=Role.REPRESENTATIVE)
    two = MembershipFactory(user=one.user, role=Role.REPRESENTATIVE)
    begin_offer(one.employer, person(one.user))
    assert (visible_offers(one).count(), visible_offers(two).count()) == (1, 0)
    assert actions_of(one) == actions_of(two)
