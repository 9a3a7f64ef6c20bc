"""Amounts of Canadian dollars in words of either language."""

from decimal import Decimal

from babel.numbers import format_currency

LOCALES = {"en": "en_CA", "fr": "fr_CA"}


def amount_in_words(cad: Decimal | int | str, language: str) -> str:
    """Write an amount with its cents: $230.00, 230,00 $."""
    return format_currency(Decimal(cad), "CAD", locale=LOCALES[language])


def bound_in_words(cad: Decimal, language: str) -> str:
    """Write a bound, which has no cents: $5,000,000, 5 000 000 $."""
    pattern = {"en": "¤#,##0", "fr": "#,##0 ¤"}[language]
    return format_currency(cad, "CAD", pattern, locale=LOCALES[language], currency_digits=False)
