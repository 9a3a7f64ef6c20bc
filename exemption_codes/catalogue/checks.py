"""What single files cannot show: undefined facts, dates with gaps, citations to nowhere, cases of no category."""

from collections.abc import Iterator, Sequence

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.category_checks import check_cases, check_category, check_general, check_keys
from exemption_codes.catalogue.condition_checks import ORDERED_TYPES, Place, check_condition
from exemption_codes.catalogue.date_checks import check_period, check_spans
from exemption_codes.catalogue.draft import ALWAYS, Draft, check_unique
from exemption_codes.catalogue.fact_values import BUSINESS_OWNER_NOC
from exemption_codes.catalogue.fee_checks import check_fees
from exemption_codes.catalogue.guide_checks import check_guide
from exemption_codes.catalogue.problems import Problem, did_you_mean
from exemption_codes.catalogue.wage_checks import check_wages
from exemption_codes.catalogue.yaml_reader import PathKey, Source

CHOICE_TYPES = ("one_of", "several_of")
NUMBER_TYPES = ("integer", "decimal")
Reports = Iterator[Problem]


def cross_check(draft: Draft) -> Reports:
    """Yield every problem that only shows when the files are read together; what could not be read is passed over."""
    rulebook = draft.rulebook
    if source := draft.sources.get("catalogue"):
        yield from _check_catalogue(draft, source)
    if source := draft.sources.get("facts"):
        for name in rulebook.facts:
            yield from _check_fact(draft, name, source)
    for key, category in rulebook.categories.items():
        if category is not None:
            yield from check_category(draft, category, draft.sources[f"exemptions/{key}"])
    yield from check_keys(draft)
    yield from check_general(draft)
    for key, listed in rulebook.lists.items():
        if listed is not None:
            yield from _check_list(draft, listed, draft.sources[f"lists/{key}"])
    for key, parameter in rulebook.parameters.items():
        if parameter is not None:
            source = draft.sources[f"parameters/{key}"]
            yield from check_spans(parameter.values or (), source, ("values",), "values")
            yield from draft.check_citations(parameter.cite, source, ("cite",))
    yield from _check_pages(draft)
    yield from check_guide(draft)
    yield from check_wages(draft)
    yield from check_fees(draft)
    for key, cases in rulebook.cases.items():
        if cases is not None:
            yield from check_cases(draft, cases, draft.sources[f"cases/{key}"])


def _check_catalogue(draft: Draft, source: Source) -> Reports:
    catalogue = draft.rulebook.catalogue
    if catalogue is None:
        return
    yield from check_period(catalogue.covers, source, ("covers",))
    if catalogue.covers and catalogue.law_as_of and not catalogue.covers.holds(catalogue.law_as_of):
        yield source.problem(("law_as_of",), "outside the dates that the catalogue covers", "mend one of them")
    yield from check_unique(draft.family_names() or [], source, ("families",))
    yield from _check_occupations(draft, catalogue.occupations or (), source)


def _check_occupations(draft: Draft, versions: Sequence[doc.OccupationVersion | None], source: Source) -> Reports:
    """Each version of the occupational classification has its list, and the versions follow each other."""
    yield from check_spans(versions, source, ("occupations",), "versions")
    for name in (version.list_ for version in versions if version and version.list_):
        if name not in draft.rulebook.lists:
            hint = did_you_mean(name, draft.rulebook.lists) or "every fact that is an occupation needs it"
            yield Problem(f"lists/{name}.yaml", 0, "", "the list of occupations is missing", hint)


def _check_fact(draft: Draft, name: str, source: Source) -> Reports:
    fact, here = draft.rulebook.facts[name], ("facts", name)
    if fact is None:
        return
    yield from _check_fact_parts(fact, source, here)
    for part in ("derived_from", "dated_by"):
        value = getattr(fact, part) or []
        for other in value if isinstance(value, list) else [value]:
            yield from draft.check_fact(other, source, (*here, part))
    for other, value in (fact.when_false or {}).items():
        yield from draft.check_fact(other, source, (*here, "when_false", other))
        yield from draft.check_value(other, value, source, (*here, "when_false", other))
    yield from draft.check_citations(fact.cite, source, (*here, "cite"))


