"""A condition as it is written, as a tree of sentences: what must all hold, what is enough, what an officer weighs.

Unlike the evidence of one person's result it has no verdicts, and it leaves lists and tables as what they are.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from eligibility.engine.tree import JOINTS, pattern_for
from eligibility.engine.words import capitalised, day_in_words, label, value_in_words
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import FACT_OPERATORS
from exemption_codes.catalogue.rulebook import ParameterNotInForce, Rulebook

LONGEST_SENTENCE = 180
# A test of one value among several says it as a test of that value.
OF_ONE = {"one_of": "is", "includes_any": "is", "none_of": "is_not"}
MOST_LINES_DRAWN = 40


@dataclass(frozen=True)
class RuleBranch:
    """One part of a condition: `kind` is test, officer, all, any, not, table or disputed.

    `values` are those that a test names, where they are too many for its sentence; `table` is the list to look in,
    `parameter` the dated amount that it is measured by.
    """

    kind: str
    text: str
    parts: tuple["RuleBranch", ...] = ()
    values: tuple[str, ...] = ()
    table: str = ""
    parameter: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it says no more than its criterion's sentence does."""
        return self.kind in ("test", "officer") and not (self.values or self.table or self.parameter)

    @property
    def size(self) -> int:
        """How many lines it takes."""
        return 1 + sum(part.size for part in self.parts) + len(self.values) // 4

    @property
    def is_long(self) -> bool:
        return self.size > MOST_LINES_DRAWN


def rule_branch(condition: Any, rulebook: Rulebook, on: date, language: str) -> RuleBranch:
    """Put a written condition into sentences; parts of the same kind inside each other become one level."""
    return _Writer(rulebook, on, language).branch(condition)


class _Writer:
    def __init__(self, rulebook: Rulebook, on: date, language: str) -> None:
        self.rulebook, self.on, self.language = rulebook, on, language
        self.is_french = language == "fr"

    def branch(self, condition: Any, table: str = "") -> RuleBranch:
        match condition:
            case doc.AllOf(all=parts):
                return self._joined("all", parts, table)
            case doc.AnyOf(any=parts):
                return self._joined("any", parts, table)
            case doc.Negation(not_=doc.FactTest(in_list=str(listed)) as test):
                return self._listed(test, listed, _("%(fact)s: none on the list “%(list)s”"))
            case doc.Negation(not_=part):
                return RuleBranch("not", JOINTS["not"][self.is_french], (self.branch(part, table),))
            case doc.Disputed(disputed=reason):
                conflict = self.rulebook.catalogue.conflicts.get(reason)
                said = conflict.in_language(self.language) if conflict else JOINTS["disputed"][self.is_french]
                return RuleBranch("disputed", said)
            case doc.RowOf():
                return self._row(condition)
            case doc.FactTest():
                return self._test(condition, table)
        raise TypeError(f"not a condition: {condition!r}")

    def _joined(self, kind: str, parts: list[Any], table: str) -> RuleBranch:
        inner = [self.branch(part, table) for part in parts]
        flat = tuple(leaf for part in inner for leaf in (part.parts if part.kind == kind else (part,)))
        return flat[0] if len(flat) == 1 else RuleBranch(kind, JOINTS[kind][self.is_french], flat)

    def _row(self, condition: doc.RowOf) -> RuleBranch:
        """What a table says in the row that a fact picks."""
        words = {
            "fact": capitalised(label(condition.by, self.rulebook, self.language)),
            "list": self._list_name(condition.row_of),
        }
        if condition.check is not None:
            inner = self.branch(condition.check, condition.row_of)
            said = _("%(fact)s: its row in the table “%(list)s” gives the limits") % words
            return RuleBranch("table", said, (inner,), table=condition.row_of)
        heading = self._heading(condition.row_of, condition.holds or "")
        if heading:
            said = _("%(fact)s: its row in the table “%(list)s”, under “%(column)s”") % {**words, "column": heading}
        else:
            said = _("%(fact)s: it has a row in the table “%(list)s”") % words
        return RuleBranch("table", said, table=condition.row_of)

    def _test(self, test: doc.FactTest, table: str) -> RuleBranch:
        parts = [
            self._operator(test.fact, operator, getattr(test, attribute), table)
            for attribute, operator in FACT_OPERATORS
            if getattr(test, attribute) is not None
        ]
        for operator, other in (("at_least_fact", test.at_least_fact), ("same_as_fact", test.same_as_fact)):
            if other:
                parts.append(self._said(operator, test.fact, label(other, self.rulebook, self.language)))
        if test.in_list:
            parts.append(self._listed(test, test.in_list, _("%(fact)s: on the list “%(list)s”")))
        return parts[0] if len(parts) == 1 else RuleBranch("all", JOINTS["all"][self.is_french], tuple(parts))

    def _operator(self, fact: str, operator: str, wanted: Any, table: str) -> RuleBranch:
        if isinstance(wanted, doc.ColumnRef):
            column = self._heading(table, wanted.column) or wanted.column
            return self._said(operator, fact, _("“%(column)s” in the table") % {"column": column})
        if isinstance(wanted, doc.ParameterRef):
            drawn = self._said(operator, fact, self._parameter(fact, wanted.parameter))
            return replace(drawn, parameter=wanted.parameter)
        items = wanted if isinstance(wanted, list) else [wanted]
        if len(items) == 1:
            operator = OF_ONE.get(operator, operator)
        said = tuple(value_in_words(fact, item, self.rulebook, self.language) for item in items)
        is_list = len(said) > 1 and self.rulebook.facts[fact].type == "noc"
        if is_list or len(", ".join(said)) > LONGEST_SENTENCE:
            branch = self._said(operator, fact, "")
            return RuleBranch(branch.kind, branch.text.strip(), values=said)
        return self._said(operator, fact, ", ".join(said))

    def _parameter(self, fact: str, name: str) -> str:
        """Say the value of a parameter on the day, its name, and since when it holds."""
        document = self.rulebook.parameters[name]
        dated = next((value for value in document.values if value.holds(self.on)), None)
        if dated is None:
            raise ParameterNotInForce(name, self.on)
        words = {
            "value": value_in_words(fact, dated.value, self.rulebook, self.language),
            "name": document.name.in_language(self.language),
        }
        if dated.from_ is None:
            return _("%(value)s (%(name)s)") % words
        return _("%(value)s (%(name)s, since %(day)s)") % {**words, "day": day_in_words(dated.from_, self.language)}

    def _said(self, operator: str, fact: str, value: str) -> RuleBranch:
        name = capitalised(label(fact, self.rulebook, self.language))
        definition = self.rulebook.facts[fact]
        pattern = pattern_for(operator, definition, self.language)
        return RuleBranch("officer" if definition.judged else "test", pattern.format(label=name, value=value))

    def _listed(self, test: doc.FactTest, listed: str, pattern: str) -> RuleBranch:
        name = capitalised(label(test.fact, self.rulebook, self.language))
        return RuleBranch("table", pattern % {"fact": name, "list": self._list_name(listed)}, table=listed)

    def _list_name(self, listed: str) -> str:
        return self.rulebook.lists[listed].name.in_language(self.language)

    def _heading(self, listed: str, column: str) -> str:
        heading = self.rulebook.lists[listed].columns.get(column) if listed else None
        return heading.in_language(self.language) if heading else ""
