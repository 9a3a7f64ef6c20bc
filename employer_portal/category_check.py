"""What a chosen exemption asks of the offer itself, beside what the engine judges: its length, who hires, which job.

Source: employer_portal facts, sections 3, 5 (V6) and 12.4.
"""

from employer_portal.field_check import FULL_TIME_HOURS, OWNER_NOC, Problems, error, warning
from employer_portal.models import OfferOfEmployment
from exemption_codes.catalogue.documents import Category

# Owners who hire themselves.
OWNER_CODES = frozenset({"C11", "C60"})
NOMINEE_CODE = "T13"
# Under the same code, and with other conditions: approved projects and exceptional events.
NOT_NOMINEES = ("project.approved", "project.provincial_letter", "event.approved_by_ircc")


def check_category(offer: OfferOfEmployment, category: Category, code: str) -> Problems:
    """Yield what does not fit the chosen exemption, whoever the worker is."""
    if category.permit_type == "open" or not category.offer_required:
        yield error("exemption.open", "exemption_category", "R303.1(1)", code=code)
    yield from _check_duration(offer, category, code)
    if offer.noc_code == OWNER_NOC and code not in OWNER_CODES:
        yield error("job.owner", "noc_code")
    if code == NOMINEE_CODE and not any(offer.facts.get(fact) for fact in NOT_NOMINEES):
        yield from _check_nominee(offer)


def _check_duration(offer: OfferOfEmployment, category: Category, code: str) -> Problems:
    first, cap = category.durations.initial_months, category.durations.cap_months
    months = offer.duration_months
    if months is None:
        return
    if cap is not None and months > cap:
        yield error("exemption.cap", "ends_on", code=code, months=cap)
    elif first is not None and months > first:
        yield warning("exemption.duration", "ends_on", code=code, months=first)


def _check_nominee(offer: OfferOfEmployment) -> Problems:
    if any(site.province == "QC" for site in offer.sites.all()):
        yield error("exemption.nominee.quebec", "sites", "R204(c)", "exemption.nominee")
    if offer.is_seasonal:
        yield error("exemption.nominee.seasonal", "is_seasonal", "R204(c)", "exemption.nominee")
    if offer.hours_per_week and offer.hours_per_week < FULL_TIME_HOURS:
        yield error("exemption.nominee.part_time", "hours_per_week", "R204(c)", "exemption.nominee")
