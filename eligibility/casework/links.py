"""What other parts of the site know of a case by the offer number quoted for it; they register how to find it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CaseLink:
    """Something linked to a case, in words: a title, labelled facts, and an address for those who may follow it."""

    title: str
    facts: tuple[tuple[str, str], ...]
    address: str = ""


# An offer number and who reads, to what that person may see of it; None when there is no such thing.
Finder = Callable[[str, Any], CaseLink | None]
_FINDERS: list[Finder] = []


def register(finder: Finder) -> None:
    """Add a way to find what an offer number stands for; registering it twice changes nothing."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def links_of(offer_number: str, reader: Any) -> list[CaseLink]:
    """Return what is known of an offer number; empty when no number was quoted."""
    if not offer_number:
        return []
    return [link for finder in _FINDERS if (link := finder(offer_number, reader)) is not None]
