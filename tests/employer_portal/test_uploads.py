"""Uploaded files: known by content, kept encrypted and unreadable to others, never left behind."""

import os
import stat
from pathlib import Path

import pytest
from django.core.files.uploadedfile import UploadedFile as Upload
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from employer_portal import uploads
from employer_portal.actors import Actor, person
from employer_portal.erasure import erase_personal_data
from employer_portal.errors import ActionNotAllowed, UploadRefused
from employer_portal.models import FilePurpose, Membership, OfferOfEmployment, Role, UploadedFile
from employer_portal.offers import submit_offer
from employer_portal.uploads import (
    GRACE,
    NO_NAME,
    FileGone,
    clean_name,
    content_of_file,
    keep_upload,
    path_of,
    remove_file,
)
from tests.employer_portal.clock import NOW
from tests.employer_portal.documents import JPEG_BYTES, PDF_BYTES, PNG_BYTES, png_chunk, upload
from tests.employer_portal.factories import MembershipFactory, draft

PK = b"PK\x03\x04" + b"\x00" * 60 + b"PK\x05\x06" + b"\x00" * 18


@pytest.fixture
def offer(member: Membership) -> OfferOfEmployment:
    return draft(member)


@pytest.fixture
def file(offer: OfferOfEmployment, who: Actor) -> UploadedFile:
    return keep_upload(upload(), FilePurpose.OTHER, who, offer.employer, offer)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF_BYTES, "A.PDF", "application/pdf"),
        (PNG_BYTES, "scan.png", "image/png"),
        (JPEG_BYTES, "scan.jpeg", "image/jpeg"),
    ],
)
def test_a_file_is_known_by_its_content(
    offer: OfferOfEmployment, who: Actor, content: bytes, name: str, kind: str
) -> None:
    kept = keep_upload(upload(content, name), FilePurpose.OTHER, who, offer.employer, offer)
    assert (kept.content_type, kept.size_bytes, content_of_file(kept)) == (kind, len(content), content)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.pdf", "empty"),
        (b"x" * (1024 * 1024 + 1), "a.pdf", "too_large"),
        (b"just text", "a.pdf", "type"),
        (b"<html><script>alert(1)</script></html>", "a.pdf", "type"),
        (PDF_BYTES, "a.exe", "name"),
        (PDF_BYTES, "a.png", "name"),
        (PNG_BYTES, "a.pdf", "name"),
        (PDF_BYTES[:-6], "a.pdf", "type"),
        (b"\n" + PDF_BYTES, "a.pdf", "type"),
        (PDF_BYTES + PK, "a.pdf", "type"),
        (PDF_BYTES[:-6] + PK + b"\n%%EOF", "a.pdf", "type"),
        (b"%PDF-1.7\n<HTML><SCRIPT>alert(1)</SCRIPT>\n%%EOF", "a.pdf", "type"),
        (JPEG_BYTES + PK, "a.jpg", "type"),
        (JPEG_BYTES + b"<script>", "a.jpg", "type"),
        (JPEG_BYTES[:-2], "a.jpg", "type"),
        (PNG_BYTES + PDF_BYTES, "a.png", "type"),
        (PNG_BYTES[:-1], "a.png", "type"),
        (PNG_BYTES.replace(b"IDAT", b"IDAX"), "a.png", "type"),
        (PNG_BYTES[:8] + png_chunk(b"IHDR", b""), "a.png", "type"),
        (b"GIF89a" + b"\x00" * 20, "a.gif", "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "type"),
    ],
)
def test_everything_else_is_refused_and_nothing_is_kept(
    offer: OfferOfEmployment, who: Actor, settings: Settings, content: bytes, name: str, reason: str
) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    with pytest.raises(UploadRefused) as refused:
        keep_upload(upload(content, name), FilePurpose.OTHER, who, offer.employer, offer)
    assert refused.value.reason == reason
    assert not UploadedFile.objects.exists()
    assert not settings.UPLOADS_DIR.exists()


def test_what_lies_on_the_disk_tells_nobody_anything(file: UploadedFile, settings: Settings) -> None:
    path = path_of(file.stored_name)
    assert PDF_BYTES[:20] not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.UPLOADS_DIR.stat().st_mode) == 0o700
    assert "proof" not in path.name
    assert [path.name for path in settings.UPLOADS_DIR.iterdir()] == [file.stored_name]


