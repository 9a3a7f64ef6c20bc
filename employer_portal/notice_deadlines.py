"""The days that follow a notice of the department: deemed receipt, the answer, and payment of a penalty.

The day of receipt does not count. A last day that is a holiday, Sundays among them and Saturdays not, gives way to the
next. Sources disagree whether the tenth day after sending does so too: here it does not, so no day is said too late.
Source: IRPR 209.994 to 209.997; Interpretation Act 26 and 35; employer_portal facts, section 10. Pure.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

RECEIPT_DAYS, ANSWER_DAYS = 10, 30
SHORT_RECEIPT_DAYS = SHORT_ANSWER_DAYS = 5
SUNDAY, MONDAY = 6, 0
RECONCILIATION_DAY_SINCE = 2021


class Notice(StrEnum):
    """The preliminary notice, its short form for quarantine and public health, and the final notice of a penalty."""

    PRELIMINARY = "preliminary"
    SHORT = "short"
    FINAL = "final"


@dataclass(frozen=True)
class Deadlines:
    """When a notice counts as received, and the last day to answer it or to pay."""

    received_on: date
    last_day_on: date


def deadlines(notice: Notice, sent_on: date) -> Deadlines:
    """Return the days that follow a notice sent on a day."""
    is_short = notice is Notice.SHORT
    received_on = sent_on + timedelta(days=SHORT_RECEIPT_DAYS if is_short else RECEIPT_DAYS)
    last = received_on + timedelta(days=SHORT_ANSWER_DAYS if is_short else ANSWER_DAYS)
    while is_holiday(last):
        last += timedelta(days=1)
    return Deadlines(received_on, last)


def is_holiday(day: date) -> bool:
    """Whether a day is a holiday of the Interpretation Act in all of Canada."""
    return day.weekday() == SUNDAY or day in federal_holidays(day.year)


def federal_holidays(year: int) -> frozenset[date]:
    """Return the holidays of a year, Sundays aside."""
    easter = easter_sunday(year)
    canada_day = date(year, 7, 1)
    days = {
        date(year, 1, 1),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _monday_before(date(year, 5, 25)),
        canada_day if canada_day.weekday() != SUNDAY else date(year, 7, 2),
        _nth_monday(year, 9, 1),
        _nth_monday(year, 10, 2),
        date(year, 11, 11),
        date(year, 12, 25),
    }
    if year >= RECONCILIATION_DAY_SINCE:
        days.add(date(year, 9, 30))
    return frozenset(days)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    leap = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - leap + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _monday_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - MONDAY) % 7 or 7)


def _nth_monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7 + 7 * (nth - 1))
