"""No two periods of one thing overlap: codes and legal bases of a category, editions of a list, and the like."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.date_checks import common_part, in_words
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.findings import Finding

OVERLAP = "overlap"


def check_periods(rulebook: Rulebook) -> Iterator[Finding]:
    """Yield periods of one category, list or parameter that share days."""
    for name, category in rulebook.categories.items():
        yield from _overlaps(f"{name} codes", category.codes)
        yield from _overlaps(f"{name} basis", category.basis)
        lives = [(criterion.id, criterion.in_force) for criterion in category.criteria]
        for criterion in sorted({one for one, _ in lives}):
            yield from _overlaps(f"{name} {criterion}", [life for other, life in lives if other == criterion])
    for name, listed in rulebook.lists.items():
        yield from _overlaps(f"list {name}", [edition.in_force for edition in listed.editions])
    for name, parameter in rulebook.parameters.items():
        yield from _overlaps(f"parameter {name}", parameter.values)


def _overlaps(subject: str, periods: Sequence[doc.Period]) -> Iterator[Finding]:
    for one, other in combinations(periods, 2):
        if shared := common_part(one, other):
            yield Finding(OVERLAP, subject, f"two periods share the days {in_words(shared)}")
