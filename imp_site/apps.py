from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "imp_site"
    label = "imp_site"
    # What this application adds to the pages for staff: accounts, groups and their history.
    verbose_name = _("People")
