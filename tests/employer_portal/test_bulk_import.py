import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from employer_portal.actors import person
from employer_portal.bulk_import import check_rows, import_offers
from employer_portal.drafts import make_template
from employer_portal.errors import ActionNotAllowed, RowsRefused, UploadRefused
from employer_portal.models import Membership, OfferOfEmployment
from employer_portal.sheets import MAX_ROWS, read_sheet
from exemption_codes.catalogue.rulebook import Rulebook
from tests.employer_portal.factories import MembershipFactory, draft

GOOD = "Worker_Family_Name,worker_date_of_birth,hours_per_week,is_seasonal,site_city,site_province,fact:offer.role"


@pytest.fixture
def member(db: None) -> Membership:
    return MembershipFactory()


def test_csv_is_read_however_it_is_written() -> None:
    wanted = [{"a": "é 1", "b": "x,y"}, {"a": "2", "b": ""}]
    for text in ('a,b\né 1,"x,y"\n\n2\n', "A;b\r\n é 1 ;x,y\r\n;\r\n2;\r\n", "a\tb\né 1\tx,y\n2\t\n"):
        for encoding in ("utf-8", "utf-8-sig", "cp1252"):
            assert [row for row in read_sheet(text.encode(encoding)) if row] == wanted


def book(rows: list[list[Any]]) -> bytes:
    workbook = Workbook()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(row)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def test_xlsx_is_read_with_days_and_numbers_as_texts() -> None:
    import datetime

    data = book(
        [
            ["job_title", "starts_on", "hours"],
            ["Keeper", datetime.date(2027, 1, 2), 37.5],
            [None, None, None],
            ["B", "", 40],
        ]
    )
    assert [row for row in read_sheet(data) if row] == [
        {"job_title": "Keeper", "starts_on": "2027-01-02", "hours": "37.5"},
        {"job_title": "B", "starts_on": "", "hours": "40"},
    ]


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (60 * 1024 * 1024))
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "headings"),
        (b"\n\n", "headings"),
        (b"a,a\n1,2", "headings"),
        (b"a,,b\n1,2,3", "headings"),
        (b"a\n" + b"1\n" * (MAX_ROWS + 1), "too_large"),
        (b"a\n" + b"x" * 10_001, "too_large"),
        (b"a\x00b\n1", "unreadable"),
        (b"PK\x03\x04 not a workbook", "unreadable"),
        (b"%PDF-1.7\x00\x81", "unreadable"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_what_is_no_sheet_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        read_sheet(data)
    assert refused.value.reason == reason


def test_a_workbook_that_unpacks_to_a_flood_is_refused() -> None:
    with pytest.raises(UploadRefused) as refused:
        read_sheet(bomb())
    assert refused.value.reason == "too_large"


def test_good_rows_become_drafts(member: Membership, rulebook: Rulebook) -> None:
    rows = read_sheet(f"{GOOD}\nExample,1990-02-03,37.5,non,Halifax,NS,executive\n".encode())
    offers, read = import_offers(rows, member.employer, person(member.user), rulebook)
    assert (len(offers), read.errors) == (1, {})
    stored = OfferOfEmployment.objects.get()
    assert (stored.status, stored.worker_family_name, str(stored.hours_per_week)) == ("draft", "Example", "37.50")
    assert (stored.is_seasonal, stored.sites.get().province, stored.facts) == (False, "NS", {"offer.role": "executive"})


BAD = f"""{GOOD},colour
A,1990-02-03,37.5,yes,X,NS,executive,
B,not a day,999999,maybe,X,ZZ,wizard,
C,1990-02-03,,,,,,red
"""


def test_errors_are_told_row_by_row_and_column_by_column(member: Membership, rulebook: Rulebook) -> None:
    read = check_rows(read_sheet(BAD.encode()), member.employer, rulebook)
    assert list(read.good) == [2]
    assert set(read.errors[3]) == {
        "worker_date_of_birth", "hours_per_week", "is_seasonal", "sites.0.province", "facts.offer.role",
    }  # fmt: skip
    assert set(read.errors[4]) == {"colour"}
    assert all(text.en and text.fr for errors in read.errors.values() for text in errors.values())


def test_all_or_nothing_imports_nothing(member: Membership, rulebook: Rulebook) -> None:
    with pytest.raises(RowsRefused) as refused:
        import_offers(read_sheet(BAD.encode()), member.employer, person(member.user), rulebook)
    assert set(refused.value.errors) == {3, 4}
    assert not OfferOfEmployment.objects.exists()


def test_only_the_good_rows_are_imported_when_that_is_chosen(member: Membership, rulebook: Rulebook) -> None:
    offers, read = import_offers(
        read_sheet(BAD.encode()), member.employer, person(member.user), rulebook, only_good=True
    )
    assert (len(offers), len(read.errors)) == (1, 2)


def test_a_row_may_start_from_a_template_and_say_otherwise(member: Membership, rulebook: Rulebook) -> None:
    make_template(draft(member).pk, "Engineer", person(member.user))
    rows = read_sheet(b"template,worker_family_name,job_title\nEngineer,One,\nEngineer,Two,Painter\nNobody,Three,\n")
    offers, read = import_offers(rows, member.employer, person(member.user), rulebook, only_good=True)
    assert [(offer.job_title, offer.noc_code) for offer in offers] == [
        ("Lighthouse engineer", "21300"),
        ("Painter", "21300"),
    ]
    assert set(read.errors[4]) == {"template"}


def test_declarations_are_never_made_by_a_file(member: Membership, rulebook: Rulebook) -> None:
    read = check_rows(read_sheet(b"job_title,declared,status\nKeeper,agreement,issued\n"), member.employer, rulebook)
    assert set(read.errors[2]) == {"declared", "status"}


def test_a_stranger_imports_nothing(member: Membership, rulebook: Rulebook) -> None:
    with pytest.raises(ActionNotAllowed):
        import_offers([], member.employer, person(MembershipFactory().user), rulebook)


def test_rows_keep_the_numbers_that_a_spreadsheet_shows(member: Membership, rulebook: Rulebook) -> None:
    book = Workbook()
    assert book.active is not None
    for cells in ([None], ["worker_family_name", "worker_sex"], ["One", "F"], [None, None], ["Two", "Q"]):
        book.active.append(cells)
    written = io.BytesIO()
    book.save(written)
    for data in (written.getvalue(), b"\n\nworker_family_name,worker_sex\nOne,F\n,\nTwo,Q\n"[1:]):
        read = check_rows(read_sheet(data), member.employer, rulebook)
        assert (list(read.good), list(read.errors)) == ([3], [5])


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("worker_sex", "female", "One of: F, M, X."),
        ("worker_citizenship", "United States", "two letters"),
        ("is_seasonal", "perhaps", "yes or no"),
        ("worker_sex", "F;beyond", "beyond the last column"),
        ("hourly_wage_cad", "1,500", "decimal number"),
    ],
)
def test_what_a_column_takes_is_said(member: Membership, rulebook: Rulebook, column: str, text: str, says: str) -> None:
    read = check_rows(read_sheet(f"job_title;{column}\nKeeper;{text}\n".encode()), member.employer, rulebook)
    assert says in next(iter(read.errors[2].values())).en


@pytest.mark.parametrize("typed", ["1234,5", "1 234,50", "1\u00a0234,50 $", "1234.50"])
def test_numbers_are_read_as_french_spreadsheets_write_them(member: Membership, rulebook: Rulebook, typed: str) -> None:
    data = f"job_title;hourly_wage_cad\nKeeper;{typed}\n".encode()
    made, _read = import_offers(read_sheet(data), member.employer, person(member.user), rulebook)
    assert made[0].hourly_wage_cad == Decimal("1234.50")


def test_empty_rows_without_end_take_no_room() -> None:
    rows = read_sheet(b"job_title\n" + b"\n" * 100_000 + b"")
    assert rows == []
    with pytest.raises(UploadRefused):
        read_sheet(b"job_title\n" + b"\n" * 100_000 + b"Keeper\n")
