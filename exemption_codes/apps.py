"""The Django application."""

from django.apps import AppConfig


class ExemptionCodesConfig(AppConfig):
    name = "exemption_codes"
    default_auto_field = "django.db.models.BigAutoField"
