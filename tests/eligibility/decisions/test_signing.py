"""One changed byte of a signed determination is found, wherever it stands, and keys can be changed."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from eligibility.decisions.document import judged_document
from eligibility.decisions.signing import NotVerified, Trouble, key_id, known_keys, public_key, read_signed, sign
from eligibility.decisions.verification import check_again, verify
from eligibility.engine.report import plain
from eligibility.engine.version import ENGINE_VERSION
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.event_chain import canonical
from tests.catalogue.conftest import SMALL
from tests.engine.people import facts_of_case

AS_OF = date(2026, 11, 22)
FACTS = {"keeper.citizenships": ["SE"], "keeper.months": 30, "keeper.begins_on": "2026-12-01", "made.up": "x"}
OLD, NEW = "a1b2c3d4e5f60718" * 4, "18f7e6d5c4b3a291" * 4
# What a determination says besides what follows from its facts.
NOT_JUDGED = {"case", "made_at"}


@pytest.fixture(scope="module")
def small() -> Rulebook:
    return read_rulebook(SMALL)


@pytest.fixture(scope="module")
def document(small: Rulebook) -> dict[str, Any]:
    return {**judged_document(FACTS, small, AS_OF), "case": "ABCD2345", "made_at": "2026-11-22T12:00:00+00:00"}


def trouble(file: bytes, rulebook: Rulebook | None = None) -> Trouble:
    with pytest.raises(NotVerified) as caught:
        verify(file, lambda digest: rulebook) if rulebook else read_signed(file)  # type: ignore[arg-type, return-value]
    return caught.value.trouble


def test_each_changed_lost_or_added_byte_is_found(document: dict[str, Any]) -> None:
    file = sign(document).encode()
    assert read_signed(file).document == document
    found = set()
    for place in range(len(file)):
        before, byte, after = file[:place], file[place], file[place + 1 :]
        changed = [bytes([byte ^ mask]) for mask in (0x01, 0x20, 0x80)]
        for piece in (*changed, b"", bytes([byte, byte]), b" " + bytes([byte])):
            if before + piece + after != file:
                found.add(trouble(before + piece + after))
    assert found == {Trouble.UNREADABLE, Trouble.UNKNOWN_KEY, Trouble.BAD_SIGNATURE}
    assert trouble(file + b"\n") == Trouble.BAD_SIGNATURE


def test_the_same_document_written_otherwise_is_not_as_it_was_signed(document: dict[str, Any]) -> None:
    file = sign(document)
    assert trouble(json.dumps(json.loads(file), indent=1).encode()) == Trouble.BAD_SIGNATURE
    assert trouble(file.replace('"2026-12-01"', '"\\u0032026-12-01"').encode()) == Trouble.BAD_SIGNATURE
    signature = json.loads(file)["signature"]
    assert trouble(file.replace(signature, signature.upper()).encode()) == Trouble.BAD_SIGNATURE


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if not parts:
        yield path
    for name, part in parts or ():
        yield from leaves(part, (*path, name))


def with_other_leaf(document: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    changed: dict[str, Any] = json.loads(canonical(document))
    inner: Any = changed
    for step in path[:-1]:
        inner = inner[step]
    old = inner[path[-1]]
    inner[path[-1]] = not old if isinstance(old, bool) else old + 1 if isinstance(old, int) else f"{old}x" if old else 7
    return changed


def test_each_field_that_is_not_true_is_found_even_under_a_good_signature(
    document: dict[str, Any], small: Rulebook
) -> None:
    paths = [path for path in leaves(document) if path[0] not in NOT_JUDGED]
    assert len(paths) > 20
    for path in paths:
        forged = sign(with_other_leaf(document, path)).encode()
        assert read_signed(forged)
        assert trouble(forged, small) in {Trouble.UNREADABLE, Trouble.ENGINE_DIFFERS, Trouble.OUTCOME_DIFFERS}, path


@examples(max_examples=15, deadline=None)
@given(data=st.data())
def test_whatever_the_facts_what_was_signed_is_verified(data: st.DataObject, rulebook: Rulebook) -> None:
    facts = facts_of_case(rulebook, data.draw(st.sampled_from(sorted(rulebook.cases))))
    kept = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    answers = {name: plain(facts[name]) for name in kept}
    document = judged_document(answers, rulebook, AS_OF)
    signed = verify(sign({**document, "case": "", "made_at": ""}).encode(), lambda digest: rulebook)
    assert signed.document["determinations"] == document["determinations"]


@examples(max_examples=15, deadline=None)
@given(data=st.data())
def test_an_outcome_or_finding_that_is_not_true_is_named(data: st.DataObject, rulebook: Rulebook) -> None:
    document = judged_document({"applicant.citizenships": ["US"], "offer.exists": True}, rulebook, AS_OF)
    code = data.draw(st.sampled_from(document["determinations"]))
    criterion = data.draw(st.sampled_from(sorted(code["findings"])))
    code["findings"][criterion] = "forged"
    with pytest.raises(NotVerified) as caught:
        check_again(document, lambda digest: rulebook)
    assert caught.value.trouble is Trouble.OUTCOME_DIFFERS
    assert [detail.split(": ")[:2] for detail in caught.value.details] == [
        [f"{code['key']} ({code['category']})", criterion]
    ]


def test_what_an_earlier_key_signed_still_verifies_after_a_rotation(document: dict[str, Any], settings: Any) -> None:
    settings.DETERMINATION_SIGNING_KEY = OLD
    file = sign(document).encode()
    settings.DETERMINATION_SIGNING_KEY = NEW
    assert trouble(file) == Trouble.UNKNOWN_KEY
    settings.DETERMINATION_VERIFY_KEYS = [public_key(OLD)]
    assert read_signed(file).key == key_id(public_key(OLD))
    assert read_signed(sign(document).encode()).key == key_id(public_key(NEW))


def test_the_key_for_development_counts_only_where_no_other_is_named(document: dict[str, Any], settings: Any) -> None:
    file = sign(document).encode()
    assert read_signed(file).is_by_development_key
    settings.DETERMINATION_VERIFY_KEYS = [public_key(OLD)]
    assert list(known_keys().values()) == [public_key(OLD)]
    assert trouble(file) == Trouble.UNKNOWN_KEY


def test_a_file_that_is_no_signed_determination_is_refused(document: dict[str, Any], small: Rulebook) -> None:
    for file in (b"", b"[]", b"{}", b"\xff", b'{"document":1,"key":"","signature":""}', b"[" * 9999):
        assert trouble(file) == Trouble.UNREADABLE
    assert trouble(sign({**document, "format": "other"}).encode(), small) == Trouble.UNREADABLE
    assert trouble(sign({"format": document["format"]}).encode(), small) == Trouble.UNREADABLE


def test_who_changes_how_the_engine_judges_raises_its_version(document: dict[str, Any]) -> None:
    said = {code["category"]: (code["outcome"], code["findings"]) for code in document["determinations"]}
    statuses = {
        "partner_country": "met",
        "experience": "unknown",
        "trade": "unknown",
        "months_for_trade": "unknown",
        "occupation": "met",
        "judgement": "officer",
    }
    known = {"1": {"lighthouse-keeper": ("undetermined", statuses)}}
    assert said == known[ENGINE_VERSION]
