"""The branches of an employer: add, change, remove."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from employer_portal.branches import BRANCH_FIELDS, remove_branch, save_branch
from employer_portal.errors import BranchInUse, FieldsInvalid
from employer_portal.models import Branch
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.profile_forms import BranchForm
from employer_portal.permissions import Action


@employer_page(Action.MANAGE_BRANCHES)
def edit_branch(request: HttpRequest, workspace: Workspace, branch_id: UUID | None = None) -> HttpResponse:
    branch = get_object_or_404(workspace.employer.branches, pk=branch_id) if branch_id else None
    initial = {name: getattr(branch, name) for name in BRANCH_FIELDS} if branch else {}
    form = BranchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_branch(workspace.employer.pk, form.cleaned_data, workspace.actor, branch_id)
        except FieldsInvalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("The branch is saved."))
            return redirect("employer_portal:company", employer_id=workspace.employer.pk)
    return render(request, "employer_portal/branch_form.html", {"workspace": workspace, "form": form, "branch": branch})


@employer_page(Action.MANAGE_BRANCHES)
def delete_branch(request: HttpRequest, workspace: Workspace, branch_id: UUID) -> HttpResponse:
    """Ask first, then remove; a branch that people or offers belong to stays."""
    branch = get_object_or_404(workspace.employer.branches, pk=branch_id)
    why = ""
    if request.method == "POST":
        try:
            remove_branch(workspace.employer.pk, branch_id, workspace.actor)
        except Branch.DoesNotExist:
            raise Http404 from None
        except BranchInUse as error:
            why = error.text.in_language(get_language() or "en")
        else:
            messages.success(request, _("The branch is removed."))
            return redirect("employer_portal:company", employer_id=workspace.employer.pk)
    return render(request, "employer_portal/branch_remove.html", {"workspace": workspace, "branch": branch, "why": why})
