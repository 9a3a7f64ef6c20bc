"""Many offers from one file: a file to fill in, what is wrong row by row, and the import once it is chosen."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from openpyxl import Workbook

from eligibility.questionnaire.visit import language
from employer_portal.bulk_import import COLUMNS, SITE_COLUMNS, TEMPLATE, ReadRows, check_rows
from employer_portal.content import SITES
from employer_portal.errors import PortalError, RowsRefused, UploadGone, UploadRefused
from employer_portal.models import BulkUpload, OfferOfEmployment, WorkSite
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.offers_controls import kind_of
from employer_portal.pages.offers_said import field_label
from employer_portal.permissions import Action
from employer_portal.sheets import MAX_ROWS, read_sheet
from employer_portal.uploaded_rows import import_kept, keep_rows, kept_rows
from exemption_codes.catalogue.documents import Text
from exemption_codes.releases import published_rulebook

ROWS_SHOWN = 200
GOOD_SHOWN = 10
ALL_COLUMNS = (TEMPLATE, *COLUMNS, *SITE_COLUMNS)
MISSING = Text(en="Choose a file first.", fr="Choisissez d’abord un fichier.")
TOO_LARGE = Text(en="This file is too large.", fr="Ce fichier est trop volumineux.")
EMPTY = Text(en="No row stands below the headings.", fr="Aucune ligne ne suit les en-têtes.")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class RowError:
    row: int
    column: str
    text: str
    value: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page(Action.WRITE_OFFERS)
def upload(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Ask for a file, with help for its columns; read it and lead to its preview."""
    problem = ""
    if request.method == "POST":
        try:
            kept = _keep(request, workspace)
            return redirect("employer_portal:offers_upload_preview", workspace.employer.pk, kept.pk)
        except UploadRefused as refused:
            problem = refused.text.in_language(language())
    context = {
        "workspace": workspace,
        "problem": problem,
        "columns": column_help(),
        "most_rows": MAX_ROWS,
        "most_megabytes": settings.UPLOAD_MAX_BYTES // (1024 * 1024),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "employer_portal/offers/upload.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page(Action.WRITE_OFFERS)
def preview(request: HttpRequest, workspace: Workspace, upload_id: UUID) -> HttpResponse:
    """Show what is wrong, row by row; import all rows, or only the good ones, when one of them is chosen."""
    try:
        kept = kept_rows(upload_id, workspace.employer, workspace.actor)
        if request.method == "POST":
            return _import(request, workspace, kept)
    except UploadGone as gone:
        return _away(request, workspace, gone)
    return _preview(request, workspace, kept)


@require_safe
@employer_page(Action.WRITE_OFFERS)
def blank_file(request: HttpRequest, workspace: Workspace, kind: str) -> HttpResponse:
    """Return a file to fill in, with every column; the spreadsheet explains them on its second sheet."""
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text).writerow(ALL_COLUMNS)
        answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        answer = HttpResponse(_workbook(), content_type=XLSX)
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="offers.{kind}"'
    return answer


def column_help() -> list[tuple[str, str, str]]:
    """Return every column: its heading, what it is, and what it takes."""
    fields = [(name, field_label(name), _takes(name)) for name in COLUMNS]
    sites = [
        (column, f"{field_label(SITES)}: {_site_label(name)}", _("NS, ON, QC and so on") if name == "province" else "")
        for column, name in SITE_COLUMNS.items()
    ]
    template = (TEMPLATE, _("Template"), _("The name of a template: the row needs only what differs from it."))
    return [template, *fields, *sites]


def row_errors(read: ReadRows, rows: list[Mapping[str, str]]) -> list[RowError]:
    """Return what is wrong, with the row as a spreadsheet numbers it, the column, and what stands there."""
    return [
        RowError(number, column or "–", text.in_language(language()), str(rows[number - 2].get(column, ""))[:80])
        for number, errors in read.errors.items()
        for field, text in errors.items()
        for column in [_column(field)]
    ]


