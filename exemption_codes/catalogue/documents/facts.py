"""The vocabulary: the facts that rules may read."""

from typing import Literal

from exemption_codes.catalogue.documents.base import Citation, Document, FactType, Scalar, Text, Words


class Bounds(Document):
    min: int | float | None = None
    max: int | float | None = None


class FactDocument(Document):
    """One fact of the vocabulary: the public contract of names, types and values."""

    type: FactType
    topic: Words
    label: Text
    question: Text
    help: Text | None = None
    unit: Words | None = None
    bounds: Bounds | None = None
    choices: dict[Words, Text] | None = None
    choices_from: dict[Words, Text] = {}
    ordered: bool = False
    gate: bool = False
    judged: bool = False
    derived_from: list[Words] = []
    when_false: dict[str, Scalar | list[Scalar]] = {}
    changeable: bool = False
    elapses: Literal["up", "down"] | None = None
    dated_by: Words | None = None
    cite: list[Citation] = []


class FactsDocument(Document):
    facts: dict[str, FactDocument]
