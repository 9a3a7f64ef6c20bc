"""The standing of an employer, as the government gives it: R200(3)(h). Each change keeps its reason."""

from datetime import date
from typing import Any

from employer_portal.content import storable
from employer_portal.errors import FieldsInvalid
from employer_portal.models import Employer, Standing
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text

LONGEST_REASON = 100


@in_transaction
def change_standing(employer_id: Any, standing: Standing, until: date | None, reason: str) -> Employer:
    """Change the standing of an employer, for a reason that its history keeps; what is so already stays untouched.

    Raises FieldsInvalid.
    """
    reason = storable(reason)
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    if (employer.standing, employer.ineligible_until) == (standing, until):
        return employer
    wrong: dict[str, Text] = {}
    if not 0 < len(reason) <= LONGEST_REASON:
        wrong["reason"] = _REASON
    if (standing is Standing.UNTIL) != (until is not None):
        wrong["until"] = _UNTIL if until is None else _NO_DAY
    if wrong:
        raise FieldsInvalid(wrong)
    employer.standing, employer.ineligible_until = standing, until
    employer._change_reason = reason  # type: ignore[attr-defined]  # read by the history
    employer.save()
    return employer


_REASON = Text(en="Give a reason of at most 100 characters.", fr="Donnez un motif d’au plus 100 caractères.")
_UNTIL = Text(en="Give the last day.", fr="Donnez le dernier jour.")
_NO_DAY = Text(en="This standing has no last day.", fr="Cette situation n’a pas de dernier jour.")
