"""Numbers, dates and words as people type them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from eligibility.questionnaire.typed_fields import DateAnswer, NumberAnswer, TextAnswer, read_number
from exemption_codes.catalogue.rulebook import Rulebook


@pytest.mark.parametrize(
    ("typed", "language", "value"),
    [
        ("12", "en", 12),
        ("12.5", "en", 12.5),
        ("12.5", "fr", 12.5),
        ("12,5", "fr", 12.5),
        ("12,5", "en", 12.5),
        ("1,500", "en", 1500),
        ("1,500", "fr", 1.5),
        ("1,500,000", "fr", 1_500_000),
        ("1,500.75", "en", 1500.75),
        ("1,500.75", "fr", 1500.75),
        ("1 500,75", "fr", 1500.75),
        ("1\u00a0500", "fr", 1500),
        ("1\u202f500", "en", 1500),
        ("1.500.000", "fr", 1_500_000),
        ("1.500,75", "fr", 1500.75),
        ("-3", "en", -3),
        ("007", "en", 7),
        ("٣", "en", 3),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, language: str, value: float) -> None:
    assert read_number(typed, language) == value


@pytest.mark.parametrize("typed", ["", "abc", "1e9", "nan", "inf", "1_000", "1,2,3", "1.2.3", "9" * 30, "--1", "1-2"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert read_number(typed, "en") is None


@pytest.mark.parametrize("typed", ["$24.50", "24.50 $", "24,50", "24.50 CAD", "24.5"])
def test_the_unit_may_be_typed_along(rulebook: Rulebook, typed: str) -> None:
    assert NumberAnswer("offer.wage_hourly", rulebook, "en").clean((typed, False)) == 24.5


def test_months_may_be_typed_with_their_word(rulebook: Rulebook) -> None:
    assert NumberAnswer("transfer.months_with_foreign_enterprise", rulebook, "fr").clean(("11 mois", False)) == 11


@pytest.mark.parametrize(
    ("fact", "typed", "code"),
    [
        ("offer.wage_hourly", "-1", "out_of_bounds"),
        ("offer.wage_hourly", "99999", "out_of_bounds"),
        ("offer.wage_hourly", "twenty", "not_a_number"),
        ("offer.wage_hourly", "", "required"),
        ("iec.prior_participations", "1.5", "not_whole"),
        ("business.ownership_percent", "101", "out_of_bounds"),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_its_bounds(
    rulebook: Rulebook, fact: str, typed: str, code: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        NumberAnswer(fact, rulebook, "en").clean((typed, False))
    assert refused.value.code == code


def test_a_number_is_shown_again_in_the_way_of_the_language(rulebook: Rulebook) -> None:
    assert NumberAnswer("offer.wage_hourly", rulebook, "fr").as_typed(24.5) == "24,5"
    assert NumberAnswer("offer.wage_hourly", rulebook, "en").as_typed(24.5) == "24.5"


def test_a_date_is_read_from_its_parts(rulebook: Rulebook) -> None:
    answer = DateAnswer("applicant.date_of_birth", rulebook, "en").clean((("29", "2", "1984"), False))
    assert answer == date(1984, 2, 29)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("29", "2", "1983"), "day"),
        (("31", "13", "1983"), "day"),
        (("", "2", "1983"), "incomplete"),
        (("1", "2", "83"), "year"),
        (("1", "2", "0001"), "year"),
        (("x", "2", "1983"), "day"),
        (("", "", ""), "required"),
    ],
)
def test_a_wrong_date_says_what_is_wrong(rulebook: Rulebook, parts: tuple[str, str, str], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DateAnswer("applicant.date_of_birth", rulebook, "en").clean((parts, False))
    assert refused.value.code == code


def test_nobody_is_born_tomorrow(rulebook: Rulebook) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    parts = (str(tomorrow.day), str(tomorrow.month), str(tomorrow.year))
    with pytest.raises(ValidationError) as refused:
        DateAnswer("applicant.date_of_birth", rulebook, "en").clean((parts, False))
    assert refused.value.code == "future"


def test_a_text_has_a_limit_and_no_null_characters(rulebook: Rulebook) -> None:
    field = TextAnswer("employer.name", rulebook, "en")
    assert field.clean(("Harbour Works", False)) == "Harbour Works"
    for typed in ("x" * 501, "a\x00b"):
        with pytest.raises(ValidationError):
            field.clean((typed, False))
