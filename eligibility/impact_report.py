"""A finished impact run as people read it: by code, by consultant, and case by case with the criterion that did it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from eligibility.casework.assignment import name_of
from eligibility.impact import judged, table
from eligibility.impact_models import ImpactCase, ImpactRun
from eligibility.models import OutcomeWords
from eligibility.rejudging import UNCHANGED
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.charts import BarChart, bar_chart
from exemption_codes.releases import NoSuchRelease, rulebook_of

Change = ImpactCase.Change
NOBODY = "nobody"
MOST_BARS = 15


@dataclass(frozen=True)
class Row:
    """How many screenings each change has, for one code or consultant.

    `unchanged` counts the screenings in which the code, or for a consultant no code at all, changes.
    """

    key: str
    label: str
    numbers: tuple[int, ...]
    unchanged: int

    @property
    def has_changes(self) -> bool:
        return any(self.numbers)


@dataclass(frozen=True)
class CaseRow:
    """One change of one case."""

    pk: str
    reference: str
    code: str
    category: str
    change: str
    change_words: str
    before: str
    after: str
    before_words: str
    after_words: str
    criteria: tuple[str, ...]
    consultant: str


def by_code(run: ImpactRun) -> list[Row]:
    """The codes in which something changes, those with the most changes first."""
    rows = [(code, counts) for code, counts in table(run) if any(change != UNCHANGED for change in counts)]
    return [
        Row(code, code or _("No code: could not be judged"), _numbers(counts), counts.get(UNCHANGED, 0))
        for code, counts in rows
    ]


def by_consultant(run: ImpactRun) -> list[Row]:
    """How many changes the cases of each consultant have, and in how many nothing changes; nobody's come last."""
    counted = run.cases.values_list("screening__assignee", "change").annotate(number=Count("pk")).order_by()
    counts: dict[int | None, dict[str, int]] = {}
    for assignee, change, number in counted:
        counts.setdefault(assignee, {})[change] = number
    touched = dict(_by_assignee(run.cases.values_list("screening__assignee"), Count("screening", distinct=True)))
    unchanged = {
        key: all_of_it - touched.get(key, 0)
        for key, all_of_it in _by_assignee(judged(run).values_list("assignee"), Count("pk"))
    }
    users = User.objects.in_bulk([key for key in unchanged if key is not None])
    named = sorted((name_of(users[key]), key) for key in unchanged if key in users)
    rows = [Row(str(key), name, _numbers(counts.get(key, {})), unchanged[key]) for name, key in named]
    if None in unchanged:
        rows.append(Row(NOBODY, _("Nobody’s"), _numbers(counts.get(None, {})), unchanged[None]))
    return rows


def _by_assignee(rows: QuerySet[Any, Any], counted: Count) -> QuerySet[Any, Any]:
    return rows.annotate(number=counted).order_by()


def picture(run: ImpactRun) -> BarChart:
    """The codes with the most changes, as bars."""
    changes = Change.values
    rows = [(row.label, dict(zip(changes, row.numbers, strict=True))) for row in by_code(run)[:MOST_BARS]]
    return bar_chart("impact", _("Changes by code"), rows, Change.choices)


def chosen_cases(run: ImpactRun, chosen: Mapping[str, str]) -> QuerySet[ImpactCase]:
    """The changes that a reader filters by change, code and consultant; what stands for nothing filters nothing."""
    cases = run.cases.select_related("screening__assignee").only(*_FIELDS)
    if chosen.get("change") in Change.values:
        cases = cases.filter(change=chosen["change"])
    if chosen.get("code"):
        cases = cases.filter(code=chosen["code"])
    if chosen.get("assignee") == NOBODY:
        cases = cases.filter(screening__assignee=None)
    elif chosen.get("assignee", "").isdecimal():
        cases = cases.filter(screening__assignee=int(chosen["assignee"][:9]))
    return cases


def case_rows(run: ImpactRun, cases: QuerySet[ImpactCase], language: str) -> Iterator[CaseRow]:
    outcomes = {**dict(OutcomeWords.choices), "": _("Not in force")}
    rulebooks = [rulebook for digest in (run.after_digest, run.before_digest) if (rulebook := _stored(digest))]
    for case in cases:
        screening: Any = case.screening
        yield CaseRow(
            str(screening.pk), screening.reference, case.code, case.category, case.change,
            str(case.get_change_display()), case.before, case.after,
            str(outcomes[case.before]), str(outcomes[case.after]),
            tuple(_criterion(name, case.category, rulebooks, language) for name in case.criteria),
            name_of(screening.assignee) if screening.assignee else "",
        )  # fmt: skip


_FIELDS = (
    "run", "category", "code", "change", "before", "after", "criteria",
    "screening__reference", "screening__assignee__username", "screening__assignee__first_name",
    "screening__assignee__last_name",
)  # fmt: skip


def _numbers(counts: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(counts.get(change, 0) for change in Change.values)


def _stored(digest: str) -> Rulebook | None:
    try:
        return rulebook_of(digest)
    except NoSuchRelease:
        return None


def _criterion(name: str, category: str, rulebooks: list[Rulebook], language: str) -> str:
    """Say a criterion in the words of the later release that has it; its name where none is stored."""
    for rulebook in rulebooks:
        found = rulebook.categories.get(category)
        for criterion in found.criteria if found else ():
            if criterion.id == name:
                return criterion.text.in_language(language)
    return name
