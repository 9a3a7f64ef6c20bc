"""The joints of a plan, grown from normal forms and laid in rows, as bits.py needs them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from exemption_codes.catalogue.conditions import AllOf, AnyOf, Node

WIDEST_GAP = 40


@dataclass(eq=False)
class Joint:
    """One `all` or `any` of the plan: its own tests, its inner joints (of the other kind), the category it serves."""

    owner: int
    tests: list[Node] = field(default_factory=list)
    parts: list["Joint"] = field(default_factory=list)


class Row(NamedTuple):
    """Some children of one depth, in the order of their parents: where they start, how many, where the parents do."""

    start: int
    mask: int
    under: int


def joint_of(node: Node, is_all: bool, owner: int) -> Joint:
    """Return a joint of the wanted kind that holds when a normal form holds."""
    joint = Joint(owner)
    kind = AllOf if is_all else AnyOf
    for part in node.parts if isinstance(node, kind) else (node,):
        if isinstance(part, AllOf | AnyOf):
            joint.parts.append(joint_of(part, not is_all, owner))
        else:
            joint.tests.append(part)
    return joint


def depth_of(root: Joint) -> int:
    """Return how many joints stand under one another, itself among them."""
    return 1 + max(map(depth_of, root.parts), default=0)


def fan_of(root: Joint) -> int:
    """Return the most parts that a part of the joint has."""
    return max((len(part.parts) for part in root.parts), default=0)


def next_layer(parents: Sequence[Joint | None]) -> tuple[list[Joint | None], list[Row]]:
    """Lay the children of a depth in rows; returns them (None: a gap, whose parent has no such child) and the rows."""
    counts = [len(parent.parts) if parent else 0 for parent in parents]
    layer: list[Joint | None] = []
    rows: list[Row] = []
    for number in range(max(counts, default=0)):
        for first, end in _windows([place for place, count in enumerate(counts) if count > number]):
            rows.append(Row(len(layer), (1 << (end - first)) - 1, first))
            for parent in parents[first:end]:
                layer.append(parent.parts[number] if parent and len(parent.parts) > number else None)
    return layer, rows


def _windows(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans, end excluded, that hold all places and no wide gap, for idle bits cost more than a row."""
    first = previous = places[0]
    for place in places[1:]:
        if place - previous > WIDEST_GAP:
            yield first, previous + 1
            first = place
        previous = place
    yield first, previous + 1
