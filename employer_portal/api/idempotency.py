"""A request with an Idempotency-Key is carried out once, however often it is sent, and answered the same each time.

The answer is stored in the transaction of what it tells of: a process that is killed leaves neither, and of two that
arrive at once the second waits for the first. A refusal is an answer too; a failure of ours is not kept.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.request import Request

from employer_portal.api.errors import KeyMissing, KeyReused, refusal
from employer_portal.errors import PortalError
from employer_portal.models import Employer, IdempotentRequest
from employer_portal.transactions import in_transaction

HEADER = "Idempotency-Key"
LONGEST_KEY = 100
Act = Callable[[], tuple[int, Any]]


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    is_repeated: bool = False


def key_of(request: Request) -> str:
    """Return the key that a request carries; raises KeyMissing."""
    key: str = request.headers.get(HEADER, "")
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise KeyMissing
    return key


def fingerprint_of(request: Request) -> str:
    """Return a digest of what is asked: the method, the address and the body, however its keys are ordered."""
    body = json.dumps(request.data, sort_keys=True, ensure_ascii=True)
    return sha256(f"{request.method} {request.path} {body}".encode()).hexdigest()


@in_transaction
def answered_once(employer: Employer, key: str, fingerprint: str, act: Act) -> Answer:
    """Carry out a request, or repeat the answer that its key was given before. Raises KeyReused."""
    IdempotentRequest.objects.filter(employer=employer, key=key, made_at__lt=_oldest()).delete()
    try:
        with transaction.atomic():
            made = IdempotentRequest.objects.create(employer=employer, key=key, fingerprint=fingerprint)
    except IntegrityError:
        return _repeat(IdempotentRequest.objects.get(employer=employer, key=key), fingerprint)
    try:
        with transaction.atomic():
            made.status, made.body = act()
    except PortalError as error:
        made.status, made.body = refusal(error)
    made.save(update_fields=["status", "body"])
    return Answer(made.status, made.body)


def forget_old_requests() -> int:
    """Delete the keys whose time is over, with the answers they were given; returns how many."""
    return IdempotentRequest.objects.filter(made_at__lt=_oldest()).delete()[0]


def _repeat(earlier: IdempotentRequest, fingerprint: str) -> Answer:
    if earlier.fingerprint != fingerprint:
        raise KeyReused
    assert earlier.status is not None, "a key is stored with its answer"
    return Answer(earlier.status, earlier.body, is_repeated=True)


def _oldest() -> datetime:
    return timezone.now() - timedelta(hours=settings.IDEMPOTENCY_HOURS)
