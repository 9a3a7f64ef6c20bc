"""Tokens of the API: made by who may, shown once, found by the whole secret only, ended at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employer_portal.actors import person
from employer_portal.errors import ActionNotAllowed, FieldsInvalid
from employer_portal.memberships import remove_member
from employer_portal.models import ApiToken, Membership, Role
from employer_portal.tokens import PREFIX_LENGTH, MadeToken, find_token, make_token, revoke_token
from tests.employer_portal.factories import EmployerFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> MadeToken:
    member = MembershipFactory()
    return make_token(member.employer, "Payroll", person(member.user), may_write=True)


def test_a_token_is_found_by_its_whole_secret_which_is_not_kept(made: MadeToken) -> None:
    found = find_token(made.secret)
    assert found == made.token
    assert made.token.prefix == made.secret[:PREFIX_LENGTH]
    assert made.secret not in str(ApiToken.objects.values().get())
    for other in ("", made.secret[:PREFIX_LENGTH], made.secret[:-1], made.secret + "x", made.secret.swapcase()):
        assert find_token(other) is None
    assert ApiToken.objects.get().last_used_at == timezone.now()


@pytest.mark.parametrize("role", list(Role))
def test_only_a_primary_user_makes_and_revokes_tokens(made: MadeToken, role: Role) -> None:
    member = MembershipFactory(employer=made.token.employer, role=role)
    if role is Role.PRIMARY:
        revoke_token(make_token(member.employer, "Mine", person(member.user)).token.pk, person(member.user))
        return
    with pytest.raises(ActionNotAllowed):
        make_token(member.employer, "Mine", person(member.user))
    with pytest.raises(ActionNotAllowed):
        revoke_token(made.token.pk, person(member.user))


def test_nobody_revokes_the_token_of_another_employer(made: MadeToken) -> None:
    with pytest.raises(ActionNotAllowed):
        revoke_token(made.token.pk, person(MembershipFactory(employer=EmployerFactory()).user))
    assert find_token(made.secret) is not None


def test_a_token_ends_when_it_is_revoked_expires_or_its_maker_goes(made: MadeToken) -> None:
    who = person(Membership.objects.get().user)
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(seconds=1))
    assert find_token(made.secret) is not None
    ApiToken.objects.update(expires_at=timezone.now())
    assert find_token(made.secret) is None
    ApiToken.objects.update(expires_at=None)
    maker = Membership.objects.get()
    MembershipFactory(employer=maker.employer)
    remove_member(maker.pk, who)
    assert find_token(made.secret) is None
    Membership.objects.filter(pk=maker.pk).update(removed_at=None)
    assert find_token(made.secret) is not None
    first = revoke_token(made.token.pk, who).revoked_at
    assert find_token(made.secret) is None
    assert revoke_token(made.token.pk, who).revoked_at == first


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "\x00"])
def test_a_token_needs_a_name(made: MadeToken, name: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        make_token(made.token.employer, name, person(Membership.objects.get().user))
    assert set(refused.value.fields) == {"name"}


def test_a_token_does_not_expire_in_the_past(made: MadeToken) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        make_token(made.token.employer, "Old", person(Membership.objects.get().user), expires_at=timezone.now())
    assert set(refused.value.fields) == {"expires_at"}
