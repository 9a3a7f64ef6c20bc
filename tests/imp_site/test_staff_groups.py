"""What each group of staff may do: as the document says it, as the database has it, and as the pages hold it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from eligibility.impact import begin
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease, ExemptionCode
from imp_site.demo import no_to_every_gate
from imp_site.staff_groups import GROUPS, MAY, create_groups
from tests.eligibility.factories import member, sent

DOCUMENT = Path(__file__).parents[2] / "docs" / "staff.md"
REQUEST = re.compile(r"(GET|POST) (/\S+)")


def rows() -> list[list[str]]:
    lines = [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def documented_permissions() -> list[tuple[str, list[str]]]:
    return [(row[1].strip("`"), row[2:]) for row in rows() if re.fullmatch(r"`\w+\.\w+`", row[1])]


def documented_requests() -> Iterator[tuple[str, str, dict[str, bool]]]:
    """Yield every request of the document's second table, with who is let in."""
    for row in rows():
        if found := REQUEST.fullmatch(row[1].strip("`")):
            yield found[1], found[2], dict(zip(GROUPS, (cell == "yes" for cell in row[2:]), strict=True))


def test_the_document_says_what_the_table_says() -> None:
    assert documented_permissions() == [
        (permission, ["yes" if group in who else "no" for group in GROUPS]) for permission, who in MAY.items()
    ]


@pytest.mark.django_db
def test_each_group_gets_exactly_what_the_table_says() -> None:
    Group.objects.create(name="Auditors").permissions.set(Permission.objects.filter(codename="delete_screening"))
    create_groups()
    for name, wanted in GROUPS.items():
        permissions = Group.objects.get(name=name).permissions.select_related("content_type")
        assert {f"{p.content_type.app_label}.{p.codename}" for p in permissions} == set(wanted), name
    assert not any(create_groups().values())


@pytest.fixture
def things(rulebook: Rulebook, release: CatalogueRelease) -> dict[str, Any]:
    """What the addresses of the document stand for."""
    draft = CatalogueRelease.objects.create(digest="d" * 64, law_as_of=release.law_as_of, files=release.files)
    return {
        "draft": draft.pk,
        "code": ExemptionCode.objects.filter(release=release)[0].pk,
        "case": sent(rulebook, no_to_every_gate(rulebook)).pk,
        "run": begin(rulebook, rulebook, None).pk,
    }


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_can_open_and_do_what_the_document_says(group: str, things: dict[str, Any]) -> None:
    client = Client()
    client.force_login(member(group))
    requests = list(documented_requests())
    assert len(requests) > 20
    for method, address, who in requests:
        response = client.generic(method, address.format(**things))
        expected = (200, 302, 422) if who[group] else (403,)
        assert response.status_code in expected, (group, method, address, response.status_code)


@pytest.mark.parametrize("group", GROUPS)
def test_no_list_of_the_admin_is_open_beyond_the_table(group: str, release: CatalogueRelease) -> None:
    client = Client()
    client.force_login(member(group))
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        allowed = f"{model._meta.app_label}.view_{model._meta.model_name}" in GROUPS[group]
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == (200 if allowed else 403), name
        assert client.get(reverse(f"admin:{name}_add")).status_code in (403, 404), name