def test_a_changed_or_missing_content_is_never_given_out(file: UploadedFile) -> None:
    path = path_of(file.stored_name)
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    with pytest.raises(FileGone):
        content_of_file(file)
    UploadedFile.objects.filter(pk=file.pk).update(sha256="0" * 64)
    path.write_bytes(whole)
    with pytest.raises(FileGone):
        content_of_file(UploadedFile.objects.get(pk=file.pk))
    path.unlink()
    with pytest.raises(FileGone):
        content_of_file(file)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\scans\\permit.pdf", "permit.pdf"),
        ('a"b;\r\n<c>.pdf', "abc.pdf"),
        ("\u202egpj.pdf", "gpj.pdf"),
        ("Contrat signé 灯台.pdf", "Contrat signé 灯台.pdf"),
        ("..", "file"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere_and_misleads_nobody(typed: str, name: str) -> None:
    assert clean_name(typed) == name


def test_only_who_may_upload_does(offer: OfferOfEmployment) -> None:
    for role, employer in ((Role.AUDITOR, offer.employer), (Role.PRIMARY, MembershipFactory().employer)):
        user = MembershipFactory(employer=employer, role=role).user
        with pytest.raises(ActionNotAllowed):
            keep_upload(upload(), FilePurpose.OTHER, person(user), offer.employer, offer)


def test_removing_takes_name_and_content_once_it_is_stored(
    file: UploadedFile, who: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    path = path_of(file.stored_name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(file.pk, who)
        assert path.exists()
    removed = UploadedFile.objects.get(pk=file.pk)
    assert (path.exists(), removed.name, removed.removed_at is not None) == (False, NO_NAME, True)


def test_what_proves_a_filed_offer_stays(offer: OfferOfEmployment, file: UploadedFile, who: Actor) -> None:
    submit_offer(offer.pk, who)
    with pytest.raises(UploadRefused) as refused:
        remove_file(file.pk, who)
    assert refused.value.reason == "filed"
    assert content_of_file(file) == PDF_BYTES


def test_an_offer_has_only_so_many_files(
    offer: OfferOfEmployment, file: UploadedFile, who: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    with pytest.raises(UploadRefused) as refused:
        keep_upload(upload(), FilePurpose.OTHER, who, offer.employer, offer)
    assert refused.value.reason == "too_many"
    assert keep_upload(upload(), FilePurpose.OTHER, who, offer.employer).offer is None


def test_erasing_an_offer_erases_its_files(
    file: UploadedFile, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase_personal_data(file.offer_id)
    assert not path_of(file.stored_name).exists()
    assert UploadedFile.objects.get(pk=file.pk).removed_at is not None


def test_a_lost_transaction_leaves_a_content_that_is_cleaned_up_later(
    offer: OfferOfEmployment, who: Actor, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction.atomic():
        keep_upload(upload(), FilePurpose.OTHER, who, offer.employer, offer)
        transaction.set_rollback(True)
    kept = keep_upload(upload(), FilePurpose.OTHER, who, offer.employer, offer)
    (settings.UPLOADS_DIR / "killed.part").write_bytes(b"half")
    call_command("clean_uploads")
    assert len(list(settings.UPLOADS_DIR.iterdir())) == 3
    long_ago = NOW.timestamp() - GRACE.total_seconds() - 60
    for path in settings.UPLOADS_DIR.iterdir():
        os.utime(path, (long_ago, long_ago))
    call_command("clean_uploads")
    assert [path.name for path in settings.UPLOADS_DIR.iterdir()] == [kept.stored_name]
    assert capsys.readouterr().out == "0 contents deleted.\n2 contents deleted.\n"
    path_of(kept.stored_name).unlink()
    with pytest.raises(CommandError, match=kept.stored_name):
        call_command("clean_uploads")


def test_a_full_disk_leaves_nothing_behind(
    offer: OfferOfEmployment, who: Actor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep_upload(upload(), FilePurpose.OTHER, who, offer.employer, offer)
    assert not UploadedFile.objects.exists()
    assert list(Path(settings.UPLOADS_DIR).iterdir()) == []


def test_the_upload_of_a_type_of_its_own_is_read_whole(offer: OfferOfEmployment, who: Actor, tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(PDF_BYTES[:-6] + b"%" * 300_000 + b"\n%%EOF\n")
    with path.open("rb") as opened:
        kept = keep_upload(
            Upload(opened, "large.pdf", size=path.stat().st_size), FilePurpose.OTHER, who, offer.employer
        )
    assert content_of_file(kept) == path.read_bytes()
