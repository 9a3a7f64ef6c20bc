"""Store, publish and read releases; the only writer of `CatalogueRelease`."""

import gc
from collections.abc import Mapping
from functools import lru_cache

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from exemption_codes.catalogue.documents import Category
from exemption_codes.catalogue.reader import digest_of_files, read_stored_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease, ExemptionCode


class NoPublishedRelease(Exception):
    """Nothing has been published yet; run `manage.py load_catalogue`."""


class NoSuchRelease(Exception):
    """No release with this digest is stored any more."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(f"No release {digest[:12]} is stored.")


def store(rulebook: Rulebook, files: Mapping[str, str], loaded_by: str = "") -> tuple[CatalogueRelease, bool]:
    """Store the rule files from which a checked rulebook was read; returns the release and whether it is new."""
    assert digest_of_files(files) == rulebook.digest, "these are not the files that were checked"
    with transaction.atomic():
        release, is_new = CatalogueRelease.objects.get_or_create(
            digest=rulebook.digest,
            defaults={
                "law_as_of": rulebook.catalogue.law_as_of,
                "files": dict(files),
                "loaded_by": loaded_by,
            },
        )
        if is_new:
            rows = [_row(release, category, rulebook) for category in rulebook.categories.values()]
            ExemptionCode.objects.bulk_create(rows)
    return release, is_new


def publish(release: CatalogueRelease) -> None:
    """Make a release the one that everybody works from; the earlier one stays stored."""
    with transaction.atomic():
        published = CatalogueRelease.objects.select_for_update().filter(status=CatalogueRelease.Status.PUBLISHED)
        published.exclude(pk=release.pk).update(status=CatalogueRelease.Status.WITHDRAWN)
        CatalogueRelease.objects.filter(pk=release.pk).update(
            status=CatalogueRelease.Status.PUBLISHED, published_at=timezone.now()
        )


def published_digest() -> str:
    """Return the digest of the published release.

    Raises NoPublishedRelease.
    """
    published = CatalogueRelease.objects.filter(status=CatalogueRelease.Status.PUBLISHED)
    digest = published.values_list("digest", flat=True).first()
    if digest is None:
        raise NoPublishedRelease("No catalogue is published; run manage.py load_catalogue.")
    return digest


def published_rulebook() -> Rulebook:
    """Return the published rulebook, read once a process and release."""
    return rulebook_of(published_digest())


@lru_cache(maxsize=4)
def rulebook_of(digest: str) -> Rulebook:
    """Read a stored release back into a rulebook.

    Raises NoSuchRelease.
    """
    files = CatalogueRelease.objects.values_list("files", flat=True).filter(digest=digest).first()
    if files is None:
        raise NoSuchRelease(digest)
    rulebook = read_stored_files(files)
    gc.collect()
    gc.freeze()
    return rulebook


def codes_named(typed: str) -> list[str]:
    """Return the keys, in the published release, of the categories that bear or bore a code such as T23 or C21/WH."""
    bare, _, variant = typed.strip().upper().partition("/")
    if not bare:
        return []
    rows = ExemptionCode.objects.filter(release__status=CatalogueRelease.Status.PUBLISHED)
    named = rows.filter(Q(code__iexact=bare) | Q(former_codes__icontains=bare))
    return [row.key for row in named if not variant or row.variant.upper() == variant]


def _row(release: CatalogueRelease, category: Category, rulebook: Rulebook) -> ExemptionCode:
    current = category.code_on(rulebook.catalogue.law_as_of) or category.codes[-1].code
    former = [name.code for name in category.codes if name.code != current]
    return ExemptionCode(
        release=release,
        category=category.id,
        code=current,
        variant=category.variant or "",
        former_codes=", ".join(former),
        family=category.family,
        name_en=category.name.en,
        name_fr=category.name.fr,
        confidence=category.confidence,
    )
