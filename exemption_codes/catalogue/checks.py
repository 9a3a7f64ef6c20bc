"""What single files cannot show: undefined facts, values of a wrong type, dates with gaps, citations to nowhere."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fact_values import check_value
from exemption_codes.catalogue.problems import Problem, did_you_mean
from exemption_codes.catalogue.rulebook import NOC_LIST, Rulebook
from exemption_codes.catalogue.yaml_reader import PathKey, Source

CONDITION: TypeAdapter[Any] = TypeAdapter(doc.Condition)
ORDERED_TYPES = ("integer", "decimal", "date")
LIST_TYPES = ("several_of", "countries")
RANKED = ("at_least", "more_than", "at_most", "less_than")
Reports = Iterator[Problem]


def cross_check(rulebook: Rulebook, sources: dict[str, Source]) -> Reports:
    """Yield every problem that only shows when the files are read together."""
    if NOC_LIST not in rulebook.lists:
        yield Problem(f"lists/{NOC_LIST}.yaml", 0, "", "the list of occupations is missing")
        return
    yield from _rows_become_conditions(rulebook, sources)
    yield from _check_facts(rulebook, sources["facts"])
    for category in rulebook.categories.values():
        yield from _check_category(rulebook, category, sources[f"exemptions/{category.id}"])
    for index, rule in enumerate(rulebook.general):
        yield from _check_rule(rulebook, rule, ("rules", index), sources["general"])
    for listed in rulebook.lists.values():
        yield from _check_list(rulebook, listed, sources[f"lists/{listed.id}"])
    for parameter in rulebook.parameters.values():
        source = sources[f"parameters/{parameter.id}"]
        yield from _check_spans(parameter.values, source, ("values",), "values")
        yield from _check_citations(rulebook, parameter.cite, source, ("cite",))
    yield from _check_pages(rulebook, sources["pages"])
    for cases in rulebook.cases.values():
        yield from _check_cases(rulebook, cases, sources[f"cases/{cases.category}"])


def _rows_become_conditions(rulebook: Rulebook, sources: dict[str, Source]) -> Reports:
    for listed in rulebook.lists.values():
        source = sources[f"lists/{listed.id}"]
        for e, edition in enumerate(listed.editions):
            for r, row in enumerate(edition.rows):
                here: PathKey = ("editions", e, "rows", r)
                if "key" not in row:
                    yield source.problem(here, "the row has no key")
                for column, value in row.items():
                    if isinstance(value, dict) and not set(value) <= {"en", "fr"}:
                        try:
                            row[column] = CONDITION.validate_python(value)
                        except ValidationError as error:
                            yield source.problem((*here, column), error.errors()[0]["msg"])
                            continue
                        yield from _check_condition(rulebook, row[column], source, (*here, column), row)


def _check_facts(rulebook: Rulebook, source: Source) -> Reports:
    for name, fact in rulebook.facts.items():
        here: PathKey = ("facts", name)
        if fact.type in ("one_of", "several_of") and not fact.choices:
            yield source.problem(here, "choices are missing")
        for other in [*fact.derived_from, *fact.when_false, *([fact.dated_by] if fact.dated_by else [])]:
            yield from _check_fact_name(rulebook, other, source, here)
        for other, value in fact.when_false.items():
            if other in rulebook.facts:
                yield from _check_fact_value(rulebook, other, value, source, (*here, "when_false", other))
        yield from _check_citations(rulebook, fact.cite, source, (*here, "cite"))


def _check_category(rulebook: Rulebook, category: doc.Category, source: Source) -> Reports:
    yield from _check_spans(category.codes, source, ("codes",), "codes", category.in_force)
    yield from _check_spans(category.basis, source, ("basis",), "basis", category.in_force)
    families = [family.id for family in rulebook.catalogue.families]
    if category.family not in families:
        yield source.problem(("family",), f"unknown family {category.family}", did_you_mean(category.family, families))
    for index, basis in enumerate(category.basis):
        yield from _check_provision(rulebook, basis.provision, source, ("basis", index, "provision"))
    yield from _check_unique([criterion.id for criterion in category.criteria], source, ("criteria",))
    for index, criterion in enumerate(category.criteria):
        here: PathKey = ("criteria", index)
        yield from _check_rule(rulebook, criterion, here, source)
        if criterion.when is None and not criterion.officer:
            yield source.problem(here, "a criterion without `when` must be officer: true")
        if not _within(criterion.in_force, category.in_force):
            yield source.problem((*here, "in_force"), "outside the life of the category")
    ids = [criterion.id for criterion in category.criteria]
    for index, paper in enumerate(category.documents):
        if paper.criterion not in ids:
            path: PathKey = ("documents", index, "criterion")
            yield source.problem(path, f"no criterion {paper.criterion}", did_you_mean(paper.criterion, ids))
    for index, link in enumerate(category.links):
        yield from _check_source_id(rulebook, link, source, ("links", index))
    for index, note in enumerate(category.notes):
        if note.conflict and note.conflict not in rulebook.catalogue.conflicts:
            yield source.problem(("notes", index, "conflict"), f"unknown conflict {note.conflict}")
    if category.spouse_category and category.spouse_category not in rulebook.categories:
        hint = did_you_mean(category.spouse_category, rulebook.categories)
        yield source.problem(("spouse_category",), f"unknown category {category.spouse_category}", hint)


def _check_rule(rulebook: Rulebook, rule: doc.Criterion | doc.GeneralRule, here: PathKey, source: Source) -> Reports:
    for part in ("when", "applies_when"):
        condition = getattr(rule, part)
        if condition is not None:
            yield from _check_condition(rulebook, condition, source, (*here, part))
    yield from _check_citations(rulebook, rule.cite, source, (*here, "cite"))


def _check_condition(
    rulebook: Rulebook, condition: Any, source: Source, path: PathKey, row: dict[str, Any] | None = None
) -> Reports:
    match condition:
        case doc.AllOf(all=parts) | doc.AnyOf(any=parts):
            word = "all" if isinstance(condition, doc.AllOf) else "any"
            for index, part in enumerate(parts):
                yield from _check_condition(rulebook, part, source, (*path, word, index), row)
        case doc.Negation(not_=part):
            yield from _check_condition(rulebook, part, source, (*path, "not"), row)
        case doc.Disputed(disputed=reason):
            if reason not in rulebook.catalogue.conflicts:
                yield source.problem(path, f"unknown conflict {reason}", "list it in catalogue.yaml")
        case doc.RowOf():
            yield from _check_row_of(rulebook, condition, source, path)
        case doc.FactTest():
            yield from _check_fact_test(rulebook, condition, source, path, row)


def _check_row_of(rulebook: Rulebook, condition: doc.RowOf, source: Source, path: PathKey) -> Reports:
    yield from _check_fact_name(rulebook, condition.by, source, (*path, "by"))
    listed = rulebook.lists.get(condition.row_of)
    if listed is None:
        hint = did_you_mean(condition.row_of, rulebook.lists)
        yield source.problem((*path, "row_of"), f"unknown list {condition.row_of}", hint)
        return
    columns = {column for edition in listed.editions for row in edition.rows for column in row}
    if condition.holds and condition.holds not in columns:
        yield source.problem((*path, "holds"), f"no column {condition.holds}", did_you_mean(condition.holds, columns))
    if condition.check is not None:
        yield from _check_condition(rulebook, condition.check, source, (*path, "check"), dict.fromkeys(columns))


def _check_fact_test(
    rulebook: Rulebook, test: doc.FactTest, source: Source, path: PathKey, row: dict[str, Any] | None
) -> Reports:
    fact = rulebook.facts.get(test.fact)
    yield from _check_fact_name(rulebook, test.fact, source, (*path, "fact"))
    if fact is None:
        return
    used = [name for name in type(test).model_fields if name != "fact" and getattr(test, name) is not None]
    if not used:
        yield source.problem(path, "the test has no operator", "is, one_of, at_least ...")
    for name in used:
        yield from _check_operator(rulebook, test, name, fact, source, path, row)


def _check_operator(
    rulebook: Rulebook, test: doc.FactTest, name: str, fact: doc.FactDocument, source: Source, path: PathKey,
    row: dict[str, Any] | None,
) -> Reports:  # fmt: skip
    key = "is" if name == "is_" else name
    here, value = (*path, key), getattr(test, name)
    if name in ("at_least_fact", "same_as_fact"):
        yield from _check_fact_name(rulebook, value, source, here)
        return
    if name == "in_list":
        if value not in rulebook.lists:
            yield source.problem(here, f"unknown list {value}", did_you_mean(value, rulebook.lists))
        return
    if name in RANKED and fact.type not in ORDERED_TYPES and not fact.ordered:
        yield source.problem(here, f"{test.fact} has no order", "use is or one_of")
    if name.startswith("includes") != (fact.type in LIST_TYPES):
        hint = "use includes_any" if fact.type in LIST_TYPES else "use one_of or is"
        yield source.problem(here, f"{key} does not fit a fact of type {fact.type}", hint)
    if isinstance(value, doc.ParameterRef):
        if value.parameter not in rulebook.parameters:
            hint = did_you_mean(value.parameter, rulebook.parameters)
            yield source.problem(here, f"unknown parameter {value.parameter}", hint)
        return
    if isinstance(value, doc.ColumnRef):
        if row is None or value.column not in row:
            yield source.problem(here, f"no column {value.column}", did_you_mean(value.column, row or ()))
        return
    values = value if isinstance(value, list) else [value]
    if not values:
        yield source.problem(here, "the list is empty")
    for item in values:
        yield from _check_fact_value(rulebook, test.fact, item, source, here, single=True)


def _check_fact_name(rulebook: Rulebook, name: str, source: Source, path: PathKey) -> Reports:
    if name not in rulebook.facts:
        yield source.problem(path, f"undefined fact {name}", did_you_mean(name, rulebook.facts))


def _check_fact_value(
    rulebook: Rulebook, name: str, value: Any, source: Source, path: PathKey, single: bool = False
) -> Reports:
    message, hint = check_value(rulebook, name, value, single=single)
    if message:
        yield source.problem(path, message, hint)


def _check_citations(rulebook: Rulebook, cite: Sequence[doc.Citation], source: Source, path: PathKey) -> Reports:
    for index, citation in enumerate(cite):
        yield from _check_source_id(rulebook, citation.source, source, (*path, index, "source"))
        if citation.provision:
            yield from _check_provision(rulebook, citation.provision, source, (*path, index, "provision"))


def _check_source_id(rulebook: Rulebook, name: str, source: Source, path: PathKey) -> Reports:
    if name not in rulebook.sources:
        yield source.problem(path, f"unknown source {name}", did_you_mean(name, rulebook.sources))


def _check_provision(rulebook: Rulebook, label: str, source: Source, path: PathKey) -> Reports:
    if label not in rulebook.provisions.labels:
        hint = did_you_mean(label, rulebook.provisions.labels)
        yield source.problem(path, f"there is no provision {label}", hint)


def _check_list(rulebook: Rulebook, listed: doc.ListDocument, source: Source) -> Reports:
    yield from _check_spans([e.in_force for e in listed.editions], source, ("editions",), "editions")
    yield from _check_citations(rulebook, listed.cite, source, ("cite",))
    for index, edition in enumerate(listed.editions):
        keys = [*map(str, edition.members), *(str(row.get("key")) for row in edition.rows)]
        yield from _check_unique(keys, source, ("editions", index))
        if listed.of == "noc":
            known = {*rulebook.noc_codes(), "88888"}
            for member in (*edition.members, *edition.undetermined):
                if member not in known:
                    hint = did_you_mean(str(member), known)
                    yield source.problem(("editions", index), f"no occupation {member} in NOC 2021", hint)


def _check_unique(names: Sequence[str], source: Source, path: PathKey) -> Reports:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield source.problem(path, f"{name} stands twice")


def _check_spans(
    spans: Sequence[doc.Period], source: Source, path: PathKey, what: str, life: doc.Period | None = None
) -> Reports:
    """Dates must follow each other without gaps or overlaps, and fill the life they belong to."""
    for index, span in enumerate(spans):
        if span.from_ and span.until and span.until < span.from_:
            yield source.problem((*path, index), "until comes before from")
    for index in range(1, len(spans)):
        before, after = spans[index - 1], spans[index]
        if before.until is None or after.from_ is None or after.from_ <= before.until:
            yield source.problem((*path, index), f"the {what} overlap", "end one the day before the next begins")
        elif after.from_ != before.until + timedelta(days=1):
            yield source.problem((*path, index), f"there is a gap between the {what}")
    if life and spans and not _covers(spans, life):
        yield source.problem(path, f"the {what} do not cover the life of the category")


def _covers(spans: Sequence[doc.Period], life: doc.Period) -> bool:
    first, last = spans[0].from_, spans[-1].until
    return (first or date.min) <= (life.from_ or date.min) and (last or date.max) >= (life.until or date.max)


def _within(inner: doc.Period, outer: doc.Period) -> bool:
    early: Callable[[doc.Period], date] = lambda p: p.from_ or date.min  # noqa: E731
    starts = inner.from_ is None or inner.from_ >= early(outer)
    return starts and (inner.until is None or inner.until <= (outer.until or date.max))


def _check_pages(rulebook: Rulebook, source: Source) -> Reports:
    placed: list[str] = []
    for index, page in enumerate(rulebook.pages):
        placed += page.facts
        for number, name in enumerate(page.facts):
            yield from _check_fact_name(rulebook, name, source, ("pages", index, "facts", number))
    yield from _check_unique(placed, source, ("pages",))


def _check_cases(rulebook: Rulebook, cases: doc.CasesDocument, source: Source) -> Reports:
    if cases.category not in rulebook.categories:
        hint = did_you_mean(cases.category, rulebook.categories)
        yield source.problem(("category",), f"unknown category {cases.category}", hint)
        return
    ids = [criterion.id for criterion in rulebook.categories[cases.category].criteria]
    groups: list[tuple[PathKey, dict[str, Any]]] = [(("base", "facts"), cases.base.facts)]
    groups += [(("cases", index, "change"), case.change) for index, case in enumerate(cases.cases)]
    for path, facts in groups:
        for name, value in facts.items():
            yield from _check_fact_name(rulebook, name, source, (*path, name))
            if name in rulebook.facts and value is not None:
                yield from _check_fact_value(rulebook, name, value, source, (*path, name))
    for index, case in enumerate(cases.cases):
        for name in case.failing or ():
            if name not in ids:
                yield source.problem(("cases", index, "failing"), f"no criterion {name}", did_you_mean(name, ids))
        if case.in_force and case.outcome is None:
            yield source.problem(("cases", index), "the case says no outcome")
