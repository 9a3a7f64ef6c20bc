"""Many offers from one file: a preview row by row, a choice, and an import that happens once."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from employer_portal.models import BulkUpload, Employer, OfferOfEmployment, Role
from employer_portal.uploaded_rows import forget_old_rows
from tests.portal_pages.conftest import SignedIn

HEAD = "worker_family_name;job_title;hours_per_day;is_regulated;site_province\n"
GOOD = "Exemple;Gardien de phare;7.5;oui;QC\nÉlan;Électricien;8;non;NS\n"
BAD = "Wrong;Keeper;99;perhaps;ZZ\n"


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.SECONDARY)


def upload(client: Client, employer: Employer, data: bytes, name: str = "offers.csv") -> HttpResponse:
    given = SimpleUploadedFile(name, data)
    answer: HttpResponse = client.post(
        reverse("employer_portal:offers_upload", kwargs={"employer_id": employer.pk}), {"file": given}
    )  # type: ignore[assignment]
    return answer


def names() -> list[str | None]:
    return sorted(OfferOfEmployment.objects.values_list("worker_family_name", flat=True), key=str)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_file_of_good_rows_is_previewed_then_imported_once(client: Client, employer: Employer, encoding: str) -> None:
    preview = upload(client, employer, (HEAD + GOOD).encode(encoding))["Location"]
    assert "Élan, Électricien" in client.get(preview).content.decode()
    assert not OfferOfEmployment.objects.exists()
    for _press in range(2):
        client.post(preview, {"rows": "all"})
    assert names() == ["Exemple", "Élan"]
    assert not BulkUpload.objects.exists()


def test_wrong_rows_are_shown_with_row_column_reason_and_value_and_only_good_ones_come(
    client: Client, employer: Employer
) -> None:
    preview = upload(client, employer, (HEAD + BAD + GOOD).encode())["Location"]
    page = client.get(preview).content.decode()
    for column, value in (("hours_per_day", "99"), ("is_regulated", "perhaps"), ("site_province", "ZZ")):
        row = page.partition(f"<code>{column}</code>")[2].partition("</tr>")[0]
        assert f"<td>{value}</td>" in row
    client.post(preview, {"rows": "all"})
    assert names() == []
    client.post(preview, {"rows": "good"})
    assert names() == ["Exemple", "Élan"]


def test_a_formula_is_a_text_and_a_spreadsheet_is_read_like_a_file(client: Client, employer: Employer) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["worker_family_name", "job_title"])
    sheet.append(["Exemple", "=1+1"])
    data = io.BytesIO()
    book.save(data)
    preview = upload(client, employer, data.getvalue(), "offers.xlsx")["Location"]
    client.post(preview, {"rows": "all"})
    assert OfferOfEmployment.objects.get().job_title in ("", "=1+1")


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n\x00", b"a,a\n1,2\n", b"job_title\n", b"PK\x03\x04broken"])
def test_what_is_no_file_of_offers_is_refused_beside_the_field(client: Client, employer: Employer, data: bytes) -> None:
    answer = upload(client, employer, data)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.content.decode()
    assert not BulkUpload.objects.exists()


def test_rows_are_for_who_uploaded_them_and_for_a_day(client: Client, signed_in: SignedIn, employer: Employer) -> None:
    preview = upload(client, employer, (HEAD + GOOD).encode())["Location"]
    assert signed_in(Role.SECONDARY).post(preview, {"rows": "all"}).status_code == 302
    BulkUpload.objects.update(uploaded_at=timezone.now() - timedelta(days=1, minutes=1))
    client.post(preview, {"rows": "all"})
    assert names() == []
    assert forget_old_rows() == 1


def test_the_blank_files_have_every_column_and_are_read_again(client: Client, employer: Employer) -> None:
    for kind in ("csv", "xlsx"):
        keys = {"employer_id": employer.pk, "kind": kind}
        blank = client.get(reverse("employer_portal:offers_upload_file", kwargs=keys))
        assert "attachment" in blank["Content-Disposition"]
        if kind == "xlsx":
            book = load_workbook(io.BytesIO(blank.content))
            assert len(book.sheetnames) == 2
            assert [cell.value for cell in book.worksheets[0][1]][:2] == ["template", "worker_family_name"]
        assert upload(client, employer, blank.content).status_code == 422  # no rows yet
