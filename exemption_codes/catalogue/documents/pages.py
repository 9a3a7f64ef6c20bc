"""Pages of the questionnaire, and what is still said although it does not hold."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from exemption_codes.catalogue.documents.base import (
    Citation,
    Code,
    Confidence,
    Document,
    Identifier,
    Place,
    Text,
    Words,
)


class PageDocument(Document):
    """One page of the questionnaire; `ticks` takes an unticked box as no, save where another box leaves it open."""

    id: Identifier
    kind: Literal["ticks", "questions"] = "questions"
    title: Text
    intro: Text
    facts: Annotated[list[Words], Field(min_length=1)]
    false_unless: dict[str, list[Words]] = {}


class PagesDocument(Document):
    pages: Annotated[list[PageDocument], Field(min_length=1)]


class Correction(Document):
    """What is still said although it does not hold (or no longer), what holds instead, and since when.

    It concerns the named categories, those that bear or bore one of the codes, and those for which one applies at one
    of the places.
    """

    id: Identifier
    title: Text
    changed_on: date | None = None
    said: Text
    holds: Text
    cite: Annotated[list[Citation], Field(min_length=1)]
    confidence: Confidence = "high"
    categories: list[Words] = []
    codes: list[Code] = []
    places: list[Place] = []


class GuideDocument(Document):
    corrections: Annotated[list[Correction], Field(min_length=1)]
