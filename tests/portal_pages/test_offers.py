"""The list of offers: what one may see, found again, a page at a time, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employer_portal.actors import person
from employer_portal.drafts import delete_draft, make_template
from employer_portal.models import Employer, Membership, OfferOfEmployment, Role
from tests.employer_portal.factories import EmployerFactory, MembershipFactory, draft
from tests.portal_pages.conftest import SignedIn


def listed(client: Client, employer: Employer, query: str = "") -> str:
    answer = client.get(reverse("employer_portal:offers", kwargs={"employer_id": employer.pk}) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def member_of(client: Client, employer: Employer) -> Membership:
    return Membership.objects.get(user_id=client.session["_auth_user_id"], employer=employer)


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.SECONDARY)


@pytest.fixture
def member(client: Client, employer: Employer) -> Membership:
    return member_of(client, employer)


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("KIM exAMPLE", True),
        ("Example, Kim", True),
        ("XA-000 123", True),
        ("engineer", True),
        ("Kim", False),
        ("XA000123", False),
        ("A1234567", False),
    ],
)
def test_an_offer_is_found_by_whole_name_whole_passport_or_words_of_its_title(
    client: Client, employer: Employer, member: Membership, words: str, is_found: bool
) -> None:
    draft(member)
    assert ("Kim Example" in listed(client, employer, f"?q={words}")) is is_found


def test_deleted_drafts_show_only_where_they_are_asked_for(
    client: Client, employer: Employer, member: Membership
) -> None:
    delete_draft(draft(member).pk, person(member.user))
    assert "Kim Example" not in listed(client, employer)
    assert "Kim Example" in listed(client, employer, "?state=deleted")


def test_another_employers_offers_are_never_listed(client: Client, employer: Employer, member: Membership) -> None:
    draft(MembershipFactory(employer=EmployerFactory()))
    page = listed(client, employer, "?q=Kim Example")
    assert "Kim Example" not in page.partition("offer-rows")[2]


def test_the_list_takes_as_many_queries_for_thirty_offers_as_for_one(
    client: Client, employer: Employer, member: Membership
) -> None:
    draft(member)
    with CaptureQueriesContext(connection) as one:
        listed(client, employer)
    for number in range(29):
        draft(member, worker_passport_number=f"P{number}")
    with CaptureQueriesContext(connection) as thirty:
        first = listed(client, employer)
    assert len(thirty) == len(one)
    assert first.count('class="offer-row"') == 25
    assert listed(client, employer, "?page=2").count('class="offer-row"') == 5


def test_an_offer_begins_empty_or_from_a_template(client: Client, employer: Employer, member: Membership) -> None:
    address = reverse("employer_portal:offer_new", kwargs={"employer_id": employer.pk})
    template = make_template(draft(member).pk, "Engineer", person(member.user))
    assert "Engineer" in client.get(address).content.decode()
    client.post(address, {"template": ""})
    client.post(address, {"template": str(template.pk)})
    empty, filled = OfferOfEmployment.objects.order_by("-created_at")[:2][::-1]
    assert (empty.job_title, filled.job_title) == ("", "Lighthouse engineer")


def test_a_template_of_another_employer_is_not_there(client: Client, employer: Employer) -> None:
    other = MembershipFactory(employer=EmployerFactory())
    template = make_template(draft(other).pk, "Theirs", person(other.user))
    address = reverse("employer_portal:offer_new", kwargs={"employer_id": employer.pk})
    assert client.post(address, {"template": str(template.pk)}).status_code == 404
    assert not OfferOfEmployment.objects.filter(employer=employer).exists()
