"""What the fields of an offer can be, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfferStatusWords(models.TextChoices):
    """The states as people read them; offer_status.py has the table of moves."""

    DRAFT = "draft", pgettext_lazy("offer", "Draft")
    DELETED = "deleted", _("Deleted draft")
    AWAITING_FEE = "awaiting_fee", _("Awaiting the fee")
    ISSUED = "issued", _("Number issued")
    MATCHED = "matched", _("Matched to an application")
    WITHDRAWAL_REQUESTED = "withdrawal_requested", _("Withdrawal requested")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Permit refused")
    CLOSED_NO_PERMIT = "closed_no_permit", _("Closed without permit")
    USED = "used", _("Permit issued")
    EXPIRED = "expired", _("Expired unused")


class Sex(models.TextChoices):
    FEMALE = "F", _("female")
    MALE = "M", _("male")
    ANOTHER = "X", _("another gender")


class WorkerStatus(models.TextChoices):
    OUTSIDE = "outside", _("outside Canada")
    VISITOR = "visitor", _("visitor")
    WORKER = "worker", _("worker")
    STUDENT = "student", _("student")
    OTHER = "other", _("another status")


class Education(models.TextChoices):
    """The lowest education that a job asks for; the values are those of the fact applicant.education_level."""

    NONE = "none", _("no education asked for")
    SECONDARY = "secondary", _("secondary school")
    ONE_YEAR = "one_year_post_secondary", _("certificate or diploma of about one year")
    DIPLOMA = "post_secondary_diploma", _("diploma of two or more years")
    DEGREE = "post_secondary_degree", _("degree below a bachelor’s")
    BACHELOR = "bachelor", _("bachelor’s degree")
    MASTER = "master", _("master’s degree")
    DOCTORATE = "doctorate", _("doctorate")


class WorkLanguage(models.TextChoices):
    EN = "en", _("English")
    FR = "fr", _("French")
    BOTH = "both", _("English and French")
    OTHER = "other", _("another language")
