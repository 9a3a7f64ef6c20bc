"""Rows that are written once and sealed: each seal covers the row and the seal before it, so that a change shows."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST = "0" * 64


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete what is only ever added to: a fault in the code, never a person's."""

    def __init__(self, model: str) -> None:
        super().__init__(f"{model} rows are never changed or deleted.")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses to change or delete."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnlyError(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(self.model.__name__)


class AppendOnlyManager(models.Manager.from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    pass


class SealedEvent(models.Model):
    """The base of an event; `sealed_fields` names what its seal covers beside the seal before it."""

    sealed_fields: tuple[str, ...] = ()
    at = models.DateTimeField(_("at"))
    previous_seal = models.CharField(_("seal of the event before"), max_length=64, default=FIRST, unique=True)
    seal = models.CharField(_("seal"), max_length=64, unique=True)

    objects: Any = AppendOnlyManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(type(self).__name__)
        self.seal = self.expected_seal()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(type(self).__name__)

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
