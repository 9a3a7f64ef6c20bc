"""Releases of the catalogue: immutable copies of the rule files, one of them published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exemption_codes.event_chain import SealedEvent


class CatalogueRelease(models.Model):
    """The rule files as they stood when they were loaded; never changed afterwards, save for its status."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Earlier release")

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    law_as_of = models.DateField(_("law as of"))
    files = models.JSONField(_("rule files"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now_add=True)
    loaded_by = models.CharField(_("loaded by"), max_length=150, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("catalogue release")
        verbose_name_plural = _("catalogue releases")
        ordering = ("-loaded_at",)
        permissions = (
            ("load_cataloguerelease", "Can store uploaded rule files as a draft"),
            ("publish_cataloguerelease", "Can publish a release, or go back to an earlier one"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("status",), condition=models.Q(status="published"), name="one_published_release"
            ),
        )

    def __str__(self) -> str:
        return f"{self.law_as_of} · {self.digest[:12]}"


class ExemptionCode(models.Model):
    """One category of one release, for lists and searches; the rule itself stands in the release's files."""

    release = models.ForeignKey(
        CatalogueRelease, on_delete=models.CASCADE, related_name="codes", verbose_name=_("release")
    )
    category = models.CharField(_("category"), max_length=100)
    code = models.CharField(_("today’s code"), max_length=30, blank=True)
    variant = models.CharField(_("variant"), max_length=50, blank=True)
    former_codes = models.CharField(_("former codes"), max_length=100, blank=True)
    family = models.CharField(_("family"), max_length=50)
    name_en = models.CharField(_("English name"), max_length=300)
    name_fr = models.CharField(_("French name"), max_length=300)
    confidence = models.CharField(_("confidence"), max_length=10)

    class Meta:
        verbose_name = _("exemption code")
        verbose_name_plural = _("exemption codes")
        ordering = ("code", "variant", "category")
        constraints = (models.UniqueConstraint(fields=("release", "category"), name="one_row_a_category_and_release"),)

    def __str__(self) -> str:
        return f"{self.key} {self.name_en}"

    @property
    def key(self) -> str:
        return f"{self.code}/{self.variant}" if self.variant else self.code


class ReleaseEvent(SealedEvent):
    """What somebody did with a release: asked for its publication, published it, went back to it, took it back."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("Publication asked for")
        PUBLISHED = "published", _("Published")
        WENT_BACK = "went_back", _("Gone back to")
        DECLINED = "declined", _("Publication declined")

    sealed_fields = ("release_digest", "kind", "actor", "reason")
    release = models.ForeignKey(
        CatalogueRelease, on_delete=models.PROTECT, related_name="events", verbose_name=_("release")
    )
    release_digest = models.CharField(_("digest"), max_length=64)
    kind = models.CharField(_("event"), max_length=10, choices=Kind.choices)
    actor = models.CharField(_("made by"), max_length=150)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("event of a release")
        verbose_name_plural = _("events of releases")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.release_digest[:12]}"
