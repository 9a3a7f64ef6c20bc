from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmployerPortalConfig(AppConfig):
    name = "employer_portal"
    label = "employer_portal"
    verbose_name = _("Employer portal")

    def ready(self) -> None:
        from eligibility.casework import links
        from employer_portal.case_links import offer_of_case

        links.register(offer_of_case)
