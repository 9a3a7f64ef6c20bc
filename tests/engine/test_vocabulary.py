"""What the vocabulary says of facts that follow from others, and what the engine works out, is the same."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine.column_derive import FOLLOWING
from eligibility.engine.derive import DERIVED, add_months, age_on, birthday, derive, whole_months_between
from eligibility.engine.looked_up import LOOKED_UP
from exemption_codes.catalogue.rulebook import Rulebook

days = st.dates(date(1960, 1, 1), date(2040, 12, 31))


def test_every_derived_fact_of_the_vocabulary_is_worked_out_and_no_other(rulebook: Rulebook) -> None:
    told = {name: set(fact.derived_from) for name, fact in rulebook.facts.items() if fact.derived_from}
    worked_out = {name: set(derivation.bases) for name, derivation in DERIVED.items()}
    worked_out |= {name: set(bases) for name, bases in LOOKED_UP.items() if name in told}
    assert {name: bases - {"application.date"} for name, bases in told.items()} == worked_out


def test_columns_work_out_the_same_facts() -> None:
    assert set(FOLLOWING) == {*DERIVED, *LOOKED_UP}


def test_no_two_gates_settle_the_same_fact_in_two_ways(rulebook: Rulebook) -> None:
    settled: dict[str, set[str]] = defaultdict(set)
    for fact in rulebook.facts.values():
        for name, value in fact.when_false.items():
            settled[name].add(repr(value))
    assert [name for name, values in settled.items() if len(values) > 1] == []


def test_a_moving_number_is_marked_the_way_it_moves(rulebook: Rulebook) -> None:
    for name, derivation in DERIVED.items():
        if derivation.elapses and rulebook.facts[name].elapses:
            assert rulebook.facts[name].elapses == derivation.elapses


@given(days, st.integers(0, 600))
def test_a_span_of_months_is_whole_on_its_last_day_and_not_on_the_eve(start: date, months: int) -> None:
    end = add_months(start, months)
    assert whole_months_between(start, end) == months
    if months:
        assert whole_months_between(start, end - timedelta(days=1)) == months - 1


@given(days, st.integers(1, 99))
def test_somebody_reaches_an_age_on_the_birthday_and_not_on_the_eve(born: date, age: int) -> None:
    day = birthday(born, age)
    assert age_on(born, day) == age
    assert age_on(born, day - timedelta(days=1)) == age - 1


def test_whoever_was_born_on_a_leap_day_is_of_age_on_the_first_of_march() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)


def test_the_order_in_which_facts_are_told_never_matters(rulebook: Rulebook, today: date) -> None:
    facts: dict[str, Any] = {name: False for name, fact in rulebook.facts.items() if fact.when_false}
    facts |= {"offer.noc": "21231", "applicant.citizenships": ["US"], "transfer.relationship": "parent"}
    one, other = derive(facts, today, rulebook), derive(dict(reversed(facts.items())), today, rulebook)
    assert one.values == other.values
    assert one.values["transfer.relationship"] == "parent"
