"""The documents of a case: the checklist of its matched codes, and what of it has come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from eligibility.casework import case_kinds
from eligibility.casework.events import record_event
from eligibility.engine.determine import Outcome, Result
from eligibility.models import DocumentReceived, Screening

MATCHED = (Outcome.ELIGIBLE, Outcome.OFFICER_JUDGEMENT)


@dataclass(frozen=True)
class Wanted:
    """A document that one or more of the matched codes ask for, in both languages."""

    key: str
    name_en: str
    name_fr: str
    codes: tuple[str, ...]

    def name(self, language: str) -> str:
        return self.name_fr if language == "fr" else self.name_en


@dataclass(frozen=True)
class Item:
    """One line of the checklist: what is wanted (`codes` empty: no longer), and what came in."""

    key: str
    name: str
    codes: tuple[str, ...]
    received: DocumentReceived | None


@dataclass(frozen=True)
class Checklist:
    items: tuple[Item, ...]

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def received(self) -> int:
        return sum(item.received is not None for item in self.items)


def wanted_documents(result: Result) -> dict[str, Wanted]:
    """Return the documents of the matched codes by their keys, each once with the codes that ask for it."""
    found: dict[str, Wanted] = {}
    for determination in result.determinations:
        if determination.outcome not in MATCHED:
            continue
        for paper in determination.category.documents:
            key = sha256(paper.en.encode()).hexdigest()[:16]
            before = found[key].codes if key in found else ()
            codes = tuple(dict.fromkeys([*before, determination.compiled.key]))
            found[key] = Wanted(key, paper.en, paper.fr, codes)
    return found


def checklist(wanted: dict[str, Wanted], received: Iterable[DocumentReceived], language: str) -> Checklist:
    """Put what is wanted and what came in side by side; what came in and is wanted no longer stands last."""
    by_key = {one.key: one for one in received}
    items = [Item(one.key, one.name(language), one.codes, by_key.get(one.key)) for one in wanted.values()]
    others = [one for key, one in by_key.items() if key not in wanted]
    left = [Item(one.key, one.name_fr if language == "fr" else one.name_en, (), one) for one in others]
    return Checklist((*items, *left))


def receive(screening: Screening, user: User, wanted: Wanted, received_on: date, note: str) -> None:
    """Tick a document, or note it otherwise; saying the same twice changes nothing."""
    said: dict[str, Any] = {"received_on": received_on, "note": note or None}
    with transaction.atomic():
        Screening.objects.select_for_update().only("pk").get(pk=screening.pk)
        before = DocumentReceived.objects.filter(screening=screening, key=wanted.key).first()
        if before and (before.received_on, before.note) == (received_on, note or None):
            return
        DocumentReceived.objects.update_or_create(
            screening=screening,
            key=wanted.key,
            defaults={
                "name_en": wanted.name_en, "name_fr": wanted.name_fr, "ticked_by": user.get_username(), **said
            },
        )  # fmt: skip
        kind = case_kinds.DOCUMENT_CHANGED if before else case_kinds.DOCUMENT_RECEIVED
        data = {"key": wanted.key, "name": wanted.name_en, "name_fr": wanted.name_fr, "note": note}
        record_event(screening, kind, user, {**data, "received_on": received_on.isoformat()})


def untick(screening: Screening, user: User, key: str) -> None:
    """Say that a document has not come in after all."""
    with transaction.atomic():
        Screening.objects.select_for_update().only("pk").get(pk=screening.pk)
        before = DocumentReceived.objects.filter(screening=screening, key=key).first()
        if before is None:
            return
        before.delete()
        data = {"key": key, "name": before.name_en, "name_fr": before.name_fr}
        record_event(screening, case_kinds.DOCUMENT_UNTICKED, user, data)
