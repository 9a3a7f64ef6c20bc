"""A file of many offers that was read but not imported yet."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from eligibility.encrypted_json import EncryptedJSON
from employer_portal.models.employers import Employer

PERSON = settings.AUTH_USER_MODEL


class BulkUpload(models.Model):
    """The rows of one file, kept encrypted for a day between the preview and the import; gone once it is imported."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")  # nothing without it
    uploaded_by = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")  # nobody else's to import
    name = models.CharField(_("name"), max_length=200)
    rows: Any = EncryptedJSON(_("rows"), default=list)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("file of offers")
        verbose_name_plural = _("files of offers")

    def __str__(self) -> str:
        return self.name
