"""The kinds of event that a case may have, and how each is told; other modules register theirs when they are loaded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# What an event's data say, in the reader's language; empty when the kind says it all.
Telling = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class Kind:
    name: str
    words: Any
    tell: Telling = lambda data: ""


class UnknownKind(KeyError):
    """An event of a kind that nobody has registered: a fault in the code."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"No kind of event is called {name}; register it with eligibility.casework.kinds.register.")


_KINDS: dict[str, Kind] = {}


def register(name: str, words: Any, tell: Telling = lambda data: "") -> str:
    """Add a kind of event (at most 40 letters) with its words, lazily translated; returns its name."""
    _KINDS[name] = Kind(name, words, tell)
    return name


def kind(name: str) -> Kind:
    """Raises UnknownKind."""
    try:
        return _KINDS[name]
    except KeyError as error:
        raise UnknownKind(name) from error
