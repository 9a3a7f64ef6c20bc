"""Who gets into a workspace: members, with a second factor where their role needs one, and nobody else."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from employer_portal.models import NEEDS_SECOND_FACTOR, Employer, Membership, Role
from tests.employer_portal.factories import EmployerFactory
from tests.portal_pages.conftest import SignedIn


def overview(employer_id: object) -> str:
    return reverse("employer_portal:dashboard", kwargs={"employer_id": employer_id})


@pytest.mark.parametrize("role", Role)
def test_a_member_gets_in_and_sees_who_they_are(signed_in: SignedIn, employer: Employer, role: Role) -> None:
    page = signed_in(role).get(overview(employer.pk))
    assert page.status_code == 200
    assert employer.name in page.content.decode()
    assert str(role.label) in page.content.decode()


@pytest.mark.parametrize("role", Role)
def test_a_role_that_needs_a_second_factor_must_set_it_up_first(
    signed_in: SignedIn, employer: Employer, role: Role
) -> None:
    answer = signed_in(role, second_factor=False).get(overview(employer.pk))
    assert answer.status_code == (302 if role in NEEDS_SECOND_FACTOR else 200)
    if role in NEEDS_SECOND_FACTOR:
        assert f"/{employer.pk}/second-factor/?next=" in answer["Location"]


def test_another_employer_is_not_there(signed_in: SignedIn, employer: Employer) -> None:
    client = signed_in(Role.PRIMARY)
    assert client.get(overview(EmployerFactory().pk)).status_code == 404
    assert client.get(overview(uuid4())).status_code == 404


def test_who_is_removed_is_out_at_once(signed_in: SignedIn, employer: Employer) -> None:
    client = signed_in(Role.SECONDARY)
    assert client.get(overview(employer.pk)).status_code == 200
    Membership.objects.update(removed_at=timezone.now())
    assert client.get(overview(employer.pk)).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client: Client, employer: Employer) -> None:
    answer = client.get(overview(employer.pk))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_the_front_page_lists_the_employers_one_acts_for(signed_in: SignedIn, employer: Employer) -> None:
    other = EmployerFactory(operating_name="Second Lighthouses")
    client = signed_in(Role.SECONDARY)
    home = reverse("employer_portal:home")
    assert client.get(home)["Location"] == overview(employer.pk)
    Membership.objects.create(user_id=client.session["_auth_user_id"], employer=other, role=Role.AUDITOR)
    page = client.get(home).content.decode()
    assert employer.name in page
    assert "Second Lighthouses" in page
