"""Recording what was done of the duties for a worker, undoing a record, and the first day of work."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile as Upload
from django.utils import timezone

from employer_portal.actors import Actor
from employer_portal.content import storable
from employer_portal.duty_lists import BY_KEY, PAPERS
from employer_portal.errors import FieldsInvalid
from employer_portal.models import DutyRecord, FilePurpose, OfferOfEmployment
from employer_portal.moves import lock_offer
from employer_portal.offer_status import OfferStatus
from employer_portal.permissions import Action, check_may
from employer_portal.transactions import in_transaction
from employer_portal.uploads import keep_upload
from exemption_codes.catalogue.documents import Text

LONGEST_NOTE = 500
RECORDABLE = frozenset({*BY_KEY, *(paper.record_key for paper in PAPERS)})


@in_transaction
def record_duty(
    offer_id: Any, duty: str, done_on: date, actor: Actor, note: str = "", proof: Upload | None = None
) -> DutyRecord:
    """Record that a duty was done, or a document is at hand; what stands already is returned as it is.

    Raises FieldsInvalid for a day to come or a duty that is none, UploadRefused, ActionNotAllowed.
    """
    offer = _lock(offer_id, actor)
    if duty not in RECORDABLE:
        raise FieldsInvalid({"duty": _UNKNOWN})
    if done_on > timezone.localdate():
        raise FieldsInvalid({"done_on": _FUTURE})
    standing = DutyRecord.objects.filter(offer=offer, duty=duty, undone_at=None).first()
    if standing is not None:
        return standing
    file = keep_upload(proof, FilePurpose.DUTY, actor, offer.employer, offer, Action.RECORD_DUTIES) if proof else None
    return DutyRecord.objects.create(
        offer=offer, duty=duty, done_on=done_on, note=storable(note)[:LONGEST_NOTE], proof=file,
        recorded_by=actor.user,
    )  # fmt: skip


@in_transaction
def undo_record(record_id: Any, actor: Actor) -> DutyRecord:
    """Take a record back; it stays, with who took it back and when, and so does its proof."""
    offer_id = DutyRecord.objects.values_list("offer_id", flat=True).get(pk=record_id)
    _lock(offer_id, actor)
    record = DutyRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    if record.undone_at is None:
        record.undone_at, record.undone_by = timezone.now(), actor.user
        record.save(update_fields=["undone_at", "undone_by"])
    return record


@in_transaction
def set_first_day(offer_id: Any, first_day_on: date, actor: Actor) -> OfferOfEmployment:
    """Note the worker's first day of work; the days that hang on it move with it.

    Raises FieldsInvalid for a day before the offer was filed, or of a worker who has no permit, ActionNotAllowed.
    """
    offer = _lock(offer_id, actor)
    if offer.status != OfferStatus.USED or offer.submitted_at is None:
        raise FieldsInvalid({"first_day_on": _NO_PERMIT})
    if first_day_on < timezone.localdate(offer.submitted_at):
        raise FieldsInvalid({"first_day_on": _BEFORE})
    offer.first_day_on = first_day_on
    offer.save(update_fields=["first_day_on"])
    return offer


def _lock(offer_id: Any, actor: Actor) -> OfferOfEmployment:
    offer = lock_offer(offer_id)
    check_may(actor, Action.RECORD_DUTIES, offer.employer, offer)
    return offer


_UNKNOWN = Text(en="There is no such duty.", fr="Cette obligation n’existe pas.")
_FUTURE = Text(en="Record it on the day it is done, not before.", fr="Consignez-le le jour même, pas avant.")
_NO_PERMIT = Text(en="The worker has no permit for this offer yet.", fr="Le travailleur n’a pas encore de permis.")
_BEFORE = Text(
    en="The first day of work cannot lie before the offer was submitted.",
    fr="Le premier jour de travail ne peut pas précéder la présentation de l’offre.",
)
