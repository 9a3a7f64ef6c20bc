"""What is left of a category's conditions once the known facts are put in."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from eligibility.engine.compile import CompiledCategory
from eligibility.engine.derive import DERIVED, follows_from
from eligibility.engine.evaluate import comparison_holds, leaf_holds
from eligibility.engine.normal_form import ALWAYS, NEVER, join
from eligibility.engine.trials import facts_read
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node, leaves_of

NOT_TOLD = Disputed("not told")


@dataclass(frozen=True)
class Remainder:
    """What is left of a category: its criteria that are not met yet, the facts known so far and those never told."""

    rules: tuple[Node, ...]
    values: Mapping[str, Any]
    untold: frozenset[str] = frozenset()

    @property
    def is_closed(self) -> bool:
        return self.rules == (NEVER,)

    def lacks(self, name: str) -> bool:
        """Tell whether the category is open and a fact still to be told."""
        return name not in self.values and name not in self.untold and not self.is_closed

    def is_like(self, other: "Remainder") -> bool:
        """Tell whether the same is left of both, and will come out alike whatever is answered."""
        if self.rules != other.rules:
            return False
        read = {name for rule in self.rules for test in leaves_of(rule) for name in facts_read(test)}
        read.update(base for name in tuple(read) if name in DERIVED for base in DERIVED[name].bases)
        return all(self.values.get(name) == other.values.get(name) for name in read)

    def plus(self, added: Mapping[str, Any]) -> "Remainder":
        """Return what is left when more is known."""
        rules: dict[Node, None] = {}
        for rule in self.rules:
            left = simplified(rule, added, self.values)
            if left == NEVER:
                return Remainder((NEVER,), self.values)
            if left != ALWAYS:
                rules[left] = None
        return Remainder(tuple(rules), {**self.values, **added}, self.untold)

    def without(self, name: str) -> "Remainder":
        """Return what is left when a fact, and so what follows from it, is never told."""
        untold = frozenset(other for other in (name, *follows_from(name)) if other not in self.values)
        rules = dict.fromkeys(_untold(rule, untold) for rule in self.rules)
        return Remainder(tuple(rules), self.values, self.untold | untold)


def remainder(compiled: CompiledCategory, values: Mapping[str, Any]) -> Remainder:
    """Return what is left of a category for somebody of whom `values` are known."""
    return Remainder(tuple(rule.normal for rule in compiled.rules), {}).plus(values)


def simplified(node: Node, added: Mapping[str, Any], known: Mapping[str, Any]) -> Node:
    """Return what is left of a normal form when the tests of known facts are decided."""
    match node:
        case Leaf(fact):
            if fact not in added:
                return node
            return ALWAYS if leaf_holds(node, added[fact]) else NEVER
        case Compare(fact, _, other):
            left, right = _either(fact, added, known), _either(other, added, known)
            if left is None or right is None:
                return node
            return ALWAYS if comparison_holds(node, left, right) else NEVER
        case Negation(part):
            left = simplified(part, added, known)
            return node if left is part else NEVER if left == ALWAYS else ALWAYS
        case AllOf(parts) | AnyOf(parts):
            left = tuple(simplified(part, added, known) for part in parts)
            unchanged = all(one is other for one, other in zip(left, parts, strict=True))
            return node if unchanged else join(left, isinstance(node, AllOf))
    return node


def _untold(node: Node, names: AbstractSet[str]) -> Node:
    match node:
        case Leaf() | Compare():
            return node if names.isdisjoint(facts_read(node)) else NOT_TOLD
        case Negation(part):
            return node if _untold(part, names) is part else NOT_TOLD
        case AllOf(parts) | AnyOf(parts):
            return join(tuple(_untold(part, names) for part in parts), isinstance(node, AllOf))
    return node


def _either(fact: str, added: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
    return added[fact] if fact in added else known.get(fact)
