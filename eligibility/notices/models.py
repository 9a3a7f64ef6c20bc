"""Who wants to be told when a change of the rules touches their result, and who was told of which release."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeWish(models.Model):
    """Somebody's consent to be told by mail; goes with the answers it belongs to, or when they take it back."""

    screening = models.OneToOneField(
        "eligibility.Screening", on_delete=models.CASCADE, related_name="notice_wish", verbose_name=_("case")
    )
    # A keyed digest of the address: whoever sent several cases gets one mail, and takes all consents back at once.
    address_key = models.CharField(_("address, as a digest"), max_length=64, db_index=True)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("wish to be told")
        verbose_name_plural = _("wishes to be told")

    def __str__(self) -> str:
        return self.address_key[:8]


class NoticeRefusal(models.Model):
    """A consultant who does not want to be told of cases that a release touches."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_refusal", verbose_name=_("user")
    )
    refused_at = models.DateTimeField(_("refused at"), auto_now_add=True)

    class Meta:
        verbose_name = _("refusal of notices")
        verbose_name_plural = _("refusals of notices")

    def __str__(self) -> str:
        return str(self.user_id)


class Notice(models.Model):
    """One mail to one recipient about one release: the row is there before the mail goes, and is never made twice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        # Also where the process ended in between: nobody knows whether that mail went, and it is not sent again.
        SENDING = "sending", _("Handed over")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    release_digest = models.CharField(_("catalogue release"), max_length=64)
    recipient = models.CharField(_("recipient, as a digest"), max_length=80)
    screening = models.ForeignKey(
        "eligibility.Screening", null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("case")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("consultant")
    )
    case_count = models.PositiveIntegerField(_("cases touched"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("release_digest", "recipient"), name="one_notice_a_release_and_recipient"),
        )

    def __str__(self) -> str:
        return f"{self.release_digest[:12]} {self.get_state_display()}"
