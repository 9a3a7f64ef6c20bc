"""Verifies a signed determination: its signature, and that judging it again under its release gives the same."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from eligibility.decisions.document import FORMAT, JUDGED, judged_document
from eligibility.decisions.signing import NotVerified, Signed, Trouble, read_signed
from eligibility.engine.version import ENGINE_VERSION
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import NoSuchRelease, rulebook_of

Rules = Callable[[str], Rulebook]
GROUPS = ("determinations", "permit_free")
ABSENT = "nothing"


def verify(file: bytes, rules: Rules = rulebook_of) -> Signed:
    """Return what a file says once every outcome and finding in it has come out again.

    `rules` finds a release by its digest and raises NoSuchRelease. Raises NotVerified.
    """
    signed = read_signed(file)
    check_again(signed.document, rules)
    return signed


def check_again(document: Mapping[str, Any], rules: Rules = rulebook_of) -> None:
    """Judge a document again. Raises NotVerified, with each difference, when it does not come out the same."""
    if document.get("format") != FORMAT:
        raise NotVerified(Trouble.UNREADABLE, f"It is not a document of the form {FORMAT}.")
    try:
        differing = tuple(_differences(document, _judged_again(document, rules)))
    except (AttributeError, KeyError, TypeError) as error:
        raise NotVerified(Trouble.UNREADABLE, "It is signed, but not written as a determination is.") from error
    if document["engine_version"] != ENGINE_VERSION:
        versions = f"It was made by version {document['engine_version']} of the engine; this is {ENGINE_VERSION}."
        same = "Its outcomes are the same." if not differing else "Its outcomes differ."
        raise NotVerified(Trouble.ENGINE_DIFFERS, f"{versions} {same}", differing)
    if differing:
        raise NotVerified(Trouble.OUTCOME_DIFFERS, "Judged again, it comes out otherwise.", differing)


def _judged_again(document: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    digest = document["release"]["digest"]
    try:
        return judged_document(document["facts"], rules(digest), date.fromisoformat(document["as_of"]))
    except NoSuchRelease as error:
        raise NotVerified(Trouble.UNKNOWN_RELEASE, f"The release {digest} is not stored here.") from error
    except (DateNotCovered, ValueError) as error:
        raise NotVerified(Trouble.OUTCOME_DIFFERS, f"It cannot be judged again: {error}") from error


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Yield each part that differs, in words; what a category or a criterion says is told one by one."""
    if before["release"] != after["release"]:
        yield _said("release", before["release"], after["release"])
    for part in JUDGED:
        if part in GROUPS:
            yield from _categories(part, before[part], after[part])
        elif part == "general":
            yield from _findings("general", before[part], after[part])
        elif before[part] != after[part]:
            yield _said(part, before[part], after[part])


def _categories(part: str, before: list[Any], after: list[Any]) -> Iterator[str]:
    if [one["category"] for one in before] != [one["category"] for one in after]:
        yield f"{part}: not the same codes, or not in the same order"
    again = {one["category"]: one for one in after}
    for one in before:
        other = again.get(one["category"])
        if other is None:
            continue
        name = f"{one['key']} ({one['category']})"
        for field in ("code", "key", "outcome"):
            if one[field] != other[field]:
                yield _said(f"{name}: {field}", one[field], other[field])
        yield from _findings(name, one, other)


def _findings(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for part in ("findings", "lacking"):
        old, new = before[part], after[part]
        for criterion in sorted({*old, *new}):
            if old.get(criterion) != new.get(criterion):
                yield _said(f"{name}: {criterion}", old.get(criterion, ABSENT), new.get(criterion, ABSENT))


def _said(name: str, before: Any, after: Any) -> str:
    return f"{name}: {before} in the file, {after} judged again"
