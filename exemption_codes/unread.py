"""Rule files that have gone longest without being read against their sources."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook


@dataclass(frozen=True)
class Unread:
    """A rule file and the source of it that was read longest ago."""

    category: str
    key: str
    name: doc.Text
    source: doc.Text
    read_on: date


@lru_cache(maxsize=4)
def longest_unread(rulebook: Rulebook) -> tuple[Unread, ...]:
    """Return the rule files that rest on dated readings, the longest unread first."""
    found = (_oldest(category, rulebook) for category in rulebook.categories.values())
    return tuple(sorted(filter(None, found), key=lambda one: (one.read_on, one.key, one.category)))


def cited_by(category: doc.Category) -> list[str]:
    """Return the names of the sources that a category rests on, each once."""
    named = [citation.source for criterion in category.criteria for citation in criterion.cite]
    return list(dict.fromkeys([*category.links, *named]))


def _oldest(category: doc.Category, rulebook: Rulebook) -> Unread | None:
    read = [(rulebook.sources[name].read_on, name) for name in cited_by(category) if name in rulebook.sources]
    dated = [(day, name) for day, name in read if day is not None]
    if not dated:
        return None
    day, name = min(dated)
    last = category.codes[-1].code
    key = f"{last}/{category.variant}" if category.variant else last
    return Unread(category.id, key, category.name, rulebook.sources[name].instrument, day)
