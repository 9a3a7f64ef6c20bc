"""The life of a category: what changed on which day, and the strip on which its codes are drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from eligibility.engine.words import day_in_words, provision_in_words
from exemption_codes.browse.mentions import lists_read
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

ONE_DAY = timedelta(days=1)
MOST_YEARS_NAMED = 6
NARROWEST_WITH_NAME = 9


@dataclass(frozen=True)
class Event:
    """What changed on a day; `iso` is empty where the catalogue does not reach back to it."""

    day: date
    words: str
    iso: str
    texts: tuple[str, ...]
    is_ahead: bool


@dataclass(frozen=True)
class Segment:
    """A code's stretch on the strip, in percent of its width, as texts with a point."""

    code: str
    left: str
    width: str
    middle: str
    is_now: bool
    is_named: bool


@dataclass(frozen=True)
class Mark:
    left: str
    label: str


@dataclass(frozen=True)
class Timeline:
    """`now` is the mark of the day that the page speaks of."""

    events: tuple[Event, ...]
    segments: tuple[Segment, ...]
    changes: tuple[Mark, ...]
    years: tuple[Mark, ...]
    now: Mark | None


def timeline_of(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> Timeline:
    """Return everything that changes in a category's life, and the strip from its beginning to a year from `on`."""
    events = _events(category, rulebook, on, language)
    strip = _Strip(category, rulebook, on)
    return Timeline(
        events=events,
        segments=tuple(strip.segments(category, on)),
        changes=tuple(strip.mark(event.day, event.words) for event in events if strip.shows(event.day)),
        years=tuple(strip.years()),
        now=strip.mark(on, day_in_words(on, language)) if strip.shows(on) else None,
    )


def _events(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> tuple[Event, ...]:
    found: dict[date, list[str]] = {}
    for day, text in sorted(_changes(category, rulebook, language), key=lambda pair: pair[0]):
        if text not in found.setdefault(day, []):
            found[day].append(text)
    covers = rulebook.catalogue.covers
    return tuple(
        Event(day, day_in_words(day, language), day.isoformat() if covers.holds(day) else "", tuple(texts), day > on)
        for day, texts in found.items()
    )


def _changes(category: doc.Category, rulebook: Rulebook, language: str) -> Iterator[tuple[date, str]]:
    life = category.in_force
    if life.from_:
        first = category.code_on(life.from_) or category.codes[0].code
        yield life.from_, _("The category begins, with the code %(code)s.") % {"code": first}
    for before, after in zip(category.codes, category.codes[1:], strict=False):
        if after.from_:
            yield after.from_, _("The code %(old)s becomes %(new)s.") % {"old": before.code, "new": after.code}
    for earlier, later in zip(category.basis, category.basis[1:], strict=False):
        if later.from_:
            words = {"old": provision_in_words(earlier.provision, language),
                     "new": provision_in_words(later.provision, language)}  # fmt: skip
            yield later.from_, _("The legal basis %(old)s becomes %(new)s.") % words
    for criterion in category.criteria:
        yield from _criterion_changes(criterion, life, language)
    for listed in _lists_of(category):
        document = rulebook.lists[listed]
        for edition in document.editions[1:]:
            if edition.in_force.from_ and life.holds(edition.in_force.from_):
                yield (
                    edition.in_force.from_,
                    _("Changed list: %(list)s.") % {"list": document.name.in_language(language)},
                )
    if life.until:
        yield life.until, _("Last day of the category.")


def _criterion_changes(criterion: doc.Criterion, life: doc.Period, language: str) -> Iterator[tuple[date, str]]:
    text = criterion.text.in_language(language)
    start, end = criterion.in_force.from_, criterion.in_force.until
    if start and start != life.from_:
        yield start, _("New: %(requirement)s") % {"requirement": text}
    if end and end != life.until:
        yield end + ONE_DAY, _("No longer: %(requirement)s") % {"requirement": text}


def _lists_of(category: doc.Category) -> list[str]:
    read = (lists_read(part) for criterion in category.criteria for part in (criterion.when, criterion.applies_when))
    return list(dict.fromkeys(listed for pairs in read for listed, _fact in pairs))


class _Strip:
    """Days as places between 0 and 100 percent."""

    def __init__(self, category: doc.Category, rulebook: Rulebook, on: date) -> None:
        covers, life = rulebook.catalogue.covers, category.in_force
        first = max(filter(None, (life.from_, covers.from_)), default=on)
        last = min(filter(None, (life.until, date(max(on, rulebook.catalogue.law_as_of).year, 12, 31))))
        self.first, self.last = first, max(last, first + ONE_DAY)

    def shows(self, day: date) -> bool:
        return self.first < day < self.last

    def mark(self, day: date, label: str) -> Mark:
        return Mark(_percent(self._place(day)), label)

    def segments(self, category: doc.Category, on: date) -> Iterator[Segment]:
        for name in category.codes:
            left = self._place(name.from_ or self.first)
            right = self._place(name.until + ONE_DAY if name.until else self.last)
            width = right - left
            if width > 0:
                middle = _percent(left + width / 2)
                is_named = width >= NARROWEST_WITH_NAME
                yield Segment(name.code, _percent(left), _percent(width), middle, name.holds(on), is_named)

    def years(self) -> Iterator[Mark]:
        years = list(range(self.first.year + 1, self.last.year + 1))
        step = -(-len(years) // MOST_YEARS_NAMED) or 1
        for year in years[::step]:
            yield self.mark(date(year, 1, 1), str(year))

    def _place(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return 100 * min(max(share, 0.0), 1.0)


def _percent(place: float) -> str:
    return f"{place:.2f}%"
