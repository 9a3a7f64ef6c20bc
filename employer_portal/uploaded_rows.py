"""A file of many offers between its preview and its import: kept a day, for who uploaded it, imported at most once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from employer_portal.actors import Actor
from employer_portal.bulk_import import ReadRows, import_offers
from employer_portal.content import storable
from employer_portal.errors import UploadGone
from employer_portal.models import BulkUpload, Employer, OfferOfEmployment
from employer_portal.permissions import Action, check_may
from employer_portal.sheets import Row
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.rulebook import Rulebook

KEPT = timedelta(days=1)


@in_transaction
def keep_rows(rows: Sequence[Row], name: str, employer: Employer, actor: Actor) -> BulkUpload:
    """Keep the rows of a file until they are imported; no offer is begun yet.

    Raises ActionNotAllowed.
    """
    check_may(actor, Action.WRITE_OFFERS, employer)
    forget_old_rows()
    kept = [{column: storable(text) for column, text in row.items()} for row in rows]
    assert actor.user is not None, "a file is uploaded by a person"
    return BulkUpload.objects.create(employer=employer, uploaded_by=actor.user, name=storable(name)[:200], rows=kept)


def kept_rows(upload_id: Any, employer: Employer, actor: Actor) -> BulkUpload:
    """Return rows that wait for their import; raises UploadGone for what was imported, is too old, or is another's."""
    found = BulkUpload.objects.filter(
        pk=upload_id, employer=employer, uploaded_by=actor.user, uploaded_at__gt=timezone.now() - KEPT
    ).first()
    if found is None:
        raise UploadGone
    return found


@in_transaction
def import_kept(
    upload_id: Any, employer: Employer, actor: Actor, rulebook: Rulebook, *, only_good: bool
) -> tuple[list[OfferOfEmployment], ReadRows]:
    """Begin the drafts of a kept file, and let the file go, in one step: a second press imports nothing.

    Raises UploadGone, RowsRefused, ActionNotAllowed.
    """
    locked = BulkUpload.objects.select_for_update().filter(pk=kept_rows(upload_id, employer, actor).pk).first()
    if locked is None:
        raise UploadGone
    made = import_offers(locked.rows, employer, actor, rulebook, only_good=only_good)
    locked.delete()
    return made


def forget_old_rows() -> int:
    """Erase files that nobody imported within a day; returns how many."""
    erased, _by_model = BulkUpload.objects.filter(uploaded_at__lte=timezone.now() - KEPT).delete()
    return erased
