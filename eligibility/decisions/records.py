"""Adds records to a case and enters each, with its digest, in the case's time line; finds what was tampered with."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from eligibility.casework.events import Tampering, record_event, tampering_in
from eligibility.decisions.basis import basis_of, basis_of_document
from eligibility.decisions.kinds import DECIDED, DETERMINED
from eligibility.decisions.models import CaseRecord, Decision, Determination
from eligibility.decisions.signing import NotVerified, read_signed
from eligibility.models import CaseEvent, Screening
from exemption_codes.event_chain import canonical

EVENT, EVENTS, ANSWERS = "event", "events", "answers"
KIND_OF: dict[type[CaseRecord], str] = {Determination: DETERMINED, Decision: DECIDED}


@dataclass(frozen=True)
class Tampered:
    """Something of a case that is not as it was written: an event, a determination or a decision (with its number).

    `number` 0: the events together, or the answers.
    """

    what: str
    number: int
    why: str

    def __str__(self) -> str:
        return f"{self.what} {self.number}: {self.why}" if self.number else f"{self.what}: {self.why}"


def digest_of(record: CaseRecord) -> str:
    """Return the SHA-256 of every stored field of a record."""
    fields = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def enter(record: CaseRecord, screening: Screening, actor: Any, told: dict[str, Any]) -> None:
    """Write in the time line that a record was added; in the transaction that added it, with the case locked."""
    data = {**told, "number": record.number, "digest": digest_of(record)}
    record_event(screening, KIND_OF[type(record)], actor, data)


def next_number(model: type[CaseRecord], screening: Screening) -> int:
    """Return the number of a case's next record; the case is locked."""
    last = model.objects.filter(screening=screening).aggregate(last=models.Max("number"))["last"]
    return int(last or 0) + 1


def tampered(screening: Screening) -> list[Tampered]:
    """Return what does not fit in the time line, the determinations and the decisions of a case."""
    return tampered_in(screening, list(CaseEvent.objects.filter(screening=screening).order_by("number")))


def tampered_in(screening: Screening, events: list[CaseEvent]) -> list[Tampered]:
    """Check a case whose events have been read already, all of them in their order."""
    found = [_of_time_line(one) for one in tampering_in(screening, events)]
    for model, kind in KIND_OF.items():
        told = [event.data for event in events if event.kind == kind]
        entered = {data["number"]: data["digest"] for data in told if {"number", "digest"} <= data.keys()}
        found += _unlike(model, entered, screening)
    return found


def _of_time_line(one: Tampering) -> Tampered:
    if one.number:
        return Tampered(EVENT, one.number, "it does not fit its seal, or the one before")
    if one.kind == "answers":
        return Tampered(ANSWERS, 0, "they, or what they led to, are not what the time line says")
    return Tampered(EVENTS, 0, "there are more or fewer than the case says")


def _unlike(model: type[CaseRecord], entered: dict[int, str], screening: Screening) -> Iterator[Tampered]:
    """Yield the records of one kind that are not as they were entered in the time line."""
    name = model.__name__.lower()
    records: dict[int, CaseRecord] = {one.number: one for one in model.objects.filter(screening=screening)}
    for number in sorted({*entered, *records}, key=str):
        if number not in records:
            yield Tampered(name, number, "it is in the time line, and gone")
        elif number not in entered:
            yield Tampered(name, number, "the time line does not know it")
        elif digest_of(records[number]) != entered[number]:
            yield Tampered(name, number, "it is not as it was entered in the time line")
        elif (record := records[number]) and isinstance(record, Determination):
            yield from _unsigned(record)


def _unsigned(determination: Determination) -> Iterator[Tampered]:
    """Yield what is wrong with the signature of a determination."""
    try:
        signed = read_signed(determination.signed_file.encode())
    except NotVerified as error:
        yield Tampered("determination", determination.number, str(error))
        return
    if basis_of_document(signed.document) != basis_of(determination):
        yield Tampered("determination", determination.number, "its columns are not what its signed file says")
