"""The filters of the queue; each works on what is kept in clear, and reads its choices with one query at most."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eligibility.casework.assignment import name_of, workers
from eligibility.engine.determine import Outcome
from eligibility.models import CaseCode, CaseState, OutcomeWords, Screening
from eligibility.questionnaire.option_lists import countries
from exemption_codes.asked import reading_language

Choices = list[tuple[str, Any]]
Cases = QuerySet[Screening]
MATCHED = (Outcome.ELIGIBLE.value, Outcome.OFFICER_JUDGEMENT.value)
ME, NOBODY = "me", "nobody"
# Each: its words, the least and the most days since a case was sent.
AGES: dict[str, tuple[Any, int, int | None]] = {
    "day": (_("Less than a day"), 0, 1),
    "week": (_("1 to 7 days"), 1, 7),
    "month": (_("7 to 30 days"), 7, 30),
    "older": (_("More than 30 days"), 30, None),
}


class QueueFilter(admin.SimpleListFilter):
    """A filter that shows even a single choice: a bar of filters stays where it is."""

    def has_output(self) -> bool:
        return True


class StateFilter(QueueFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("open", _("Not closed")), *CaseState.choices]

    def queryset(self, request: HttpRequest, queryset: Cases) -> Cases:
        if self.value() == "open":
            return queryset.exclude(state=CaseState.CLOSED)
        return queryset.filter(state=self.value()) if self.value() in CaseState.values else queryset


class OutcomeFilter(QueueFilter):
    """The best outcome of a case; together with a code, the outcome of that code."""

    title = _("outcome")
    parameter_name = "best_outcome__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(OutcomeWords.choices)

    def queryset(self, request: HttpRequest, queryset: Cases) -> Cases:
        if self.value() not in OutcomeWords.values or request.GET.get("code"):
            return queryset
        return queryset.filter(best_outcome=self.value())


class CodeFilter(QueueFilter):
    """A code that somebody matched, or, together with an outcome, one that came out so."""

    title = _("code")
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        found = CaseCode.objects.order_by("key").values_list("key", flat=True).distinct()
        return [(key, key) for key in found]

    def queryset(self, request: HttpRequest, queryset: Cases) -> Cases:
        if not self.value():
            return queryset
        wanted = request.GET.get("best_outcome__exact", "")
        of_code = CaseCode.objects.filter(key=self.value()).values("screening")
        if wanted == Outcome.NOT_ELIGIBLE.value:
            return queryset.exclude(pk__in=of_code)
        return queryset.filter(pk__in=of_code.filter(outcome__in=[wanted] if wanted else MATCHED))


class CountryFilter(QueueFilter):
    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        rows = Screening.objects.submitted().order_by().values_list("countries", flat=True).distinct()
        there = {code for row in rows for code in row.split(",") if code}
        return [(one.value, one.words) for one in countries(reading_language()) if one.value in there]

    def queryset(self, request: HttpRequest, queryset: Cases) -> Cases:
        return queryset.of_country(self.value()) if self.value() else queryset  # type: ignore[attr-defined]


class AgeFilter(QueueFilter):
    title = _("age of the case")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(name, words) for name, (words, _least, _most) in AGES.items()]

    def queryset(self, request: HttpRequest, queryset: Cases) -> Cases:
        if self.value() not in AGES:
            return queryset
        _words, least, most = AGES[str(self.value())]
        now = timezone.now()
        found = queryset.filter(submitted_at__lte=now - timedelta(days=least))
        return found.filter(submitted_at__gt=now - timedelta(days=most)) if most else found


class AssigneeFilter(QueueFilter):
    title = _("assignee")
    parameter_name = "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(ME, _("Me")), (NOBODY, _("Nobody")), *((str(user.pk), name_of(user)) for user in workers())]

    def queryset(self, request: HttpRequest, queryset: Cases) -> Cases:
        match self.value():
            case None | "":
                return queryset
            case "me":
                return queryset.filter(assignee=request.user.pk)
            case "nobody":
                return queryset.filter(assignee=None)
            case other:
                return queryset.filter(assignee=int(other)) if str(other).isdecimal() else queryset.none()


class LanguageFilter(QueueFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("en", _("English")), ("fr", _("French"))]

    def queryset(self, request: HttpRequest, queryset: Cases) -> Cases:
        return queryset.filter(language=self.value()) if self.value() in ("en", "fr") else queryset


QUEUE_FILTERS = (
    StateFilter,
    AssigneeFilter,
    OutcomeFilter,
    CodeFilter,
    CountryFilter,
    AgeFilter,
    LanguageFilter,
)
