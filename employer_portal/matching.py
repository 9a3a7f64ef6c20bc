"""Whether a worker's application and an offer belong together: compared exactly as each is written."""

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from employer_portal.models import OfferOfEmployment


@dataclass(frozen=True)
class Application:
    """What a worker's application says, to be compared with an offer exactly as it is written."""

    number: str
    passport_number: str
    citizenship: str
    applied_at: datetime | None = None


def differing_fields(offer: OfferOfEmployment, application: Application) -> tuple[str, ...]:
    """Compare exactly, as the department does: one hyphen, space or letter more is a difference."""
    pairs = {
        "number": (offer.number or "", application.number),
        "passport_number": (offer.worker_passport_number or "", application.passport_number),
        "citizenship": (str(offer.worker_citizenship), application.citizenship),
    }
    return tuple(name for name, (one, other) in pairs.items() if not compare_digest(one.encode(), other.encode()))
