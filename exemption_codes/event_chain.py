"""Rows that are written once and sealed: each seal covers the row and the seal before it, so that a change shows."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from exemption_codes.append_only import AppendOnly, AppendOnlyManager

FIRST = "0" * 64


class SealedEvent(AppendOnly):
    """The base of an event; `sealed_fields` names what its seal covers beside the seal before it."""

    sealed_fields: tuple[str, ...] = ()
    at = models.DateTimeField(_("at"))
    previous_seal = models.CharField(_("seal of the event before"), max_length=64, default=FIRST, unique=True)
    seal = models.CharField(_("seal"), max_length=64, unique=True)

    objects: Any = AppendOnlyManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.seal = self.expected_seal() if self._state.adding else self.seal
        super().save(*args, **kwargs)

    def expected_seal(self) -> str:
        content = {name: getattr(self, name) for name in (*self.sealed_fields, "at", "previous_seal")}
        return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(content: Any) -> str:
    """Return the one way in which a value is written for a seal or a signature."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text)


def broken_links(events: Iterable[SealedEvent], first: str = FIRST) -> list[SealedEvent]:
    """Return the events, given in their order, whose seal does not fit what they say or the event before.

    `first` is what the first event of the chain names as the seal before it.
    """
    broken, before = [], first
    for event in events:
        if event.seal != event.expected_seal() or event.previous_seal != before:
            broken.append(event)
        before = event.seal
    return broken


def _as_text(value: Any) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
