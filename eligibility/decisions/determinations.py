"""The only writer of determinations: judges a case, signs what came of it, and stores it for good."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from eligibility.casework.events import judged_digest
from eligibility.decisions.basis import Basis, basis_of, basis_of_document
from eligibility.decisions.document import digest_of_facts, judged_document
from eligibility.decisions.models import Determination
from eligibility.decisions.records import enter, next_number
from eligibility.decisions.signing import sign
from eligibility.engine.version import ENGINE_VERSION
from eligibility.models import Screening
from exemption_codes.catalogue.rulebook import Rulebook


def latest_determination(screening: Screening) -> Determination | None:
    """Return the last determination of a case; None for a case that was sent before there were any."""
    return Determination.objects.filter(screening=screening).order_by("-number").first()


def first_determination(screening: Screening) -> Determination | None:
    """Return what was judged when a case was sent."""
    return Determination.objects.filter(screening=screening).order_by("number").first()


def same_determination(screening: Screening, rulebook: Rulebook, as_of: date) -> Determination | None:
    """Return the last determination of a case, if judging it now on a day would rest on the same."""
    last = latest_determination(screening)
    wanted = Basis(digest_of_facts(screening.answers), rulebook.digest, as_of, ENGINE_VERSION)
    return last if last is not None and basis_of(last) == wanted else None


def store_determination(screening: Screening, rulebook: Rulebook, actor: Any = None) -> Determination:
    """Judge a case as it stands, on its own day, and put that on record, signed; the same again is not put there.

    `actor` is a user, or None for the site itself. Raises DateNotCovered.
    """
    with transaction.atomic():
        Screening.objects.select_for_update().only("pk").get(pk=screening.pk)
        if (same := same_determination(screening, rulebook, screening.as_of)) is not None:
            return same
        document = judged_document(screening.answers, rulebook, screening.as_of)
        basis = basis_of_document(document)
        moment = timezone.now()
        document |= {"case": screening.reference, "made_at": moment.isoformat()}
        made = Determination.objects.create(
            screening=screening,
            number=next_number(Determination, screening),
            at=moment,
            actor=actor.get_username() if actor else "",
            actor_key=str(actor.pk) if actor else "",
            signed_file=sign(document),
            facts_digest=basis.facts,
            release_digest=basis.rules,
            as_of=basis.day,
            engine_version=basis.engine,
        )
        told = {"as_of": basis.day.isoformat(), "release": basis.rules, "judged": judged_digest(screening)}
        enter(made, screening, actor, told)
    return made
