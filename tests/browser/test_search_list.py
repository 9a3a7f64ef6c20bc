"""The search over long lists: occupations in both languages, countries by their other names."""

import pytest

from tests.browser.visitor import Visitor

BOX = "[name='offer.noc-typed']"
LIST = "#q-offer-noc-list [role=option]"


@pytest.fixture
def searching(visitor: Visitor) -> Visitor:
    visitor.start()
    visitor.open("questions/role/?fact=offer.noc&from=result")
    return visitor


def chosen(visitor: Visitor) -> str:
    return str(visitor.page.evaluate("document.querySelector('select[name=\"offer.noc\"]').value"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("cooks", "63200"),
        ("cuisinier", "63200"),
        ("software engineer", "21231"),
        ("21231", "21231"),
        ("ingenieur civil", "21300"),
    ],
)
def test_an_occupation_is_found_in_either_language_or_by_its_code(searching: Visitor, typed: str, code: str) -> None:
    searching.page.fill(BOX, typed)
    searching.page.keyboard.press("ArrowDown")
    searching.page.keyboard.press("Enter")
    assert chosen(searching) == code


def test_the_box_tells_assistive_tools_what_it_shows(searching: Visitor) -> None:
    box = searching.page.locator(BOX)
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "false"
    box.fill("nurse")
    assert box.get_attribute("aria-expanded") == "true"
    searching.page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert searching.page.locator(f"[id='{active}']").get_attribute("aria-selected") == "true"
    assert searching.page.inner_text(".combo-status").startswith("Found: ")


def test_escape_closes_the_list_and_arrows_open_it(searching: Visitor) -> None:
    searching.page.fill(BOX, "nurse")
    searching.page.keyboard.press("Escape")
    assert not searching.page.locator(LIST).first.is_visible()
    searching.page.keyboard.press("ArrowDown")
    assert searching.page.locator(LIST).first.is_visible()


def test_a_click_takes_an_entry(searching: Visitor) -> None:
    searching.page.fill(BOX, "cooks")
    searching.page.click(f"{LIST} >> nth=0")
    assert chosen(searching) == "63200"
    assert searching.page.input_value(BOX) == "Cooks (63200)"


def test_nothing_found_says_so_and_the_words_come_back_with_an_error(searching: Visitor) -> None:
    searching.page.fill(BOX, "lighthouse keeper")
    assert "Nothing found" in searching.page.inner_text(".combo-status")
    searching.go_on()
    assert "lighthouse keeper" in searching.page.inner_text(".error-summary")
    assert searching.page.input_value(BOX) == "lighthouse keeper"


def test_unknown_empties_the_box_and_a_choice_takes_unknown_back(searching: Visitor) -> None:
    page = searching.page
    page.fill(BOX, "Cooks (63200)")
    page.keyboard.press("Tab")
    page.check("[name='offer.noc-unknown']")
    assert (chosen(searching), page.input_value(BOX)) == ("", "")
    page.fill(BOX, "cooks")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert not page.is_checked("[name='offer.noc-unknown']")


def test_a_country_is_found_by_another_name_of_it(visitor: Visitor) -> None:
    visitor.start()
    visitor.open("questions/identity/?fact=applicant.citizenships&from=result")
    visitor.page.fill("[name='applicant.citizenships-typed'] >> nth=0", "ivory coast")
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.input_value("[name='applicant.citizenships-typed'] >> nth=0") == "Côte d’Ivoire"
