"""Who pays what for a permit of a category, why, and under which provision. Amounts are Canadian dollars."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

OUTSIDE_THE_REGIME = "R209.91"
Due = Literal["yes", "no", "depends"]
Payer = Literal["employer", "applicant"]


@dataclass(frozen=True)
class Amount:
    """An amount as it stands on a day, since when, and what says so."""

    name: doc.Text
    cad: Decimal
    dates: doc.DatedValue
    cite: tuple[doc.Citation, ...]
    confidence: doc.Confidence


@dataclass(frozen=True)
class Ceiling:
    """The most that several persons pay together, and who they are."""

    amount: Amount
    text: doc.Text
    cite: tuple[doc.Citation, ...]


@dataclass(frozen=True)
class FeeDecision:
    """Whether one fee is due; `text` says why, or on what it depends, and is None where nothing needs saying."""

    id: str
    payer: Payer
    due: Due
    amount: Amount
    text: doc.Text | None
    cite: tuple[doc.Citation, ...]
    confidence: doc.Confidence
    ceilings: tuple[Ceiling, ...]

    @property
    def is_told(self) -> bool:
        """Whether a reader wants to hear of it: it may be due, or there is something to say of why it is not."""
        return self.due != "no" or self.text is not None


def fees_for(category: doc.Category, rulebook: Rulebook, on: date) -> tuple[FeeDecision, ...]:
    """Decide every fee of a category on a day, in the order of the file; none where no permit is needed.

    A fee of which no amount is published for the day is left out. Source: rules/fees.yaml; IRPR 299, 303.1 to 315.1.
    """
    if category.is_permit_free:
        return ()
    as_then = category.as_on(on)
    return tuple(decision for fee in rulebook.fees for decision in _decided(fee, as_then, rulebook, on))


def offer_is_filed(category: doc.Category, rulebook: Rulebook, on: date) -> bool:
    """Tell whether the employer files the offer in the Employer Portal; those outside the regime (R209.91) do not."""
    decisions = [one for one in fees_for(category, rulebook, on) if one.payer == "employer" and one.due == "no"]
    provisions = [str(citation.provision) for one in decisions for citation in one.cite]
    return category.as_on(on).offer_required and not any(
        provision.startswith(OUTSIDE_THE_REGIME) for provision in provisions
    )


def rule_for(fee: doc.FeeDocument, category: doc.Category, on: date) -> doc.FeeRule | None:
    """Return the rule of a fee that decides for a category on a day: the first that speaks of it."""
    return next((rule for rule in fee.rules if rule.in_force.holds(on) and speaks_of(rule.for_, category, on)), None)


def speaks_of(subjects: doc.FeeSubjects, category: doc.Category, on: date) -> bool:
    """Tell whether a category is one of those meant; where nothing is given, every one is."""
    return (
        (not subjects.categories or category.id in subjects.categories)
        and (not subjects.families or category.family in subjects.families)
        and (not subjects.basis or any(_rests_on(provision, category, on) for provision in subjects.basis))
        and subjects.permit in (None, category.permit_type)
        and subjects.offer in (None, category.offer_required)
    )


def _rests_on(provision: str, category: doc.Category, on: date) -> bool:
    bases = (basis.provision for basis in category.basis if basis.holds(on))
    return any(basis == provision or basis.startswith(f"{provision}(") for basis in bases)


def _decided(fee: doc.FeeDocument, category: doc.Category, rulebook: Rulebook, on: date) -> Iterator[FeeDecision]:
    rule, amount = rule_for(fee, category, on), amount_on(fee.id, rulebook, on)
    if rule and amount:
        ceilings = tuple(_ceilings(fee, category, rulebook, on)) if rule.due != "no" else ()
        cite = tuple(rule.cite)
        yield FeeDecision(fee.id, fee.payer, rule.due, amount, rule.text, cite, rule.confidence, ceilings)


def _ceilings(fee: doc.FeeDocument, category: doc.Category, rulebook: Rulebook, on: date) -> Iterator[Ceiling]:
    for ceiling in fee.ceilings:
        amount = amount_on(ceiling.amount, rulebook, on)
        if amount and speaks_of(ceiling.for_, category, on):
            yield Ceiling(amount, ceiling.text, tuple(ceiling.cite))


@lru_cache(maxsize=512)
def amount_on(name: str, rulebook: Rulebook, on: date) -> Amount | None:
    """Return a parameter as an amount; None where no value is published for the day."""
    parameter = rulebook.parameters.get(name)
    dated = next((value for value in parameter.values if value.holds(on)), None) if parameter else None
    if parameter is None or dated is None:
        return None
    cad = Decimal(str(dated.value))
    return Amount(parameter.name, cad, dated, tuple(parameter.cite), parameter.confidence)
