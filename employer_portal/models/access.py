"""How programs act for an employer: tokens, and requests that are carried out once however often they are sent."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eligibility.encrypted_json import EncryptedJSON
from employer_portal.models.employers import Employer

PERSON = settings.AUTH_USER_MODEL


class ApiToken(models.Model):
    """A token of an employer for the API; only its hash is kept, `prefix` tells tokens apart."""

    LONGEST_NAME: ClassVar[int] = 100

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="api_tokens")  # nothing without it
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    prefix = models.CharField(_("begins with"), max_length=12)
    token_hash = models.CharField(_("hash"), max_length=64, unique=True, editable=False)
    may_write = models.BooleanField(_("may write"), default=True)
    made_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ("name",)
        permissions = (("revoke_apitoken", _("Can revoke API tokens")),)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def has_ended(self) -> bool:
        """Whether it was revoked, or its time is over."""
        return self.revoked_at is not None or (self.expires_at is not None and self.expires_at <= timezone.now())


class IdempotentRequest(models.Model):
    """The answer to a request that carried an Idempotency-Key; the same key and body get it again."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")  # nothing without it
    key = models.CharField(_("key"), max_length=100)
    fingerprint = models.CharField(_("digest of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    # It repeats what an offer says of its worker.
    body: Any = EncryptedJSON(_("answer"), default=None)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("request with a key")
        verbose_name_plural = _("requests with a key")
        constraints = (models.UniqueConstraint(fields=("employer", "key"), name="one_request_a_key"),)

    def __str__(self) -> str:
        return self.key
