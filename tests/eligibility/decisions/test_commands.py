"""Determinations are exported and verified from the command line; each kind of mismatch has its own exit code."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from eligibility.decisions import verification
from eligibility.decisions.signing import public_key, read_signed, sign
from eligibility.models import CaseEvent, Screening
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import rulebook_of
from tests.conftest import RULES

OTHER_KEY = "a1b2c3d4e5f60718" * 4


@pytest.fixture
def file(case: Screening, tmp_path: Path) -> Path:
    target = tmp_path / "determination.json"
    call_command("export_determination", case.reference.lower(), output=target)
    return target


def verified(file: Path, **options: Any) -> tuple[int, str]:
    """The exit code, and everything said."""
    said = io.StringIO()
    try:
        call_command("verify_determination", str(file), stdout=said, stderr=said, **options)
    except SystemExit as end:
        return int(str(end.code)), said.getvalue()
    return 0, said.getvalue()


def test_what_was_exported_is_verified_from_the_stored_release_or_from_the_files(case: Screening, file: Path) -> None:
    code, said = verified(file)
    assert (code, f"Verified: case {case.reference}" in said) == (0, True)
    assert "key for development" in said
    CatalogueRelease.objects.all().delete()
    rulebook_of.cache_clear()
    assert verified(file, rules=RULES)[0] == 0
    assert CaseEvent.objects.filter(screening=case, kind="exported").count() == 1


def test_it_holds_the_facts_and_no_contact(case: Screening, file: Path) -> None:
    document = read_signed(file.read_bytes()).document
    assert document["facts"] == case.answers
    assert document["case"] == case.reference
    outcomes = {code["key"]: code["outcome"] for code in document["determinations"]}
    assert outcomes["T36"] == "eligible"
    assert "Fictional Person" not in file.read_text(encoding="utf-8")


def test_each_kind_of_mismatch_has_its_exit_code_and_is_told(
    file: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = read_signed(file.read_bytes()).document

    def result(content: str) -> tuple[int, str]:
        changed = tmp_path / "changed.json"
        changed.write_text(content, encoding="utf-8")
        return verified(changed)

    text = file.read_text(encoding="utf-8")
    assert result("{}") == (2, "Not verified: It is not a signed file: it needs a document, a key and a signature.\n")
    assert verified(tmp_path / "none.json")[0] == 2
    settings.DETERMINATION_SIGNING_KEY = OTHER_KEY
    foreign = sign(document)
    settings.DETERMINATION_SIGNING_KEY = settings.DEVELOPMENT_SIGNING_KEY
    code, said = result(foreign)
    assert (code, "is not known here" in said) == (3, True)
    code, said = result(text.replace("2026-11-22", "2026-11-23", 1))
    assert (code, "something was changed" in said) == (4, True)
    unknown = {**document, "release": {**document["release"], "digest": "0" * 64}}
    code, said = result(sign(unknown))
    assert (code, f"release {'0' * 64} is not stored" in said) == (5, True)
    code, said = result(sign({**document, "engine_version": "0"}))
    assert (code, "Its outcomes are the same" in said) == (6, True)
    forged = [{**one, "outcome": "eligible"} if one["key"] == "C10" else one for one in document["determinations"]]
    code, said = result(sign({**document, "determinations": forged}))
    assert (code, "C10" in said, "outcome: eligible in the file" in said) == (7, True, True)
    monkeypatch.setattr(verification, "ENGINE_VERSION", "2")
    code, said = result(sign({**document, "determinations": forged}))
    assert (code, "Its outcomes differ" in said) == (6, True)


def test_an_unknown_case_cannot_be_exported(case: Screening) -> None:
    with pytest.raises(CommandError, match="No such determination"):
        call_command("export_determination", "NOTHING1")
    with pytest.raises(CommandError, match="No such determination"):
        call_command("export_determination", case.reference, number=9)


def test_the_public_keys_are_told_and_no_private_one(settings: Any) -> None:
    settings.DETERMINATION_SIGNING_KEY = OTHER_KEY
    settings.DETERMINATION_VERIFY_KEYS = [public_key("18f7e6d5c4b3a291" * 4)]
    said = io.StringIO()
    call_command("determination_keys", stdout=said)
    rows = [line.split("\t") for line in said.getvalue().splitlines()]
    assert [(row[1], row[2]) for row in rows] == [
        (public_key(OTHER_KEY), "signs"),
        (settings.DETERMINATION_VERIFY_KEYS[0], "verifies"),
    ]
    assert OTHER_KEY not in said.getvalue()


def test_a_case_has_one_determination_a_basis(case: Screening) -> None:
    assert case.determinations.count() == 1  # type: ignore[attr-defined]
    assert list(CaseEvent.objects.filter(screening=case).values_list("kind", flat=True)) == ["submitted", "determined"]
