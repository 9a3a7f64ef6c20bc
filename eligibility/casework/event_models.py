"""The time line of a case: written once and sealed, each event over the one before it, until the case is erased."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from eligibility.encrypted_json import EncryptedJSON
from exemption_codes.event_chain import SealedEvent


class CaseEvent(SealedEvent):
    """What somebody did with a case; `content` holds its data beside a salt, so that no seal betrays what it covers."""

    sealed_fields = ("screening_id", "number", "kind", "actor", "content")
    # Goes with the screening when that is erased: what it says is about a person.
    screening = models.ForeignKey(
        "eligibility.Screening", on_delete=models.CASCADE, related_name="events", verbose_name=_("case")
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("event"), max_length=40)
    actor = models.CharField(_("made by"), max_length=150, blank=True)
    content: Any = EncryptedJSON(_("content"), default=dict)

    class Meta:
        verbose_name = _("event of a case")
        verbose_name_plural = _("events of cases")
        ordering = ("screening", "number")
        constraints = (models.UniqueConstraint(fields=("screening", "number"), name="one_event_a_case_and_number"),)

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    @property
    def data(self) -> dict[str, Any]:
        """What the event says beside its kind."""
        return dict(self.content["data"]) if self.can_be_read else {}

    @property
    def can_be_read(self) -> bool:
        """Whether the content was decrypted; what somebody has changed in the database is not."""
        return isinstance(self.content, dict) and isinstance(self.content.get("data"), dict)

    @property
    def is_as_sealed(self) -> bool:
        return self.can_be_read and self.seal == self.expected_seal()
