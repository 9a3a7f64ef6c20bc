"""The day that a page speaks of: today, or another one that somebody asks for."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from eligibility.engine.words import day_in_words
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fact_values import ISO_DATE
from exemption_codes.catalogue.rulebook import Rulebook


@dataclass(frozen=True)
class AskedDay:
    """`on` is the day taken; `error` says why the one that was typed could not be."""

    on: date
    today: date
    typed: str = ""
    error: str = ""

    @property
    def is_today(self) -> bool:
        return self.on == self.today


def asked_day(typed: str, rulebook: Rulebook, language: str) -> AskedDay:
    """Read a day written as YYYY-MM-DD; today where nothing is written, or where it cannot be taken."""
    today, typed = timezone.localdate(), typed.strip()[:20]
    if not typed:
        return AskedDay(today, today)
    day = _read(typed)
    covers = rulebook.catalogue.covers
    if day is None:
        return AskedDay(today, today, typed, _("Write the day as year, month and day: 2022-12-14."))
    if not covers.holds(day):
        ends = {
            "first": day_in_words(covers.from_, language) if covers.from_ else "…",
            "last": day_in_words(covers.until, language) if covers.until else "…",
        }
        return AskedDay(today, today, typed, _("The catalogue goes from %(first)s to %(last)s.") % ends)
    return AskedDay(day, today, typed)


def _read(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if ISO_DATE.match(typed) else None
    except ValueError:
        return None


def day_in_life(category: doc.Category, on: date) -> date:
    """Return the day nearest to `on` on which a category is in force."""
    life = category.in_force
    return min(max(on, life.from_ or on), life.until or date.max)