def _check_fact_parts(fact: doc.FactDocument, source: Source, here: PathKey) -> Reports:
    """Whether the parts of a fact suit its type."""
    if fact.type is None:
        return
    if fact.type in CHOICE_TYPES and not (fact.choices or fact.choices_from):
        yield source.problem(here, "choices are missing", "add choices: with the words it may take")
    if fact.type not in CHOICE_TYPES and (fact.choices or fact.choices_from):
        yield source.problem((*here, "choices"), f"a fact of type {fact.type} has no choices", "remove them")
    if fact.ordered and fact.type != "one_of":
        yield source.problem((*here, "ordered"), f"a fact of type {fact.type} has no ranked choices", "remove it")
    if fact.bounds and fact.type not in NUMBER_TYPES:
        yield source.problem((*here, "bounds"), f"a fact of type {fact.type} has no bounds", "remove them")
    if fact.bounds and None not in (fact.bounds.min, fact.bounds.max) and fact.bounds.min > fact.bounds.max:  # type: ignore[operator]
        yield source.problem((*here, "bounds"), "min is above max", "exchange them")
    if fact.elapses and fact.type not in ORDERED_TYPES:
        yield source.problem((*here, "elapses"), f"a fact of type {fact.type} does not elapse", "remove it")
    if fact.when_false and fact.type != "boolean":
        yield source.problem((*here, "when_false"), f"a fact of type {fact.type} is never false", "remove it")
    if fact.judged and fact.type != "boolean":
        yield source.problem((*here, "judged"), "only a yes-or-no fact is left to an officer", "remove it")


def _check_list(draft: Draft, listed: doc.ListDocument, source: Source) -> Reports:
    editions = listed.editions or []
    yield from check_spans([e.in_force if e else None for e in editions], source, ("editions",), "editions")
    yield from draft.check_citations(listed.cite, source, ("cite",))
    columns = {column for row in draft.rows_of(listed) for column in row}
    for column in listed.columns or {}:
        if column not in columns:
            hint = did_you_mean(column, columns) or "remove the heading"
            yield source.problem(("columns", column), f"no row has a column {column}", hint)
    for e, edition in enumerate(editions):
        if edition is None:
            continue
        keys = [
            *map(str, edition.members or ()),
            *(str(row["key"]) for row in edition.rows or () if row and "key" in row),
        ]
        yield from check_unique(keys, source, ("editions", e))
        yield from _check_members(draft, listed, edition, source, ("editions", e))
        place = Place(draft, source, edition.in_force or ALWAYS)
        for r, row in enumerate(edition.rows or ()):
            here: PathKey = ("editions", e, "rows", r)
            if row is not None and "key" not in row:
                yield source.problem(here, "the row has no key", "add key: with the value that picks this row")
            for column, cell in (row or {}).items():
                yield from check_condition(cell, place, (*here, column))


def _check_members(
    draft: Draft, listed: doc.ListDocument, edition: doc.Edition, source: Source, here: PathKey
) -> Reports:
    if listed.of == "noc" and draft.knows_occupations:
        known = {*draft.rulebook.noc_codes(), BUSINESS_OWNER_NOC}
        for part in ("members", "undetermined"):
            for index, member in enumerate(getattr(edition, part) or ()):
                if member is not None and member not in known:
                    hint = did_you_mean(str(member), known) or "write the five digits of a unit group in quotes"
                    yield source.problem((*here, part, index), f"there is no occupation {member}", hint)


def _check_pages(draft: Draft) -> Reports:
    source = draft.sources.get("pages")
    if source is None:
        return
    placed: list[str] = []
    for index, page in enumerate(draft.rulebook.pages):
        if page is None:
            continue
        placed += [name for name in page.facts or () if name]
        for number, name in enumerate(page.facts or ()):
            yield from draft.check_fact(name, source, ("pages", index, "facts", number))
        for name, others in (page.false_unless or {}).items():
            for fact in (name, *(others or ())):
                yield from draft.check_fact(fact, source, ("pages", index, "false_unless", name))
    yield from check_unique(placed, source, ("pages",))
    yield from check_unique([page.id for page in draft.rulebook.pages if page and page.id], source, ("pages",))
