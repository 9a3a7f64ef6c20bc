"""What a determination rests on, and what of that has changed since: facts, rules, day and engine."""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from eligibility.decisions.document import digest_of_facts
from eligibility.decisions.models import Determination
from eligibility.engine.version import ENGINE_VERSION
from eligibility.models import Screening
from exemption_codes.event_chain import canonical
from exemption_codes.releases import NoPublishedRelease, published_digest

# The parts of a basis, and how a reader is told that one of them changed.
CHANGED_WORDS = {
    "facts": _("the facts changed"),
    "rules": _("the rules changed"),
    "day": _("the day changed"),
    "engine": _("the engine changed"),
}


@dataclass(frozen=True)
class Basis:
    """The four things that a determination follows from."""

    facts: str
    rules: str
    day: date
    engine: str

    def changed_since(self, earlier: "Basis") -> tuple[str, ...]:
        """Return which of the four are not as they were."""
        return tuple(part for part in CHANGED_WORDS if getattr(self, part) != getattr(earlier, part))

    @property
    def mark(self) -> str:
        """A short text that is the same only for the same basis; forms carry it."""
        return hashlib.sha256(canonical(astuple(self)).encode()).hexdigest()[:24]


def basis_of(determination: Determination) -> Basis:
    """Return what a stored determination rests on."""
    return Basis(
        determination.facts_digest,
        determination.release_digest,
        determination.as_of,
        determination.engine_version,
    )


def basis_of_document(document: Mapping[str, Any]) -> Basis:
    """Return what a document says that it rests on."""
    day = date.fromisoformat(document["as_of"])
    return Basis(document["facts_digest"], document["release"]["digest"], day, document["engine_version"])


def basis_now(screening: Screening) -> Basis | None:
    """Return what a determination of a case would rest on now; None when no release is published."""
    try:
        rules = published_digest()
    except NoPublishedRelease:
        return None
    return Basis(digest_of_facts(screening.answers), rules, screening.as_of, ENGINE_VERSION)
