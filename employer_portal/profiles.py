"""Employers and what they say of themselves: enrol, change the profile, keep contacts."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError

from employer_portal.actors import Actor
from employer_portal.business_number import read_business_number
from employer_portal.content import check_storable, in_both_languages
from employer_portal.errors import ActionNotAllowed, FieldsInvalid, StaleProfile
from employer_portal.models import Employer, EmployerContact, Membership, Role
from employer_portal.permissions import Action, check_may
from employer_portal.profile_fields import PROFILE_FIELDS, WRONG, read_profile, read_telephone
from employer_portal.transactions import in_transaction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CONTACT_FIELDS = ("name", "title", "telephone", "email", "language", "is_main")


@in_transaction
def enrol_employer(
    user: "User",
    profile: Mapping[str, Any],
    contact: Mapping[str, Any] | None = None,
    employer_id: UUID | None = None,
) -> Employer:
    """Enrol an employer; whoever does is its first primary user.

    `employer_id` is chosen by the page: a form that is sent twice enrols once. Raises FieldsInvalid, ActionNotAllowed.
    """
    if employer_id is not None:
        earlier = Employer.objects.filter(pk=employer_id).first()
        if earlier is not None:
            check_member(user, earlier)
            return earlier
    employer = Employer(pk=employer_id) if employer_id else Employer()
    _fill(employer, profile)
    employer.save(force_insert=True)
    Membership.objects.create(user=user, employer=employer, role=Role.PRIMARY, added_by=user)
    if contact:
        _write_contact(EmployerContact(employer=employer), {**contact, "is_main": True})
    return employer


@in_transaction
def change_profile(
    employer_id: Any, profile: Mapping[str, Any], actor: Actor, seen_at: datetime | None = None
) -> Employer:
    """Change the company profile; offers that are filed keep the one they were filed with.

    `seen_at` is the moment of the last change that the person saw. Raises StaleProfile when somebody changed the
    profile after it, FieldsInvalid, ActionNotAllowed.
    """
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    check_may(actor, Action.EDIT_PROFILE, employer)
    if seen_at is not None and employer.updated_at != seen_at:
        difference = _difference(employer, profile, seen_at)
        if difference:
            raise StaleProfile(difference)
    _fill(employer, profile)
    employer.save()
    return employer


@in_transaction
def save_contact(employer_id: Any, values: Mapping[str, Any], actor: Actor, contact_id: Any = None) -> EmployerContact:
    """Add or change a contact. The first one is the main contact; a new main contact takes over from the old.

    Raises FieldsInvalid, ActionNotAllowed, EmployerContact.DoesNotExist.
    """
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    check_may(actor, Action.EDIT_PROFILE, employer)
    contact = employer.contacts.get(pk=contact_id) if contact_id else EmployerContact(employer=employer)
    others = employer.contacts.exclude(pk=contact.pk)
    is_main = bool(values.get("is_main")) or contact.is_main or not others.filter(is_main=True).exists()
    if is_main:
        others.update(is_main=False)
    return _write_contact(contact, {**values, "is_main": is_main})


@in_transaction
def remove_contact(employer_id: Any, contact_id: Any, actor: Actor) -> None:
    """Remove a contact; when the main one goes, the oldest of the others takes its place.

    Raises ActionNotAllowed, EmployerContact.DoesNotExist.
    """
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    check_may(actor, Action.EDIT_PROFILE, employer)
    contact = employer.contacts.get(pk=contact_id)
    was_main = contact.is_main
    contact.delete()
    heir = employer.contacts.order_by("id").first() if was_main else None
    if heir:
        heir.is_main = True
        heir.save(update_fields=["is_main"])


def check_member(user: "User", employer: Employer) -> None:
    """Raise ActionNotAllowed unless the person belongs to the employer."""
    if not Membership.objects.present().filter(user=user, employer=employer).exists():
        raise ActionNotAllowed(Action.VIEW)


def _difference(employer: Employer, profile: Mapping[str, Any], seen_at: datetime) -> dict[str, tuple[Any, Any, Any]]:
    """Return what others changed since a moment and this person would change back: before, stored, typed."""
    seen = employer.history.filter(updated_at=seen_at).first()
    found = {}
    for name in PROFILE_FIELDS:
        stored, typed = getattr(employer, name), profile.get(name, getattr(employer, name))
        before = getattr(seen, name) if seen else None
        if (seen is None or stored != before) and typed != stored:
            found[name] = (before, stored, typed)
    return found


def _fill(employer: Employer, profile: Mapping[str, Any]) -> None:
    unknown = sorted(set(profile) - set(PROFILE_FIELDS))
    assert not unknown, f"a profile has no {', '.join(unknown)}"
    check_storable(profile)
    values = read_profile(profile)
    if values.get("business_number"):
        root, account = read_business_number(values["business_number"])
        values["business_number"], values["program_account"] = root, account or values.get("program_account", "")
    elif "business_number" in values:
        values["program_account"] = ""
    for name, value in values.items():
        setattr(employer, name, value)
    _check_fields(employer, values)


def _write_contact(contact: EmployerContact, values: Mapping[str, Any]) -> EmployerContact:
    unknown = sorted(set(values) - set(CONTACT_FIELDS))
    assert not unknown, f"a contact has no {', '.join(unknown)}"
    check_storable(values)
    for name, value in values.items():
        setattr(contact, name, value)
    if contact.telephone:
        try:
            contact.telephone = read_telephone(contact.telephone)
        except ValueError:
            raise FieldsInvalid({"telephone": WRONG[read_telephone]}) from None
    _check_fields(contact, values)
    contact.save()
    return contact


def _check_fields(row: Employer | EmployerContact, values: Mapping[str, Any]) -> None:
    """Raise FieldsInvalid for the values that their fields do not take."""
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in values])
    except ValidationError as error:
        wrong = {name: in_both_languages(ValidationError(problems)) for name, problems in error.error_dict.items()}
        raise FieldsInvalid(wrong) from None
