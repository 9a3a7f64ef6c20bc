"""Whether the employer compliance fee is due for an offer, how much, and by which provision, in Canadian dollars.

Source: IRPR 303.1, 299(2), 209.91; rules/parameters/employer_compliance_fee.yaml and its neighbours,
rules/lists/fee_exempt_situations.yaml and regime_exempt_employers.yaml.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook

FEE = "employer_compliance_fee"
GROUP_MAXIMUM = "compliance_fee_group_maximum"
GROUP_SIZE = "compliance_fee_group_size"
SITUATIONS = "fee_exempt_situations"
EXEMPT_EMPLOYERS = "regime_exempt_employers"
CENT = Decimal("0.01")
YOUTH_CODE = "C21"


class FeeStatus(StrEnum):
    DUE = "due"
    CAPPED = "capped"
    EXEMPT = "exempt"
    OUTSIDE_REGIME = "outside_regime"
    NO_OFFER = "no_offer"


@dataclass(frozen=True)
class OfferTerms:
    """What the fee depends on: the category's code and whether it needs an offer, the employer, a claim, and pay."""

    code: str
    offer_required: bool = True
    regime_exemption: str = ""
    claimed_situation: str = ""
    is_paid: bool = True


@dataclass(frozen=True)
class FeeDecision:
    """The answer for one offer; `claimable` are the situations that an offer under its code could claim."""

    status: FeeStatus
    amount_cad: Decimal
    provisions: tuple[str, ...]
    reason: Text
    on: date
    situation: str = ""
    claimable: tuple[str, ...] = ()
    claim_problem: Text | None = None

    @property
    def is_due(self) -> bool:
        return self.amount_cad > 0


@dataclass(frozen=True)
class GroupFee:
    """What a group filed together owes; `shares_cad` adds up to the total, in the order of the offers."""

    status: FeeStatus
    total_cad: Decimal
    shares_cad: tuple[Decimal, ...]
    provisions: tuple[str, ...]
    reason: Text


def compliance_fee_for(terms: OfferTerms, on: date, rulebook: Rulebook) -> FeeDecision:
    """Decide the employer compliance fee for one offer.

    `on` is the day of submission, in the employer's time zone. Returns due, exempt, outside the regime, or that no
    offer is filed for this code, with the provisions relied on.
    Raises ParameterNotInForce when no fee is published for `on`. Source: IRPR 303.1.
    """
    claimable = tuple(row["key"] for row in _rows(SITUATIONS, on, rulebook) if terms.code in row["codes"])
    zero = Decimal(0)
    if terms.regime_exemption:
        row = _row(EXEMPT_EMPLOYERS, terms.regime_exemption, on, rulebook)
        return FeeDecision(
            FeeStatus.OUTSIDE_REGIME, zero, ("R303.1(4.1)", row["provision"]), _outside(_text(row["label"])), on
        )
    if not terms.offer_required:
        return FeeDecision(FeeStatus.NO_OFFER, zero, ("R303.1(1)",), _NO_OFFER, on)
    problem = _claim_problem(terms, claimable, on, rulebook)
    if terms.claimed_situation and problem is None:
        row = _row(SITUATIONS, terms.claimed_situation, on, rulebook)
        provisions = ("R303.1(5)", row["provision"])
        return FeeDecision(
            FeeStatus.EXEMPT, zero, provisions, _exempt(_text(row["label"])), on, terms.claimed_situation, claimable
        )
    amount = Decimal(str(rulebook.parameter(FEE, on)))
    if terms.code == YOUTH_CODE:
        why = ("R303.1(1)", "R303.1(5)", "R299(2)(i)")
        return FeeDecision(FeeStatus.DUE, amount, why, _YOUTH, on, "", claimable, problem)
    return FeeDecision(FeeStatus.DUE, amount, ("R303.1(1)",), _DUE, on, "", claimable, problem)


def group_fee_for(decisions: Sequence[FeeDecision], on: date, rulebook: Rulebook) -> GroupFee:
    """Decide what a group of performing artists and their staff owes, for offers made at the same time.

    Three or more together owe at most the maximum. Shares are even to the cent. Source: IRPR 303.1(7).
    """
    due = [decision for decision in decisions if decision.is_due]
    plain = sum((decision.amount_cad for decision in due), Decimal(0))
    most = Decimal(str(rulebook.parameter(GROUP_MAXIMUM, on)))
    fewest = int(str(rulebook.parameter(GROUP_SIZE, on)))
    is_capped = len(decisions) >= fewest and plain > most
    total = most if is_capped else plain
    shares = iter(even_shares(total, len(due)) if is_capped else [decision.amount_cad for decision in due])
    return GroupFee(
        FeeStatus.CAPPED if is_capped else FeeStatus.DUE if total else FeeStatus.EXEMPT,
        total,
        tuple(next(shares) if decision.is_due else Decimal(0) for decision in decisions),
        ("R303.1(1)", "R303.1(7)") if is_capped else ("R303.1(1)",),
        _CAPPED if is_capped else _DUE,
    )


