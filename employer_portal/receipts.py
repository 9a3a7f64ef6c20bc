"""Receipts as PDF, drawn from what was frozen on the day of payment: the same row gives the same file for ever.

Accessible (PDF/UA-1: tagged, with title and language), fonts embedded, in English or French.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from eligibility.engine.words import day_in_words, provision_in_words
from eligibility.pdf import draw_pdf
from employer_portal.amounts import amount_in_words
from employer_portal.compliance_fee import reason_of
from employer_portal.models import PaymentSource, Receipt
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import published_rulebook

TEMPLATE = Path(__file__).parent / "documents" / "receipt.typ"


def draw_receipt(receipt: Receipt, language: str) -> bytes:
    """Return a receipt as the bytes of a PDF."""
    words = receipt_words(receipt, language, published_rulebook())
    return draw_pdf(TEMPLATE.read_bytes(), "receipt", words, receipt.made_at)


def receipt_words(receipt: Receipt, language: str, rulebook: Rulebook) -> dict[str, Any]:
    """Return everything that a receipt says, in one language."""
    content = receipt.content
    paid_at = datetime.fromisoformat(content["paid_at"]) if content["paid_at"] else receipt.made_at
    charge = receipt.payment.charge
    is_recorded = receipt.payment.source == PaymentSource.RECORDED
    words = _WORDS[language]
    return {
        "language": language,
        "words": words,
        "number": str(receipt),
        "paid_on": day_in_words(timezone.localdate(paid_at), language),
        "official": content.get("official_receipt", ""),
        "notice": words["recorded"] if is_recorded else words["unofficial"],
        "employer": content["employer"],
        "offers": [
            {
                "number": offer["number"],
                "job": offer["job_title"],
                "share": amount_in_words(offer["share_cad"], language),
            }
            for offer in content["offers"]
        ],
        "total": amount_in_words(content["amount_cad"], language),
        "reason": reason_of(charge.decision, charge.provisions, charge.decided_on, rulebook).in_language(language),
        "provisions": ", ".join(provision_in_words(one, language) for one in content["provisions"]),
    }


_WORDS = {
    "en": {
        "title": "Receipt",
        "subject": "Employer compliance fee",
        "number": "Receipt number",
        "paid_on": "Paid on",
        "official": "Official receipt number",
        "from": "Received from",
        "business_number": "Business number",
        "offers": "For these offers of employment",
        "offer_number": "Offer number",
        "job": "Position",
        "amount": "Amount",
        "total": "Total in Canadian dollars",
        "why": "Why it was due",
        "provisions": "Immigration and Refugee Protection Regulations",
        "unofficial": "This is not an official receipt of the Government of Canada. It was made by this installation "
        "of IMP Navigator, which issues its own offer numbers.",
        "recorded": "This is a record of a payment made in the official Employer Portal, as the employer entered it. "
        "It does not replace the official receipt.",
        "colon": ": ",
        "page": "Page",
        "of": "of",
    },
    "fr": {
        "title": "Reçu",
        "subject": "Frais relatifs à la conformité de l’employeur",
        "number": "Numéro du reçu",
        "paid_on": "Payé le",
        "official": "Numéro du reçu officiel",
        "from": "Reçu de",
        "business_number": "Numéro d’entreprise",
        "offers": "Pour ces offres d’emploi",
        "offer_number": "Numéro d’offre",
        "job": "Poste",
        "amount": "Montant",
        "total": "Total en dollars canadiens",
        "why": "Pourquoi ces frais étaient exigés",
        "provisions": "Règlement sur l’immigration et la protection des réfugiés",
        "unofficial": "Ceci n’est pas un reçu officiel du gouvernement du Canada. Il provient de cette installation "
        "d’IMP Navigator, qui attribue ses propres numéros d’offre.",
        "recorded": "Ceci consigne un paiement fait dans le Portail des employeurs officiel, tel que l’employeur l’a "
        "inscrit. Il ne remplace pas le reçu officiel.",
        "colon": "\u00a0: ",
        "page": "Page",
        "of": "de",
    },
}
