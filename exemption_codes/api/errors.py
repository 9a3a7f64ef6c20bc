"""What can go wrong when the catalogue is read."""

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException


class NoCatalogue(APIException):
    status_code = 503
    default_code = "no_catalogue"
    default_detail = _("No catalogue has been published yet.")


class SeveralCategories(APIException):
    """A code of the past, or one with variants, that several categories bear or bore."""

    status_code = 409
    default_code = "several_categories"
