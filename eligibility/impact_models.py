"""What a release (or a later day) would change in the screenings that people sent: a run, and the cases it touches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImpactRun(models.Model):
    """Screenings judged before and after; `last_screening` tells how far it has come, so that it can go on.

    Whoever works on it sets `beat_at` again and again, so that others see whether anybody does.
    """

    before_digest = models.CharField(_("judged before under"), max_length=64)
    after_digest = models.CharField(_("judged after under"), max_length=64)
    as_of = models.DateField(_("judged as of"), null=True, blank=True)
    started_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    last_screening = models.UUIDField(_("last screening judged"), null=True, blank=True, editable=False)
    done = models.PositiveIntegerField(_("screenings judged"), default=0)
    total = models.PositiveIntegerField(_("screenings to judge"), default=0)
    counts = models.JSONField(_("changes by code"), default=dict)
    asked_by = models.CharField(_("asked by"), max_length=150, blank=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)
    beat_at = models.DateTimeField(_("last worked on at"), null=True, blank=True, editable=False)
    for_notices = models.BooleanField(_("made to tell people"), default=False)
    notices_done_at = models.DateTimeField(_("everybody told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("impact")
        verbose_name_plural = _("impacts")
        ordering = ("-started_at",)
        permissions = (("ask_impact", "Can judge all cases under another release or day"),)

    def __str__(self) -> str:
        return f"{self.before_digest[:12]} → {self.after_digest[:12]}"

    @property
    def is_under_way(self) -> bool:
        return self.finished_at is None and self.stopped_at is None

    @property
    def percent(self) -> int:
        return 100 if self.finished_at or not self.total else min(99, self.done * 100 // self.total)


class ImpactCase(models.Model):
    """One category of one screening that comes out otherwise, with the criteria that did it."""

    class Change(models.TextChoices):
        GAINED = "gained", _("Gained")
        LOST = "lost", _("Lost")
        NEWLY_UNKNOWN = "newly_unknown", _("Newly unknown")
        REWEIGHED = "reweighed", _("Still matched, weighed otherwise")
        NOT_JUDGED = "not_judged", _("Could not be judged")

    run = models.ForeignKey(ImpactRun, on_delete=models.CASCADE, related_name="cases", verbose_name=_("impact"))
    # Goes with the screening when that is erased: what it says is about a person.
    screening = models.ForeignKey(
        "eligibility.Screening", on_delete=models.CASCADE, related_name="+", verbose_name=_("screening")
    )
    category = models.CharField(_("category"), max_length=100, blank=True)
    code = models.CharField(_("code"), max_length=80, blank=True)
    change = models.CharField(_("change"), max_length=15, choices=Change.choices)
    before = models.CharField(_("outcome before"), max_length=20, blank=True)
    after = models.CharField(_("outcome after"), max_length=20, blank=True)
    criteria = models.JSONField(_("criteria that did it"), default=list)

    class Meta:
        verbose_name = _("case touched")
        verbose_name_plural = _("cases touched")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("run", "screening", "category"), name="one_row_a_run_case_and_category"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.get_change_display()}"
