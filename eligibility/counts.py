"""Numbers without persons: how often a page was reached and left, and which facts were lacking, by day."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eligibility.engine.determine import Outcome, Result


class DailyCount(models.Model):
    """How often something happened on a day; nothing in it belongs to anybody."""

    class Kind(models.TextChoices):
        REACHED = "reached", _("Page reached")
        LEFT = "left", _("Page answered")
        LACKING = "lacking", _("Fact lacking")

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=100)
    number = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        constraints = (models.UniqueConstraint(fields=("day", "kind", "name"), name="one_count_a_day_kind_and_name"),)

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.name} {self.number}"


def count(kind: str, names: Iterable[str]) -> None:
    """Add one to today's number of each name."""
    day, wanted = timezone.localdate(), set(names)
    with transaction.atomic():
        today = DailyCount.objects.filter(day=day, kind=kind)
        lacking = wanted - set(today.filter(name__in=wanted).values_list("name", flat=True))
        rows = [DailyCount(day=day, kind=kind, name=name) for name in sorted(lacking)]
        DailyCount.objects.bulk_create(rows, ignore_conflicts=True)
        today.filter(name__in=wanted).update(number=F("number") + 1)


def count_lacking(result: Result) -> None:
    """Count the facts that keep the categories of a result undetermined, each once."""
    open_ones = (one for one in result.determinations if one.outcome is Outcome.UNDETERMINED)
    if facts := {fact for one in open_ones for fact in one.missing}:
        count(DailyCount.Kind.LACKING, facts)


def totals(days: int) -> dict[str, dict[str, int]]:
    """Return the numbers of the last days by kind and name."""
    first: date = timezone.localdate() - timedelta(days=days)
    rows = DailyCount.objects.filter(day__gte=first).values_list("kind", "name").annotate(total=Sum("number"))
    found: dict[str, dict[str, int]] = {}
    for kind, name, total in rows.order_by():
        found.setdefault(kind, {})[name] = total
    return found
