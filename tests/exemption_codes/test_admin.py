"""The published catalogue, browsed by staff: releases, codes, and every category's rule in both languages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease, ExemptionCode
from exemption_codes.sheets import sheet
from tests.eligibility.factories import consultant

CODES = "/admin/exemption_codes/exemptioncode/"


@pytest.fixture
def staff(client: Client, release: CatalogueRelease) -> Client:
    client.force_login(consultant())
    return client


def page(client: Client, code: ExemptionCode, language: str = "en") -> str:
    client.cookies["django_language"] = language
    response = client.get(reverse("admin:exemption_codes_exemptioncode_change", args=[code.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_a_category_shows_its_criteria_sources_dates_and_examples(staff: Client) -> None:
    text = page(staff, ExemptionCode.objects.get(category="cusma-professional"))
    for part in (
        "T36",
        "since December 15, 2022",
        "until December 14, 2022",
        "R204(a)",
        "citizenship",
        "Condition",
        "its row in the table",
        "Worked examples",
        "(read ",
        "high",
    ):
        assert part in text, part


def test_a_category_reads_in_french(staff: Client) -> None:
    text = page(staff, ExemptionCode.objects.get(category="cusma-professional"), "fr")
    for part in ("depuis le 15 décembre 2022", "ACEUM", "Critères", "Fondement juridique", "Exemples", "élevée"):
        assert part in text, part


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_category_can_be_put_into_words(rulebook: Rulebook, language: str) -> None:
    for category in rulebook.categories.values():
        said = sheet(rulebook, category, language)
        assert len(said.criteria) == len(category.criteria)
        assert all(criterion.citations for criterion in said.criteria)
        assert said.examples


def test_codes_are_found_by_todays_and_former_code_and_by_words(staff: Client) -> None:
    def found(query: str) -> set[str]:
        return {code.category for code in staff.get(f"{CODES}?q={query}").context["cl"].result_list}

    assert "cusma-professional" in found("T23")
    assert found("T36") == {"cusma-professional"}
    assert found("ACEUM+professionnels") == {"cusma-professional"}


def test_codes_of_an_earlier_release_are_shown_only_when_asked_for(staff: Client, release: CatalogueRelease) -> None:
    earlier = CatalogueRelease.objects.create(
        digest="0" * 64, law_as_of=release.law_as_of, files=release.files, status=CatalogueRelease.Status.WITHDRAWN
    )
    names = {"name_en": "Old", "name_fr": "Vieux", "confidence": "low"}
    ExemptionCode.objects.create(release=earlier, category="old", code="X99", family="cusma", **names)
    count = release.codes.count()
    assert staff.get(CODES).context["cl"].result_count == count
    assert staff.get(f"{CODES}?release={earlier.digest}").context["cl"].result_count == 1


def test_a_release_shows_what_is_in_it(staff: Client, release: CatalogueRelease, rulebook: Rulebook) -> None:
    response = staff.get(reverse("admin:exemption_codes_cataloguerelease_change", args=[release.pk]))
    text = response.content.decode()
    assert release.digest in text
    assert all(f">{code.name_en.replace('’', '’')}<" in text for code in release.codes.filter(family="cusma"))
    assert str(len(rulebook.facts)) in text


def test_nothing_can_be_changed(staff: Client, release: CatalogueRelease) -> None:
    address = reverse("admin:exemption_codes_cataloguerelease_change", args=[release.pk])
    assert staff.post(address, {"status": "draft"}).status_code == 403
    assert staff.get("/admin/exemption_codes/cataloguerelease/add/").status_code == 403
    assert staff.get(f"{CODES}add/").status_code == 403


def test_the_number_of_queries_is_fixed(
    staff: Client, release: CatalogueRelease, django_assert_max_num_queries: Any
) -> None:
    code = ExemptionCode.objects.get(category="cusma-professional")
    addresses = (
        CODES,
        "/admin/exemption_codes/cataloguerelease/",
        reverse("admin:exemption_codes_exemptioncode_change", args=[code.pk]),
        reverse("admin:exemption_codes_cataloguerelease_change", args=[release.pk]),
    )
    for address in addresses:
        staff.get(address)
        with django_assert_max_num_queries(10):
            staff.get(address)
