"""How one category changed from release to release, newest first."""

from dataclasses import dataclass
from itertools import pairwise

from django.db.models import F
from django.db.models.fields.json import KT

from exemption_codes.diff_entries import Entry
from exemption_codes.diff_parts import Comparison
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import rulebook_of

MOST_CHANGES = 10


@dataclass(frozen=True)
class RuleChange:
    """What a release said otherwise of a category than the release before it."""

    before: CatalogueRelease
    after: CatalogueRelease
    entries: tuple[Entry, ...]


def changes_of(category: str, language: str) -> list[RuleChange]:
    """Compare a category in each stored release with the one before; those that say the same are left out.

    Only releases in which its files differ are read; at most ten changes are told.
    """
    releases = list(
        CatalogueRelease.objects.defer("files")
        .annotate(rule=KT(f"files__exemptions/{category}.yaml"), examples=KT(f"files__cases/{category}.yaml"))
        .order_by(F("published_at").asc(nulls_last=True), "loaded_at")
    )
    found = []
    for before, after in reversed(list(pairwise(releases))):
        if (before.rule, before.examples) != (after.rule, after.examples):
            entries = _entries(category, before, after, language)
            found += [RuleChange(before, after, entries)] if entries else []
        if len(found) == MOST_CHANGES:
            break
    return found


def _entries(category: str, before: CatalogueRelease, after: CatalogueRelease, language: str) -> tuple[Entry, ...]:
    old, new = rulebook_of(before.digest), rulebook_of(after.digest)
    comparison = Comparison(old, new, language)

    def only(documents: object) -> dict[str, object]:
        return {category: documents[category]} if category in documents else {}  # type: ignore[operator,index]

    return (
        *comparison.keyed(only(old.categories), only(new.categories), comparison.category),
        *comparison.keyed(only(old.cases), only(new.cases), comparison.examples),
    )
