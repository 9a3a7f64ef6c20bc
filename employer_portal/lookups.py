"""Keyed hashes of encrypted fields, so that they can be found again by their exact value and by no other way."""

import hmac
import unicodedata
from hashlib import sha256

from django.conf import settings


def lookup_hash(kind: str, value: str) -> str:
    """Return the hash to store for a value, under the newest key; empty for an empty value."""
    return _hash(kind, value, settings.SALT_KEY[0]) if value else ""


def lookup_hashes(kind: str, value: str) -> list[str]:
    """Return the hashes to search for, one a key in use."""
    return [_hash(kind, value, key) for key in settings.SALT_KEY]


def folded(name: str) -> str:
    """Return a name without case, accents and surplus spaces, so that it is found however it is typed."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _hash(kind: str, value: str, key: str) -> str:
    return hmac.new(f"{key}:{settings.SECRET_KEY}".encode(), f"{kind}:{value}".encode(), sha256).hexdigest()
