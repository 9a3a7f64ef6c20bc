"""The ledger as CSV for accounting; no cell can run as a formula in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from django.utils import timezone

from employer_portal.models import EntryKind
from employer_portal.money_view import Movement
from exemption_codes.catalogue.documents import Text

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = (
    Text(en="Date", fr="Date"),
    Text(en="What", fr="Nature"),
    Text(en="Offer number", fr="Numéro d’offre"),
    Text(en="Position", fr="Poste"),
    Text(en="Charged, CAD", fr="Facturé, CAD"),
    Text(en="Paid, CAD", fr="Payé, CAD"),
    Text(en="Owed back, CAD", fr="À rendre, CAD"),
    Text(en="Sent back, CAD", fr="Rendu, CAD"),
    Text(en="Receipt", fr="Reçu"),
    Text(en="Reference", fr="Référence"),
)


def as_csv(movements: Iterable[Movement], language: str) -> str:
    """Return movements as lines, headings first; a group's numbers and positions stand in one cell."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([column.in_language(language) for column in COLUMNS])
    for movement in movements:
        writer.writerow([safe_cell(cell) for cell in _cells(movement, language)])
    return written.getvalue()


def safe_cell(text: str) -> str:
    """Return a text that a spreadsheet takes for a text: what could begin a formula gets an apostrophe before it."""
    return f"'{text}" if text.lstrip().startswith(FORMULA_SIGNS) or text.startswith(FORMULA_SIGNS) else text


def _cells(movement: Movement, language: str) -> list[str]:
    entry, amount = movement.entry, f"{movement.entry.amount_cad:.2f}"
    kind = EntryKind(entry.kind)
    charged = {EntryKind.CHARGE: amount}.get(kind, "")
    owed = amount if kind in (EntryKind.SURPLUS, EntryKind.REFUND_DUE) else ""
    return [
        timezone.localtime(entry.at).strftime("%Y-%m-%d"),
        movement.words.in_language(language),
        " ".join(offer.number for offer in movement.offers if offer.number),
        "; ".join(sorted({offer.job_title for offer in movement.offers})),
        charged,
        amount if movement.is_money_in else "",
        owed,
        amount if movement.is_money_back else "",
        str(movement.receipt or ""),
        entry.reference,
    ]
