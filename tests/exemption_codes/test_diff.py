"""Two releases compared: everything that differs is told, in the reader's language, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from exemption_codes import diff_fee_fields, diff_fields
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.reader import read_stored_files, rule_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.diff import Difference, difference
from exemption_codes.models import CatalogueRelease
from exemption_codes.release_names import NoReleaseNamed, named_digest
from tests.eligibility.factories import consultant

RULES = Path(__file__).parents[2] / "rules"
PROFESSIONAL = "exemptions/cusma-professional.yaml"
Edit = tuple[str, str, str]
EDITS: dict[str, Edit] = {
    "threshold": (PROFESSIONAL, "diploma_years_of_study, at_least: 2", "diploma_years_of_study, at_least: 3"),
    "condition": (PROFESSIONAL, "includes_any: [US, MX]", "includes_any: [US, MX, PA]"),
    "texts": (PROFESSIONAL, "CUSMA professionals", "CUSMA specialists"),
    "dates": (PROFESSIONAL, "in_force: {from: 2020-07-01}", "in_force: {from: 2020-07-01, until: 2027-01-31}"),
    "permit": (PROFESSIONAL, "initial_months: 36", "initial_months: 24"),
    "documents": (PROFESSIONAL, "Proof of US or Mexican citizenship", "A US or Mexican passport"),
    "sources": (PROFESSIONAL, "links: [ircc-cusma-prof, ircc-codes,", "links: [ircc-cusma-prof,"),
    "members": ("lists/eu_members.yaml", "[AT, ", "["),
    "amounts": ("parameters/biometrics_fee.yaml", "value: 85", "value: 90"),
    "fees": ("fees.yaml", "due: 'no'\n        for: {offer: false}", "due: depends\n        for: {offer: false}"),
    "vocabulary": ("facts.yaml", "judged: true", "judged: false"),
}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return rule_files(RULES)


@pytest.fixture(scope="module")
def edited(files: dict[str, str]) -> Callable[..., Rulebook]:
    def edit(*edits: Edit) -> Rulebook:
        changed = dict(files)
        for name, old, new in edits:
            assert old in changed[name], (name, old)
            changed[name] = changed[name].replace(old, new, 1)
        return read_stored_files(changed)

    return edit


def lines(found: Difference) -> str:
    return "\n".join(found.lines())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_release_does_not_differ_from_itself(rulebook: Rulebook, language: str) -> None:
    found = difference(rulebook, rulebook, language)
    assert not found
    assert lines(found) == {"en": "No difference.", "fr": "Aucune différence."}[language]


@pytest.mark.parametrize("aspect", EDITS)
def test_one_edit_is_one_change_of_its_kind(rulebook: Rulebook, edited: Callable[..., Rulebook], aspect: str) -> None:
    found = difference(rulebook, edited(EDITS[aspect]), "en")
    (entry,) = found.entries()
    assert [change.aspect for change in entry.changes] == [aspect]


def test_a_threshold_reads_as_a_sentence_in_both_languages(rulebook: Rulebook, edited: Callable[..., Rulebook]) -> None:
    after = edited(EDITS["threshold"])
    english, french = (lines(difference(rulebook, after, language)) for language in ("en", "fr"))
    assert "Criterion diploma_length · Threshold" in english
    assert "+ Years of study for the diploma or certificate: 3 years or more" in english
    assert "Critère diploma_length · Seuil" in french
    assert "- Années d’études menant au diplôme ou au certificat : 2 ans ou plus" in french


def test_a_category_that_gets_a_last_day_ends(rulebook: Rulebook, edited: Callable[..., Rulebook]) -> None:
    (entry,) = difference(rulebook, edited(EDITS["dates"]), "en").entries()
    assert (entry.kind, entry.title) == ("ended", "T36 · CUSMA professionals")
    assert entry.changes[0].after == ("from July 1, 2020 until January 31, 2027",)


def test_a_text_of_the_other_language_is_shown_where_only_that_differs(
    rulebook: Rulebook, edited: Callable[..., Rulebook]
) -> None:
    after = edited((PROFESSIONAL, "ACEUM – professionnels", "ACEUM – professionnelles"))
    (entry,) = difference(rulebook, after, "en").entries()
    assert entry.changes[0].note == "French text"
    assert entry.changes[0].after == ("ACEUM – professionnelles",)


def test_categories_and_criteria_come_and_go(rulebook: Rulebook) -> None:
    name = "cusma-professional"
    category = rulebook.categories[name]
    without = {key: value for key, value in rulebook.categories.items() if key != name}
    fewer = category.model_copy(update={"criteria": category.criteria[1:]})
    gone = difference(rulebook, replace(rulebook, categories=without), "en")
    came = difference(replace(rulebook, categories=without), rulebook, "en")
    assert [entry.kind for entry in gone.entries()] == ["removed"]
    assert [entry.kind for entry in came.entries()] == ["added"]
    less = difference(rulebook, replace(rulebook, categories={**without, name: fewer}), "en")
    (change,) = next(less.entries()).changes
    assert change.aspect == "criterion_removed"
    assert change.before[0] == category.criteria[0].text.en


def test_a_changed_text_of_the_law_is_told(rulebook: Rulebook) -> None:
    digests = {**rulebook.provisions.digests}
    label = next(iter(digests))
    digests[label] = doc.Digests(en="x", fr="y")
    provisions = rulebook.provisions.model_copy(update={"digests": digests})
    (entry,) = difference(rulebook, replace(rulebook, provisions=provisions), "en").entries()
    assert (entry.title, entry.changes[0].heading) == (label, "The text has changed")


def test_what_differs_only_in_the_file_is_not_silent(rulebook: Rulebook) -> None:
    category = rulebook.categories["cusma-professional"]
    other = category.model_copy(update={"links": list(reversed(category.links))})
    after = replace(rulebook, categories={**rulebook.categories, category.id: other})
    (entry,) = difference(rulebook, after, "en").entries()
    assert entry.changes[0].note == "Only the order has changed"


NAMES = {"id", "criteria", "editions", "values", "table", "rules", "ceilings", "amount"}
TABLES: list[tuple[type[doc.Document], dict[str, Any]]] = [
    (doc.Category, diff_fields.CATEGORY),
    (doc.Criterion, diff_fields.CRITERION),
    (doc.GeneralRule, diff_fields.GENERAL_RULE),
    (doc.FactDocument, diff_fields.FACT),
    (doc.ListDocument, diff_fields.LIST),
    (doc.ParameterDocument, diff_fields.PARAMETER),
    (doc.WagesDocument, diff_fields.WAGES),
    (doc.SourceDocument, diff_fields.SOURCE),
    (doc.PageDocument, diff_fields.PAGE),
    (doc.Correction, diff_fields.CORRECTION),
    (doc.FeeDocument, diff_fee_fields.FEE),
    (doc.FeeRule, diff_fee_fields.FEE_RULE),
    (doc.FeeCeiling, diff_fee_fields.FEE_CEILING),
    (doc.CatalogueDocument, diff_fields.CATALOGUE),
]


@pytest.mark.parametrize(("document", "table"), TABLES, ids=lambda part: getattr(part, "__name__", ""))
def test_every_field_of_every_document_is_compared(document: type[doc.Document], table: dict[str, Any]) -> None:
    assert set(document.model_fields) - NAMES == set(table)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_catalogue_can_be_told_as_added_and_removed(rulebook: Rulebook, language: str) -> None:
    parts = ("facts", "categories", "lists", "parameters", "sources", "cases", "wages")
    empty = replace(rulebook, general=(), pages=(), guide=(), fees=(), **{part: {} for part in parts})
    said = [lines(difference(*pair, language)) for pair in ((empty, rulebook), (rulebook, empty))]
    for text in said:
        assert "Document(" not in text
        assert "{'" not in text
        assert ": None\n" not in text


def test_the_command_names_releases_by_digest_or_folder(release: CatalogueRelease) -> None:
    out = StringIO()
    call_command("diff_catalogue", "published", str(RULES), "--lang", "fr", stdout=out)
    assert "Aucune différence." in out.getvalue()
    call_command("diff_catalogue", release.digest[:8], "published", stdout=out)
    with pytest.raises(CommandError, match="no release"):
        call_command("diff_catalogue", "published", "ffff")


def test_an_ambiguous_or_short_digest_names_nothing(release: CatalogueRelease) -> None:
    CatalogueRelease.objects.create(digest=f"{release.digest[:10]}{'0' * 54}", law_as_of=date(2026, 1, 1), files={})
    for name in (release.digest[:10], release.digest[:3], ""):
        with pytest.raises(NoReleaseNamed):
            named_digest(name)
    assert named_digest(release.digest[:40]) == release.digest


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Threshold", "3 years or more", "Before:")),
        ("fr", ("Seuil", "3 ans ou plus", "Avant\N{NO-BREAK SPACE}:")),
    ],
)
def test_a_draft_shows_its_difference_to_the_published_release(
    client: Client, release: CatalogueRelease, files: dict[str, str], edited: Callable[..., Rulebook],
    language: str, words: tuple[str, ...],
) -> None:  # fmt: skip
    name, old, new = EDITS["threshold"]
    changed = {**files, name: files[name].replace(old, new, 1)}
    draft = CatalogueRelease.objects.create(
        digest=edited(EDITS["threshold"]).digest, law_as_of=release.law_as_of, files=changed
    )
    client.force_login(consultant())
    client.cookies["django_language"] = language
    address = reverse("admin:exemption_codes_cataloguerelease_difference", args=[draft.pk])
    page = client.get(address).content.decode()
    for word in words:
        assert word in page, word
    assert (
        address
        in client.get(reverse("admin:exemption_codes_cataloguerelease_change", args=[draft.pk])).content.decode()
    )


def test_the_difference_is_for_staff_who_may_see_releases(client: Client, release: CatalogueRelease) -> None:
    address = reverse("admin:exemption_codes_cataloguerelease_difference", args=[release.pk])
    assert client.get(address).status_code == 302
    client.force_login(consultant())
    assert client.get(address).status_code == 200
    missing = reverse("admin:exemption_codes_cataloguerelease_difference", args=[release.pk + 1])
    assert client.get(missing).status_code == 404
