"""Consultants see what was sent, with the evidence of every code, in both languages, and change nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from eligibility.models import Screening
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import rulebook_of
from imp_site.demo import no_to_every_gate
from tests.eligibility.cases import ENGINEER
from tests.eligibility.factories import UserFactory, consultant, sent

LIST = "/admin/eligibility/screening/"


@pytest.fixture
def staff(client: Client, release: CatalogueRelease) -> Client:
    client.force_login(consultant())
    return client


@pytest.fixture
def engineer(rulebook: Rulebook, release: CatalogueRelease) -> Screening:
    return sent(rulebook, {**no_to_every_gate(rulebook), **ENGINEER["facts"], "situation.listed_profession": True})


@pytest.fixture
def nobody_fits(rulebook: Rulebook, release: CatalogueRelease) -> Screening:
    person = {"applicant.citizenships": ["BR"], "applicant.location": "outside_canada", "offer.exists": False}
    return sent(rulebook, {**no_to_every_gate(rulebook), **person}, "fr")


def page_of(client: Client, screening: Screening, language: str = "en", query: str = "") -> str:
    client.cookies["django_language"] = language
    address = reverse("admin:eligibility_screening_change", args=[screening.pk])
    response = client.get(address + query)
    assert response.status_code == 200
    return response.content.decode()


def found(client: Client, query: str) -> list[str]:
    changes = client.get(f"{LIST}?{query}").context["cl"].result_list
    return [screening.reference for screening in changes]


def test_a_case_shows_answers_codes_evidence_and_sources(staff: Client, engineer: Screening) -> None:
    page = page_of(staff, engineer)
    for part in (
        engineer.reference,
        "Fictional Person",
        "United States",
        "T36",
        "CUSMA",
        "T23 until December 14, 2022",
        "Evidence tree",
        "You are a citizen of the United States or Mexico",
        "R204(a)",
        "the published one",
    ):
        assert part in page, part


def test_a_case_reads_in_french(staff: Client, engineer: Screening) -> None:
    page = page_of(staff, engineer, "fr")
    for part in (
        "États-Unis",
        "ACEUM",
        "T23 jusqu’au 14 décembre 2022",
        "Arbre de preuves",
        "Réponses",
        "la version publiée",
    ):
        assert part in page, part
    for english in ("Evidence tree", "Sources:", "Not told", "Answers", "Judged as of"):
        assert english not in page, english


def test_every_code_in_force_stands_in_the_case_and_each_opens_in_full(
    staff: Client, engineer: Screening, rulebook: Rulebook
) -> None:
    page = page_of(staff, engineer)
    in_force = rulebook.in_force(engineer.as_of)
    assert [category.id for category in in_force if f'id="code-{category.id}"' not in page] == []
    assert "?code=religious-worker" in page
    whole = page_of(staff, engineer, query="?code=religious-worker")
    criteria = rulebook.categories["religious-worker"].criteria
    assert all(criterion.text.en.split(",")[0] in whole for criterion in criteria)
    assert "Back to the whole case" in whole


def test_a_case_is_judged_as_it_was_when_it_was_sent(
    staff: Client, engineer: Screening, release: CatalogueRelease
) -> None:
    CatalogueRelease.objects.update(status=CatalogueRelease.Status.WITHDRAWN)
    assert "an earlier one" in page_of(staff, engineer)
    release.delete()
    rulebook_of.cache_clear()
    assert "no longer stored" in page_of(staff, engineer)


def test_a_case_of_hostile_answers_is_shown_as_text(staff: Client, engineer: Screening) -> None:
    engineer.contact_name = "<script>alert(1)</script>"
    engineer.answers = {**engineer.answers, "made.up": "<b>"}
    engineer.save()
    page = page_of(staff, engineer)
    assert "<script>alert(1)" not in page
    assert "made.up" in page


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("q=T36", ["engineer"]),
        ("q=t23", ["engineer"]),
        ("q=ELIGIBLE", ["engineer", "nobody_fits"]),
        ("q=not+eligible", ["nobody_fits"]),
        ("q=T37", []),
        ("q=nothing+like+this", []),
        ("code=T36", ["engineer"]),
        ("best_outcome__exact=not_eligible", ["nobody_fits"]),
        ("language=fr", ["nobody_fits"]),
        ("", ["engineer", "nobody_fits"]),
    ],
)
def test_cases_are_found_by_code_outcome_and_language(
    staff: Client, engineer: Screening, nobody_fits: Screening, query: str, finds: list[str]
) -> None:
    named = {engineer.reference: "engineer", nobody_fits.reference: "nobody_fits"}
    assert sorted(named[reference] for reference in found(staff, query)) == sorted(finds)


def test_cases_are_found_by_reference_and_by_outcome_in_french(
    staff: Client, engineer: Screening, nobody_fits: Screening
) -> None:
    assert found(staff, f"q={engineer.reference.lower()}") == [engineer.reference]
    staff.cookies["django_language"] = "fr"
    assert found(staff, "q=non+admissible") == [nobody_fits.reference]


def test_answers_that_nobody_sent_are_not_shown(staff: Client, engineer: Screening) -> None:
    own = Screening.objects.get(pk=engineer.source)
    assert found(staff, "") == [engineer.reference]
    assert staff.get(reverse("admin:eligibility_screening_change", args=[own.pk])).status_code == 302


def test_nothing_can_be_changed(staff: Client, engineer: Screening) -> None:
    address = reverse("admin:eligibility_screening_change", args=[engineer.pk])
    assert staff.post(address, {"contact_name": "x"}).status_code == 403
    assert staff.get(reverse("admin:eligibility_screening_delete", args=[engineer.pk])).status_code == 403
    assert staff.get(f"{LIST}add/").status_code == 403
    action = {"action": "delete_selected", "_selected_action": [str(engineer.pk)]}
    staff.post(LIST, action)
    assert Screening.objects.filter(pk=engineer.pk).exists()


def test_only_those_who_may_view_cases_see_them(client: Client, engineer: Screening) -> None:
    address = reverse("admin:eligibility_screening_change", args=[engineer.pk])
    assert client.get(address).status_code == 302
    client.force_login(UserFactory.create())
    assert client.get(address).status_code == 302
    clerk = UserFactory.create(staff=True)
    client.force_login(clerk)
    assert client.get(address).status_code == 403
    assert engineer.reference not in client.get("/admin/").content.decode()
    clerk.user_permissions.add(Permission.objects.get(codename="view_screening"))
    assert client.get(address).status_code == 200


def test_the_number_of_queries_does_not_grow_with_cases(
    staff: Client, rulebook: Rulebook, engineer: Screening, django_assert_max_num_queries: Any
) -> None:
    address = reverse("admin:eligibility_screening_change", args=[engineer.pk])
    staff.get(address)
    for _ in range(12):
        sent(rulebook, {"applicant.citizenships": ["BR"]})
    with django_assert_max_num_queries(12):
        staff.get(LIST)
    with django_assert_max_num_queries(12):
        staff.get(address)
    with django_assert_max_num_queries(12):
        staff.get("/admin/")


def test_the_page_of_a_case_stays_small(staff: Client, engineer: Screening) -> None:
    address = reverse("admin:eligibility_screening_change", args=[engineer.pk])
    response = staff.get(address, headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 100_000
