"""What two rulebooks differ in, as values: sections of entries, each with its changes in words; no HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True)
class Change:
    """One thing said otherwise: lines that went and lines that came. `aspect` tells what kind of thing it is."""

    aspect: str
    heading: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One category, list, amount, fact… that came, went, ends or says something else; `id` is its name in the files."""

    kind: str
    kind_words: str
    id: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Section:
    """The entries of one part of the catalogue."""

    id: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Difference:
    """Everything in which the second rulebook differs from the first."""

    before: str
    after: str
    sections: tuple[Section, ...]
    nothing: str

    def __bool__(self) -> bool:
        return bool(self.sections)

    def entries(self) -> Iterator[Entry]:
        return chain.from_iterable(section.entries for section in self.sections)

    def lines(self) -> Iterator[str]:
        """Say it as plain text: `+` for what came, `-` for what went."""
        if not self.sections:
            yield self.nothing
        for section in self.sections:
            yield section.title
            for entry in section.entries:
                yield f"  {entry.kind_words} · {entry.title}"
                for change in entry.changes:
                    yield f"    {change.heading}" + (f" ({change.note})" if change.note else "")
                    yield from (f"      - {line}" for line in change.before)
                    yield from (f"      + {line}" for line in change.after)
