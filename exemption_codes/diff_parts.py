"""The parts of two rulebooks compared: what each says, field by field, and the lines in which the two differ."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from exemption_codes import diff_fields as fields
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import WageRange, rows_in
from exemption_codes.diff_entries import Change, Entry
from exemption_codes.diff_fields import Field
from exemption_codes.rule_words import RuleWords

SECTIONS = {
    "catalogue": ("The catalogue as a whole", "L’ensemble du catalogue"),
    "categories": ("Categories", "Catégories"),
    "general": ("Rules of every permit", "Règles visant tout permis"),
    "lists": ("Lists and tables", "Listes et tableaux"),
    "parameters": ("Dated amounts", "Montants datés"),
    "wages": ("Wages", "Salaires"),
    "facts": ("Facts and questions", "Faits et questions"),
    "pages": ("Pages of the questionnaire", "Pages du questionnaire"),
    "guide": ("Corrections of what is still said", "Rectifications de ce qui se dit encore"),
    "sources": ("Sources", "Sources"),
    "provisions": ("Text of the law", "Texte de la loi"),
    "cases": ("Worked examples", "Exemples"),
}
ADDED, REMOVED, CHANGED, ENDED = "added", "removed", "changed", "ended"
KIND_WORDS = {
    ADDED: ("Added", "Ajout"), REMOVED: ("Removed", "Retrait"), CHANGED: ("Changed", "Modification"),
    ENDED: ("Ends", "Fin"),
}  # fmt: skip
ONLY_ORDER = ("Only the order has changed", "Seul l’ordre a changé")
SAME_WORDS = ("Written otherwise in the file, with the same words", "Écrit autrement dans le fichier, mêmes mots")
OTHER_LANGUAGE = {"en": ("fr", "French text"), "fr": ("en", "texte anglais")}
CRITERION = ("Criterion {name}", "Critère {name}")
THRESHOLD = ("Threshold", "Seuil")
EDITION = ("Members {period}", "Éléments {period}")
PREFIXES = ("Every occupation whose code begins with {value}", "Toute profession dont le code commence par {value}")
TEERS = ("Every occupation of TEER {value}", "Toute profession de la FEER {value}")
OPEN = ("Left open by the sources: {value}", "Laissé ouvert par les sources : {value}")
VALUES = ("Amounts", "Montants")
WAGE_ROWS = ("Rows (occupation, region, low, median, high)", "Lignes (profession, région, bas, médian, élevé)")
FIRST_DAY = ("Day of the examples", "Jour des exemples")
OUTCOMES = {
    "eligible": ("eligible", "admissible"),
    "officer_judgement": ("an officer decides", "un agent décide"),
    "undetermined": ("cannot tell yet", "impossible à déterminer"),
    "not_eligible": ("not eligible", "non admissible"),
}
NOT_IN_FORCE = ("not in force", "pas en vigueur")
EXAMPLES = ("Examples", "Exemples")
PROVISION_TEXT = ("The text has changed", "Le texte a changé")


def by_id(documents: Iterable[Any]) -> dict[str, Any]:
    return {document.id: document for document in documents}


Sides = list[list[str]]
Compare = Callable[[Any, Any], tuple[str, list[Change]]]


class Comparison:
    """Compares the parts of two rulebooks; a part that is missing on one side is None."""

    def __init__(self, before: Rulebook, after: Rulebook, language: str) -> None:
        self.rulebooks = (before, after)
        self.language = language
        self.words = (RuleWords(before, language), RuleWords(after, language))
        other, self.other_note = OTHER_LANGUAGE[language]
        self.other_words = (RuleWords(before, other), RuleWords(after, other))
        self.is_french = language == "fr"

    def keyed(self, before: Mapping[str, Any], after: Mapping[str, Any], compare: Compare) -> Iterator[Entry]:
        """Compare things that have names, in the order of their names."""
        for name in sorted({**before, **after}):
            one, other = before.get(name), after.get(name)
            if one == other:
                continue
            title, changes = compare(one, other)
            kind = ADDED if one is None else REMOVED if other is None else self._kind(one, other)
            yield self._entry(kind, name, title, changes)

    def whole(self, before: Any, after: Any, table: Mapping[str, Field], name: str) -> Iterator[Entry]:
        changes = self._fields(before, after, table)
        if changes:
            yield self._entry(CHANGED, name, SECTIONS[name][self.is_french], changes)

    def category(self, before: doc.Category | None, after: doc.Category | None) -> tuple[str, list[Change]]:
        changes = self._fields(before, after, fields.CATEGORY if after else fields.LEAVING_CATEGORY)
        old, new = (by_id(category.criteria) if category else {} for category in (before, after))
        for name in {**old, **new}:
            changes += self._criterion(name, old.get(name), new.get(name))
        if before and after and list(old) != list(new) and set(old) == set(new):
            changes.append(Change("condition", _pick(("Criteria", "Critères"), self), (), (), self._order))
        return self._titled(before, after, lambda words, one: f"{_keys(one)} · {words.text(one.name)}"), changes

    def general(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        return self._titled(before, after, lambda words, one: words.text(one.text)), self._rule(
            before, after, fields.GENERAL_RULE
        )

    def listed(self, before: doc.ListDocument | None, after: doc.ListDocument | None) -> tuple[str, list[Change]]:
        changes = self._fields(before, after, fields.LIST)
        old, new = (_by_start(one.editions) if one else {} for one in (before, after))
        for start in sorted({**old, **new}):
            changes += self._edition(old.get(start), new.get(start), before, after)
        return self._name(before, after), changes

    def parameter(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        def tell(words: RuleWords, one: doc.ParameterDocument) -> Iterator[str]:
            return (f"{words.amount(value.value, one.unit)}, {words.period(value)}" for value in one.values)

        changes = self._fields(before, after, fields.PARAMETER)
        changes += self._compared(Field("amounts", *VALUES, tell), before, after)
        return self._name(before, after), changes

    def wages(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        def tell(words: RuleWords, one: doc.WagesDocument) -> Iterator[str]:
            return (row.line if isinstance(row, WageRange) else row for _place, row in rows_in(one.table))

        changes = self._fields(before, after, fields.WAGES)
        changes += self._compared(Field("amounts", *WAGE_ROWS, tell), before, after)
        return self._name(before, after), changes

    def fact(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        return self._titled(before, after, lambda words, one: words.text(one.label)), self._fields(
            before, after, fields.FACT
        )

    def page(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        return self._titled(before, after, lambda words, one: words.text(one.title)), self._fields(
            before, after, fields.PAGE
        )

    def correction(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        return self._titled(before, after, lambda words, one: words.text(one.title)), self._fields(
            before, after, fields.CORRECTION
        )

    def source(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        return self._titled(before, after, lambda words, one: words.text(one.instrument)), self._fields(
            before, after, fields.SOURCE
        )

    def examples(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        def tell(words: RuleWords, one: doc.CasesDocument) -> Iterator[str]:
            yield words.titled(words.pick(FIRST_DAY), words.plain(one.base.as_of))
            yield from (words.fact(name, value) for name, value in one.base.facts.items())
            yield from (_example(words, case) for case in one.cases)

        def title(words: RuleWords, one: doc.CasesDocument) -> str:
            return words.text(words.rulebook.categories[one.category].name)

        changes = self._compared(Field("examples", *EXAMPLES, tell), before, after)
        return self._titled(before, after, title), list(changes)

    def provisions(self) -> Iterator[Entry]:
        before, after = (rulebook.provisions for rulebook in self.rulebooks)
        yield from self.whole(before, after, fields.PROVISIONS, "provisions")
        for label in sorted({**before.digests, **after.digests}):
            if label in before.digests and before.digests[label] != after.digests.get(label, before.digests[label]):
                change = Change("sources", PROVISION_TEXT[self.is_french], (), ())
                yield self._entry(CHANGED, label, label, [change])

    @property
    def _order(self) -> str:
        return ONLY_ORDER[self.is_french]

    def _entry(self, kind: str, name: str, title: str, changes: list[Change]) -> Entry:
        return Entry(kind, KIND_WORDS[kind][self.is_french], name, title, tuple(changes))

    def _kind(self, before: Any, after: Any) -> str:
        """A category that gets an earlier last day than it had ends."""
        if isinstance(before, doc.Category):
            old, new = before.in_force.until, after.in_force.until
            if new is not None and (old is None or new < old):
                return ENDED
        return CHANGED

    def _sides(self, before: Any, after: Any) -> Iterator[tuple[Any, RuleWords]]:
        return zip((before, after), self.words, strict=True)

    def _titled(self, before: Any, after: Any, title: Callable[[RuleWords, Any], str]) -> str:
        return title(self.words[after is not None], after if after is not None else before)

    def _name(self, before: Any, after: Any) -> str:
        return self._titled(before, after, lambda words, one: words.text(one.name))

    def _criterion(self, name: str, before: doc.Criterion | None, after: doc.Criterion | None) -> Iterator[Change]:
        if before == after:
            return
        heading = CRITERION[self.is_french].format(name=name)
        if before is None or after is None:
            kind = ADDED if before is None else REMOVED
            went, came = (tuple(_said_of(one, words)) if one else () for one, words in self._sides(before, after))
            yield Change(f"criterion_{kind}", f"{heading} · {KIND_WORDS[kind][self.is_french]}", went, came)
            return
        for change in self._rule(before, after, fields.CRITERION):
            yield replace(change, heading=f"{heading} · {change.heading}")

    def _rule(self, before: Any, after: Any, table: Mapping[str, Field]) -> list[Change]:
        """Compare two criteria; a condition in which only a number or a day differs has another threshold."""
        changes = self._fields(before, after, table)
        if before is None or after is None:
            return changes
        for name in ("when", "applies_when"):
            old, new = getattr(before, name), getattr(after, name)
            if old != new and _shape(old) == _shape(new):
                place = next(i for i, change in enumerate(changes) if change.heading == _heading(table[name], self))
                said = changes[place]
                changes[place] = Change("threshold", THRESHOLD[self.is_french], said.before, said.after, said.note)
        return changes

    def _edition(self, before: doc.Edition | None, after: doc.Edition | None, old: Any, new: Any) -> Iterator[Change]:
        if before == after:
            return
        one = after or before
        assert one is not None
        period = self.words[after is not None].period(one.in_force)
        documents = (old, new)

        def lines(words: tuple[RuleWords, RuleWords]) -> Sides:
            both = zip((before, after), words, documents, strict=True)
            return [list(_members(edition, word, listed)) for edition, word, listed in both]

        heading = EDITION[self.is_french].format(period=period)
        if before is None or after is None or before.in_force == after.in_force:
            yield from self._told("members", heading, lines(self.words), lines(self.other_words))
            return
        if before.model_copy(update={"in_force": after.in_force}) != after:
            yield from self._told("members", heading, lines(self.words), lines(self.other_words))
        spans = [[words.period(edition.in_force)] for edition, words in self._sides(before, after)]
        yield from self._told("dates", f"{heading} · {_heading(fields.IN_FORCE, self)}", spans, spans)

    def _fields(self, before: Any, after: Any, table: Mapping[str, Field]) -> list[Change]:
        found: list[Change] = []
        for name, field in table.items():
            old, new = (getattr(one, name) if one is not None else None for one in (before, after))
            if old != new:
                found += self._compared(field, old, new)
        return found

    def _compared(self, field: Field, before: Any, after: Any) -> Iterator[Change]:
        def lines(words: tuple[RuleWords, RuleWords]) -> Sides:
            both = zip((before, after), words, strict=True)
            return [list(field.tell(word, value)) if value is not None else [] for value, word in both]

        if before != after:
            yield from self._told(field.aspect, _heading(field, self), lines(self.words), lines(self.other_words))

    def _told(self, aspect: str, heading: str, said: Sides, other: Sides) -> Iterator[Change]:
        """Keep the lines that differ; those of the other language where the reader's are the same.

        What differs in the file only (the name of a source, say) is told as such: nothing changes in silence.
        """
        if said[0] != said[1]:
            yield self._change(aspect, heading, said, "")
        elif other[0] != other[1]:
            yield self._change(aspect, heading, other, self.other_note)
        else:
            yield Change(aspect, heading, (), (), SAME_WORDS[self.is_french])

    def _change(self, aspect: str, heading: str, said: Sides, note: str) -> Change:
        before, after = said
        if aspect in ("members", "amounts", "examples", "sources", "documents"):
            went, came = (
                list((Counter(before) - Counter(after)).elements()),
                list((Counter(after) - Counter(before)).elements()),
            )
            if not went and not came:
                return Change(aspect, heading, (), (), self._order)
        else:
            went, came = _differing(before, after)
        return Change(aspect, heading, tuple(went), tuple(came), note)


def _differing(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    went: list[str] = []
    came: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            went += before[start:end]
            came += after[first:last]
    return went, came


def _members(edition: doc.Edition | None, words: RuleWords, listed: doc.ListDocument) -> Iterator[str]:
    if edition is None:
        return
    yield from (words.member(member, listed.of) for member in edition.members)
    yield from (words.pick(PREFIXES).format(value=prefix) for prefix in edition.prefixes)
    yield from (words.pick(TEERS).format(value=teer) for teer in edition.teers)
    opened = [*edition.undetermined, *edition.undetermined_prefixes]
    yield from (words.pick(OPEN).format(value=words.member(value, listed.of)) for value in opened)
    for row in edition.rows:
        yield from words.row(row, listed)


def _by_start(editions: Iterable[doc.Edition]) -> dict[str, doc.Edition]:
    """Editions by their first day; that of always comes first."""
    return {str(edition.in_force.from_ or ""): edition for edition in editions}


def _example(words: RuleWords, case: doc.Case) -> str:
    outcome = words.pick(OUTCOMES[case.outcome]) if case.outcome else "" if case.in_force else words.pick(NOT_IN_FORCE)
    facts = [words.fact(name, value) for name, value in case.change.items()]
    facts += [words.fact(name, value) for name, values in case.each.items() for value in values]
    day = words.plain(case.as_of) if case.as_of else ""
    return " · ".join(filter(None, (case.name, outcome, ", ".join(case.failing or ()), day, *facts, case.code)))


def _said_of(criterion: doc.Criterion, words: RuleWords) -> Iterator[str]:
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


def _keys(category: doc.Category) -> str:
    last = category.codes[-1].code
    return f"{last}/{category.variant}" if category.variant else last


def _heading(field: Field, comparison: Comparison) -> str:
    return field.french if comparison.is_french else field.english


def _pick(pair: tuple[str, str], comparison: Comparison) -> str:
    return pair[comparison.is_french]


def _shape(condition: Any) -> Any:
    """Return a condition with its numbers and days left out."""
    if isinstance(condition, doc.Document):
        return type(condition), {name: _shape(value) for name, value in vars(condition).items()}
    if isinstance(condition, list):
        return [_shape(part) for part in condition]
    if isinstance(condition, bool) or (not isinstance(condition, int | float) and not hasattr(condition, "isoformat")):
        return condition
    return "…"
