"""Back, refresh, two tabs, the other language, a second click, a lost session: nothing is lost."""

from playwright.sync_api import Page

from eligibility.models import Screening
from tests.browser.visitor import Visitor
from tests.journeys.people import SENEGALESE_COOK

WAGE = "questions/job_offer/?fact=offer.wage_hourly"
PLACE = "questions/job_offer/?fact=offer.province"
WAGE_BOX = "[name='offer.wage_hourly']"


def save_wage(visitor: Visitor, typed: str = "24.50") -> None:
    visitor.open(WAGE)
    visitor.page.fill(WAGE_BOX, typed)
    visitor.go_on()


def answers() -> dict[str, object]:
    return dict(Screening.objects.get(submitted_at=None).answers)


def test_the_back_button_shows_the_saved_answers_and_they_can_be_changed(visitor: Visitor) -> None:
    visitor.start()
    save_wage(visitor)
    visitor.back()
    assert visitor.page.input_value(WAGE_BOX) == "24.5"
    visitor.page.fill(WAGE_BOX, "26")
    visitor.go_on()
    assert answers()["offer.wage_hourly"] == 26


def test_a_refresh_shows_the_same_page(visitor: Visitor) -> None:
    visitor.start()
    before = visitor.page.url
    visitor.page.reload()
    assert visitor.page.url == before
    assert visitor.page.locator("input[name=ticked]").count() > 10


def test_two_tabs_do_not_overwrite_each_other(visitor: Visitor) -> None:
    visitor.start()
    other = Visitor(visitor.page.context.new_page(), visitor.site)
    other.open(PLACE)
    visitor.open(WAGE)
    visitor.page.fill(WAGE_BOX, "24.50")
    other.page.select_option("[name='offer.province']", "MB")
    other.go_on()
    visitor.go_on()
    assert answers() == {"offer.province": "MB", "offer.wage_hourly": 24.5}


def test_the_other_language_is_the_same_place_with_the_same_answers(visitor: Visitor) -> None:
    visitor.start()
    save_wage(visitor)
    visitor.open(WAGE)
    visitor.page.click("a[data-language]")
    visitor.page.wait_for_url(f"**/fr/{WAGE}")
    assert visitor.page.input_value(WAGE_BOX) == "24,5"


def test_the_other_language_keeps_what_is_typed_but_not_saved(visitor: Visitor) -> None:
    visitor.start()
    visitor.open(WAGE)
    visitor.page.fill(WAGE_BOX, "31.75")
    visitor.page.click("a[data-language]")
    visitor.page.wait_for_url(f"**/fr/{WAGE}")
    assert visitor.page.input_value(WAGE_BOX) == "31.75"
    visitor.go_on()
    assert answers()["offer.wage_hourly"] == 31.75


def test_a_second_click_sends_nothing_twice(visitor: Visitor) -> None:
    visitor.walk(SENEGALESE_COOK)
    visitor.open("result/send/")
    visitor.page.fill("#id_contact_name", "Awa Exemple")
    visitor.page.fill("#id_contact_email", "awa@example.com")
    visitor.page.check("#id_consent")
    visitor.page.dblclick("main form .button")
    visitor.page.wait_for_url("**/result/sent/")
    reference = visitor.page.inner_text(".reference")
    assert [sent.reference for sent in Screening.objects.submitted()] == [reference]


def test_answers_sent_after_the_session_is_gone_are_not_lost(visitor: Visitor) -> None:
    visitor.start()
    visitor.open(WAGE)
    visitor.page.fill(WAGE_BOX, "24.50")
    visitor.page.context.clear_cookies(name="sessionid")
    visitor.go_on()
    assert visitor.page.get_by_text("What you entered just now is kept").is_visible()


def test_erasing_takes_every_answer_away(visitor: Visitor) -> None:
    visitor.start()
    save_wage(visitor)
    visitor.open("answers/erase/")
    visitor.press(".button.danger")
    assert visitor.page.get_by_text("Your answers have been erased").is_visible()
    assert not Screening.objects.exists()
    visitor.back()
    visitor.page.reload()
    assert visitor.page.url.endswith("/en/")


def test_printing_shows_what_is_folded(visitor: Visitor) -> None:
    visitor.walk(SENEGALESE_COOK)
    visitor.open("result/")
    why = visitor.page.locator(".card .findings").first
    assert not why.is_visible()
    visitor.page.emulate_media(media="print")
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert why.is_visible()
    assert not visitor.page.locator(".masthead nav").is_visible()
    visitor.page.emulate_media(media="screen")
    visitor.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not why.is_visible()


def test_no_page_writes_an_error_into_the_console(visitor: Visitor) -> None:
    said: list[str] = []
    page: Page = visitor.page
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    visitor.start()
    for path in (
        "questions/role/?fact=offer.noc",
        "answers/",
        "result/",
        "result/send/",
        "codes/find/?q=C16",
        "accounts/login/",
    ):
        visitor.open(path)
    assert said == []
