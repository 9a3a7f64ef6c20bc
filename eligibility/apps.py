from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EligibilityConfig(AppConfig):
    name = "eligibility"
    label = "eligibility"
    verbose_name = _("Eligibility")

    def ready(self) -> None:
        import eligibility.api.vocabulary_schema
        import eligibility.decisions.kinds  # noqa: F401 - registers its kinds of event
        from eligibility.notices.rounds import begin_round
        from exemption_codes.publishing import on_published

        on_published(begin_round)
