"""Parts of a catalogue in words, as written and not for one day: conditions, dates, sources, rows. No HTML."""

from collections.abc import Iterator
from typing import Any

from eligibility.engine.tree import JOINTS, PATTERNS
from eligibility.engine.words import (
    UNIT_WORDS,
    capitalised,
    day_in_words,
    fact_in_words,
    label,
    occupation_title,
    provision_in_words,
    value_in_words,
)
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import FACT_OPERATORS
from exemption_codes.catalogue.fact_values import country_name
from exemption_codes.catalogue.rulebook import Rulebook

INDENT = "  "
YES_NO = {True: ("yes", "oui"), False: ("no", "non")}
NOT_TOLD = ("not told", "non précisé")
SPANS = {
    (True, True): ("from {start} until {end}", "du {start} au {end}"),
    (True, False): ("since {start}", "depuis le {start}"),
    (False, True): ("until {end}", "jusqu’au {end}"),
    (False, False): ("without end", "sans limite de durée"),
}
WORDS = {
    "in_list": ("{label}: in the list “{name}”", "{label} : dans la liste « {name} »"),
    "row": ("As the list “{name}” says for: {label}", "Selon la liste « {name} » pour : {label}"),
    "parameter": ("the amount “{name}”", "le montant « {name} »"),
    "column": ("the column “{name}” of the list", "la colonne « {name} » de la liste"),
}


class RuleWords:
    """Puts the parts of one rulebook into words of one language."""

    def __init__(self, rulebook: Rulebook, language: str) -> None:
        self.rulebook, self.language = rulebook, language
        self.is_french = language == "fr"

    def pick(self, pair: tuple[str, str]) -> str:
        return pair[self.is_french]

    def titled(self, title: str, said: str) -> str:
        return f"{title} : {said}" if self.is_french else f"{title}: {said}"

    def text(self, text: doc.Text) -> str:
        return text.in_language(self.language)

    def period(self, period: doc.Period) -> str:
        """Say a period; both its days are inclusive."""
        start = day_in_words(period.from_, self.language) if period.from_ else ""
        end = day_in_words(period.until, self.language) if period.until else ""
        return self.pick(SPANS[bool(start), bool(end)]).format(start=start, end=end)

    def citation(self, citation: doc.Citation) -> str:
        source = self.rulebook.sources.get(citation.source)
        name = self.text(source.instrument) if source else citation.source
        return f"{name}, {provision_in_words(citation.provision, self.language)}" if citation.provision else name

    def amount(self, value: Any, unit: str) -> str:
        words = UNIT_WORDS.get(unit)
        return f"{self.plain(value)} {self.pick(words) if words else unit}"

    def member(self, value: Any, of: str) -> str:
        """Say one member of a list of countries, occupations or other things."""
        if of in ("country", "countries"):
            return country_name(str(value), self.language)
        if of == "noc":
            title = occupation_title(str(value), self.rulebook, self.language)
            return str(value) if title == str(value) else f"{value} {title}"
        return self.plain(value)

    def plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.pick(YES_NO[value])
        if isinstance(value, list | tuple):
            return ", ".join(map(self.plain, value))
        return day_in_words(value, self.language) if hasattr(value, "isoformat") else str(value)

    def fact(self, name: str, value: Any) -> str:
        """Say one fact and its value, or that it is not told."""
        if name not in self.rulebook.facts:
            return self.titled(name, self.plain(value))
        if value is None:
            return self.titled(self._label(name), self.pick(NOT_TOLD))
        return fact_in_words(name, value, self.rulebook, self.language)

    def row(self, row: dict[str, Any], listed: doc.ListDocument) -> Iterator[str]:
        """Say a row of a table: one line a column, each beginning with the row's name."""
        name = self.member(row["key"], listed.of)
        cells = [(column, value) for column, value in row.items() if column not in ("key", "label")]
        if "label" in row:
            name = f"{row['key']} {row['label'][self.language]}"
        if not cells:
            yield name
        for column, value in cells:
            heading = self.text(listed.columns[column]) if column in listed.columns else column
            for line in self.cell(value):
                yield f"{name} · {self.titled(heading, line)}"

    def cell(self, value: Any) -> list[str]:
        if isinstance(value, doc.Document):
            return [line.strip() for line in self.condition(value)]
        if isinstance(value, dict):
            return [str(value[self.language])]
        return [self.plain(value)]

    def condition(self, condition: Any, depth: int = 0) -> Iterator[str]:
        """Say a condition as written: one line a test, parts indented under what joins them."""
        room = INDENT * depth
        match condition:
            case doc.AllOf(all=parts):
                yield from self._joint("all", parts, depth)
            case doc.AnyOf(any=parts):
                yield from self._joint("any", parts, depth)
            case doc.Negation(not_=part):
                yield from self._joint("not", [part], depth)
            case doc.Disputed(disputed=reason):
                conflict = self.rulebook.catalogue.conflicts.get(reason)
                yield room + (self.text(conflict) if conflict else self.pick(JOINTS["disputed"]))
            case doc.RowOf(row_of=listed, by=by, check=check):
                words = {"name": self.text(self.rulebook.lists[listed].name), "label": self._label(by)}
                yield room + self.pick(WORDS["row"]).format(**words)
                if check is not None:
                    yield from self.condition(check, depth + 1)
            case doc.FactTest():
                yield from (room + test for test in self._tests(condition))

    def _joint(self, kind: str, parts: list[Any], depth: int) -> Iterator[str]:
        yield INDENT * depth + self.pick(JOINTS[kind])
        for part in parts:
            yield from self.condition(part, depth + 1)

    def _tests(self, test: doc.FactTest) -> Iterator[str]:
        name = self._label(test.fact)
        for attribute, operator in FACT_OPERATORS:
            wanted = getattr(test, attribute)
            if wanted is not None:
                yield self.pick(PATTERNS[operator]).format(label=name, value=self._wanted(test.fact, wanted))
        for operator in ("at_least_fact", "same_as_fact"):
            other = getattr(test, operator)
            if other:
                said = label(other, self.rulebook, self.language)
                yield self.pick(PATTERNS[operator]).format(label=name, value=said)
        if test.in_list:
            listed = self.text(self.rulebook.lists[test.in_list].name)
            yield self.pick(WORDS["in_list"]).format(label=name, name=listed)

    def _label(self, fact: str) -> str:
        return capitalised(label(fact, self.rulebook, self.language))

    def _wanted(self, fact: str, wanted: Any) -> str:
        if isinstance(wanted, doc.ParameterRef):
            name = self.text(self.rulebook.parameters[wanted.parameter].name)
            return self.pick(WORDS["parameter"]).format(name=name)
        if isinstance(wanted, doc.ColumnRef):
            return self.pick(WORDS["column"]).format(name=wanted.column)
        return value_in_words(fact, wanted, self.rulebook, self.language)
