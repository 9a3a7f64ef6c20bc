"""The signed links under which applicants answer messages: only this site can make one, and each is for one message."""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse
from django.utils import translation

from eligibility.models import ApplicantMessage

SIGNER = TimestampSigner(sep=".", salt="eligibility.casework.message")


def token_of(message: ApplicantMessage) -> str:
    return SIGNER.sign(message.pk.hex)


def message_of(token: str) -> ApplicantMessage | None:
    """Return the message of a token; None when this site has not made it, or the case is erased.

    How long the link works stands in the message, so that it can be sent again with more time.
    """
    try:
        key = UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return ApplicantMessage.objects.select_related("screening").filter(pk=key).first()


def link_of(message: ApplicantMessage) -> str:
    """Return the whole address of the page on which a message is answered, in the language of the applicant."""
    with translation.override(message.screening.language):
        return f"{settings.SITE_URL}{reverse('casework:answer', args=[token_of(message)])}"
