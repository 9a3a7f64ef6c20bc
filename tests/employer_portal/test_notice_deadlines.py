"""The last day after a notice."""

from datetime import date

import pytest

from employer_portal.notice_deadlines import Notice, deadlines, easter_sunday, is_holiday


@pytest.mark.parametrize(
    ("notice", "sent_on", "received_on", "last_day_on"),
    [
        # 30 days after the tenth day, the day of receipt not counted.
        (Notice.PRELIMINARY, date(2026, 3, 3), date(2026, 3, 13), date(2026, 4, 12 + 1)),  # a Sunday gives way
        (Notice.PRELIMINARY, date(2026, 3, 2), date(2026, 3, 12), date(2026, 4, 11)),  # a Saturday does not
        (Notice.FINAL, date(2026, 11, 15), date(2026, 11, 25), date(2026, 12, 26)),  # Christmas Day
        (Notice.PRELIMINARY, date(2026, 2, 22), date(2026, 3, 4), date(2026, 4, 4)),  # Good Friday
        (Notice.PRELIMINARY, date(2026, 2, 24), date(2026, 3, 6), date(2026, 4, 7)),  # Easter Sunday, then Monday
        (Notice.SHORT, date(2026, 3, 3), date(2026, 3, 8), date(2026, 3, 13)),
        (Notice.SHORT, date(2026, 9, 20), date(2026, 9, 25), date(2026, 10, 1)),  # Truth and Reconciliation
    ],
)
def test_a_notice_has_a_last_day(notice: Notice, sent_on: date, received_on: date, last_day_on: date) -> None:
    found = deadlines(notice, sent_on)
    assert (found.received_on, found.last_day_on) == (received_on, last_day_on)


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2020, 9, 30), False),
        (date(2021, 9, 30), True),
        (date(2018, 7, 1), True),
        (date(2018, 7, 2), True),
        (date(2026, 5, 18), True),
        (date(2026, 5, 25), False),
        (date(2026, 10, 12), True),
        (date(2026, 12, 26), False),
        (date(2026, 8, 3), False),
    ],
)
def test_the_holidays_are_those_of_all_of_canada(day: date, holiday: bool) -> None:
    assert is_holiday(day) is holiday


def test_easter_is_where_the_church_has_it() -> None:
    known = [
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2011, 4, 24),
        date(2024, 3, 31),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]
    assert [easter_sunday(day.year) for day in known] == known
