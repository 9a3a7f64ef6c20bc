"""How two things are compared: field by field, in words, keeping only the lines in which they differ."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from exemption_codes import diff_words as say
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.diff_entries import Change, Entry
from exemption_codes.diff_fields import Field
from exemption_codes.rule_words import RuleWords

Sides = list[list[str]]
Compare = Callable[[Any, Any], tuple[str, list[Change]]]


def by_id(documents: Iterable[Any]) -> dict[str, Any]:
    return {document.id: document for document in documents}


class Comparer:
    """Compares things of two rulebooks; one that is missing on one side is None."""

    def __init__(self, before: Rulebook, after: Rulebook, language: str) -> None:
        self.rulebooks = (before, after)
        self.language = language
        self.words = (RuleWords(before, language), RuleWords(after, language))
        other, self.other_note = say.OTHER_LANGUAGE[language]
        self.other_words = (RuleWords(before, other), RuleWords(after, other))
        self.is_french = language == "fr"

    def keyed(self, before: Mapping[str, Any], after: Mapping[str, Any], compare: Compare) -> Iterator[Entry]:
        """Compare things that have names, in the order of their names."""
        for name in sorted({**before, **after}):
            one, other = before.get(name), after.get(name)
            if one == other:
                continue
            title, changes = compare(one, other)
            kind = say.ADDED if one is None else say.REMOVED if other is None else self._kind(one, other)
            yield self._entry(kind, name, title, changes)

    def whole(self, before: Any, after: Any, table: Mapping[str, Field], name: str) -> Iterator[Entry]:
        changes = self._fields(before, after, table)
        if changes:
            yield self._entry(say.CHANGED, name, say.SECTIONS[name][self.is_french], changes)

    @property
    def _order(self) -> str:
        return say.ONLY_ORDER[self.is_french]

    def _entry(self, kind: str, name: str, title: str, changes: list[Change]) -> Entry:
        return Entry(kind, say.KIND_WORDS[kind][self.is_french], name, title, tuple(changes))

    def _kind(self, before: Any, after: Any) -> str:
        """A category that gets an earlier last day than it had ends."""
        if isinstance(before, doc.Category):
            old, new = before.in_force.until, after.in_force.until
            if new is not None and (old is None or new < old):
                return say.ENDED
        return say.CHANGED

    def _sides(self, before: Any, after: Any) -> Iterator[tuple[Any, RuleWords]]:
        return zip((before, after), self.words, strict=True)

    def _titled(self, before: Any, after: Any, title: Callable[[RuleWords, Any], str]) -> str:
        return title(self.words[after is not None], after if after is not None else before)

    def _name(self, before: Any, after: Any) -> str:
        return self._titled(before, after, lambda words, one: words.text(one.name))

    def _fields(self, before: Any, after: Any, table: Mapping[str, Field]) -> list[Change]:
        found: list[Change] = []
        for name, field in table.items():
            old, new = (getattr(one, name) if one is not None else None for one in (before, after))
            if old != new:
                found += self._compared(field, old, new)
        return found

    def _compared(self, field: Field, before: Any, after: Any) -> Iterator[Change]:
        def lines(words: tuple[RuleWords, RuleWords]) -> Sides:
            both = zip((before, after), words, strict=True)
            return [list(field.tell(word, value)) if value is not None else [] for value, word in both]

        if before != after:
            yield from self._told(field.aspect, self._heading(field), lines(self.words), lines(self.other_words))

    def _told(self, aspect: str, heading: str, said: Sides, other: Sides) -> Iterator[Change]:
        """Keep the lines that differ; those of the other language where the reader's are the same.

        What differs in the file only (the name of a source, say) is told as such: nothing changes in silence.
        """
        if said[0] != said[1]:
            yield self._change(aspect, heading, said, "")
        elif other[0] != other[1]:
            yield self._change(aspect, heading, other, self.other_note)
        else:
            yield Change(aspect, heading, (), (), say.SAME_WORDS[self.is_french])

    def _change(self, aspect: str, heading: str, said: Sides, note: str) -> Change:
        before, after = said
        if aspect in ("members", "amounts", "examples", "sources", "documents"):
            went, came = (
                list((Counter(before) - Counter(after)).elements()),
                list((Counter(after) - Counter(before)).elements()),
            )
            if not went and not came:
                return Change(aspect, heading, (), (), self._order)
        else:
            went, came = _differing(before, after)
        return Change(aspect, heading, tuple(went), tuple(came), note)

    def _heading(self, field: Field) -> str:
        return field.french if self.is_french else field.english


def _differing(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    went: list[str] = []
    came: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            went += before[start:end]
            came += after[first:last]
    return went, came
