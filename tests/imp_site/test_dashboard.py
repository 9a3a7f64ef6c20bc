"""What staff see first: numbers that are right, each also said in words, from a fixed number of queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from eligibility.models import DailyCount, Screening
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.unread import longest_unread
from imp_site.admin_theme import UNFOLD
from imp_site.demo import no_to_every_gate
from tests.eligibility.cases import ENGINEER
from tests.eligibility.factories import member, sent
from tests.journeys.walking import posted


@pytest.fixture
def consultant(client: Client, release: CatalogueRelease) -> Client:
    client.force_login(member("Consultants"))
    return client


def bars(page: Any, name: str) -> dict[str, int]:
    chart = next(chart for chart in page.context["charts"] if chart.id == name)
    return {bar.label: bar.number for bar in chart.bars}


def sent_days_ago(rulebook: Rulebook, days: int, state: str = "new") -> Screening:
    one = sent(rulebook, {**no_to_every_gate(rulebook), **ENGINEER["facts"], "situation.listed_profession": True})
    when = timezone.now() - timedelta(days=days, minutes=5)
    Screening.objects.filter(pk=one.pk).update(submitted_at=when, state=state)
    return one


def test_cases_are_counted_by_week_code_and_age(consultant: Client, rulebook: Rulebook) -> None:
    for days in (0, 0, 5, 40):
        sent_days_ago(rulebook, days)
    sent_days_ago(rulebook, 40, "closed")
    page = consultant.get("/admin/")
    assert sum(column.number for column in page.context["weeks"].columns) == 5
    assert bars(page, "codes")["T36"] == 5
    assert list(bars(page, "ages").values()) == [2, 0, 1, 0, 0, 1]
    text = page.content.decode()
    assert "T36: Eligible 5" in text
    assert "3 to 7 days: 1" in text
    assert "Nothing has been counted yet." in text
    consultant.cookies["django_language"] = "fr"
    french = consultant.get("/admin/").content.decode()
    assert all(
        words in french
        for words in ("Dossiers envoyés, par semaine", "T36\N{NO-BREAK SPACE}: Admissible 5", "Consultée le")
    )


def test_facts_that_were_lacking_are_counted_when_a_result_is_sent(consultant: Client, rulebook: Rulebook) -> None:
    facts = {**no_to_every_gate(rulebook), **ENGINEER["facts"], "situation.listed_profession": True}
    del facts["offer.pre_arranged"]
    sent(rulebook, facts)
    sent(rulebook, facts)
    counted = DailyCount.objects.get(kind="lacking", name="offer.pre_arranged")
    assert counted.number == 2
    label = rulebook.facts["offer.pre_arranged"].label.en
    assert bars(consultant.get("/admin/"), "lacking")[label[0].upper() + label[1:]] == 2


def test_the_page_where_somebody_stops_is_counted_once(release: CatalogueRelease, rulebook: Rulebook) -> None:
    staff, visitor = Client(), Client()
    staff.force_login(member("Consultants"))
    visitor.post("/en/questions/begin/")
    first = visitor.get("/en/questions/")["Location"]
    ticks = any(page.kind == "ticks" and f"/{page.id}/" in first for page in rulebook.pages)
    answers = posted(parse_qs(urlsplit(first).query)["fact"], {}, rulebook, ticks)
    for _ in range(2):
        assert visitor.post(first, answers).status_code == 302
        visitor.get("/en/questions/")
    reached = dict(DailyCount.objects.filter(kind="reached").values_list("name", "number"))
    left = dict(DailyCount.objects.filter(kind="left").values_list("name", "number"))
    assert set(reached.values()) == set(left.values()) == {1}
    (stop,) = set(reached) - set(left)
    title = next(page.title.en for page in rulebook.pages if page.id == stop)
    assert bars(staff.get("/admin/"), "stops") == {title: 1}


def test_rule_files_are_listed_by_the_day_their_oldest_source_was_read(consultant: Client, rulebook: Rulebook) -> None:
    shown = consultant.get("/admin/").context["unread"]
    found = longest_unread(rulebook)
    assert [one["read_on"] for one in shown] == [one.read_on for one in found[:10]]
    assert [one.read_on for one in found] == sorted(one.read_on for one in found)
    for one in found[:3]:
        category = rulebook.categories[one.category]
        read = [rulebook.sources[c.source].read_on for criterion in category.criteria for c in criterion.cite]
        assert all(day is None or day >= one.read_on for day in read)


def test_the_number_of_queries_does_not_grow(
    consultant: Client, rulebook: Rulebook, django_assert_num_queries: Callable[..., Any]
) -> None:
    consultant.get("/admin/")
    for _ in range(2):
        sent_days_ago(rulebook, 3)
        with django_assert_num_queries(12):
            consultant.get("/admin/")


def test_publishers_see_the_rules_and_no_cases(client: Client, release: CatalogueRelease) -> None:
    client.force_login(member("Publishers"))
    page = client.get("/admin/")
    assert "charts" not in page.context
    assert page.context["unread"]


def test_the_menu_begins_every_entry_with_a_capital_in_french_too() -> None:
    with override("fr"):
        titles = [str(item["title"]) for group in UNFOLD["SIDEBAR"]["navigation"] for item in group["items"]]
    assert "Jetons d’API" in titles
    assert [title for title in titles if title[0].islower()] == []
