"""What somebody needs to travel to Canada, with the sources that say so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from eligibility.engine.entry import entry_document_for
from eligibility.engine.explain import CitationStatement, citations
from exemption_codes.catalogue.rulebook import Rulebook


@dataclass(frozen=True)
class Entry:
    """`need` is none, eta, visa, eta_after_visa, passport (it depends on which) or unknown."""

    need: str
    unless_resident: bool
    citations: tuple[CitationStatement, ...]


def entry_of(
    citizenships: Collection[str] | None,
    residences: Collection[str] | None,
    rulebook: Rulebook,
    on: date,
    language: str,
) -> Entry:
    """Tell what citizens and permanent residents of some countries need on a day, in either language."""
    found = entry_document_for(citizenships, residences, rulebook, on)
    cited = {(one.source, one.provision): one for name in found.read for one in rulebook.lists[name].cite}
    return Entry(found.need.value, found.unless_resident, citations(list(cited.values()), rulebook, language))
