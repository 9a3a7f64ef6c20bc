"""What is said to be out of date elsewhere: about which categories, under which sources, since when."""

from collections.abc import Iterator

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.date_checks import in_words
from exemption_codes.catalogue.draft import Draft, check_unique
from exemption_codes.catalogue.problems import Problem, did_you_mean
from exemption_codes.catalogue.yaml_reader import PathKey, Source

Reports = Iterator[Problem]


def check_guide(draft: Draft) -> Reports:
    source = draft.sources.get("guide")
    if source is None:
        return
    corrections = [one for one in draft.rulebook.guide if one]
    yield from check_unique([one.id for one in corrections if one.id], source, ("corrections",))
    for index, correction in enumerate(draft.rulebook.guide):
        if correction is not None:
            yield from _check_correction(draft, correction, source, ("corrections", index))


def _check_correction(draft: Draft, correction: doc.Correction, source: Source, here: PathKey) -> Reports:
    yield from draft.check_citations(correction.cite, source, (*here, "cite"))
    covered, day = draft.covered(), correction.changed_on
    if day is not None and covered is not None and not covered.holds(day):
        hint = f"it covers {in_words(covered)}"
        yield source.problem((*here, "changed_on"), f"the catalogue does not cover {day}", hint)
    for number, name in enumerate(correction.categories or ()):
        yield from draft.check_category(name, source, (*here, "categories", number))
    borne = _codes_borne(draft)
    for number, code in enumerate(correction.codes or ()):
        if code is not None and borne is not None and code not in borne:
            hint = did_you_mean(code, borne) or "write a code of today or of the past"
            yield source.problem((*here, "codes", number), f"no category bears or bore {code}", hint)


def _codes_borne(draft: Draft) -> set[str] | None:
    """Return every code there is or was; None when some category could not be read."""
    found: set[str] = set()
    for category in draft.rulebook.categories.values():
        names = category.codes if category else None
        if not names or any(name is None or name.code is None for name in names):
            return None
        found |= {name.code for name in names}
    return found
