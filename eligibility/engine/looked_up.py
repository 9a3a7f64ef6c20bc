"""Facts that are looked up in a published table: the usual wage of an occupation where the job is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import UsualWage, usual_wage

OCCUPATION_AND_PLACE = ("offer.noc", "offer.province")
# Each fact, and those by which its table is read; an official guide takes the median where it says prevailing wage.
LOOKED_UP = {
    "offer.prevailing_wage_hourly": OCCUPATION_AND_PLACE,
    "offer.occupation_median_wage_hourly": OCCUPATION_AND_PLACE,
}


def found_for(name: str, values: Mapping[str, Any], on: date, rulebook: Rulebook) -> UsualWage | None:
    """Return what a table says of a fact; None where it says nothing, or what it is read by is unknown."""
    if name not in LOOKED_UP or name not in rulebook.facts:
        return None
    noc, province = (values.get(base) for base in LOOKED_UP[name])
    return usual_wage(noc, province, on, rulebook) if noc and province else None


def look_up(name: str, values: Mapping[str, Any], on: date, rulebook: Rulebook) -> float | None:
    """Return the value that a table gives a fact, in Canadian dollars an hour."""
    found = found_for(name, values, on, rulebook)
    return found.wages.median_cad if found else None


def read_by(base: str) -> tuple[str, ...]:
    """Return the facts that are looked up by a fact."""
    return tuple(name for name, bases in LOOKED_UP.items() if base in bases)


def asked_before(name: str, values: Mapping[str, Any], rulebook: Rulebook) -> tuple[str, ...]:
    """Return what to ask before a fact that a table may then answer; nothing where that is known or none is there."""
    if not rulebook.wages:
        return ()
    return tuple(base for base in LOOKED_UP.get(name, ()) if base not in values and base in rulebook.facts)
