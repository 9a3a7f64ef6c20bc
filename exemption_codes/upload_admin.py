"""The page on which staff store rule files out of an uploaded archive as a draft."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from exemption_codes.archives import MOST_BYTES, ArchiveRefused, unpack
from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.loading import Checked, check
from exemption_codes.models import CatalogueRelease

MAY_LOAD = "exemption_codes.load_cataloguerelease"


class UploadForm(forms.Form):
    """An archive of rule files; `checked` is what it holds once the form is valid, `problems` what is wrong with it."""

    archive = forms.FileField(
        label=_("Archive"),
        max_length=200,
        error_messages={"required": _("Choose a .zip or .tar.gz file."), "empty": _("The file is empty.")},
    )
    checked: Checked
    problems: list[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems = []

    def clean_archive(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["archive"]
        try:
            self.checked = check(unpack(upload.read(MOST_BYTES + 1)))
        except ArchiveRefused as refused:
            raise forms.ValidationError(str(refused), code="archive") from refused
        except CatalogueError as error:
            self.problems = error.problems
            raise forms.ValidationError(_("The rules in this archive cannot be used."), code="rules") from error
        return upload


class UploadPages:
    """Adds the page to the admin of releases."""

    actions_list = ("upload_draft",)

    def has_load_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MAY_LOAD)

    @action(description=_("Load a draft"), url_path="load", permissions=("load",), icon="upload")
    def upload_draft(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if form.is_valid():
            release, is_new = form.checked.store(request.user.get_username())
            said = _("The draft is stored.") if is_new else _("This state of the rules was stored already.")
            messages.success(request, said)
            return redirect("admin:exemption_codes_cataloguerelease_change", release.pk)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Load a draft"),
            "opts": CatalogueRelease._meta,
            "form": form,
            "most": MOST_BYTES // 1024**2,
        }
        page = "admin/exemption_codes/upload.html"
        return TemplateResponse(request, page, context, status=422 if form.errors else 200)
