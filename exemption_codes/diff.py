"""Two rulebooks compared as a person reads them, in one language: what came, what went, what is said otherwise.

Everything that a rule file can say is compared; where only the other language's text differs, that text is shown.
"""

from collections.abc import Iterable

from exemption_codes import diff_fields as fields
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.diff_compare import by_id
from exemption_codes.diff_entries import Change, Difference, Entry, Section
from exemption_codes.diff_parts import Comparison
from exemption_codes.diff_words import SECTIONS

__all__ = ["Change", "Difference", "Entry", "Section", "difference"]

NOTHING = ("No difference.", "Aucune différence.")


def difference(before: Rulebook, after: Rulebook, language: str) -> Difference:
    """Compare two rulebooks; the words are those of the language, `en` or `fr`."""
    comparison = Comparison(before, after, language)
    parts: dict[str, Iterable[Entry]] = {
        "catalogue": comparison.whole(before.catalogue, after.catalogue, fields.CATALOGUE, "catalogue"),
        "categories": comparison.keyed(before.categories, after.categories, comparison.category),
        "general": comparison.keyed(by_id(before.general), by_id(after.general), comparison.general),
        "lists": comparison.keyed(before.lists, after.lists, comparison.listed),
        "parameters": comparison.keyed(before.parameters, after.parameters, comparison.parameter),
        "wages": comparison.keyed(before.wages, after.wages, comparison.wages),
        "fees": comparison.keyed(by_id(before.fees), by_id(after.fees), comparison.fee),
        "facts": comparison.keyed(before.facts, after.facts, comparison.fact),
        "pages": comparison.keyed(by_id(before.pages), by_id(after.pages), comparison.page),
        "guide": comparison.keyed(by_id(before.guide), by_id(after.guide), comparison.correction),
        "sources": comparison.keyed(before.sources, after.sources, comparison.source),
        "provisions": comparison.provisions(),
        "cases": comparison.keyed(before.cases, after.cases, comparison.examples),
    }
    french = language == "fr"
    found = ((name, tuple(entries)) for name, entries in parts.items())
    sections = tuple(Section(name, SECTIONS[name][french], entries) for name, entries in found if entries)
    return Difference(before.digest, after.digest, sections, NOTHING[french])
