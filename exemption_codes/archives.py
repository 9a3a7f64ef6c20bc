"""Rule files out of an uploaded archive (.zip or .tar.gz), with limits on everything that a hostile one could try.

Nothing is ever written to the disk: what an archive calls its members decides only what the files are called.
"""

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_OF_ONE = 5 * 1024 * 1024
MOST_MEMBERS = 3000
LONGEST_NAME = 200
GZIP_MARK = b"\x1f\x8b"
ROOT_FILE = "catalogue.yaml"


class ArchiveRefused(Exception):
    """An upload is no archive of rule files that is safe to read; the message says why, in the reader's language."""


@dataclass(frozen=True)
class _Member:
    name: str
    size: int
    content: bytes


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the rule files of an archive by their names below the folder that holds catalogue.yaml.

    Raises ArchiveRefused.
    """
    if len(content) > MOST_BYTES:
        raise ArchiveRefused(_("The archive is larger than %(most)s MB.") % {"most": MOST_BYTES // 1024**2})
    try:
        members = list(_of_tar(content) if content.startswith(GZIP_MARK) else _of_zip(content))
    except (zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ArchiveRefused(_("The file is no .zip or .tar.gz archive, or it is damaged.")) from error
    return _below_root(members)


def _of_zip(content: bytes) -> Iterator[_Member]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        _check_totals(len(infos), sum(info.file_size for info in infos))
        for info in infos:
            if info.is_dir():
                continue
            if stat.S_ISLNK(info.external_attr >> 16) or info.flag_bits & 1:
                raise _odd(info.filename)
            _check_size(info.filename, info.file_size)
            if _is_rule_file(_checked_name(info.filename)):
                with archive.open(info) as file:
                    yield _Member(info.filename, info.file_size, file.read(MOST_OF_ONE + 1))


def _of_tar(content: bytes) -> Iterator[_Member]:
    """Members are read only after the whole has been unpacked within its limit, so that no bomb goes off on the way."""
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
        unpacked = packed.read(MOST_UNPACKED + 1)
    _check_totals(0, len(unpacked))
    with tarfile.open(fileobj=io.BytesIO(unpacked), mode="r:") as archive:
        for number, info in enumerate(archive, 1):
            _check_totals(number, 0)
            if info.isdir():
                continue
            if not info.isreg() or info.issparse():
                raise _odd(info.name)
            _check_size(info.name, info.size)
            if _is_rule_file(_checked_name(info.name)):
                file = archive.extractfile(info)
                yield _Member(info.name, info.size, file.read(MOST_OF_ONE + 1) if file else b"")


def _check_totals(members: int, unpacked: int) -> None:
    if members > MOST_MEMBERS:
        raise ArchiveRefused(_("The archive holds more than %(most)s files.") % {"most": MOST_MEMBERS})
    if unpacked > MOST_UNPACKED:
        most = {"most": MOST_UNPACKED // 1024**2}
        raise ArchiveRefused(_("Unpacked, the archive would be larger than %(most)s MB.") % most)


def _check_size(name: str, size: int) -> None:
    if size > MOST_OF_ONE:
        words = {"name": name[:LONGEST_NAME], "most": MOST_OF_ONE // 1024**2}
        raise ArchiveRefused(_("%(name)s is larger than %(most)s MB.") % words)


def _checked_name(name: str) -> PurePosixPath:
    """Refuse names that lead elsewhere than below the archive's own folder."""
    path = PurePosixPath(name)
    leads_away = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name
    if leads_away or len(name) > LONGEST_NAME or not name.isprintable():
        raise ArchiveRefused(_("The name of a file leads out of the archive: %(name)s") % {"name": name[:LONGEST_NAME]})
    return path


def _odd(name: str) -> ArchiveRefused:
    return ArchiveRefused(_("%(name)s is no ordinary file, or is encrypted.") % {"name": name[:LONGEST_NAME]})


def _is_rule_file(path: PurePosixPath) -> bool:
    return path.suffix in (".yaml", ".yml")


def _below_root(members: list[_Member]) -> dict[str, bytes]:
    paths = [PurePosixPath(member.name) for member in members]
    roots = sorted((path.parent for path in paths if path.name == ROOT_FILE), key=lambda path: len(path.parts))
    if not roots:
        raise ArchiveRefused(_("No catalogue.yaml is in the archive, so that it holds no rules."))
    found: dict[str, bytes] = {}
    for path, member in zip(paths, members, strict=True):
        if not path.is_relative_to(roots[0]):
            continue
        name = path.relative_to(roots[0]).as_posix()
        if name in found:
            raise ArchiveRefused(_("%(name)s is in the archive twice.") % {"name": name})
        found[name] = member.content
    return found
