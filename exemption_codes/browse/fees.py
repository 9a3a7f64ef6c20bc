"""What a permit costs, in words: who pays, how much, since when, why or why not, and under which provision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import format_currency
from django.utils.translation import gettext, gettext_lazy

from eligibility.engine.explain import CitationStatement, citations
from eligibility.engine.words import LOCALES
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fees import FeeDecision, fees_for
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.sheets import span_in_words

PAYER_WORDS = {"employer": gettext_lazy("your employer"), "applicant": gettext_lazy("you")}
PAID_BY = {
    "employer": gettext_lazy("%(name)s: %(amount)s, paid by your employer"),
    "applicant": gettext_lazy("%(name)s: %(amount)s, paid by you"),
}
NOT_DUE = gettext_lazy("%(name)s: not due")


@dataclass(frozen=True)
class Fee:
    """One fee as it stands on a day: `due` is yes, no or depends, `reason` says why or on what.

    `dates` says since when the amount holds, `ceilings` what several persons pay at most.
    """

    id: str
    name: str
    due: str
    amount_cad: Decimal
    amount: str
    payer_id: str
    payer: str
    dates: str
    reason: str
    ceilings: tuple[str, ...]
    is_certain: bool
    citations: tuple[CitationStatement, ...]

    @property
    def said(self) -> str:
        """The fee in sentences, for a plain list."""
        words = NOT_DUE if self.due == "no" else PAID_BY[self.payer_id]
        first = words % {"name": self.name, "amount": self.amount}
        return " ".join(f"{part.rstrip('.')}." for part in (first, self.reason, *self.ceilings) if part)


def fees_of(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> tuple[Fee, ...]:
    """Return the fees of a category that a reader wants to hear of, with those that are not due and why."""
    return tuple(_fee(one, rulebook, language) for one in fees_for(category, rulebook, on) if one.is_told)


def _fee(decision: FeeDecision, rulebook: Rulebook, language: str) -> Fee:
    amount = decision.amount
    sources = decision.cite if decision.due == "no" else (*decision.cite, *amount.cite)
    cited = {(one.source, one.provision): one for one in sources}
    return Fee(
        id=decision.id,
        name=amount.name.in_language(language),
        due=decision.due,
        amount_cad=amount.cad,
        amount=dollars(amount.cad, language),
        payer_id=decision.payer,
        payer=str(PAYER_WORDS[decision.payer]),
        dates=span_in_words(amount.dates, language),
        reason=decision.text.in_language(language) if decision.text else "",
        ceilings=tuple(_ceilings(decision, language)),
        is_certain="low" not in (amount.confidence, decision.confidence),
        citations=citations(list(cited.values()), rulebook, language),
    )


def _ceilings(decision: FeeDecision, language: str) -> Iterator[str]:
    for ceiling in decision.ceilings:
        words = {"amount": dollars(ceiling.amount.cad, language), "whom": ceiling.text.in_language(language)}
        yield gettext("At most %(amount)s %(whom)s") % words


def dollars(amount: Decimal, language: str) -> str:
    """Say an amount in Canadian dollars, without cents where there are none."""
    whole = "¤#,##0" if language == "en" else "#,##0\u00a0¤"
    pattern = whole if amount == amount.to_integral_value() else None
    return str(format_currency(amount, "CAD", pattern, locale=LOCALES[language], currency_digits=pattern is None))
