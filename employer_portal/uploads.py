"""Uploaded files: known by their content, kept encrypted under random names outside the web root, removed for good.

A file is written first and its row second; what a lost transaction or a killed process leaves behind is found by
`clean_up`. A row that is removed takes its file with it as soon as that is stored.
"""

import os
import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile as Upload
from django.db import transaction
from django.utils import timezone

from employer_portal.actors import Actor
from employer_portal.content import storable
from employer_portal.errors import UploadRefused
from employer_portal.file_types import content_type_of
from employer_portal.models import Employer, OfferOfEmployment, UploadedFile
from employer_portal.offer_status import OfferStatus
from employer_portal.permissions import Action, check_may
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text

OWNER_ONLY = 0o600
FOLDER_OF_OWNER = 0o700
LONGEST_NAME = 150
NO_NAME = "–"
MOST_FILES = 100  # of one offer, or of an employer as a whole
# A file without a row is left alone this long: its transaction may still be under way.
GRACE = timedelta(hours=1)


class FileGone(Exception):
    """The row is there and the file is not, or is not what was stored."""


def keep_upload(
    upload: Upload,
    purpose: str,
    actor: Actor,
    employer: Employer,
    offer: OfferOfEmployment | None = None,
    action: Action = Action.UPLOAD,
) -> UploadedFile:
    """Keep an uploaded file for an employer, and one of its offers where one is given.

    Raises UploadRefused for what is too large, empty or of no kind that is taken, ActionNotAllowed.
    """
    check_may(actor, action, employer, offer)
    if UploadedFile.objects.filter(employer=employer, offer=offer, removed_at=None).count() >= MOST_FILES:
        raise UploadRefused("too_many", _TOO_MANY)
    content = _read(upload)
    kind = content_type_of(content, upload.name or "")
    stored_name = secrets.token_hex(32)
    _write(stored_name, content)
    try:
        with transaction.atomic():
            return UploadedFile.objects.create(
                employer=employer, offer=offer, purpose=purpose, name=clean_name(upload.name or ""),
                stored_name=stored_name, content_type=kind, size_bytes=len(content),
                sha256=sha256(content).hexdigest(), uploaded_by=actor.user,
            )  # fmt: skip
    except BaseException:
        path_of(stored_name).unlink(missing_ok=True)
        raise


def content_of_file(file: UploadedFile) -> bytes:
    """Return what was uploaded; raises FileGone where it is missing or was changed."""
    try:
        content: bytes = _cipher().decrypt(path_of(file.stored_name).read_bytes())
    except (FileNotFoundError, InvalidToken) as problem:
        raise FileGone(file.stored_name) from problem
    if sha256(content).hexdigest() != file.sha256:
        raise FileGone(file.stored_name)
    return content


@in_transaction
def remove_file(file_id: Any, actor: Actor, action: Action = Action.UPLOAD) -> UploadedFile:
    """Remove a file: its row stays, without its name, to say that there was one.

    Raises UploadRefused once its offer is filed, for what proves a claim or duty is kept; ActionNotAllowed.
    """
    file = UploadedFile.objects.select_for_update(of=("self",)).select_related("employer", "offer").get(pk=file_id)
    check_may(actor, action, file.employer, file.offer)
    if file.offer is not None and file.offer.status not in (OfferStatus.DRAFT, OfferStatus.DELETED):
        raise UploadRefused("filed", _FILED)
    remove_files([file])
    return file


def remove_files(files: Iterable[UploadedFile]) -> None:
    """Remove files inside a transaction: rows now, contents as soon as that is stored."""
    found = [file for file in files if file.removed_at is None]
    for file in found:
        file.removed_at, file.name = timezone.now(), NO_NAME
        file.save(update_fields=["removed_at", "name"])
    names = [file.stored_name for file in found]
    transaction.on_commit(lambda: _unlink(names))


def clean_up() -> tuple[int, list[str]]:
    """Delete contents without a living row; returns how many, and the stored names whose contents are missing."""
    wanted = set(UploadedFile.objects.filter(removed_at=None).values_list("stored_name", flat=True))
    oldest = (timezone.now() - GRACE).timestamp()
    present = {path.name: path for path in folder().iterdir() if path.is_file()}
    orphans = [path for name, path in present.items() if name not in wanted and path.stat().st_mtime < oldest]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans), sorted(wanted - present.keys())


def clean_name(name: str) -> str:
    """Return the name that a file is downloaded under again: no folders, no signs that mislead."""
    last = storable(name).replace("\\", "/").rsplit("/", 1)[-1]
    readable = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*;')
    stem, dot, ending = readable.strip(" .").rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:8]}" or "file"


def folder() -> Path:
    """Return the folder of the contents, made on first use for the owner of the process alone."""
    made: Path = settings.UPLOADS_DIR
    made.mkdir(mode=FOLDER_OF_OWNER, parents=True, exist_ok=True)
    return made


def path_of(stored_name: str) -> Path:
    return folder() / stored_name


def _read(upload: Upload) -> bytes:
    if not upload.size:
        raise UploadRefused("empty", _EMPTY)
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise UploadRefused("too_large", _too_large(settings.UPLOAD_MAX_BYTES // 1024**2))
    return b"".join(upload.chunks())


def _unlink(names: list[str]) -> None:
    for name in names:
        path_of(name).unlink(missing_ok=True)


def _write(stored_name: str, content: bytes) -> None:
    """Write encrypted contents whole or not at all: under another name first, on the disk before that is changed."""
    part = path_of(f"{stored_name}.part")
    try:
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(opened, "wb") as file:
            file.write(_cipher().encrypt(content))
            file.flush()
            os.fsync(file.fileno())
        part.rename(path_of(stored_name))
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _cipher() -> Any:
    """Return the cipher of the personal fields: files are under the same keys, and rotate with them."""
    return UploadedFile._meta.get_field("name").f  # type: ignore[union-attr]


_TOO_MANY = Text(
    en=f"There are {MOST_FILES} files already. Remove one first, or put several into one PDF.",
    fr=f"Il y a déjà {MOST_FILES} fichiers. Retirez-en un d’abord, ou réunissez-en plusieurs dans un PDF.",
)
_FILED = Text(
    en="The offer is filed: what proves it must be kept, and cannot be removed.",
    fr="L’offre est présentée : ce qui la prouve doit être conservé et ne peut pas être retiré.",
)
_EMPTY = Text(en="The file is empty.", fr="Le fichier est vide.")


def _too_large(megabytes: int) -> Text:
    return Text(
        en=f"The file is too large: at most {megabytes} MB are taken.",
        fr=f"Le fichier est trop volumineux : au plus {megabytes} Mo sont acceptés.",
    )