def group_refund_cad(paid_cad: Decimal, remaining: int, on: date, rulebook: Rulebook) -> Decimal:
    """Return what goes back to a group when members leave and `remaining` stay: only what lowers the total due.

    `on` is the day the group was filed. The Regulations are silent on this; see docs/decisions.
    """
    still_due = min(
        Decimal(str(rulebook.parameter(FEE, on))) * remaining, Decimal(str(rulebook.parameter(GROUP_MAXIMUM, on)))
    )
    return max(Decimal(0), paid_cad - still_due)


def reason_of(status: str, provisions: Sequence[str], on: date, rulebook: Rulebook) -> Text:
    """Say again why a charge was raised as it was, from what was stored of the decision of a day."""
    if status == FeeStatus.EXEMPT:
        return _of_provision(SITUATIONS, provisions, on, rulebook, _exempt)
    if status == FeeStatus.OUTSIDE_REGIME:
        return _of_provision(EXEMPT_EMPLOYERS, provisions, on, rulebook, _outside)
    if status == FeeStatus.NO_OFFER:
        return _NO_OFFER
    if status == FeeStatus.CAPPED:
        return _CAPPED
    return _YOUTH if "R299(2)(i)" in provisions else _DUE


def even_shares(total: Decimal, count: int) -> list[Decimal]:
    """Split an amount to the cent; the first shares carry the cents that do not divide."""
    cents, extra = divmod(int(total / CENT), count)
    return [(cents + (position < extra)) * CENT for position in range(count)]


def _claim_problem(terms: OfferTerms, claimable: Sequence[str], on: date, rulebook: Rulebook) -> Text | None:
    if not terms.claimed_situation:
        return None
    if terms.claimed_situation not in claimable:
        return Text(
            en=f"This exemption cannot be claimed with code {terms.code}.",
            fr=f"Cette dispense ne peut pas être invoquée avec le code {terms.code}.",
        )
    if _row(SITUATIONS, terms.claimed_situation, on, rulebook).get("unpaid") and terms.is_paid:
        return Text(
            en="This exemption is for unpaid work, and the offer states a wage.",
            fr="Cette dispense vise le travail non rémunéré, et l’offre indique un salaire.",
        )
    return None


def _of_provision(
    listed: str, provisions: Sequence[str], on: date, rulebook: Rulebook, say: Callable[[Text], Text]
) -> Text:
    """Say the reason that a provision names; of a group whose offers are exempt each for its own, that none is due."""
    found = next((row for row in _rows(listed, on, rulebook) if row["provision"] in provisions), None)
    return say(_text(found["label"])) if found else _NONE_DUE


def _rows(listed: str, on: date, rulebook: Rulebook) -> list[dict[str, Any]]:
    edition = rulebook.edition(listed, on)
    return list(edition.rows) if edition else []


def _row(listed: str, key: str, on: date, rulebook: Rulebook) -> dict[str, Any]:
    """Return the row of a key; raises LookupError for one that the list does not have on the day."""
    found = next((row for row in _rows(listed, on, rulebook) if row["key"] == key), None)
    if found is None:
        raise LookupError(f"{listed} has no {key} on {on}.")
    return found


def _text(label: dict[str, str]) -> Text:
    return Text(en=label["en"], fr=label["fr"])


def _outside(label: Text) -> Text:
    return Text(
        en=f"This employer is outside the compliance regime: {label.en}. No offer is filed and no fee is due; the "
        "worker applies without an offer number.",
        fr=f"Cet employeur n’est pas visé par le régime de conformité : {label.fr}. Aucune offre n’est présentée et "
        "aucuns frais ne sont exigés; le travailleur fait sa demande sans numéro d’offre.",
    )


def _exempt(label: Text) -> Text:
    return Text(
        en=f"No fee is due, for the worker pays no processing fee: {label.en}. An officer may ask for proof.",
        fr=f"Aucuns frais ne sont exigés, car le travailleur ne paie pas de frais de traitement : {label.fr}. Un agent "
        "peut demander une preuve.",
    )


_DUE = Text(
    en="The fee is due for each offer, before the worker applies for the permit or its renewal.",
    fr="Les frais sont exigés pour chaque offre, avant la demande de permis de travail ou de renouvellement.",
)
_YOUTH = Text(
    en="The worker pays no processing fee under a youth program, yet the employer’s fee is due.",
    fr="Dans un programme jeunesse, le travailleur ne paie pas de frais de traitement, mais ceux de l’employeur sont "
    "exigés.",
)
_CAPPED = Text(
    en="For three or more performing artists and their staff filed together, the fee has a maximum.",
    fr="Pour au moins trois artistes de spectacle et membres de leur personnel présentés ensemble, les frais sont "
    "plafonnés.",
)
_NONE_DUE = Text(en="No fee is due.", fr="Aucuns frais ne sont exigés.")
_NO_OFFER = Text(
    en="The permit of this code is open: no offer is filed and no compliance fee is due.",
    fr="Le permis de ce code est ouvert : aucune offre n’est présentée et les frais relatifs à la conformité ne sont "
    "pas exigés.",
)
