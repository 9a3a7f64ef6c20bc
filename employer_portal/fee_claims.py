"""Claims that no fee is due: what an offer may claim, and keeping a claim with its proof."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile as Upload

from employer_portal.actors import Actor
from employer_portal.compliance_fee import SITUATIONS, FeeDecision
from employer_portal.drafts import claim_fee_exemption
from employer_portal.models import FilePurpose, OfferOfEmployment
from employer_portal.offer_check import fee_decision
from employer_portal.transactions import in_transaction
from employer_portal.uploads import keep_upload
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.catalogue.rulebook import ParameterNotInForce, Rulebook


@dataclass(frozen=True)
class Situation:
    """A situation in which no fee is due, with the provision it stands in."""

    key: str
    text: Text
    provision: str


def decision_for(offer: OfferOfEmployment, on: date, rulebook: Rulebook) -> FeeDecision | None:
    """Return the fee of an offer as it stands; None while no exemption is chosen, or none is published for the day."""
    if offer.exemption_category not in rulebook.categories:
        return None
    try:
        return fee_decision(offer, on, rulebook)
    except (ParameterNotInForce, DateNotCovered):
        return None


def claimable_situations(decision: FeeDecision | None, on: date, rulebook: Rulebook) -> tuple[Situation, ...]:
    """Return the situations that an offer may claim under its code."""
    edition = rulebook.edition(SITUATIONS, on)
    if decision is None or edition is None:
        return ()
    return tuple(
        Situation(row["key"], Text(en=row["label"]["en"], fr=row["label"]["fr"]), row["provision"])
        for row in edition.rows
        if row["key"] in decision.claimable
    )


def claim_with_proof(
    offer_id: Any, version: int, situation: str, explanation: str, proof: Upload | None, actor: Actor
) -> OfferOfEmployment:
    """Keep a claim in a draft, and its proof where one is given: both or neither.

    Raises as save_draft and keep_upload do.
    """
    if proof is None:
        return claim_fee_exemption(offer_id, version, situation, explanation, actor)
    return _both(offer_id, version, situation, explanation, proof, actor)


@in_transaction
def _both(
    offer_id: Any, version: int, situation: str, explanation: str, proof: Upload, actor: Actor
) -> OfferOfEmployment:
    offer = claim_fee_exemption(offer_id, version, situation, explanation, actor)
    keep_upload(proof, FilePurpose.FEE_EXEMPTION, actor, offer.employer, offer)
    return offer
