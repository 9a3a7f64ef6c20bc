"""Erasing what is personal once it need no longer be kept; money, numbers and events stay, for they name no worker."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from employer_portal.content import WORKER_FIELDS
from employer_portal.duties import WorkerCase, retention_ends_on, years_later
from employer_portal.models import OfferOfEmployment
from employer_portal.moves import lock_offer
from employer_portal.offer_status import DEAD_NUMBER, OfferStatus
from employer_portal.transactions import in_transaction
from employer_portal.uploads import remove_files
from exemption_codes.catalogue.rulebook import Rulebook

RETENTION = "record_retention_years"
FREE_TEXTS = ("exemption_explanation", "additional_information", "fee_exemption_explanation", "alternate_compensation")


@in_transaction
def erase_personal_data(offer_id: Any) -> OfferOfEmployment:
    """Empty everything in an offer that tells of its worker, and what hangs on it, its files among that."""
    offer = lock_offer(offer_id)
    for name in (*WORKER_FIELDS, *FREE_TEXTS):
        setattr(offer, name, None if OfferOfEmployment._meta.get_field(name).null else "")
    offer.facts, offer.snapshot, offer.acknowledged = {}, None, {}
    offer.worker_name_hash = offer.worker_passport_hash = ""
    offer.save()
    offer.versions.all().delete()
    offer.confirmations.all().delete()
    offer.duty_records.update(note="")
    remove_files(offer.files.all())
    return offer


def is_past_retention(offer: OfferOfEmployment, on: date, rulebook: Rulebook) -> bool:
    """Whether an offer need no longer be kept: a deleted draft after days, a closed offer after the years of law."""
    if offer.status == OfferStatus.DELETED:
        return timezone.localdate(offer.updated_at) + timedelta(days=settings.DATA_RETENTION_DAYS) < on
    years = int(str(rulebook.parameter(RETENTION, on)))
    if offer.status == OfferStatus.USED:
        until = retention_ends_on(WorkerCase(offer.permit_issued_on, None, offer.first_day_on, offer.starts_on), years)
        return until is not None and until < on
    return offer.closed_at is not None and years_later(timezone.localdate(offer.closed_at), years) < on


def erase_past_retention(on: date, rulebook: Rulebook) -> int:
    """Erase the personal data of every offer past its retention; returns how many."""
    ended = [OfferStatus.DELETED.value, OfferStatus.EXPIRED.value, *sorted(status.value for status in DEAD_NUMBER)]
    kept = OfferOfEmployment.objects.filter(status__in=ended).exclude(worker_name_hash="", worker_passport_hash="")
    past = [offer.pk for offer in kept.iterator() if is_past_retention(offer, on, rulebook)]
    for offer_id in past:
        erase_personal_data(offer_id)
    return len(past)
