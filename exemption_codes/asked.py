"""What every page of the catalogue knows of its request: the language, the day asked for, the published rules."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from eligibility.engine.words import day_in_words
from exemption_codes.browse.days import AskedDay, asked_day
from exemption_codes.catalogue.rulebook import Rulebook


def reading_language() -> str:
    return "fr" if (get_language() or "").startswith("fr") else "en"


def day_of(request: HttpRequest, rulebook: Rulebook) -> AskedDay:
    return asked_day(request.GET.get("on", ""), rulebook, reading_language())


def day_context(day: AskedDay, rulebook: Rulebook) -> dict[str, Any]:
    """What the templates need of the day; `day_query` goes on to the next page's address."""
    return {
        "day": day,
        "day_words": day_in_words(day.on, reading_language()),
        "day_query": "" if day.is_today else f"?on={day.on.isoformat()}",
        "rulebook": rulebook,
    }


def status_for(day: AskedDay) -> int:
    return 422 if day.error else 200
