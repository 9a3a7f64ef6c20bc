"""What a consultant sees of the offer whose number was quoted: what the case hangs on, and nobody's name or wage."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _

from eligibility.casework.links import CaseLink
from eligibility.engine.words import day_in_words
from employer_portal.models import OfferOfEmployment, OfferStatusWords
from exemption_codes.asked import reading_language


def offer_of_case(number: str, reader: Any) -> CaseLink | None:
    """Return the offer of a number, with the way to its page for those who may open it; None when there is none."""
    fields = ("pk", "number", "status", "noc_code", "starts_on", "ends_on", "exemption")
    offer = OfferOfEmployment.objects.filter(number=number).select_related("exemption").only(*fields).first()
    if offer is None:
        return None
    language = reading_language()
    facts = [
        (_("State"), str(OfferStatusWords(offer.status).label)),
        (_("Exemption code"), offer.exemption.key if offer.exemption else ""),
        (_("NOC code"), offer.noc_code),
        (_("Work starts on"), day_in_words(offer.starts_on, language) if offer.starts_on else ""),
        (_("Work ends on"), day_in_words(offer.ends_on, language) if offer.ends_on else ""),
    ]
    has_page = admin.site.is_registered(OfferOfEmployment)
    may_open = has_page and reader.has_perm("employer_portal.view_offerofemployment")
    address = reverse("admin:employer_portal_offerofemployment_change", args=[offer.pk]) if may_open else ""
    title = _("Offer %(number)s") % {"number": number}
    return CaseLink(title, tuple((words, value) for words, value in facts if value), address)
