"""Amounts of Canadian dollars in words of either language."""

from decimal import Decimal

from babel.numbers import format_currency

LOCALES = {"en": "en_CA", "fr": "fr_CA"}


def amount_in_words(cad: Decimal | int | str, language: str) -> str:
    """Write an amount with its cents: $230.00, 230,00 $."""
    return format_currency(Decimal(cad), "CAD", locale=LOCALES[language])
