"""Signs a document with Ed25519 and reads it back: byte for byte as it was signed, or refused.

A signed file is one line of canonical JSON with the document, the id of the key and the signature. Keys come from the
settings: one signs, and earlier ones still verify after a rotation.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from eligibility.strict_json import NotReadable, read_json
from exemption_codes.event_chain import canonical

PARTS = {"document", "key", "signature"}
KEY_ID_LENGTH = 16
MOST_BYTES = 8 * 1024 * 1024


class Trouble(IntEnum):
    """Why a determination is not verified; each is the exit code of `manage.py verify_determination`."""

    UNREADABLE = 2
    UNKNOWN_KEY = 3
    BAD_SIGNATURE = 4
    UNKNOWN_RELEASE = 5
    ENGINE_DIFFERS = 6
    OUTCOME_DIFFERS = 7


class NotVerified(Exception):
    """A file is not what was once signed, or cannot be judged again to the same effect; `details` names each part."""

    def __init__(self, trouble: Trouble, said: str, details: tuple[str, ...] = ()) -> None:
        self.trouble, self.details = trouble, details
        super().__init__(said)


@dataclass(frozen=True)
class Signed:
    """A document whose signature was found good."""

    document: dict[str, Any]
    key: str

    @property
    def is_by_development_key(self) -> bool:
        """Whether anybody could have signed it: the key for development stands in the settings for all to read."""
        return self.key == key_id(public_key(settings.DEVELOPMENT_SIGNING_KEY))


def sign(document: Mapping[str, Any]) -> str:
    """Return the file that holds a document and its signature; the id of the key is signed with it."""
    private = _private_key(settings.DETERMINATION_SIGNING_KEY)
    key = key_id(public_key(settings.DETERMINATION_SIGNING_KEY))
    signature = private.sign(_signed_part(document, key)).hex()
    return f"{canonical({'document': document, 'key': key, 'signature': signature})}\n"


def read_signed(file: bytes) -> Signed:
    """Return the document of a signed file.

    Raises NotVerified when it is no such file, its key is not known, or one byte of it is not as it was signed.
    """
    parts = _parts(file)
    key = parts["key"]
    public = known_keys().get(key) if isinstance(key, str) else None
    if public is None:
        raise NotVerified(
            Trouble.UNKNOWN_KEY, f"It names the key {str(key)[:KEY_ID_LENGTH]!r}, which is not known here."
        )
    try:
        signature = bytes.fromhex(str(parts["signature"]))
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            signature, _signed_part(parts["document"], key)
        )
    except (InvalidSignature, ValueError) as error:
        raise NotVerified(Trouble.BAD_SIGNATURE, "The signature does not fit: something was changed.") from error
    if file != f"{canonical({**parts, 'signature': signature.hex()})}\n".encode():
        raise NotVerified(Trouble.BAD_SIGNATURE, "The file is not byte for byte as it was signed.")
    return Signed(parts["document"], key)


def known_keys() -> dict[str, str]:
    """Return the public keys that verify, by their ids, the signing one first.

    The key for development counts only where no other is named: anybody can sign with it.
    """
    own, others = settings.DETERMINATION_SIGNING_KEY, settings.DETERMINATION_VERIFY_KEYS
    counts = own != settings.DEVELOPMENT_SIGNING_KEY or not others
    return {key_id(public): public for public in ([public_key(own)] if counts else []) + list(others)}


@lru_cache(maxsize=8)
def public_key(signing_key: str) -> str:
    """Return the public key of a signing key, in hexadecimal digits."""
    return _private_key(signing_key).public_key().public_bytes_raw().hex()


def key_id(public: str) -> str:
    """Return the short name of a public key: the beginning of its SHA-256."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:KEY_ID_LENGTH]


@lru_cache(maxsize=8)
def _private_key(signing_key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing_key))


def _signed_part(document: Any, key: str) -> bytes:
    return canonical({"document": document, "key": key}).encode()


def _parts(file: bytes) -> dict[str, Any]:
    try:
        parts = read_json(file) if len(file) <= MOST_BYTES else None
    except (NotReadable, ValueError) as error:
        raise NotVerified(Trouble.UNREADABLE, f"It is not a signed file. {error}") from error
    if not isinstance(parts, dict) or set(parts) != PARTS or not isinstance(parts["document"], dict):
        raise NotVerified(Trouble.UNREADABLE, "It is not a signed file: it needs a document, a key and a signature.")
    return parts
