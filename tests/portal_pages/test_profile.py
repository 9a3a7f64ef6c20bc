"""The company profile: enrolled once, read field by field, changed by two people at once, with a history."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from employer_portal.actors import person
from employer_portal.models import ApiToken, Branch, Employer, Membership, Role
from employer_portal.profiles import change_profile
from exemption_codes.models import CatalogueRelease
from tests.employer_portal.factories import BranchFactory, EmployerFactory, MembershipFactory, UserFactory, draft
from tests.portal_pages.conftest import SignedIn

PROFILE = {
    "legal_name": "Brume & Søn / « Phares »", "operating_name": "", "business_number": "123456782", "street": "",
    "city": "", "province": "", "postal_code": "", "telephone": "", "business_type": "",
    "activity": "", "established_on": "", "regime_exemption": "",
}  # fmt: skip
CONTACT = {"contact_name": "Robin Example", "contact_email": "robin@firm.example"}


def at(employer: Employer, name: str, **parts: Any) -> str:
    return reverse(f"employer_portal:{name}", kwargs={"employer_id": employer.pk, **parts})


@pytest.fixture
def owner(release: CatalogueRelease) -> Client:
    client = Client()
    client.force_login(UserFactory())
    return client


def enrol(client: Client, **typed: Any) -> Any:
    return client.post(reverse("employer_portal:enrol"), {**PROFILE, **CONTACT, "enrolment": uuid.uuid4(), **typed})


def test_a_form_that_is_sent_twice_enrols_once(owner: Client) -> None:
    key = uuid.uuid4()
    first, second = enrol(owner, enrolment=key), enrol(owner, enrolment=key)
    assert first["Location"] == second["Location"]
    employer = Employer.objects.get()
    assert (employer.pk, employer.legal_name, employer.name) == (key, PROFILE["legal_name"], PROFILE["legal_name"])
    assert (employer.contacts.get().is_main, Membership.objects.get().role) == (True, Role.PRIMARY)
    stranger = Client()
    stranger.force_login(UserFactory())
    assert "You may not do this" in enrol(stranger, enrolment=key).content.decode()
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"business_number": "123 456 782 rp0001"}, {"business_number": "123456782", "program_account": "RP0001"}),
        ({"business_number": "", "is_new_or_self_hiring": "on"}, {"business_number": ""}),
        ({"business_number": "", "regime_exemption": "mission_or_organization"}, {"business_number": ""}),
        ({"telephone": "+33 1 23 45 67 89"}, {"telephone": "+33123456789"}),
        ({"telephone": "1-902-555-0100"}, {"telephone": "+19025550100"}),
        ({"postal_code": "b3h1a1"}, {"postal_code": "B3H 1A1"}),
        ({"website": "firm.example"}, {"website": "https://firm.example"}),
        ({"has_barred_activity": "no"}, {"has_barred_activity": False}),
        ({}, {"has_barred_activity": None, "employee_count": None}),
    ],
    ids=str,
)
def test_what_is_typed_is_read(owner: Client, typed: dict[str, str], stored: dict[str, Any]) -> None:
    assert enrol(owner, **typed).status_code == 302
    assert {name: getattr(Employer.objects.get(), name) for name in stored} == stored


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"legal_name": ""}, "legal_name"),
        ({"legal_name": "x" * 201}, "legal_name"),
        ({"business_number": ""}, "business_number"),
        ({"business_number": "123456789"}, "business_number"),
        ({"business_number": "000000000"}, "business_number"),
        ({"business_number": "123456782 XX0001"}, "business_number"),
        ({"postal_code": "D1A 1A1"}, "postal_code"),
        ({"telephone": "5550100"}, "telephone"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"established_on": "2999-01-01"}, "established_on"),
        ({"employee_band": "under_100", "employee_count": "100"}, "employee_count"),
        ({"has_other_mailing_address": "on"}, "mailing_street"),
        ({"province": "ZZ"}, "province"),
        ({"regime_exemption": "friend"}, "regime_exemption"),
        ({"contact_email": "robin"}, "contact_email"),
    ],
    ids=str,
)
def test_a_problem_stands_beside_its_field_and_nothing_typed_is_lost(
    owner: Client, typed: dict[str, str], field: str
) -> None:
    page = enrol(owner, activity="Fog & light", **typed)
    assert field in page.context["form"].errors
    assert 'value="Fog &amp; light"' in page.content.decode()
    assert f'id="id_{field}_error"' in page.content.decode()
    assert not Employer.objects.exists()


def edited(client: Client, employer: Employer, version: str, **typed: str) -> Any:
    stored = {"operating_name": employer.operating_name, "street": employer.street, "city": employer.city}
    return client.post(at(employer, "edit_profile"), {**PROFILE, **stored, "version": version, **typed})


def test_two_people_who_edit_at_once_lose_nothing(signed_in: SignedIn, employer: Employer) -> None:
    one, two = signed_in(Role.PRIMARY), signed_in(Role.PRIMARY)
    version = one.get(at(employer, "edit_profile")).context["version"]
    assert edited(one, employer, version, operating_name="Ours", city="Truro").status_code == 302
    late = edited(two, employer, version, operating_name="Theirs", street="9 Late Street")
    assert late.status_code == 409
    page = late.content.decode()
    assert ("Now stored: Ours" in page, "You typed: Theirs" in page) == (True, True)
    assert ("Now stored: Truro" in page, "Taken over below" in page) == (True, True)
    shown = late.context["form"]
    assert [shown[name].value() for name in ("operating_name", "city", "street")] == [
        "Theirs",
        "Truro",
        "9 Late Street",
    ]
    employer.refresh_from_db()
    assert (employer.operating_name, employer.city) == ("Ours", "Truro")
    again = edited(two, employer, late.context["version"], operating_name="Theirs", street="9 Late Street")
    assert again.status_code == 302
    employer.refresh_from_db()
    assert (employer.operating_name, employer.city, employer.street) == ("Theirs", "Truro", "9 Late Street")


def test_the_history_says_who_changed_what(signed_in: SignedIn, employer: Employer) -> None:
    client = signed_in(Role.PRIMARY)
    version = client.get(at(employer, "edit_profile")).context["version"]
    edited(client, employer, version, city="Truro")
    Employer.objects.get(pk=employer.pk).save()
    outsider = User.objects.create_user("outsider", "staff@site.example")
    employer.refresh_from_db()
    employer.activity = "Fog"
    employer._history_user = outsider
    employer.save()
    changes = client.get(at(employer, "profile_history")).context["changes"]
    assert [change.by for change in changes[:2]] == [
        "staff of this site",
        User.objects.get(memberships__isnull=False).email,
    ]
    (activity,) = changes[0].fields
    assert (activity.label, activity.after) == ("Principal activity", "Fog")
    assert ("City", "Halifax", "Truro") in [(field.label, field.before, field.after) for field in changes[1].fields]
    assert changes[-1].is_first


@pytest.mark.parametrize("role", [Role.SECONDARY, Role.REPRESENTATIVE, Role.AUDITOR])
def test_others_read_the_profile_and_change_nothing(signed_in: SignedIn, employer: Employer, role: Role) -> None:
    client = signed_in(role)
    page = client.get(at(employer, "company"))
    assert (page.status_code, employer.legal_name.replace("&", "&amp;") in page.content.decode()) == (200, True)
    assert not any(name in page.content.decode() for name in ("company/edit/", "contacts/add/", "branches/add/"))
    contact = employer.contacts.get()
    for path in (
        at(employer, "edit_profile"), at(employer, "add_contact"), at(employer, "add_branch"), at(employer, "tokens"),
        at(employer, "remove_contact", contact_id=contact.pk),
    ):  # fmt: skip
        assert client.post(path, PROFILE).status_code == 403


def test_there_is_one_main_contact_whatever_happens(signed_in: SignedIn, employer: Employer) -> None:
    client, first = signed_in(Role.PRIMARY), employer.contacts.get()
    new = {
        "name": "Sam Example",
        "email": "sam@firm.example",
        "language": "fr",
        "is_main": "on",
        "telephone": "613 555 0100",
    }
    assert client.post(at(employer, "add_contact"), {**new, "telephone": "12"}).status_code == 200
    assert client.post(at(employer, "add_contact"), new).status_code == 302
    assert list(employer.contacts.values_list("name", "is_main")) == [("Sam Example", True), ("Robin Example", False)]
    client.post(at(employer, "remove_contact", contact_id=employer.contacts.get(name="Sam Example").pk))
    first.refresh_from_db()
    assert first.is_main
    foreign = EmployerFactory().contacts.get()
    for name in ("edit_contact", "remove_contact"):
        assert client.post(at(employer, name, contact_id=foreign.pk), new).status_code == 404


def test_a_branch_that_somebody_needs_stays(signed_in: SignedIn, employer: Employer) -> None:
    client = signed_in(Role.PRIMARY)
    assert client.post(at(employer, "add_branch"), {"name": "North"}).status_code == 302
    taken = client.post(at(employer, "add_branch"), {"name": "north"})
    assert "Another branch has this name" in taken.content.decode()
    branch = Branch.objects.get()
    member = MembershipFactory(employer=employer, branch=branch, role=Role.SECONDARY)
    path = at(employer, "remove_branch", branch_id=branch.pk)
    assert "People or offers belong" in client.post(path).content.decode()
    Membership.objects.filter(pk=member.pk).update(removed_at="2026-01-01T00:00Z")
    assert client.post(path).status_code == 302
    assert not Branch.objects.exists()
    kept = BranchFactory(employer=employer)
    offer = draft(MembershipFactory(employer=employer))
    type(offer).objects.update(branch=kept)
    assert "People or offers belong" in client.post(at(employer, "remove_branch", branch_id=kept.pk)).content.decode()
    foreign = BranchFactory()
    for name in ("edit_branch", "remove_branch"):
        assert client.post(at(employer, name, branch_id=foreign.pk), {"name": "X"}).status_code == 404


def test_the_secret_of_a_token_is_shown_once(signed_in: SignedIn, employer: Employer) -> None:
    client, path = signed_in(Role.PRIMARY), at(employer, "tokens")
    form = {"token": uuid.uuid4(), "name": "payroll", "may_write": "on", "lasts": "90"}
    made = client.post(path, form)
    token = ApiToken.objects.get()
    secret = made.context["made"].secret
    assert (secret in made.content.decode(), token.prefix) == (True, secret[:12])
    assert token.expires_at is not None
    assert (token.expires_at - token.made_at).days in (89, 90)
    assert "no-store" in made["Cache-Control"]
    again = client.post(path, form)
    assert (secret in again.content.decode(), "made already" in again.content.decode()) == (False, True)
    assert ApiToken.objects.count() == 1
    assert secret not in client.get(path).content.decode()
    client.post(at(employer, "revoke_token", token_id=token.pk))
    token.refresh_from_db()
    assert token.revoked_at
    other = EmployerFactory()
    foreign = ApiToken.objects.create(employer=other, name="x", prefix="imp_x", token_hash="1" * 64)
    assert client.post(at(employer, "revoke_token", token_id=foreign.pk)).status_code == 404


@pytest.mark.parametrize("version", ["", "no moment", "2026-13-45", "2026-01-01T00:00:00"])
def test_a_forged_version_has_seen_nothing(signed_in: SignedIn, employer: Employer, version: str) -> None:
    member = MembershipFactory(employer=employer)
    change_profile(employer.pk, {"city": "Truro"}, person(member.user))
    assert edited(signed_in(Role.PRIMARY), employer, version, city="Here").status_code == 409
