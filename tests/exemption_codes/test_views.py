"""The catalogue's pages: stable addresses, old codes, past days, both languages, and small on the wire."""

import gzip
import re

import pytest
from django.test import Client

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease

pytestmark = pytest.mark.usefixtures("release")
LARGEST_BYTES = 100 * 1024
LANGUAGES = ("en", "fr")


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_categories_stand_on_one_page(client: Client, rulebook: Rulebook, language: str) -> None:
    shown = text(client, f"/{language}/codes/")
    assert all(f'href="/{language}/codes/{name}/"' in shown for name in rulebook.categories)
    assert ("Ended on August 28, 2024" if language == "en" else "Terminée le 28 août 2024") in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_has_a_page(client: Client, rulebook: Rulebook, language: str) -> None:
    for name, category in rulebook.categories.items():
        shown = text(client, f"/{language}/codes/{name}/")
        assert category.for_whom.in_language(language).split("’")[0][:40] in shown.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/en/codes/T36/", "/en/codes/cusma-professional/?was=T36"),
        ("/en/codes/C32/", "/en/codes/post-secondary-co-op/?was=C32"),
        ("/en/codes/C21/WH/", "/en/codes/iec-working-holiday/?was=C21"),
        ("/fr/codes/T23/", "/fr/codes/?q=T23"),
        ("/fr/codes/T36/?on=2024-11-28", "/fr/codes/cusma-professional/?was=T36&on=2024-11-28"),
        ("/en/codes/T23/?on=2022-12-14", "/en/codes/?q=T23&on=2022-12-14"),
        ("/en/codes/find/?q=T36", "/en/codes/cusma-professional/?was=T36"),
        ("/en/codes/find/?q=T23", "/en/codes/?q=T23"),
        ("/en/codes/find/?q=cusma-professional", "/en/codes/cusma-professional/"),
        ("/en/codes/find/?q=nurse", "/en/codes/?q=nurse"),
        ("/en/codes/find/", "/en/codes/"),
        ("/en/countries/go/?code=MX", "/en/countries/MX/"),
        ("/en/countries/go/?code=nowhere", "/en/countries/"),
        ("/en/countries/mx/", "/en/countries/MX/"),
    ],
)
def test_codes_and_names_lead_to_stable_addresses(client: Client, address: str, target: str) -> None:
    response = client.get(address)
    assert response.status_code in (301, 302)
    assert response.headers["Location"] == target


def test_who_comes_by_a_former_code_is_told_todays(client: Client) -> None:
    assert "T23 was used until December 14, 2022." in text(client, "/en/codes/cusma-professional/?was=T23")
    assert "was used until" not in text(client, "/en/codes/cusma-professional/?was=T36")
    assert "Today’s code is <strong>T36</strong>" in text(client, "/en/codes/?q=T23")


@pytest.mark.parametrize("address", ["/en/codes/Z99/", "/en/codes/nothing/", "/en/codes/C21/XX/", "/en/countries/XX/"])
def test_what_there_is_not_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_links_to_parts_of_another_page_lead_somewhere(client: Client) -> None:
    assert 'href="/en/codes/#family-family"' in text(client, "/en/codes/cusma-professional/")
    assert 'id="family-family"' in text(client, "/en/codes/")


def test_a_past_day_has_a_banner_and_the_rule_then_in_force(client: Client) -> None:
    shown = text(client, "/en/codes/business-owner/?on=2022-12-14")
    assert "This is the law of December 14, 2022." in shown
    assert "at least 50 percent" in shown
    assert "Check me against this one" not in shown
    assert 'href="/en/codes/business-owner/"' in shown
    assert "T23" in text(client, "/en/codes/cusma-professional/?on=2022-12-14")


@pytest.mark.parametrize(
    ("day", "error"),
    [("1999-01-01", "The catalogue goes from"), ("2022-02-30", "Write the day"), ("soon", "Write the day")],
)
@pytest.mark.parametrize("address", ["/en/codes/", "/en/codes/business-owner/", "/en/countries/MX/"])
def test_a_day_that_cannot_be_taken_is_said_beside_its_field(
    client: Client, address: str, day: str, error: str
) -> None:
    shown = text(client, f"{address}?on={day}", status=422)
    assert error in shown
    assert 'aria-invalid="true"' in shown
    assert "This is the law of" not in shown


def test_the_button_starts_the_questionnaire_with_this_category_alone(client: Client) -> None:
    assert 'name="only" value="cusma-professional"' in text(client, "/en/codes/cusma-professional/")
    response = client.post("/en/questions/begin/", {"only": "cusma-professional"}, follow=True)
    assert "T36" in response.content.decode() or response.redirect_chain
    assert 'name="only"' not in text(client, "/en/codes/policy-r01-visitor/")


def test_an_empty_search_suggests_what_to_do(client: Client) -> None:
    shown = text(client, "/en/codes/?q=proffessional")
    assert "Nothing found for “proffessional”" in shown
    assert 'Did you mean <a href="/en/codes/?q=professional">professional</a>?' in shown
    assert "Find your code by questions" in shown


def test_what_is_typed_is_shown_as_text_only(client: Client) -> None:
    shown = text(client, "/en/codes/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in shown


def test_a_country_shows_what_its_citizenship_opens(client: Client) -> None:
    shown = text(client, "/en/countries/MX/")
    for expected in ("CUSMA professionals", "This country is not a partner.", "Whatever your citizenship", "eTA"):
        assert expected in shown
    irish = text(client, "/fr/countries/IE/")
    assert "18 à 35" in irish
    assert "autorisation de voyage électronique" in irish


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_guides_get_wrong_stands_on_one_page(client: Client, rulebook: Rulebook, language: str) -> None:
    shown = text(client, f"/{language}/codes/changed/")
    for correction in rulebook.guide:
        assert f'id="{correction.id}"' in shown
        assert correction.title.in_language(language).split("’")[0] in shown


def test_no_page_is_over_100_kilobytes_on_the_wire(client: Client, rulebook: Rulebook) -> None:
    addresses = ["/fr/codes/", "/fr/codes/?q=a", "/fr/codes/changed/", "/fr/countries/", "/fr/countries/GB/"]
    addresses += [f"/fr/codes/{name}/" for name in rulebook.categories]
    sizes = {one: len(gzip.compress(client.get(one).content)) for one in addresses}
    assert {address: size for address, size in sizes.items() if size > LARGEST_BYTES} == {}


def test_pages_change_when_another_release_is_published(client: Client, release: CatalogueRelease) -> None:
    assert release.digest[:8] in text(client, "/en/codes/")


@pytest.mark.parametrize("address", ["/en/codes/", "/en/codes/cusma-professional/", "/en/countries/MX/"])
def test_pages_are_read_only(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
