"""The index of provisions: made from the law in both languages, and compared with the one before it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.lims_xml import Consolidation

HEADER = "# Labels of the provisions that exist, without their text; citations are checked against this list.\n"
FOOTER = (
    "# Made by manage.py index_provisions from the Justice Department's XML; digests tell when a text has changed.\n"
)


class LanguagesDiffer(Exception):
    """The two files are not the two languages of one consolidation."""


@dataclass(frozen=True)
class Change:
    """A provision that is new, gone, or reads otherwise in some language, and the rules that cite it."""

    label: str
    what: str
    cited_by: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.label} {self.what}" + (f", cited by {', '.join(self.cited_by)}" if self.cited_by else "")


def new_index(
    old: doc.ProvisionsDocument, english: Consolidation, french: Consolidation, all_sections: bool = False
) -> doc.ProvisionsDocument:
    """Return the index of what both languages have, in the sections that the old index holds, or in all.

    Labels of other instruments, and of sections that these files do not have, stay as they are.
    Raises LanguagesDiffer when the files are not the two languages of one consolidation.
    """
    if (english.language, french.language) != ("en", "fr"):
        raise LanguagesDiffer(f"the first file is to be English and the second French, not {english.language!r}")
    if (english.prefix, english.current_on) != (french.prefix, french.current_on):
        raise LanguagesDiffer(f"the files are of {english.current_on} and {french.current_on}, or of two instruments")
    sections = {section_of(label) for label in old.labels}
    known = {section_of(label) for label in english.digests}
    found = {
        label: doc.Digests(en=digest, fr=french.digests[label])
        for label, digest in english.digests.items()
        if label in french.digests and (all_sections or section_of(label) in sections)
    }
    kept = [label for label in old.labels if section_of(label) not in known]
    digests = {**found, **{label: old.digests[label] for label in kept if label in old.digests}}
    return old.model_copy(update={"consolidated_on": english.current_on, "labels": [*found, *kept], "digests": digests})


def in_one_language(english: Consolidation, french: Consolidation) -> list[str]:
    """Return the labels that only one of the two languages has."""
    return sorted(english.digests.keys() ^ french.digests.keys())


def changes(old: doc.ProvisionsDocument, new: doc.ProvisionsDocument, rulebook: Rulebook) -> Iterator[Change]:
    """Yield the provisions that changed from one index to the next; new ones only where a rule cites them already."""
    cited = citations(rulebook)
    for label in dict.fromkeys([*new.labels, *old.labels, *cited]):
        by = tuple(cited.get(label, ()))
        if label not in new.labels:
            what = "is gone" if label in old.labels else "is not in the law"
            yield Change(label, what, by)
        elif before := old.digests.get(label):
            after = new.digests.get(label, before)
            moved = [
                name
                for name, same in (("English", before.en == after.en), ("French", before.fr == after.fr))
                if not same
            ]
            if moved:
                yield Change(label, f"reads otherwise in {' and '.join(moved)}", by)


def citations(rulebook: Rulebook) -> dict[str, list[str]]:
    """Return who cites each provision: categories with their criterion, general rules, facts, lists, parameters."""
    found: dict[str, list[str]] = {}
    for label, who in _cited(rulebook):
        if who not in found.setdefault(label, []):
            found[label].append(who)
    return found


def _cited(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    for name, category in rulebook.categories.items():
        yield from ((basis.provision, name) for basis in category.basis)
        for criterion in category.criteria:
            yield from _labels(criterion.cite, f"{name}/{criterion.id}")
    others: dict[str, Mapping[str, Any]] = {
        "general rule": {rule.id: rule for rule in rulebook.general},
        "fact": rulebook.facts,
        "list": rulebook.lists,
        "parameter": rulebook.parameters,
    }
    for kind, documents in others.items():
        for name, document in documents.items():
            yield from _labels(document.cite, f"{kind} {name}")


def _labels(cite: Iterable[doc.Citation], who: str) -> Iterator[tuple[str, str]]:
    return ((citation.provision, who) for citation in cite if citation.provision)


def section_of(label: str) -> str:
    return label.partition("(")[0]


def written(index: doc.ProvisionsDocument) -> str:
    """Return the text of rules/provisions.yaml."""
    head: dict[str, Any] = {"instrument": index.instrument.model_dump(), "consolidated_on": index.consolidated_on}
    lines = [HEADER, FOOTER, _dumped(head), "labels:\n", *(f"- {_quoted(label)}\n" for label in index.labels)]
    if index.digests:
        lines += ["digests:\n"]
        lines += [
            f"  {_quoted(label)}: {{en: {_quoted(d.en)}, fr: {_quoted(d.fr)}}}\n" for label, d in index.digests.items()
        ]
    return "".join(lines)


def _dumped(value: Any) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=120))


def _quoted(word: str) -> str:
    """Return a word as YAML reads it back; digests of digits alone, or like 1e5, need quotes."""
    return word if isinstance(yaml.safe_load(word), str) else f"'{word}'"
