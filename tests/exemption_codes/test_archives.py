"""A draft out of an uploaded archive: stored when all is right, every problem told when not, hostile ones refused."""

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from exemption_codes import archives
from exemption_codes.archives import ArchiveRefused, unpack
from exemption_codes.catalogue.reader import raw_files
from exemption_codes.models import CatalogueRelease
from tests.eligibility.factories import member

RULES = Path(__file__).parents[2] / "rules"
SMALL = Path(__file__).parents[1] / "catalogue" / "small"
PAGE = "/admin/exemption_codes/cataloguerelease/load/"
SOUND = {"catalogue.yaml": b"a", "exemptions/x.yaml": b"b"}


def zipped(files: Mapping[str, bytes], attributes: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = attributes << 16
            archive.writestr(info, content)
    return made.getvalue()


def tarred(files: Mapping[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.type = len(content), kind
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_rules_are_found_at_the_top_or_in_a_folder_and_the_rest_is_left_alone(pack: Callable[..., bytes]) -> None:
    assert unpack(pack(SOUND)) == SOUND
    inside = {f"site-main/rules/{name}": content for name, content in SOUND.items()}
    others = {"site-main/README.md": b"x", "site-main/tests/small/deep/catalogue.yaml": b"y", "__MACOSX/._a.yaml": b"z"}
    assert unpack(pack({**others, **inside})) == SOUND


HOSTILE: dict[str, Callable[[], bytes]] = {
    "no archive": lambda: b"catalogue.yaml",
    "nothing": lambda: b"",
    "damaged zip": lambda: zipped(SOUND)[:-30],
    "damaged tar": lambda: tarred(SOUND)[:-30],
    "a gzip of something else": lambda: gzip.compress(b"catalogue.yaml"),
    "no rules": lambda: zipped({"README.md": b"x"}),
    "climbs out": lambda: zipped({**SOUND, "../../etc/x.yaml": b""}),
    "climbs out of a tar": lambda: tarred({**SOUND, "a/../../x.yaml": b""}),
    "absolute": lambda: tarred({**SOUND, "/etc/x.yaml": b""}),
    "backslashes": lambda: zipped({**SOUND, "..\\x.yaml": b""}),
    "a drive": lambda: zipped({**SOUND, "C:x.yaml": b""}),
    "a link in a zip": lambda: zipped(SOUND, stat.S_IFLNK | 0o777),
    "a link in a tar": lambda: tarred(dict.fromkeys(SOUND, b""), tarfile.SYMTYPE),
    "a device": lambda: tarred(dict.fromkeys(SOUND, b""), tarfile.CHRTYPE),
    "one file too large": lambda: zipped({**SOUND, "lists/big.yaml": b"0" * (archives.MOST_OF_ONE + 1)}),
    "a zip bomb": lambda: zipped({f"{number}.yaml": b"0" * archives.MOST_OF_ONE for number in range(7)}),
    "a gzip bomb": lambda: gzip.compress(b"\0" * (archives.MOST_UNPACKED + 1)),
    "too many files": lambda: zipped({f"{number}.yaml": b"" for number in range(archives.MOST_MEMBERS + 1)}),
    "too large": lambda: b"PK" + b"0" * archives.MOST_BYTES,
    "the same twice": lambda: zipped({**SOUND, "./catalogue.yaml": b"c"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_or_no_archive_is_refused(name: str) -> None:
    with pytest.raises(ArchiveRefused):
        unpack(HOSTILE[name]())


def send(client: Client, content: bytes) -> Any:
    return client.post(PAGE, {"archive": SimpleUploadedFile("rules.zip", content)})


@pytest.fixture
def publisher(client: Client, db: None) -> Client:
    client.force_login(member("Publishers", username="keeper"))
    return client


def test_a_publisher_loads_a_draft(publisher: Client) -> None:
    assert PAGE in publisher.get("/admin/exemption_codes/cataloguerelease/").content.decode()
    files = raw_files(RULES)
    name = "exemptions/cusma-professional.yaml"
    fine = {**files, name: files[name].replace(b"CUSMA professionals", b"CUSMA specialists")}
    answer = send(publisher, tarred({f"rules/{key}": value for key, value in fine.items()}))
    draft = CatalogueRelease.objects.get()
    assert answer["Location"].endswith(f"/{draft.pk}/change/")
    assert (draft.status, draft.loaded_by) == ("draft", "keeper")
    assert draft.codes.filter(name_en="CUSMA specialists").count() == 1


def test_every_problem_of_every_file_is_told_and_nothing_is_stored(publisher: Client) -> None:
    files = raw_files(SMALL)
    keeper = "exemptions/lighthouse-keeper.yaml"
    wrong = {
        **files,
        keeper: files[keeper].replace(b"provision: L2", b"provision: L3"),
        "general.yaml": files["general.yaml"].replace(b"scope: all", b"scoop: all"),
        "sources.yaml": b"\xff",
    }
    page = send(publisher, zipped(wrong))
    assert page.status_code == 422
    told = {(problem.file, problem.line > 0) for problem in page.context["form"].problems}
    assert {(keeper, True), ("general.yaml", True), ("sources.yaml", True)} <= told
    text = page.content.decode()
    assert all(part in text for part in ("save the file as UTF-8", "rules.0.scoop", "there is no provision L3"))
    assert not CatalogueRelease.objects.exists()


def test_examples_that_come_out_otherwise_are_told_with_their_line(publisher: Client) -> None:
    files = raw_files(SMALL)
    cases = "cases/lighthouse-keeper.yaml"
    wrong = {**files, cases: files[cases].replace(b"outcome: officer_judgement", b"outcome: not_eligible", 1)}
    problems = send(publisher, zipped(wrong)).context["form"].problems
    assert {problem.file for problem in problems} == {cases}
    assert any(problem.line == 6 and "undetermined instead of not_eligible" in problem.message for problem in problems)
    assert not CatalogueRelease.objects.exists()


def test_a_refused_archive_is_told_beside_its_field_in_both_languages(publisher: Client) -> None:
    for language, words in (("en", "holds no rules"), ("fr", "ne contient aucune règle")):
        publisher.cookies["django_language"] = language
        page = send(publisher, zipped({"README.md": b"x"}))
        assert (page.status_code, page.content.decode().count(words)) == (422, 2)
    assert publisher.post(PAGE).status_code == 422


def test_the_command_takes_an_archive_too(tmp_path: Path, db: None) -> None:
    archive = tmp_path / "rules.zip"
    archive.write_bytes(zipped({"../x.yaml": b""}))
    with pytest.raises(CommandError, match="nothing was stored"):
        call_command("load_catalogue", "--archive", str(archive), "--draft")
    assert not CatalogueRelease.objects.exists()
