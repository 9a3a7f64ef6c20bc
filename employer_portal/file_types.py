"""What a file is, by its content: PDF, JPEG or PNG, whole and nothing else. What pretends to be two things is refused.

A name that says otherwise than the content is a refusal too, so that nobody opens one thing for another.
"""

import struct
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath

import puremagic

from employer_portal.errors import UploadRefused
from exemption_codes.catalogue.documents import Text

ENDINGS = {
    "application/pdf": frozenset({".pdf"}),
    "image/jpeg": frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
    "image/png": frozenset({".png"}),
}
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_CHUNK_FRAME = 12
PDF_END_WITHIN = 2048
# How other kinds of file begin (or, archives, end): none of it may follow where a picture or document is over.
FOREIGN = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-",
    b"<script",
    b"<html",
    b"<?php",
    b"MZ\x90",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc",
)


def content_type_of(content: bytes, name: str) -> str:
    """Return the type of a file; raises UploadRefused for every other kind, and for what does not hold together."""
    kind = _found(content)
    if kind is None or not WHOLE[kind](content):
        raise UploadRefused("type", _TYPE)
    if PurePosixPath(name.lower()).suffix not in ENDINGS[kind]:
        raise UploadRefused("name", _NAME)
    return kind


def _found(content: bytes) -> str | None:
    """Return the only taken type that this content begins as."""
    try:
        guesses = {guess.mime_type for guess in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return None
    starts = {
        "application/pdf": content.startswith(b"%PDF-"),
        "image/jpeg": content.startswith(b"\xff\xd8\xff"),
        "image/png": content.startswith(PNG_SIGNATURE),
    }
    return next((kind for kind, begins in starts.items() if begins and kind in guesses), None)


def _is_whole_pdf(content: bytes) -> bool:
    """A PDF ends as one, and is no archive or web page besides."""
    end = content.rfind(b"%%EOF")
    tail = content[end + 5 :]
    return (
        end >= 0
        and len(tail) <= PDF_END_WITHIN
        and not _has_foreign(tail)
        and b"PK\x05\x06" not in content[-PDF_END_WITHIN:]
        and not _has_foreign(content[5:1024].lower())
    )


def _is_whole_jpeg(content: bytes) -> bool:
    """A JPEG comes to its end; what cameras append is let be, what other programs would run is not."""
    end = content.rfind(b"\xff\xd9")
    return end > 0 and not _has_foreign(content[end + 2 :]) and b"PK\x05\x06" not in content[-PDF_END_WITHIN:]


def _is_whole_png(content: bytes) -> bool:
    """Every chunk of a PNG agrees with its checksum, and nothing follows the last."""
    position = len(PNG_SIGNATURE)
    while position + PNG_CHUNK_FRAME <= len(content):
        (length,) = struct.unpack(">I", content[position : position + 4])
        end = position + PNG_CHUNK_FRAME + length
        named, given = content[position + 4 : end - 4], content[end - 4 : end]
        if end > len(content) or struct.pack(">I", zlib.crc32(named)) != given:
            return False
        if named.startswith(b"IEND"):
            return end == len(content)
        position = end
    return False


def _has_foreign(part: bytes) -> bool:
    return any(sign in part for sign in FOREIGN)


WHOLE: dict[str, Callable[[bytes], bool]] = {
    "application/pdf": _is_whole_pdf,
    "image/jpeg": _is_whole_jpeg,
    "image/png": _is_whole_png,
}
_TYPE = Text(
    en="Only whole PDF, JPEG and PNG files are taken. This one is something else, damaged, or two things at once.",
    fr="Seuls les fichiers PDF, JPEG et PNG entiers sont acceptés. Celui-ci est autre chose, est endommagé ou tient de "
    "deux formats à la fois.",
)
_NAME = Text(
    en="The name of the file does not fit what it contains. Save it anew as PDF, JPEG or PNG.",
    fr="Le nom du fichier ne correspond pas à son contenu. Enregistrez-le de nouveau en PDF, JPEG ou PNG.",
)
