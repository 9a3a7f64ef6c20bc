"""How programs act for an employer: tokens, and requests that are carried out once however often they are sent."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from employer_portal.models.employers import Employer

PERSON = settings.AUTH_USER_MODEL


class ApiToken(models.Model):
    """A token of an employer for the API; only its hash is kept, `prefix` tells tokens apart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="api_tokens")  # nothing without it
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(_("begins with"), max_length=12)
    token_hash = models.CharField(_("hash"), max_length=64, unique=True, editable=False)
    may_write = models.BooleanField(_("may write"), default=True)
    made_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class IdempotentRequest(models.Model):
    """The answer to a request that carried an Idempotency-Key; the same key and body get it again."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")  # nothing without it
    key = models.CharField(_("key"), max_length=100)
    fingerprint = models.CharField(_("digest of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    body = models.JSONField(_("answer"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("request with a key")
        verbose_name_plural = _("requests with a key")
        constraints = (models.UniqueConstraint(fields=("employer", "key"), name="one_request_a_key"),)

    def __str__(self) -> str:
        return self.key
