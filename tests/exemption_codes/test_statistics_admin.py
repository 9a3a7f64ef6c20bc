"""The page of statistics for maintainers: counts, confidence, mutants and the sources to be read again."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.proof.mutation_report import read_last_run
from exemption_codes.statistics_admin import KIND_WORDS, percent_in_words
from tests.eligibility.factories import consultant

pytestmark = pytest.mark.django_db


def page(client: Client, release: CatalogueRelease, language: str = "en") -> str:
    client.cookies["django_language"] = language
    response = client.get(reverse("admin:exemption_codes_cataloguerelease_statistics", args=[release.pk]))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def fact(text: str, words: str) -> str:
    found = re.search(rf"<dt>{re.escape(words)}</dt><dd>([^<]*)</dd>", text)
    assert found, words
    return found[1]


def test_it_counts_what_the_release_holds(client: Client, release: CatalogueRelease, rulebook: Rulebook) -> None:
    client.force_login(consultant())
    text = page(client, release)
    assert fact(text, "Categories") == str(len(rulebook.categories))
    assert fact(text, "Facts") == str(len(rulebook.facts))
    assert fact(text, "Criteria") == str(sum(len(one.criteria) for one in rulebook.categories.values()))
    assert fact(text, "Worked examples") == str(sum(len(one.cases) for one in rulebook.cases.values()))
    low = [one for one in rulebook.categories.values() if one.confidence == "low"]
    assert low
    assert all(escape(one.name.en) in text for one in low)


def test_it_tells_what_became_of_the_mutants_and_of_which_rules(
    client: Client, release: CatalogueRelease, rulebook: Rulebook
) -> None:
    client.force_login(consultant())
    run = read_last_run()
    assert run
    text = page(client, release)
    assert f"{run.total:,} wrong changes were tried; the worked examples notice {run.share_killed:.1%}" in text
    assert ("They were counted on other rules" in text) is not run.is_of(rulebook)
    assert set(run.kinds) <= set(KIND_WORDS)


def test_the_oldest_sources_come_first_with_their_day(
    client: Client, release: CatalogueRelease, rulebook: Rulebook
) -> None:
    client.force_login(consultant())
    text = page(client, release).split('id="oldest"')[1]
    days = re.findall(r"<tr><td class=\"day\">(\d{4}-\d\d-\d\d)</td>", text)
    assert days == sorted(days)
    assert days[0] == str(min(source.read_on for source in rulebook.sources.values() if source.read_on))


def test_it_reads_in_french(client: Client, release: CatalogueRelease) -> None:
    client.force_login(consultant())
    text = page(client, release, "fr")
    assert "Sources consultées il y a le plus longtemps" in text
    assert percent_in_words(0.975, "fr") == "97,5\N{NO-BREAK SPACE}%"


def test_strangers_do_not_see_it(client: Client, release: CatalogueRelease, django_user_model: Any) -> None:
    address = reverse("admin:exemption_codes_cataloguerelease_statistics", args=[release.pk])
    assert client.get(address).status_code == 302
    client.force_login(django_user_model.objects.create_user("stranger", is_staff=True))
    assert client.get(address).status_code == 403
