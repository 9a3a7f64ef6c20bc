"""The parts of two rulebooks compared: what each says, field by field, and the lines in which the two differ."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from exemption_codes import diff_fields as fields
from exemption_codes import diff_words as say
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.wages import WageRange, rows_in
from exemption_codes.diff_compare import Comparer, Sides, by_id
from exemption_codes.diff_entries import Change, Entry
from exemption_codes.diff_fee_fields import FEE, FEE_CEILING, FEE_RULE
from exemption_codes.diff_fields import Field
from exemption_codes.diff_tellings import by_start, example, keys, members, said_of, shape
from exemption_codes.rule_words import RuleWords


class Comparison(Comparer):
    """Compares the parts of two rulebooks; a part that is missing on one side is None."""

    def category(self, before: doc.Category | None, after: doc.Category | None) -> tuple[str, list[Change]]:
        changes = self._fields(before, after, fields.CATEGORY if after else fields.LEAVING_CATEGORY)
        old, new = (by_id(category.criteria) if category else {} for category in (before, after))
        for name in {**old, **new}:
            changes += self._criterion(name, old.get(name), new.get(name))
        if before and after and list(old) != list(new) and set(old) == set(new):
            changes.append(Change("condition", say.CRITERIA[self.is_french], (), (), self._order))
        return self._titled(before, after, lambda words, one: f"{keys(one)} · {words.text(one.name)}"), changes

    def general(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        return self._titled(before, after, lambda words, one: words.text(one.text)), self._rule(
            before, after, fields.GENERAL_RULE
        )

    def listed(self, before: doc.ListDocument | None, after: doc.ListDocument | None) -> tuple[str, list[Change]]:
        changes = self._fields(before, after, fields.LIST)
        old, new = (by_start(one.editions) if one else {} for one in (before, after))
        for start in sorted({**old, **new}):
            changes += self._edition(old.get(start), new.get(start), before, after)
        return self._name(before, after), changes

    def parameter(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        def tell(words: RuleWords, one: doc.ParameterDocument) -> Iterator[str]:
            return (f"{words.amount(value.value, one.unit)}, {words.period(value)}" for value in one.values)

        changes = self._fields(before, after, fields.PARAMETER)
        changes += self._compared(Field("amounts", *say.VALUES, tell), before, after)
        return self._name(before, after), changes

    def wages(self, before: Any, after: Any) -> tuple[str, list[Change]]:
        def tell(words: RuleWords, one: doc.WagesDocument) -> Iterator[str]:
            return (row.line if isinstance(row, WageRange) else row for _place, row in rows_in(one.table))

        changes = self._fields(before, after, fields.WAGES)
        changes += self._compared(Field("amounts", *say.WAGE_ROWS, tell), before, after)
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
            yield words.titled(words.pick(say.FIRST_DAY), words.plain(one.base.as_of))
            yield from (words.fact(name, value) for name, value in one.base.facts.items())
            yield from (example(words, case) for case in one.cases)

        def title(words: RuleWords, one: doc.CasesDocument) -> str:
            return words.text(words.rulebook.categories[one.category].name)

        changes = self._compared(Field("examples", *say.EXAMPLES, tell), before, after)
        return self._titled(before, after, title), list(changes)

    def provisions(self) -> Iterator[Entry]:
        before, after = (rulebook.provisions for rulebook in self.rulebooks)
        yield from self.whole(before, after, fields.PROVISIONS, "provisions")
        for label in sorted({**before.digests, **after.digests}):
            if label in before.digests and before.digests[label] != after.digests.get(label, before.digests[label]):
                change = Change("sources", say.PROVISION_TEXT[self.is_french], (), ())
                yield self._entry(say.CHANGED, label, label, [change])

    def _criterion(self, name: str, before: doc.Criterion | None, after: doc.Criterion | None) -> Iterator[Change]:
        if before == after:
            return
        heading = say.CRITERION[self.is_french].format(name=name)
        if before is None or after is None:
            kind = say.ADDED if before is None else say.REMOVED
            went, came = (tuple(said_of(one, words)) if one else () for one, words in self._sides(before, after))
            yield Change(f"criterion_{kind}", f"{heading} · {say.KIND_WORDS[kind][self.is_french]}", went, came)
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
            if old != new and shape(old) == shape(new):
                place = next(i for i, change in enumerate(changes) if change.heading == self._heading(table[name]))
                said = changes[place]
                changes[place] = Change("threshold", say.THRESHOLD[self.is_french], said.before, said.after, said.note)
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
            return [list(members(edition, word, listed)) for edition, word, listed in both]

        heading = say.EDITION[self.is_french].format(period=period)
        if before is None or after is None or before.in_force == after.in_force:
            yield from self._told("members", heading, lines(self.words), lines(self.other_words))
            return
        if before.model_copy(update={"in_force": after.in_force}) != after:
            yield from self._told("members", heading, lines(self.words), lines(self.other_words))
        spans = [[words.period(edition.in_force)] for edition, words in self._sides(before, after)]
        yield from self._told("dates", f"{heading} · {self._heading(fields.IN_FORCE)}", spans, spans)

    def fee(self, before: doc.FeeDocument | None, after: doc.FeeDocument | None) -> tuple[str, list[Change]]:
        changes = self._fields(before, after, FEE)
        for table, words, part in ((FEE_RULE, say.FEE_RULE, "rules"), (FEE_CEILING, say.FEE_CEILING, "ceilings")):
            old, new = (_named(getattr(fee, part)) if fee else {} for fee in (before, after))
            for name in {**old, **new}:
                heading = words[self.is_french].format(name=name)
                said = self._fields(old.get(name), new.get(name), table)
                changes += (replace(change, heading=f"{heading} · {change.heading}") for change in said)
            if set(old) == set(new) and list(old) != list(new):
                changes.append(Change("condition", say.RULES[self.is_french], (), (), self._order))
        return self._titled(before, after, _fee_name), changes


def _named(rules: list[Any]) -> dict[str, Any]:
    """Rules of a fee by their name, ceilings by that of their amount."""
    return {getattr(rule, "id", None) or rule.amount: rule for rule in rules}


def _fee_name(words: RuleWords, fee: doc.FeeDocument) -> str:
    amount = words.rulebook.parameters.get(fee.id)
    return words.text(amount.name) if amount else fee.id
