"""Template tags of every page."""

from typing import Any

from babel.dates import get_month_names
from django import template
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language

from eligibility.engine.words import LOCALES, day_in_words, provision_in_words

register = template.Library()


@register.simple_tag(takes_context=True)
def in_language(context: dict[str, Any], code: str) -> str:
    """Return the address of the present page in another language; the first page where there is no request."""
    request = context.get("request")
    return translate_url(request.get_full_path(), code) if request else f"/{code}/"


@register.simple_tag
def today() -> str:
    return in_words(timezone.localdate())


@register.simple_tag
def months() -> list[tuple[str, str]]:
    """Return the months with their numbers."""
    names = get_month_names("wide", locale=LOCALES[_language()])
    return [(str(number), names[number]) for number in range(1, 13)]


@register.filter
def in_words(day: Any) -> str:
    """Say a date in full, as it is said everywhere else."""
    return day_in_words(day, _language())


@register.filter
def provision(label: str) -> str:
    """Write a provision of the law as the law does in the reader's language."""
    return provision_in_words(label, _language())


def _language() -> str:
    return "fr" if (get_language() or "").startswith("fr") else "en"


@register.filter
def is_in(value: Any, group: Any) -> bool:
    """Whether a choice is among those typed, be they one or several."""
    return value in group if isinstance(group, list | tuple | set) else value == group


@register.filter
def at(sequence: Any, position: int) -> Any:
    """Return one part of a typed date or list; empty where there is none."""
    return sequence[position] if len(sequence) > position else ""
