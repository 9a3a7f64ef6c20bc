"""Dates that must follow each other without gaps or overlaps, and lie within the life of what they belong to."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.problems import Problem
from exemption_codes.catalogue.yaml_reader import PathKey, Source

ONE_DAY = timedelta(days=1)
Reports = Iterator[Problem]


def check_period(period: doc.Period | None, source: Source, path: PathKey) -> Reports:
    if period and period.from_ and period.until and period.until < period.from_:
        yield source.problem(path, "until comes before from", "both days are inclusive; exchange or mend them")


def check_spans(spans: Sequence[doc.Period | None], source: Source, path: PathKey, what: str) -> Reports:
    """Yield what is wrong between spans that follow each other; spans that could not be read are left out."""
    for index, span in enumerate(spans):
        yield from check_period(span, source, (*path, index))
    for index in range(1, len(spans)):
        before, after = spans[index - 1], spans[index]
        if before is None or after is None:
            continue
        if before.until is None or after.from_ is None or after.from_ <= before.until:
            hint = "order them by date, and end one the day before the next begins"
            yield source.problem((*path, index), f"the {what} overlap", hint)
        elif after.from_ != before.until + ONE_DAY:
            hint = f"let this one begin on {before.until + ONE_DAY}, or end the one before on {after.from_ - ONE_DAY}"
            yield source.problem((*path, index), f"there is a gap between the {what}", hint)


def check_covers(
    spans: Sequence[doc.Period | None], life: doc.Period | None, source: Source, path: PathKey, what: str
) -> Reports:
    """Spans in order must fill the life of the category they belong to."""
    if not spans or life is None or any(span is None for span in spans):
        return
    if not covers([span for span in spans if span], life):
        hint = f"the category lives {in_words(life)}"
        yield source.problem(path, f"the {what} do not cover the life of the category", hint)


def covers(spans: Sequence[doc.Period], life: doc.Period) -> bool:
    return first_day(spans[0]) <= first_day(life) and last_day(spans[-1]) >= last_day(life)


def is_within(inner: doc.Period, outer: doc.Period) -> bool:
    """Whether a period lies in another; an open end takes the other's."""
    starts = inner.from_ is None or inner.from_ >= first_day(outer)
    return starts and (inner.until is None or inner.until <= last_day(outer))


def common_part(one: doc.Period, other: doc.Period) -> doc.Period | None:
    """Return the days that two periods share; None when there are none."""
    start, end = max(first_day(one), first_day(other)), min(last_day(one), last_day(other))
    if start > end:
        return None
    ends = {"from": None if start == date.min else start, "until": None if end == date.max else end}
    return doc.Period.model_validate(ends)


def first_day(period: doc.Period) -> date:
    return period.from_ or date.min


def last_day(period: doc.Period) -> date:
    return period.until or date.max


def in_words(period: doc.Period) -> str:
    return f"from {period.from_ or 'the beginning'} until {period.until or 'further notice'}"
