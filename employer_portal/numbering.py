"""Offer numbers are given here, once each. A number that an offer ever bore is never given again."""

import secrets

from django.conf import settings
from django.db import IntegrityError, transaction

from employer_portal.errors import OfferNumberTaken
from employer_portal.models import NumberSource, OfferNumberAllotment, OfferOfEmployment
from employer_portal.offer_number import HOW_MANY, OfferNumber, parse_offer_number

ISSUE, RECORD = "issue", "record"


class NumbersExhausted(Exception):
    """No free number was found in a thousand draws: the register is all but full."""


def issues_numbers() -> bool:
    """Whether this installation gives numbers itself, or keeps those that the official portal gave."""
    return settings.OFFER_NUMBERS == ISSUE


def allot_number(offer: OfferOfEmployment) -> OfferNumber:
    """Give a locked offer a number that nobody had, drawn at random so that it tells nothing and cannot be guessed."""
    for _draw in range(1000):
        number = OfferNumber(secrets.randbelow(HOW_MANY))
        if _register(number, offer, NumberSource.ISSUED):
            return number
    raise NumbersExhausted(f"{OfferNumberAllotment.objects.count()} numbers are in use.")


def record_number(offer: OfferOfEmployment, typed: str) -> OfferNumber:
    """Keep the number that the official portal gave.

    Raises OfferNumberInvalid for what is no number, OfferNumberTaken when another offer bears it.
    """
    number = parse_offer_number(typed)
    if not _register(number, offer, NumberSource.RECORDED):
        raise OfferNumberTaken(str(number))
    return number


def _register(number: OfferNumber, offer: OfferOfEmployment, source: NumberSource) -> bool:
    """Write the register; False when the number is there already. An offer's second number is an error."""
    if OfferNumberAllotment.objects.filter(number=str(number)).exists():
        return False
    try:
        with transaction.atomic():
            OfferNumberAllotment.objects.create(number=str(number), offer_id=offer.pk, source=source)
    except IntegrityError:
        if OfferNumberAllotment.objects.filter(offer_id=offer.pk).exists():
            raise
        return False
    return True
