"""What a permit costs: who pays, how much, since when, and under which provision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import format_currency
from django.utils.translation import gettext_lazy

from eligibility.engine.explain import CitationStatement, citations
from eligibility.engine.words import LOCALES
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.sheets import span_in_words

PAYER_WORDS = {"employer": gettext_lazy("your employer"), "applicant": gettext_lazy("you")}
COMPLIANCE, PROCESSING = "employer_compliance_fee", "work_permit_processing_fee"
OPEN_PERMIT, BIOMETRICS = "open_work_permit_holder_fee", "biometrics_fee"


@dataclass(frozen=True)
class Fee:
    """One fee as it stands on a day; `dates` says since when."""

    id: str
    name: str
    amount_cad: Decimal
    amount: str
    payer_id: str
    payer: str
    dates: str
    citations: tuple[CitationStatement, ...]


def fees_of(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> tuple[Fee, ...]:
    """Return the fees that usually come with a category's permit; its own note may say otherwise."""
    return tuple(fee for name, payer in _due(category) for fee in _fee(name, payer, rulebook, on, language))


def _due(category: doc.Category) -> Iterator[tuple[str, str]]:
    if category.is_permit_free:
        return
    if category.fee_required:
        yield COMPLIANCE, "employer"
    yield PROCESSING, "applicant"
    if category.permit_type == "open":
        yield OPEN_PERMIT, "applicant"
    yield BIOMETRICS, "applicant"


def _fee(name: str, payer: str, rulebook: Rulebook, on: date, language: str) -> Iterator[Fee]:
    parameter = rulebook.parameters.get(name)
    for dated in parameter.values if parameter else ():
        if parameter and dated.holds(on):
            amount = Decimal(str(dated.value))
            yield Fee(
                id=name,
                name=parameter.name.in_language(language),
                amount_cad=amount,
                amount=dollars(amount, language),
                payer_id=payer,
                payer=str(PAYER_WORDS[payer]),
                dates=span_in_words(dated, language),
                citations=citations(parameter.cite, rulebook, language),
            )


def dollars(amount: Decimal, language: str) -> str:
    """Say an amount in Canadian dollars, without cents where there are none."""
    whole = "¤#,##0" if language == "en" else "#,##0\u00a0¤"
    pattern = whole if amount == amount.to_integral_value() else None
    return str(format_currency(amount, "CAD", pattern, locale=LOCALES[language], currency_digits=pattern is None))
