from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExemptionCodesConfig(AppConfig):
    name = "exemption_codes"
    label = "exemption_codes"
    verbose_name = _("Exemption codes")
