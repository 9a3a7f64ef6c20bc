"""The company profile: its form, its history, and the contacts."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from employer_portal.employer_check import missing_profile
from employer_portal.errors import FieldsInvalid, StaleProfile
from employer_portal.models import EmployerContact
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.profile_forms import ContactForm, ProfileForm, profile_values
from employer_portal.pages.profile_words import changes_of, label_of, lines_of, value_of
from employer_portal.permissions import Action
from employer_portal.profiles import change_profile, remove_contact, save_contact
from exemption_codes.releases import published_rulebook

NEVER = datetime.min.replace(tzinfo=UTC)


@employer_page()
def company(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Show what the employer says of itself, its contacts and branches, and what is missing."""
    employer = workspace.employer
    language = request.LANGUAGE_CODE
    context = {
        "workspace": workspace,
        "lines": lines_of(employer),
        "contacts": employer.contacts.all(),
        "branches": employer.branches.all(),
        "missing": [fr if language == "fr" else en for en, fr in missing_profile(employer)],
        "may_edit": Action.EDIT_PROFILE in workspace.actions,
        "may_branches": Action.MANAGE_BRANCHES in workspace.actions,
    }
    return render(request, "employer_portal/company.html", context)


@employer_page(Action.EDIT_PROFILE)
def edit_profile(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Change the profile. Who was overtaken sees what the other changed, keeps what they typed, and saves again."""
    employer = workspace.employer
    version, difference = employer.updated_at.isoformat(), list[dict[str, str]]()
    form = _form(request.POST) if request.method == "POST" else _form(initial=profile_values(employer))
    if request.method == "POST":
        version = request.POST.get("version", "")
        if form.is_valid():
            try:
                change_profile(employer.pk, form.profile(), workspace.actor, _moment(version))
            except FieldsInvalid as error:
                form.refuse(error)
            except StaleProfile as stale:
                employer.refresh_from_db()
                version, difference = employer.updated_at.isoformat(), _shown(stale)
                form = _form(_merged(request.POST, stale, profile_values(employer)))
            else:
                messages.success(request, _("The company profile is saved."))
                return redirect("employer_portal:company", employer_id=employer.pk)
    context = {"workspace": workspace, "form": form, "version": version, "difference": difference}
    status = HTTPStatus.CONFLICT if difference else HTTPStatus.OK
    return render(request, "employer_portal/profile_form.html", context, status=status)


@employer_page()
def history(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    changes = changes_of(workspace.employer)
    return render(request, "employer_portal/profile_history.html", {"workspace": workspace, "changes": changes})


@employer_page(Action.EDIT_PROFILE)
def edit_contact(request: HttpRequest, workspace: Workspace, contact_id: int | None = None) -> HttpResponse:
    contact = get_object_or_404(workspace.employer.contacts, pk=contact_id) if contact_id else None
    form = ContactForm(request.POST or None, initial=_contact_values(contact, request))
    if request.method == "POST" and form.is_valid():
        try:
            save_contact(workspace.employer.pk, form.cleaned_data, workspace.actor, contact_id)
        except FieldsInvalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("The contact is saved."))
            return redirect("employer_portal:company", employer_id=workspace.employer.pk)
    context = {"workspace": workspace, "form": form, "contact": contact}
    return render(request, "employer_portal/contact_form.html", context)


@require_POST
@employer_page(Action.EDIT_PROFILE)
def delete_contact(request: HttpRequest, workspace: Workspace, contact_id: int) -> HttpResponse:
    try:
        remove_contact(workspace.employer.pk, contact_id, workspace.actor)
    except EmployerContact.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The contact is removed."))
    return redirect("employer_portal:company", employer_id=workspace.employer.pk)


def _form(data: QueryDict | None = None, **given: Any) -> ProfileForm:
    return ProfileForm(data, rulebook=published_rulebook(), **given)


def _moment(version: str) -> datetime:
    """Read the moment of the change that a page showed; what is none of ours has seen nothing."""
    try:
        moment = parse_datetime(version)
    except ValueError:
        return NEVER
    return NEVER if moment is None or is_naive(moment) else moment


def _shown(stale: StaleProfile) -> list[dict[str, str]]:
    """Return what differs, field by field: stored now, and typed here unless the person had left it alone."""
    return [
        {
            "label": label_of(name),
            "stored": value_of(name, stored),
            "typed": "" if typed == before else value_of(name, typed),
        }
        for name, (before, stored, typed) in stale.difference.items()
    ]


def _merged(typed: QueryDict, stale: StaleProfile, stored: dict[str, Any]) -> QueryDict:
    """Return what was typed, with the other person's change in each field that this one had left alone."""
    data = typed.copy()
    for name, (before, _stored, mine) in stale.difference.items():
        if mine != before or name not in stored:
            continue
        data.pop(name, None)
        if stored[name] not in (None, False, ""):
            data[name] = "on" if stored[name] is True else str(stored[name])
    return data


def _contact_values(contact: EmployerContact | None, request: HttpRequest) -> dict[str, Any]:
    if contact is None:
        return {"language": request.LANGUAGE_CODE}
    return {name: getattr(contact, name) for name in ContactForm.base_fields}
