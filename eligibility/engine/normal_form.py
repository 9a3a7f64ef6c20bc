"""Conditions in one shape for the fast readers: negation pushed into the tests, nested equal joints merged."""

from functools import lru_cache

from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node

ALWAYS = AllOf(())
NEVER = AnyOf(())
OPPOSITES = {
    "is": "is_not", "one_of": "none_of", "includes_any": "includes_none",
    "at_least": "less_than", "more_than": "at_most",
}  # fmt: skip
OPPOSITES |= {opposite: operator for operator, opposite in OPPOSITES.items()}


@lru_cache(maxsize=65536)
def normal_form(node: Node, holds: bool = True) -> Node:
    """Return an equal condition in which only a comparison of two facts can still be negated.

    `holds` False gives the normal form of the opposite. A condition that can never hold is `NEVER`, one that always
    holds is `ALWAYS`; a dispute stays a dispute, for neither it nor its opposite is ever settled.
    """
    match node:
        case Leaf(fact, operator, value, rank):
            return node if holds else Leaf(fact, OPPOSITES[operator], value, rank)
        case Compare():
            return node if holds else Negation(node)
        case Disputed():
            return node
        case Negation(part):
            return normal_form(part, not holds)
        case AllOf(parts) | AnyOf(parts):
            normal = tuple(normal_form(part, holds) for part in parts)
            return join(normal, isinstance(node, AllOf) is holds)
    raise TypeError(f"not a condition: {node!r}")


def join(parts: tuple[Node, ...], is_all: bool) -> Node:
    """Join normal forms: equal joints merge, repeats and what changes nothing drop out, what settles stands alone."""
    joint, neutral, settling = (AllOf, ALWAYS, NEVER) if is_all else (AnyOf, NEVER, ALWAYS)
    flat: dict[Node, None] = {}
    for part in parts:
        if part == settling:
            return settling
        if part != neutral:
            flat.update(dict.fromkeys(part.parts if isinstance(part, joint) else (part,)))
    return next(iter(flat)) if len(flat) == 1 else joint(tuple(flat))
