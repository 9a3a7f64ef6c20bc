"""A catalogue while it is being checked: what was read, sound or not, and whether a name stands for something in it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fact_values import check_value
from exemption_codes.catalogue.problems import Problem, did_you_mean
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.yaml_reader import PathKey, Source

ALWAYS = doc.Period.model_validate({})
MOST_NAMED = 12
Reports = Iterator[Problem]


@dataclass(frozen=True)
class Draft:
    """Documents that could not be read are None in the rulebook; about `unsound_facts` only the name is sure.

    `knows_occupations` says whether the list of NOC codes could be read.
    """

    rulebook: Rulebook
    sources: Mapping[str, Source]
    unsound_facts: frozenset[str]
    knows_occupations: bool

    def fact_named(self, name: str | None) -> doc.FactDocument | None:
        """Return a fact's definition when it can be relied on."""
        return None if name is None or name in self.unsound_facts else self.rulebook.facts.get(name)

    def list_named(self, name: str | None) -> doc.ListDocument | None:
        return self.rulebook.lists.get(name) if name else None

    def parameter_named(self, name: str | None) -> doc.ParameterDocument | None:
        return self.rulebook.parameters.get(name) if name else None

    def rows_of(self, listed: doc.ListDocument) -> Iterator[dict[str, Any]]:
        for edition in listed.editions or ():
            yield from (row for row in (edition.rows if edition else None) or () if row)

    def covered(self) -> doc.Period | None:
        return self.rulebook.catalogue.covers if self.rulebook.catalogue else None

    def family_names(self) -> list[str] | None:
        families = self.rulebook.catalogue.families if self.rulebook.catalogue else None
        if families is None or any(family is None or family.id is None for family in families):
            return None
        return [family.id for family in families]

    def check_fact(self, name: str | None, source: Source, path: PathKey) -> Reports:
        yield from _check_name(name, self.rulebook.facts, "undefined fact {}", source, path)

    def check_list(self, name: str | None, source: Source, path: PathKey) -> Reports:
        yield from _check_name(name, self.rulebook.lists, "there is no list {}", source, path)

    def check_parameter(self, name: str | None, source: Source, path: PathKey) -> Reports:
        yield from _check_name(name, self.rulebook.parameters, "there is no parameter {}", source, path)

    def check_source(self, name: str | None, source: Source, path: PathKey) -> Reports:
        yield from _check_name(name, self.rulebook.sources, "there is no source {}", source, path)

    def check_category(self, name: str | None, source: Source, path: PathKey) -> Reports:
        yield from _check_name(name, self.rulebook.categories, "there is no category {}", source, path)

    def check_provision(self, label: str | None, source: Source, path: PathKey) -> Reports:
        labels = self.rulebook.provisions.labels if self.rulebook.provisions else None
        if labels is not None and None not in labels:
            yield from _check_name(label, labels, "there is no provision {}", source, path)

    def check_conflict(self, reason: str | None, source: Source, path: PathKey) -> Reports:
        conflicts = self.rulebook.catalogue.conflicts if self.rulebook.catalogue else None
        if conflicts is not None:
            yield from _check_name(reason, conflicts, "there is no conflict {}", source, path)

    def check_citations(self, cite: list[doc.Citation] | None, source: Source, path: PathKey) -> Reports:
        for index, citation in enumerate(cite or ()):
            if citation is not None:
                yield from self.check_source(citation.source, source, (*path, index, "source"))
                yield from self.check_provision(citation.provision, source, (*path, index, "provision"))

    def check_value(self, fact: str | None, value: Any, source: Source, path: PathKey, single: bool = False) -> Reports:
        """Whether a value fits its fact; `single` takes one member where the fact itself is a list."""
        known = self.fact_named(fact)
        if fact is None or known is None or (known.type == "noc" and not self.knows_occupations):
            return
        message, hint = check_value(self.rulebook, fact, value, single=single)
        if message:
            yield source.problem(path, message, hint or f"{fact} is described in facts.yaml")


def check_unique(names: list[str], source: Source, path: PathKey) -> Reports:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield source.problem(path, f"{name} stands twice", "keep one of them, or rename the other")


def _check_name(name: str | None, known: Collection[str], message: str, source: Source, path: PathKey) -> Reports:
    if name is not None and name not in known:
        few = f"there are {', '.join(known)}" if 0 < len(known) <= MOST_NAMED else "see the others in use"
        yield source.problem(path, message.format(name), did_you_mean(name, known) or few)