def _keep(request: HttpRequest, workspace: Workspace) -> BulkUpload:
    """Read the uploaded file; raises UploadRefused."""
    given = request.FILES.get("file")
    if given is None or not given.size:
        raise UploadRefused("missing", MISSING)
    if given.size > settings.UPLOAD_MAX_BYTES:
        raise UploadRefused("too_large", TOO_LARGE)
    rows = read_sheet(given.read())
    if not rows:
        raise UploadRefused("empty", EMPTY)
    return keep_rows(rows, given.name or "", workspace.employer, workspace.actor)


def _import(request: HttpRequest, workspace: Workspace, kept: BulkUpload) -> HttpResponse:
    only_good = request.POST.get("rows") == "good"
    try:
        made, _read = import_kept(
            kept.pk, workspace.employer, workspace.actor, published_rulebook(), only_good=only_good
        )
    except RowsRefused as refused:
        messages.error(request, refused.text.in_language(language()))
        return _preview(request, workspace, kept)
    words = ngettext("%(count)s draft was begun.", "%(count)s drafts were begun.", len(made))
    messages.success(request, words % {"count": len(made)})
    return redirect("employer_portal:offers", employer_id=workspace.employer.pk)


def _preview(request: HttpRequest, workspace: Workspace, kept: BulkUpload) -> HttpResponse:
    read = check_rows(kept.rows, workspace.employer, published_rulebook())
    errors = row_errors(read, kept.rows)
    context: dict[str, Any] = {
        "workspace": workspace,
        "upload": kept,
        "good_count": len(read.good),
        "bad_count": len(read.errors),
        "row_count": sum(map(bool, kept.rows)),
        "errors": errors[:ROWS_SHOWN],
        "more_errors": max(0, len(errors) - ROWS_SHOWN),
        "good": [(number, _who(content)) for number, content in list(read.good.items())[:GOOD_SHOWN]],
        "more_good": max(0, len(read.good) - GOOD_SHOWN),
    }
    return render(request, "employer_portal/offers/upload_preview.html", context)


def _away(request: HttpRequest, workspace: Workspace, gone: PortalError) -> HttpResponse:
    messages.info(request, gone.text.in_language(language()))
    return redirect("employer_portal:offers_upload", employer_id=workspace.employer.pk)


def _who(content: Mapping[str, Any]) -> str:
    names = [content.get(name) for name in ("worker_given_names", "worker_family_name")]
    who = " ".join(str(name) for name in names if name) or _("Worker not named yet")
    return f"{who}, {content['job_title']}" if content.get("job_title") else who


def _column(field: str) -> str:
    """Return the column of a file that a field stands for."""
    head, _dot, rest = field.partition(".")
    if head == SITES and rest:
        return f"site_{rest.rpartition('.')[2]}"
    return f"fact:{rest}" if head == "facts" and rest else field


def _takes(name: str) -> str:
    found: Any = OfferOfEmployment._meta.get_field(name)
    kind = kind_of(name)
    if name == "exemption_category":
        return _("the name of a category, such as cusma-professional")
    if name == "noc_code":
        return _("five digits")
    if kind == "search":
        return _("two letters, such as US")
    if kind in ("yes_no", "tick"):
        return _("yes or no")
    if kind == "date":
        return _("a date as 2027-03-31")
    if kind == "number":
        return _("a number, such as 37.5")
    return ", ".join(value for value, _label in found.choices) if found.choices else ""


def _site_label(name: str) -> str:
    found: Any = WorkSite._meta.get_field(name)
    return str(found.verbose_name)


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = _("Offers")
    sheet.append(list(ALL_COLUMNS))
    sheet.freeze_panes = "A2"
    explained = book.create_sheet(_("Columns"))
    explained.append([_("Column"), _("What it is"), _("What it takes")])
    for row in column_help():
        explained.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
