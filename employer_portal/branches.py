"""The branches of an employer: add, change, remove. They share its business number."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from employer_portal.actors import Actor
from employer_portal.content import check_storable, in_both_languages
from employer_portal.errors import BranchInUse, FieldsInvalid
from employer_portal.models import Branch, Employer, Invitation
from employer_portal.permissions import Action, check_may
from employer_portal.profile_fields import read_profile
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text

BRANCH_FIELDS = ("name", "street", "city", "province", "postal_code", "telephone")
_TAKEN = Text(en="Another branch has this name.", fr="Une autre succursale porte ce nom.")


@in_transaction
def save_branch(employer_id: Any, values: Mapping[str, Any], actor: Actor, branch_id: Any = None) -> Branch:
    """Add a branch, or change one.

    Raises FieldsInvalid, ActionNotAllowed, Branch.DoesNotExist.
    """
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    check_may(actor, Action.MANAGE_BRANCHES, employer)
    branch = employer.branches.get(pk=branch_id) if branch_id else Branch(employer=employer)
    unknown = sorted(set(values) - set(BRANCH_FIELDS))
    assert not unknown, f"a branch has no {', '.join(unknown)}"
    check_storable(values)
    for name, value in read_profile(values).items():
        setattr(branch, name, value)
    try:
        branch.clean_fields(exclude=["employer"])
    except ValidationError as error:
        wrong = {name: in_both_languages(ValidationError(said)) for name, said in error.error_dict.items()}
        raise FieldsInvalid(wrong) from None
    if employer.branches.filter(name__iexact=branch.name).exclude(pk=branch.pk).exists():
        raise FieldsInvalid({"name": _TAKEN})
    branch.save()
    return branch


@in_transaction
def remove_branch(employer_id: Any, branch_id: Any, actor: Actor) -> None:
    """Remove a branch that no member and no offer belongs to; its open invitations go with it.

    Raises BranchInUse, ActionNotAllowed, Branch.DoesNotExist.
    """
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    check_may(actor, Action.MANAGE_BRANCHES, employer)
    branch = employer.branches.get(pk=branch_id)
    if branch.memberships.filter(removed_at__isnull=True).exists() or branch.offers.exists():
        raise BranchInUse
    # Those who left the employer no longer hold the branch.
    branch.memberships.update(branch=None)
    Invitation.objects.filter(branch=branch, accepted_at__isnull=False).update(branch=None)
    try:
        branch.delete()
    except ProtectedError:
        raise BranchInUse from None
