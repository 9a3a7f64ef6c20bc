"""Everything works without a script."""

from tests.browser.visitor import Visitor
from tests.journeys.people import SENEGALESE_COOK


def test_a_whole_journey_needs_no_script(visitor_without_script: Visitor) -> None:
    visitor = visitor_without_script
    visitor.language = "fr"
    visitor.start()
    while visitor.is_asked:
        fill_in(visitor)
        visitor.go_on()
        assert not visitor.page.locator(".error-summary").count()
    visitor.open("result/")
    assert visitor.page.locator("[data-code='C16'][data-outcome='eligible']").count() == 1


def fill_in(visitor: Visitor) -> None:
    """Answer a page without asking the page's own script anything."""
    page = visitor.page
    for box in page.locator("input[name=ticked]").all():
        if SENEGALESE_COOK.get(box.get_attribute("value") or "") is True:
            box.check()
    for question in page.locator("[data-fact]").all():
        name, kind = question.get_attribute("data-fact") or "", question.get_attribute("data-kind") or ""
        value = SENEGALESE_COOK.get(name)
        if kind in ("search", "list", "countries") and value:
            page.locator(f"select[name='{name}']").first.select_option(value[0] if isinstance(value, list) else value)
        else:
            visitor._fill(name, kind, value)


def test_the_error_summary_and_what_was_typed_are_there_without_a_script(visitor_without_script: Visitor) -> None:
    visitor = visitor_without_script
    visitor.start()
    visitor.open("questions/job_offer/?fact=offer.wage_hourly&fact=offer.province")
    visitor.page.fill("[name='offer.wage_hourly']", "plenty")
    visitor.go_on()
    assert visitor.page.locator(".error-summary li").count() == 2
    assert visitor.page.input_value("[name='offer.wage_hourly']") == "plenty"
    visitor.page.click(".error-summary a >> nth=0")
    assert visitor.page.url.endswith("#q-offer-wage_hourly")


def test_a_value_typed_beside_a_ticked_unknown_is_not_lost(visitor_without_script: Visitor) -> None:
    visitor = visitor_without_script
    visitor.start()
    visitor.open("questions/job_offer/?fact=offer.wage_hourly&from=result")
    visitor.page.check("[name='offer.wage_hourly-unknown']")
    visitor.page.fill("[name='offer.wage_hourly']", "24,50")
    visitor.go_on()
    visitor.open("questions/job_offer/?fact=offer.wage_hourly")
    assert visitor.page.input_value("[name='offer.wage_hourly']") == "24.5"
    assert not visitor.page.is_checked("[name='offer.wage_hourly-unknown']")
