"""Wages looked up in the published table: derived, overridden, explained, not asked, and the same in columns."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from eligibility.engine import column_facts
from eligibility.engine.compile import plan_for
from eligibility.engine.derive import derive
from eligibility.engine.determine import determine
from eligibility.engine.explain import Statement, explain
from eligibility.engine.questions import OpenQuestions, next_page
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import table_of

PREVAILING, MEDIAN = "offer.prevailing_wage_hourly", "offer.occupation_median_wage_hourly"
BEFORE_THE_TABLE = date(2024, 12, 10)
SPECIALIST = "transferee-specialist"
ENGINEER_IN_ONTARIO = {"offer.noc": "21231", "offer.province": "ON"}


def statement(facts: dict[str, Any], rulebook: Rulebook, today: date, language: str = "en") -> Statement:
    result = determine(rulebook, facts, today)
    found = next(d for d in result.determinations if d.category.id == SPECIALIST)
    return explain(next(one for one in found.findings if one.rule.id == "prevailing_wage"), result, language)


@pytest.mark.parametrize("fact", [PREVAILING, MEDIAN])
def test_the_wage_is_the_median_of_the_occupation_in_the_province(fact: str, rulebook: Rulebook, today: date) -> None:
    known = derive(ENGINEER_IN_ONTARIO, today, rulebook)
    assert known.values[fact] == 54.33
    assert known.derived_from[fact] == ("offer.noc", "offer.province")


def test_all_of_canada_stands_for_a_province_without_figures(rulebook: Rulebook, today: date) -> None:
    assert derive({**ENGINEER_IN_ONTARIO, "offer.province": "NU"}, today, rulebook).values[PREVAILING] == 53.85


@pytest.mark.parametrize(
    "facts",
    [
        {"offer.noc": "21231"},
        {"offer.province": "ON"},
        {"offer.noc": "21231", "offer.province": "none"},
        {"offer.noc": "88888", "offer.province": "ON"},
        {"offer.noc": "00010", "offer.province": "ON"},
    ],
)
def test_without_occupation_place_or_figure_the_wage_stays_unknown(
    facts: dict[str, Any], rulebook: Rulebook, today: date
) -> None:
    assert PREVAILING not in derive(facts, today, rulebook)


def test_before_its_first_day_the_table_says_nothing(rulebook: Rulebook) -> None:
    assert PREVAILING not in derive(ENGINEER_IN_ONTARIO, BEFORE_THE_TABLE, rulebook)
    assert PREVAILING in derive(ENGINEER_IN_ONTARIO, date(2024, 12, 11), rulebook)


def test_a_wage_given_outright_wins_and_is_told_apart(rulebook: Rulebook, today: date) -> None:
    known = derive({**ENGINEER_IN_ONTARIO, PREVAILING: 40}, today, rulebook)
    assert known.values[PREVAILING] == 40
    assert PREVAILING in known.overriding
    assert PREVAILING not in known.derived_from
    assert PREVAILING not in derive({**ENGINEER_IN_ONTARIO, PREVAILING: 54.33}, today, rulebook).overriding


def test_the_finding_names_the_table_its_year_and_its_source(rulebook: Rulebook, today: date) -> None:
    paid = {**ENGINEER_IN_ONTARIO, "offer.wage_hourly": 54.32}
    said = statement(paid, rulebook, today)
    assert said.status == "not_met"
    assert "54.33 Canadian dollars an hour (median for Ontario, Job Bank wages 2024)" in said.text
    assert "(médiane, Ontario, Salaires du Guichet-Emplois 2024)" in statement(paid, rulebook, today, "fr").text
    assert rulebook.sources["job_bank_wages"].url in [citation.url for citation in said.citations]
    assert statement({**paid, "offer.wage_hourly": 54.33}, rulebook, today).status == "met"


def test_the_finding_says_where_another_figure_stands_in_or_an_answer_wins(rulebook: Rulebook, today: date) -> None:
    nunavut = {**ENGINEER_IN_ONTARIO, "offer.province": "NU", "offer.wage_hourly": 60}
    assert (
        "(median for Canada, Job Bank wages 2024; none is published for Nunavut)"
        in statement(nunavut, rulebook, today).text
    )
    own = statement({**ENGINEER_IN_ONTARIO, PREVAILING: 40, "offer.wage_hourly": 50}, rulebook, today).text
    assert "your answer is used; the table says 54.33 Canadian dollars an hour" in own


def test_a_finding_that_read_no_table_cites_none(rulebook: Rulebook, today: date) -> None:
    said = statement({PREVAILING: 40, "offer.wage_hourly": 50}, rulebook, today)
    assert rulebook.sources["job_bank_wages"].url not in [citation.url for citation in said.citations]


def only_the_wage_open(rulebook: Rulebook) -> dict[str, Any]:
    """The base of the worked examples, of which nothing but the wage, the occupation and the place is lacking."""
    base = dict(rulebook.cases[SPECIALIST].base.facts)
    for name in (PREVAILING, *ENGINEER_IN_ONTARIO):
        base.pop(name, None)
    return base


def asked(facts: dict[str, Any], rulebook: Rulebook, on: date, skipped: frozenset[str] = frozenset()) -> set[str]:
    plan = plan_for(rulebook, on)
    found: set[str] = set()
    passed = set(skipped)
    while page := next_page(plan, derive(facts, on, rulebook).values, passed, 6, SPECIALIST):
        found |= {fact.name for fact in page.facts}
        passed |= {fact.name for fact in page.facts}
    return found


def test_occupation_and_place_are_asked_before_the_wage_and_spare_it(rulebook: Rulebook, today: date) -> None:
    base = only_the_wage_open(rulebook)
    questions = OpenQuestions(plan_for(rulebook, today), derive(base, today, rulebook).values, SPECIALIST)
    assert questions.open_fact("offer.province")
    assert PREVAILING not in asked({**base, **ENGINEER_IN_ONTARIO}, rulebook, today)
    assert PREVAILING in asked({**base, **ENGINEER_IN_ONTARIO, "offer.noc": "00010"}, rulebook, today)


def test_whoever_cannot_tell_the_place_is_asked_the_wage(rulebook: Rulebook, today: date) -> None:
    base = {**only_the_wage_open(rulebook), "offer.noc": "21231"}
    assert PREVAILING in asked(base, rulebook, today, frozenset({"offer.province"}))


def test_without_a_table_the_wage_is_asked_at_once(rulebook: Rulebook, today: date) -> None:
    bare = replace(rulebook, wages={})
    base = only_the_wage_open(rulebook)
    found = asked(base, bare, today)
    assert PREVAILING in found
    assert "offer.province" not in found


def test_columns_say_the_same_as_one_case_at_a_time(rulebook: Rulebook, today: date) -> None:
    rows = list(table_of("job_bank_2024", rulebook))[::40]
    nocs = [*(noc for noc, _ in rows), "00010", "88888", None, "21231", "21231", "21231"]
    places = [*(place if place != "CA" else "NU" for _, place in rows), "ON", "ON", "ON", None, "none", "ON"]
    days = [*([today] * (len(rows) + 5)), BEFORE_THE_TABLE]
    given = [None] * (len(nocs) - 2) + [41.0, None]
    cases = pl.LazyFrame(
        {"offer.noc": nocs, "offer.province": places, "application.date": days, PREVAILING: given},
        schema_overrides={PREVAILING: pl.Float64},
    )
    names = ["offer.noc", "offer.province", "application.date", PREVAILING]
    stretches = column_facts.stretches(cases, rulebook, today)
    found = column_facts.completed(cases, names, rulebook, today, stretches).select(PREVAILING, MEDIAN).collect().rows()
    for (wage, median), noc, place, day, own in zip(found, nocs, places, days, given, strict=True):
        facts = {"offer.noc": noc, "offer.province": place, "application.date": day, PREVAILING: own}
        known = derive({name: value for name, value in facts.items() if value is not None}, today, rulebook)
        assert (wage, median) == (known.values.get(PREVAILING), known.values.get(MEDIAN))
