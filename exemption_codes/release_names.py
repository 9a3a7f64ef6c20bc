"""Releases as people name them: the published one, the beginning of a digest, or a folder of rule files."""

from pathlib import Path

from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import published_digest, rulebook_of

PUBLISHED = "published"
SHORTEST_DIGEST = 4


class NoReleaseNamed(Exception):
    """No stored release, or more than one, answers to a name."""

    def __init__(self, name: str, found: int) -> None:
        self.name, self.found = name, found
        said = "no release" if not found else f"{found} releases"
        super().__init__(
            f"{said} found for {name!r}: give the beginning of a digest ({SHORTEST_DIGEST} characters or more), "
            f"“{PUBLISHED}” or a folder."
        )


def named_digest(name: str) -> str:
    """Return the digest of the stored release that a name stands for.

    Raises NoReleaseNamed, and NoPublishedRelease.
    """
    if name == PUBLISHED:
        return published_digest()
    rows = CatalogueRelease.objects.filter(digest__startswith=name.lower()) if len(name) >= SHORTEST_DIGEST else None
    found = list(rows.values_list("digest", flat=True)[:9]) if rows is not None else []
    if len(found) != 1:
        raise NoReleaseNamed(name, len(found))
    return found[0]


def named_rulebook(name: str) -> Rulebook:
    """Return the rulebook that a name stands for; a folder is read and checked.

    Raises NoReleaseNamed, NoPublishedRelease, and CatalogueError for a folder that does not hold sound rules.
    """
    if name != PUBLISHED and Path(name).is_dir():
        return read_rulebook(Path(name))
    return rulebook_of(named_digest(name))
