"""What somebody shows to travel to Canada: a passport alone, an electronic travel authorization (eTA), or a visa."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exemption_codes.catalogue.rulebook import Rulebook

VISA_EXEMPT, ETA_EXEMPT, ETA_AFTER_VISA = "visa_exempt", "eta_exempt", "eta_after_visa"
VISA_EXEMPT_RESIDENTS, ETA_EXEMPT_RESIDENTS = "visa_exempt_residents", "eta_exempt_residents"


class Need(StrEnum):
    """From the least to the most; `PASSPORT`: it depends on which passport; `ETA_AFTER_VISA`: under conditions."""

    NONE = "none"
    ETA = "eta"
    PASSPORT = "passport"
    ETA_AFTER_VISA = "eta_after_visa"
    VISA = "visa"
    UNKNOWN = "unknown"


LEAST_FIRST = tuple(Need)


@dataclass(frozen=True)
class EntryDocument:
    """What is needed, the lists that say so, and whether residence in one of some countries would spare it."""

    need: Need
    read: tuple[str, ...] = ()
    unless_resident: bool = False


def entry_document_for(
    citizenships: Collection[str] | None, residences: Collection[str] | None, rulebook: Rulebook, on: date
) -> EntryDocument:
    """Tell what somebody needs to travel to Canada on a day; with several citizenships, the least that one gives.

    `residences` are countries of permanent residence; None means unknown. Before the eTA existed, and without a
    citizenship, the answer is unknown. Source: IRPR 7, 7.01, 190.
    """
    if not {VISA_EXEMPT, ETA_EXEMPT} <= rulebook.lists.keys() or rulebook.edition(ETA_EXEMPT, on) is None:
        return EntryDocument(Need.UNKNOWN)
    found = [_by_citizenship(country, rulebook, on) for country in citizenships or ()]
    found += _by_residence(residences or (), rulebook, on)
    least = min(found, key=lambda one: LEAST_FIRST.index(one.need), default=EntryDocument(Need.UNKNOWN))
    if citizenships is None and least.need is not Need.NONE:
        return EntryDocument(Need.UNKNOWN)
    is_open = residences is None and least.need not in (Need.NONE, Need.ETA, Need.UNKNOWN)
    return EntryDocument(least.need, least.read, is_open)


def _by_citizenship(country: str, rulebook: Rulebook, on: date) -> EntryDocument:
    if _lists(ETA_EXEMPT, country, rulebook, on):
        return EntryDocument(Need.NONE, (VISA_EXEMPT, ETA_EXEMPT))
    if _lists(VISA_EXEMPT, country, rulebook, on):
        return EntryDocument(Need.ETA, (VISA_EXEMPT,))
    if country in rulebook.undetermined_members(VISA_EXEMPT, on):
        return EntryDocument(Need.PASSPORT, (VISA_EXEMPT,))
    if ETA_AFTER_VISA in rulebook.lists and country in rulebook.undetermined_members(ETA_AFTER_VISA, on):
        return EntryDocument(Need.UNKNOWN)
    if _lists(ETA_AFTER_VISA, country, rulebook, on):
        return EntryDocument(Need.ETA_AFTER_VISA, (VISA_EXEMPT, ETA_AFTER_VISA))
    return EntryDocument(Need.VISA, (VISA_EXEMPT,))


def _by_residence(residences: Collection[str], rulebook: Rulebook, on: date) -> list[EntryDocument]:
    spared = [country for country in residences if _lists(VISA_EXEMPT_RESIDENTS, country, rulebook, on)]
    if any(_lists(ETA_EXEMPT_RESIDENTS, country, rulebook, on) for country in spared):
        return [EntryDocument(Need.NONE, (VISA_EXEMPT_RESIDENTS, ETA_EXEMPT_RESIDENTS))]
    return [EntryDocument(Need.ETA, (VISA_EXEMPT_RESIDENTS,))] if spared else []


def _lists(listed: str, country: str, rulebook: Rulebook, on: date) -> bool:
    return listed in rulebook.lists and country in rulebook.members(listed, on)
