"""What staff see first: how many cases come, how they come out, what waits, where people stop, what is lacking."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.counts import totals
from eligibility.engine.words import capitalised, label
from eligibility.models import CaseCode, CaseState, DailyCount, OutcomeWords, Screening
from exemption_codes.asked import reading_language
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.charts import BarChart, ColumnChart, bar_chart, column_chart
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import NoPublishedRelease, published_rulebook
from exemption_codes.unread import longest_unread

NEWEST = 10
WEEKS = 12
DAYS_COUNTED = 90
MOST_BARS = 10
PLAIN = (("plain", ""),)
# How many days a case of each group has waited at most; the last one has no end.
AGES = (
    (1, gettext_lazy("less than a day")),
    (3, gettext_lazy("1 to 3 days")),
    (7, gettext_lazy("3 to 7 days")),
    (14, gettext_lazy("1 to 2 weeks")),
    (30, gettext_lazy("2 weeks to 30 days")),
    (None, gettext_lazy("more than 30 days")),
)


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the index page what this person may see."""
    try:
        rulebook: Rulebook | None = published_rulebook()
    except NoPublishedRelease:
        rulebook = None
    if request.user.has_perm("eligibility.view_screening"):
        context |= _cases() | {"charts": _charts_of_cases(rulebook), "weeks": _weeks()}
    if request.user.has_perm("exemption_codes.view_cataloguerelease"):
        published = CatalogueRelease.objects.filter(status=CatalogueRelease.Status.PUBLISHED)
        context["release"] = published.defer("files").annotate(code_total=Count("codes")).first()
        context["unread"] = _unread(rulebook) if rulebook else []
    return context


def _cases() -> dict[str, Any]:
    submitted = Screening.objects.submitted()
    by_outcome = dict(submitted.order_by().values_list("best_outcome").annotate(total=Count("pk")))
    newest = submitted.defer("answers", "skipped", "contact_name", "contact_email")
    return {
        "newest": newest.order_by("-submitted_at")[:NEWEST],
        "outcomes": [(outcome.value, outcome.label, by_outcome.get(outcome.value, 0)) for outcome in OutcomeWords],
        "case_total": sum(by_outcome.values()),
    }


def _weeks() -> ColumnChart:
    """Cases that came in each of the last weeks, those without any too."""
    this_week = _monday(timezone.localdate())
    first = this_week - timedelta(weeks=WEEKS - 1)
    since = timezone.make_aware(datetime.combine(first, time()))
    rows = (
        Screening.objects.submitted()
        .filter(submitted_at__gte=since)
        .order_by()
        .values_list(TruncWeek("submitted_at"))
        .annotate(total=Count("pk"))
    )
    by_week = {timezone.localdate(moment): total for moment, total in rows}
    weeks = [first + timedelta(weeks=number) for number in range(WEEKS)]
    values = [(date_format(week, "SHORT_DATE_FORMAT"), by_week.get(week, 0)) for week in weeks]
    return column_chart("weeks", _("Cases sent, by week"), values)


def _charts_of_cases(rulebook: Rulebook | None) -> list[BarChart]:
    counted = totals(DAYS_COUNTED)
    return [
        bar_chart("codes", _("Outcomes by code, of the cases kept"), _by_code(), OutcomeWords.choices[:3]),
        bar_chart("ages", _("Cases not closed, by age"), _by_age(), PLAIN),
        bar_chart("stops", _("Pages where people stop (90 days)"), _stops(counted, rulebook), PLAIN),
        bar_chart("lacking", _("Facts that keep most codes open (90 days)"), _lacking(counted, rulebook), PLAIN),
    ]


def _by_code() -> list[tuple[str, dict[str, int]]]:
    """The codes that are not closed to most people."""
    rows = CaseCode.objects.order_by().values_list("key", "outcome").annotate(total=Count("pk"))
    by_key: dict[str, dict[str, int]] = {}
    for key, outcome, total in rows:
        by_key.setdefault(key, {})[outcome] = total
    return sorted(by_key.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:MOST_BARS]


def _by_age() -> list[tuple[str, dict[str, int]]]:
    now = timezone.now()
    younger: datetime | None = None
    groups: dict[str, Q] = {}
    for days, words in AGES:
        older = now - timedelta(days=days) if days else None
        wanted = Q(submitted_at__lte=younger) if younger else Q()
        groups[str(words)] = wanted & Q(submitted_at__gt=older) if older else wanted
        younger = older
    waiting = Screening.objects.submitted().exclude(state=CaseState.CLOSED)
    named = {f"age{number}": Count("pk", filter=wanted) for number, wanted in enumerate(groups.values())}
    found = waiting.aggregate(**named)
    return [(words, {"plain": found[name]}) for words, name in zip(groups, named, strict=True)]


def _stops(counted: dict[str, dict[str, int]], rulebook: Rulebook | None) -> list[tuple[str, dict[str, int]]]:
    """Pages that more people reached than answered."""
    left = counted.get(DailyCount.Kind.LEFT, {})
    reached = counted.get(DailyCount.Kind.REACHED, {})
    language = reading_language()
    titles = {page.id: page.title.in_language(language) for page in rulebook.pages} if rulebook else {}
    return _most((titles.get(page, page), number - left.get(page, 0)) for page, number in reached.items())


def _lacking(counted: dict[str, dict[str, int]], rulebook: Rulebook | None) -> list[tuple[str, dict[str, int]]]:
    facts = counted.get(DailyCount.Kind.LACKING, {})
    language = reading_language()
    known = rulebook.facts if rulebook else {}
    return _most(
        (capitalised(label(name, rulebook, language)) if rulebook and name in known else name, number)
        for name, number in facts.items()
    )


def _most(numbers: Iterable[tuple[str, int]]) -> list[tuple[str, dict[str, int]]]:
    ordered = sorted(((words, number) for words, number in numbers if number > 0), key=lambda row: (-row[1], row[0]))
    return [(words, {"plain": number}) for words, number in ordered[:MOST_BARS]]


def _unread(rulebook: Rulebook) -> list[dict[str, Any]]:
    language, today = reading_language(), timezone.localdate()
    return [
        {
            "key": one.key,
            "name": one.name.in_language(language),
            "source": one.source.in_language(language),
            "read_on": one.read_on,
            "days": (today - one.read_on).days,
        }
        for one in longest_unread(rulebook)[:MOST_BARS]
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
