"""The only writer of who wants to be told: consent, and taking it back by a signed link."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.crypto import salted_hmac

from eligibility.models import Screening
from eligibility.notices.models import Notice, NoticeRefusal, NoticeWish

SALT = "eligibility.notices"
ADDRESS, USER = "address", "user"


class BadLink(Exception):
    """A link to end notices that this site did not make."""


@dataclass(frozen=True)
class Recipient:
    """Whom a link belongs to: an applicant by the digest of the address, or a consultant by the key of the account."""

    kind: str
    key: str

    @property
    def name(self) -> str:
        """What the row of a notice calls the recipient."""
        return f"{self.kind}:{self.key}"


def address_key(address: str) -> str:
    """Return the digest under which an address is kept; nobody can read the address from it."""
    return salted_hmac(SALT, address.strip().casefold(), algorithm="sha256").hexdigest()


def wish(screening: Screening) -> None:
    """Note that whoever sent these answers wants to be told; asking twice changes nothing."""
    if screening.contact_email:
        NoticeWish.objects.get_or_create(
            screening=screening, defaults={"address_key": address_key(screening.contact_email)}
        )


def link_token(recipient: Recipient) -> str:
    return signing.dumps([recipient.kind, recipient.key], salt=SALT)


def recipient_of(token: str) -> Recipient:
    """Return whom a link belongs to. Raises BadLink."""
    try:
        kind, key = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadLink from error
    return Recipient(kind, key)


@transaction.atomic
def end_notices(recipient: Recipient) -> None:
    """Take every consent of a recipient back; doing so twice changes nothing."""
    if recipient.kind == ADDRESS:
        NoticeWish.objects.filter(address_key=recipient.key).delete()
    else:
        _refuse(int(recipient.key))
    Notice.objects.filter(recipient=recipient.name, state=Notice.State.WAITING).delete()


def want_notices_again(user: Any) -> None:
    NoticeRefusal.objects.filter(user=user).delete()


def _refuse(user_id: int) -> None:
    from django.contrib.auth import get_user_model

    if get_user_model().objects.filter(pk=user_id).exists():
        NoticeRefusal.objects.get_or_create(user_id=user_id)
