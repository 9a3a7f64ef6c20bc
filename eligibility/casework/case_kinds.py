"""The kinds of event of the workbench itself."""

from django.utils.translation import gettext_lazy as _

from eligibility.casework.kinds import register

SUBMITTED = register("submitted", _("Sent for review"))
