"""The API tokens of an employer: make one, see its secret once, revoke it."""

import uuid
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from employer_portal.errors import FieldsInvalid
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.people_forms import TokenForm
from employer_portal.permissions import Action
from employer_portal.tokens import make_token, revoke_token


@never_cache
@employer_page(Action.MANAGE_TOKENS)
def tokens(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """List the tokens, and make one. The answer to its form alone holds the secret; sent again, it does not."""
    form = TokenForm(request.POST or None, initial={"token": uuid.uuid4()})
    made = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = make_token(
                workspace.employer, values["name"], workspace.actor, may_write=values["may_write"],
                expires_at=timezone.now() + timedelta(days=values["lasts"]) if values["lasts"] else None,
                token_id=values["token"],
            )  # fmt: skip
        except FieldsInvalid as error:
            form.refuse(error)
        else:
            form = TokenForm(initial={"token": uuid.uuid4()})
    context = {
        "workspace": workspace,
        "form": form,
        "made": made,
        "tokens": workspace.employer.api_tokens.select_related("made_by").order_by("revoked_at", "-made_at"),
    }
    return render(request, "employer_portal/tokens.html", context)


@require_POST
@employer_page(Action.MANAGE_TOKENS)
def revoke(request: HttpRequest, workspace: Workspace, token_id: UUID) -> HttpResponse:
    get_object_or_404(workspace.employer.api_tokens, pk=token_id)
    revoke_token(token_id, workspace.actor)
    messages.success(request, _("The token is revoked; nothing can use it any more."))
    return redirect("employer_portal:tokens", employer_id=workspace.employer.pk)
