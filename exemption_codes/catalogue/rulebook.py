"""The whole catalogue as one frozen value: vocabulary, categories, lists, parameters, sources, pages and cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.problems import DateNotCovered


class ParameterNotInForce(Exception):
    """No value of this parameter is published for the day."""

    def __init__(self, parameter: str, on: date) -> None:
        self.parameter, self.on = parameter, on
        super().__init__(f"No value of {parameter} is in force on {on}.")


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Everything read from one folder of rules; `digest` is the SHA-256 of its files, in hexadecimal."""

    digest: str
    catalogue: doc.CatalogueDocument
    facts: dict[str, doc.FactDocument]
    categories: dict[str, doc.Category]
    general: tuple[doc.GeneralRule, ...]
    lists: dict[str, doc.ListDocument]
    parameters: dict[str, doc.ParameterDocument]
    sources: dict[str, doc.SourceDocument]
    provisions: doc.ProvisionsDocument
    pages: tuple[doc.PageDocument, ...]
    guide: tuple[doc.Correction, ...] = ()
    cases: dict[str, doc.CasesDocument] = field(default_factory=dict)
    wages: dict[str, doc.WagesDocument] = field(default_factory=dict)
    fees: tuple[doc.FeeDocument, ...] = ()

    def check_covers(self, on: date) -> None:
        """Raise DateNotCovered when the catalogue says nothing about `on`."""
        covers = self.catalogue.covers
        if not covers.holds(on):
            raise DateNotCovered(on, covers.from_, covers.until)

    def in_force(self, on: date) -> list[doc.Category]:
        """Return the categories in force on a day, ordered by code and variant."""
        found = [c for c in self.categories.values() if c.in_force.holds(on) and c.code_on(on)]
        return sorted(found, key=lambda c: (c.code_on(on) or "", c.variant or "", c.id))

    def with_code(self, code: str) -> list[doc.Category]:
        """Return the categories that bear or bore a code (T23, T36, C21/WH), whatever the day."""
        bare, _, variant = code.upper().partition("/")
        return [
            category
            for category in self.categories.values()
            if any(name.code == bare for name in category.codes)
            and (not variant or (category.variant or "").upper() == variant)
        ]

    def edition(self, list_id: str, on: date) -> doc.Edition | None:
        return next((e for e in self.lists[list_id].editions if e.in_force.holds(on)), None)

    def parameter(self, parameter: str, on: date) -> int | float | str | date:
        """Return the value in force; raises ParameterNotInForce outside its published dates."""
        for dated in self.parameters[parameter].values:
            if dated.holds(on):
                return dated.value
        raise ParameterNotInForce(parameter, on)

    def members(self, list_id: str, on: date) -> list[object]:
        """Return the members of a list on a day, prefixes and TEER levels spelled out."""
        edition = self.edition(list_id, on)
        if edition is None:
            return []
        found: list[object] = [*edition.members, *(row["key"] for row in edition.rows)]
        teers = {str(teer) for teer in edition.teers}
        undetermined = set(map(str, edition.undetermined))
        for noc in self.noc_codes(on):
            if noc[1] in teers or (noc.startswith(tuple(edition.prefixes)) and noc not in undetermined):
                found.append(noc)
        return list(dict.fromkeys(found))

    def undetermined_members(self, list_id: str, on: date) -> list[object]:
        edition = self.edition(list_id, on)
        if edition is None:
            return []
        sure = set(self.members(list_id, on))
        prefixes = tuple(edition.undetermined_prefixes)
        spelled = [noc for noc in self.noc_codes(on) if prefixes and noc.startswith(prefixes)]
        return [m for m in dict.fromkeys([*edition.undetermined, *spelled]) if m not in sure]

    def occupations_on(self, on: date) -> doc.OccupationVersion | None:
        """Return the version of the occupational classification that counts on a day."""
        return next((version for version in self.catalogue.occupations if version.holds(on)), None)

    def occupation_lists(self) -> tuple[str, ...]:
        """Return the lists that hold the versions of the occupational classification, the oldest first."""
        return tuple(version.list_ for version in self.catalogue.occupations)

    def occupations(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the unit group of every code of every version; a code that several have, as the last one has it."""
        return _occupations(self)

    def noc_codes(self, on: date | None = None) -> tuple[str, ...]:
        """Return the codes of the version that counts on a day, or those of every version."""
        if on is None:
            return tuple(self.occupations())
        version = self.occupations_on(on)
        return _codes_in(self, version.list_) if version else ()

    def boundaries(self) -> tuple[date, ...]:
        """Return every day on which something in the catalogue begins to differ from the day before, in order."""
        return _boundaries(self)

    def period_start(self, on: date) -> date:
        """Return the first day of the stretch around `on` in which nothing in the catalogue changes."""
        earlier = [day for day in self.boundaries() if day <= on]
        return earlier[-1] if earlier else date.min


@lru_cache(maxsize=8)
def _occupations(rulebook: Rulebook) -> dict[str, Mapping[str, Any]]:
    lists = (rulebook.lists[name] for name in rulebook.occupation_lists())
    rows = (row for listed in lists for edition in listed.editions for row in edition.rows)
    return {str(row["key"]): row for row in rows}


@lru_cache(maxsize=16)
def _codes_in(rulebook: Rulebook, listed: str) -> tuple[str, ...]:
    return tuple(str(row["key"]) for edition in rulebook.lists[listed].editions for row in edition.rows)


@lru_cache(maxsize=8)
def _boundaries(rulebook: Rulebook) -> tuple[date, ...]:
    periods: list[doc.Period] = []
    for category in rulebook.categories.values():
        periods += [category.in_force, *category.codes, *category.basis]
        periods += [criterion.in_force for criterion in category.criteria]
    periods += [rule.in_force for rule in rulebook.general]
    periods += [rule.in_force for fee in rulebook.fees for rule in fee.rules]
    periods += rulebook.catalogue.occupations
    periods += [table.in_force for table in rulebook.wages.values()]
    periods += [edition.in_force for listed in rulebook.lists.values() for edition in listed.editions]
    periods += [value for parameter in rulebook.parameters.values() for value in parameter.values]
    days = {period.from_ for period in periods if period.from_}
    days |= {period.until + timedelta(days=1) for period in periods if period.until}
    return tuple(sorted(days))
