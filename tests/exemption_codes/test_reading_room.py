"""The reading room: where a rule is used, how it changed, what mutants are left, and trying it with facts."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from eligibility.models import Screening
from exemption_codes.catalogue.fact_values import allowed_words
from exemption_codes.catalogue.reader import read_stored_files, rule_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease, ExemptionCode
from exemption_codes.publishing import publish_now
from exemption_codes.releases import store
from exemption_codes.uses import facts_to_ask, uses_of
from tests.eligibility.factories import member

RULES = Path(__file__).parents[2] / "rules"
PROFESSIONAL = "exemptions/cusma-professional.yaml"


@pytest.fixture
def reader(client: Client, release: CatalogueRelease) -> Client:
    client.force_login(member("Auditors"))
    return client


def page_of(release: CatalogueRelease, category: str = "cusma-professional") -> int:
    return ExemptionCode.objects.get(release=release, category=category).pk


def test_uses_tell_who_else_reads_a_list_and_every_read_thing_exists(rulebook: Rulebook) -> None:
    for category in rulebook.categories.values():
        uses = uses_of(rulebook, category, "en")
        for part, known in (
            (uses.facts, rulebook.facts),
            (uses.lists, rulebook.lists),
            (uses.parameters, rulebook.parameters),
        ):
            for use in part:
                assert use.name in known
                assert category.id not in dict(map(reversed, use.others))  # type: ignore[arg-type]
        asked = facts_to_ask(rulebook, category)
        assert asked
        assert not any(rulebook.facts[name].derived_from for name in asked)
    uses = uses_of(rulebook, rulebook.categories["cusma-professional"], "fr")
    professions = next(use for use in uses.lists if use.name.startswith("cusma"))
    assert professions.words != professions.name
    readers = {name for use in uses.facts if use.name == "applicant.citizenships" for _key, name in use.others}
    assert "cusma-trader" in readers


def test_the_page_of_a_category_shows_uses_and_mutants_in_both_languages(
    reader: Client, release: CatalogueRelease, django_assert_max_num_queries: Any
) -> None:
    address = f"/admin/exemption_codes/exemptioncode/{page_of(release)}/change/"
    reader.get(address)
    with django_assert_max_num_queries(10):
        page = reader.get(address)
    assert page.context["mutants"]["counts"]["killed"] > 20
    assert all(words in page.content.decode() for words in ("who else reads it", "applicant.citizenships", "Try it"))
    reader.cookies["django_language"] = "fr"
    assert "qui d’autre le lit" in reader.get(address).content.decode()


def test_changes_are_told_between_the_releases_that_say_otherwise(reader: Client, release: CatalogueRelease) -> None:
    files = rule_files(RULES)
    other = {**files, "parameters/biometrics_fee.yaml": files["parameters/biometrics_fee.yaml"].replace("85", "90")}
    later = {**other, PROFESSIONAL: files[PROFESSIONAL].replace("includes_any: [US, MX]", "includes_any: [MX]", 1)}
    for changed in (other, later):
        publish_now(store(read_stored_files(changed), changed)[0], "keeper", "New")
    page = reader.get(f"/admin/exemption_codes/exemptioncode/{page_of(release)}/changes/")
    (change,) = page.context["changes"]
    assert change.after.status == "published"
    assert "Criterion citizenship · Condition" in page.content.decode()
    assert reader.get("/admin/exemption_codes/exemptioncode/99999999/changes/").status_code == 404


def posted(rulebook: Rulebook, **facts: Any) -> dict[str, Any]:
    """What the form sends with these facts; the rest is left empty."""
    names = facts_to_ask(rulebook, rulebook.categories["cusma-professional"])
    return {**{f"{name}-unknown": "on" for name in names}, **dict.fromkeys(names, ""), **facts}


def test_a_rule_is_tried_with_facts_and_answers_with_its_evidence(
    reader: Client, release: CatalogueRelease, rulebook: Rulebook
) -> None:
    address = f"/admin/try/{page_of(release)}/"
    assert "applicant.citizenships-unknown" in reader.get(address).content.decode()
    page = reader.post(address, posted(rulebook, **{"applicant.citizenships": ["BR"]}))
    assert page.context["code"].summary.outcome == "not_eligible"
    assert "Evidence tree" in page.content.decode()
    assert page.context["form"].typed("applicant.citizenships")[0] == ["BR"]
    open_one = reader.post(address, posted(rulebook, **{"applicant.citizenships": ["MX"]}))
    assert open_one.context["code"].summary.outcome == "undetermined"
    profession = sorted(allowed_words(rulebook, "offer.cusma_profession"))[0]
    assert reader.post(address, posted(rulebook, **{"offer.cusma_profession": profession})).status_code == 200
    assert not Screening.objects.exists()


def test_what_cannot_be_read_is_told_beside_its_field_and_nothing_typed_is_lost(
    reader: Client, release: CatalogueRelease, rulebook: Rulebook
) -> None:
    asked = facts_to_ask(rulebook, rulebook.categories["cusma-professional"])
    number = next(name for name in asked if rulebook.facts[name].type in ("integer", "decimal"))
    page = reader.post(f"/admin/try/{page_of(release)}/", posted(rulebook, **{number: "many", "as_of": "2090-01-01"}))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [number]
    assert 'value="many"' in page.content.decode()
    far = reader.post(f"/admin/try/{page_of(release)}/", posted(rulebook, as_of="2090-01-01"))
    assert (far.status_code, list(far.context["form"].errors)) == (422, ["as_of"])
    before = reader.post(f"/admin/try/{page_of(release)}/", posted(rulebook, as_of="2020-06-30"))
    assert "not in force" in before.content.decode() or before.status_code == 422


def test_trying_is_for_staff(client: Client, release: CatalogueRelease) -> None:
    assert client.get(f"/admin/try/{page_of(release)}/").status_code == 302
    client.force_login(member("Auditors"))
    assert client.get("/admin/try/99999999/").status_code == 404
