"""Makes the index of cases anew, as it was made when each was sent."""

from collections.abc import Iterator

from eligibility.casework.index import index_case
from eligibility.models import Screening
from eligibility.screenings import judged_for
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.releases import NoSuchRelease, rulebook_of


def reindex_all() -> Iterator[tuple[Screening, bool]]:
    """Index every case; yields each with whether it could be judged (its release may not be stored any more)."""
    for screening in Screening.objects.submitted().order_by("pk").iterator():
        yield screening, reindex(screening)


def reindex(screening: Screening) -> bool:
    try:
        rulebook = rulebook_of(screening.release_digest)
        result = judged_for(screening, rulebook, screening.as_of)
    except (NoSuchRelease, DateNotCovered):
        return False
    index_case(screening, result)
    return True
