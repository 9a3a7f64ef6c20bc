"""Every mutant of a catalogue: a category, list or parameter with one wrong change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from eligibility.engine.derive import list_behind
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.mutation import LEFT_OUT, Change, changes_of, neighbours, wrong_values
from exemption_codes.proof.reading import Readers, readers_of

A_DAY = timedelta(days=1)
Dated = TypeVar("Dated", bound=doc.Period)


@dataclass(frozen=True)
class Mutant:
    """One wrong change of one rule file; `categories` are those whose worked examples could notice.

    `row` is the key of the row that is changed, in a table.
    """

    file: str
    path: str
    kind: str
    words: str
    document: doc.Category | doc.ListDocument | doc.ParameterDocument
    categories: tuple[str, ...]
    row: str = ""

    @property
    def name(self) -> str:
        return f"{self.file} {self.path}: {self.words}"

    def applied_to(self, rulebook: Rulebook) -> Rulebook:
        """Return the catalogue with this change made."""
        match self.document:
            case doc.Category(id=name):
                return replace(rulebook, categories={**rulebook.categories, name: self.document})
            case doc.ListDocument(id=name):
                return replace(rulebook, lists={**rulebook.lists, name: self.document})
            case doc.ParameterDocument(id=name):
                return replace(rulebook, parameters={**rulebook.parameters, name: self.document})


def mutants_of(rulebook: Rulebook) -> Iterator[Mutant]:
    """Yield every mutant, file by file; lists and parameters that no category reads have none."""
    for category in rulebook.categories.values():
        yield from mutants_of_category(rulebook, category)
    readers = readers_of(rulebook)
    for name, listed in rulebook.lists.items():
        if name not in rulebook.occupation_lists() and readers.lists.get(name):
            yield from _of_list(rulebook, listed, readers)
    for name, parameter in rulebook.parameters.items():
        if readers.parameters.get(name):
            yield from _of_parameter(parameter, readers)


# Categories -----------------------------------------------------------------------------------------------------------


def mutants_of_category(rulebook: Rulebook, category: doc.Category) -> Iterator[Mutant]:
    file = f"exemptions/{category.id}"

    def mutant(path: str, kind: str, words: str, **update: Any) -> Mutant:
        return Mutant(file, path, kind, words, category.model_copy(update=update), (category.id,))

    for words, life, codes in _moved_lives(category):
        yield mutant("in_force", "date", words, in_force=life, codes=codes)
    for place, words, codes in moved_boundaries(category.codes):
        yield mutant(f"codes.{place}", "date", words, codes=codes)
    for index, criterion in enumerate(category.criteria):
        before, after = category.criteria[:index], category.criteria[index + 1 :]
        path = f"criteria.{criterion.id}"
        if before or after:
            yield mutant(path, "removal", "drop the criterion", criteria=[*before, *after])
        for change in _of_criterion(rulebook, criterion):
            where = ".".join([path, *map(str, change.path)])
            yield mutant(where, change.kind, change.words, criteria=[*before, change.condition, *after])


def _of_criterion(rulebook: Rulebook, criterion: doc.Criterion) -> Iterator[Change]:
    def changed(change: Change, part: str) -> Change:
        value = None if change.condition is LEFT_OUT else change.condition
        return change.inside(part, condition=criterion.model_copy(update={part: value}))

    if criterion.applies_when is not None:
        yield changed(Change((), "applies_when", "drop it", LEFT_OUT), "applies_when")
    if criterion.when is not None:
        if criterion.officer:
            yield changed(Change((), "officer", "leave it to the officer alone", LEFT_OUT), "when")
        other = "required" if criterion.weight == "usual" else "usual"
        words = f"{criterion.weight} → {other}"
        yield Change(("weight",), "weight", words, criterion.model_copy(update={"weight": other}))
    for part in ("when", "applies_when"):
        yield from (changed(change, part) for change in changes_of(getattr(criterion, part), rulebook))
    for words, period in moved_ends(criterion.in_force):
        yield Change(("in_force",), "date", words, criterion.model_copy(update={"in_force": period}))


# Dates ----------------------------------------------------------------------------------------------------------------


def moved_ends(period: Dated) -> Iterator[tuple[str, Dated]]:
    """Yield a period with one of its ends a day earlier or later."""
    for end, name in (("from_", "from"), ("until", "until")):
        day = getattr(period, end)
        for moved in (day - A_DAY, day + A_DAY) if day else ():
            yield f"{name} {day} → {moved}", period.model_copy(update={end: moved})


def moved_boundaries(spans: Sequence[Dated]) -> Iterator[tuple[int, str, list[Dated]]]:
    """Yield spans that follow each other with one boundary a day earlier or later, still without a gap."""
    for index in range(1, len(spans)):
        day = spans[index].from_
        for moved in (day - A_DAY, day + A_DAY) if day else ():
            before = spans[index - 1].model_copy(update={"until": moved - A_DAY})
            after = spans[index].model_copy(update={"from_": moved})
            yield index, f"from {day} → {moved}", [*spans[: index - 1], before, after, *spans[index + 1 :]]


def _moved_lives(category: doc.Category) -> Iterator[tuple[str, doc.Period, list[doc.CodeName]]]:
    """Move an end of a life, and with it a code that begins or ends on the same day."""
    for words, life in moved_ends(category.in_force):
        codes = list(category.codes)
        for index, end in ((0, "from_"), (-1, "until")):
            if getattr(codes[index], end) == getattr(category.in_force, end):
                codes[index] = codes[index].model_copy(update={end: getattr(life, end)})
        yield words, life, codes


# Lists and parameters -------------------------------------------------------------------------------------------------


def _of_list(rulebook: Rulebook, listed: doc.ListDocument, readers: Readers) -> Iterator[Mutant]:
    file, categories = f"lists/{listed.id}", tuple(sorted(readers.lists[listed.id]))

    def mutant(path: str, kind: str, words: str, editions: list[doc.Edition], row: str = "") -> Mutant:
        return Mutant(file, path, kind, words, listed.model_copy(update={"editions": editions}), categories, row)

    for place, words, spans in moved_boundaries([edition.in_force for edition in listed.editions]):
        dated = zip(listed.editions, spans, strict=True)
        yield mutant(f"editions.{place}", "date", words, [e.model_copy(update={"in_force": span}) for e, span in dated])
    columns = readers.columns.get(listed.id, {})
    for number, edition in enumerate(listed.editions):
        before, after = listed.editions[:number], listed.editions[number + 1 :]
        for change in _of_edition(rulebook, edition, columns):
            path = ".".join(map(str, ("editions", number, *change.path)))
            row = str(change.path[1]) if change.path[0] == "rows" else ""
            yield mutant(path, change.kind, change.words, [*before, change.condition, *after], row)


def _of_edition(rulebook: Rulebook, edition: doc.Edition, columns: dict[str, str]) -> Iterator[Change]:
    for part in ("members", "prefixes", "teers", "undetermined", "undetermined_prefixes"):
        values = getattr(edition, part)
        for index, value in enumerate(values):
            rest = [*values[:index], *values[index + 1 :]]
            yield Change((part,), "member", f"drop {value}", edition.model_copy(update={part: rest}))
            if part == "undetermined":
                sure = [*edition.members, value]
                made_sure = edition.model_copy(update={"undetermined": rest, "members": sure})
                yield Change((part,), "member", f"take {value} for sure", made_sure)
    for index, row in enumerate(edition.rows):
        before, after = edition.rows[:index], edition.rows[index + 1 :]
        key = str(row["key"])
        yield Change(("rows", key), "member", "drop the row", edition.model_copy(update={"rows": [*before, *after]}))
        for column in (column for column in columns if column in row):
            for change in _of_cell(row[column], columns[column], rulebook):
                rows = [*before, {**row, column: change.condition}, *after]
                yield change.inside("rows", key, column, condition=edition.model_copy(update={"rows": rows}))


def _of_cell(cell: Any, fact: str, rulebook: Rulebook) -> Iterator[Change]:
    if isinstance(cell, doc.Document):
        yield from changes_of(cell, rulebook)
    else:
        yield from (Change((), kind, words, wrong) for words, kind, wrong in wrong_values(fact, cell, rulebook))


def _of_parameter(parameter: doc.ParameterDocument, readers: Readers) -> Iterator[Mutant]:
    file, categories = f"parameters/{parameter.id}", tuple(sorted(readers.parameters[parameter.id]))

    def mutant(path: str, kind: str, words: str, values: list[doc.DatedValue]) -> Mutant:
        return Mutant(file, path, kind, words, parameter.model_copy(update={"values": values}), categories)

    for place, words, spans in moved_boundaries(parameter.values):
        yield mutant(f"values.{place}", "date", words, spans)
    for index, dated in enumerate(parameter.values):
        for wrong in neighbours(dated.value, []):
            moved = dated.model_copy(update={"value": wrong})
            values = [*parameter.values[:index], moved, *parameter.values[index + 1 :]]
            yield mutant(f"values.{index}", "threshold", f"{dated.value} → {wrong}", values)


def reads_derived_list(rulebook: Rulebook, listed: str) -> list[str]:
    """Return the derived facts that are looked up in a list."""
    return [fact for fact in rulebook.facts if list_behind(fact) == listed]
