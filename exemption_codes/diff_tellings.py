"""Parts of the rules as lines of a difference: members of a list, worked examples, criteria that came or went."""

from collections.abc import Iterable, Iterator
from typing import Any

from exemption_codes import diff_fields as fields
from exemption_codes import diff_words as say
from exemption_codes.catalogue import documents as doc
from exemption_codes.rule_words import RuleWords


def members(edition: doc.Edition | None, words: RuleWords, listed: doc.ListDocument) -> Iterator[str]:
    if edition is None:
        return
    yield from (words.member(member, listed.of) for member in edition.members)
    yield from (words.pick(say.PREFIXES).format(value=prefix) for prefix in edition.prefixes)
    yield from (words.pick(say.TEERS).format(value=teer) for teer in edition.teers)
    opened = [*edition.undetermined, *edition.undetermined_prefixes]
    yield from (words.pick(say.OPEN).format(value=words.member(value, listed.of)) for value in opened)
    for row in edition.rows:
        yield from words.row(row, listed)


def by_start(editions: Iterable[doc.Edition]) -> dict[str, doc.Edition]:
    """Editions by their first day; that of always comes first."""
    return {str(edition.in_force.from_ or ""): edition for edition in editions}


def example(words: RuleWords, case: doc.Case) -> str:
    outcome = (
        words.pick(say.OUTCOMES[case.outcome])
        if case.outcome
        else ""
        if case.in_force
        else words.pick(say.NOT_IN_FORCE)
    )
    facts = [words.fact(name, value) for name, value in case.change.items()]
    facts += [words.fact(name, value) for name, values in case.each.items() for value in values]
    day = words.plain(case.as_of) if case.as_of else ""
    return " · ".join(filter(None, (case.name, outcome, ", ".join(case.failing or ()), day, *facts, case.code)))


def said_of(criterion: doc.Criterion, words: RuleWords) -> Iterator[str]:
    """Say a criterion that came or went: its sentence, then what it tests and when, where that is not plain."""
    yield words.text(criterion.text)
    for name in ("when", "applies_when"):
        asked = getattr(criterion, name)
        if asked is not None:
            yield words.pick((fields.CRITERION[name].english, fields.CRITERION[name].french))
            yield from words.condition(asked, 1)
    if criterion.in_force.from_ or criterion.in_force.until:
        yield words.period(criterion.in_force)
    yield from (words.citation(citation) for citation in criterion.cite)
    if criterion.note:
        yield words.text(criterion.note)


def keys(category: doc.Category) -> str:
    last = category.codes[-1].code
    return f"{last}/{category.variant}" if category.variant else last


def shape(condition: Any) -> Any:
    """Return a condition with its numbers and days left out."""
    if isinstance(condition, doc.Document):
        return type(condition), {name: shape(value) for name, value in vars(condition).items()}
    if isinstance(condition, list):
        return [shape(part) for part in condition]
    if isinstance(condition, bool) or (not isinstance(condition, int | float) and not hasattr(condition, "isoformat")):
        return condition
    return "…"
