"""Charts as values for a template: positions in percent as text, so that no language writes them with a comma."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

BAR_TOP = 22
PLOT = 140
MOST_LABELS = 8


@dataclass(frozen=True)
class Segment:
    """One part of a bar; `kind` decides its look."""

    kind: str
    words: str
    number: int
    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """One bar; `said` tells what it shows."""

    label: str
    number: int
    said: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class BarChart:
    """Bars one below the other."""

    id: str
    title: str
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    label: str
    number: int
    x: str
    middle: str
    width: str
    y: int
    height: int
    is_labelled: bool


@dataclass(frozen=True)
class ColumnChart:
    """Columns side by side, such as numbers by week."""

    id: str
    title: str
    said: str
    height: int
    most: int
    columns: tuple[Column, ...]


def bar_chart(
    name: str, title: str, rows: Sequence[tuple[str, Mapping[str, int]]], kinds: Sequence[tuple[str, Any]]
) -> BarChart:
    """Draw rows of numbers by kind, each bar as long as its sum is to the largest one."""
    most = max((sum(numbers.values()) for _label, numbers in rows), default=0) or 1
    words = {kind: str(said) for kind, said in kinds}
    bars = tuple(_bar(label, numbers, words, most) for label, numbers in rows)
    shown = {segment.kind for bar in bars for segment in bar.segments}
    legend = tuple((kind, said) for kind, said in words.items() if kind in shown) if len(words) > 1 else ()
    return BarChart(name, title, bars, legend)


def column_chart(name: str, title: str, values: Sequence[tuple[str, int]]) -> ColumnChart:
    """Draw numbers in their order, each as high as it is to the largest one."""
    most = max((number for _label, number in values), default=0) or 1
    width = 100 / max(len(values), 1)
    every = -(-len(values) // MOST_LABELS)
    columns = []
    for place, (label, number) in enumerate(values):
        height = round(PLOT * number / most)
        x = place * width
        columns.append(
            Column(
                label, number, _percent(x + width * 0.1), _percent(x + width / 2), _percent(width * 0.8),
                PLOT - height + BAR_TOP, height, place % every == 0,
            )
        )  # fmt: skip
    said = "; ".join(_said(label, number) for label, number in values)
    return ColumnChart(name, title, said, PLOT + 2 * BAR_TOP, most, tuple(columns))


def _bar(label: str, numbers: Mapping[str, int], words: Mapping[str, str], most: int) -> Bar:
    x, segments = 0.0, []
    for kind, said in words.items():
        number = numbers.get(kind, 0)
        if number:
            width = 100 * number / most
            segments.append(Segment(kind, said, number, _percent(x), _percent(width)))
            x += width
    parts = ", ".join(f"{segment.words} {segment.number}".strip() for segment in segments)
    return Bar(label, sum(numbers.values()), _said(label, parts or 0), tuple(segments))


def _said(label: str, number: Any) -> str:
    return _("%(label)s: %(number)s") % {"label": label, "number": number}


def _percent(value: float) -> str:
    return f"{value:.2f}%"
