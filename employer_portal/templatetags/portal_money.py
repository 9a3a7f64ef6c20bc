"""Amounts, moments and provisions as the portal's pages write them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_time
from django import template
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language

from eligibility.engine.words import day_in_words, provision_in_words
from employer_portal.amounts import LOCALES, amount_in_words
from exemption_codes.releases import published_rulebook

register = template.Library()


def language() -> str:
    return "fr" if (get_language() or "").startswith("fr") else "en"


@register.filter
def cad(amount: Decimal | int | str) -> str:
    return amount_in_words(amount, language())


@register.filter
def moment(at: datetime) -> str:
    """Say a day in full and the time, where the site is."""
    local = timezone.localtime(at)
    return f"{day_in_words(local.date(), language())}, {format_time(local, 'short', locale=LOCALES[language()])}"


@register.filter
def day_of(at: datetime) -> str:
    return day_in_words(timezone.localdate(at), language())


@register.filter
def spoken(text: Any) -> str:
    """Return a text of the portal in the reader's language."""
    return str(text.in_language(language())) if text else ""


@register.filter
def in_other_language(address: str) -> str:
    """Return the same address in the language that one does not read now."""
    return translate_url(address, "en" if language() == "fr" else "fr")


@register.inclusion_tag("employer_portal/_provisions.html")
def provisions(*given: Any) -> dict[str, Any]:
    """Show the provisions relied on, with the Regulations they stand in."""
    labels = [one for each in given for one in ([each] if isinstance(each, str) else each)]
    named = [provision_in_words(one, language()) for one in labels]
    source = published_rulebook().sources["irpr"]
    address = source.url_fr if language() == "fr" and source.url_fr else source.url
    return {"provisions": named, "instrument": source.instrument.in_language(language()), "url": address}
