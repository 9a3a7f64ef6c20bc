"""Sources that rules rely on, and the provisions that exist."""

from datetime import date
from typing import Literal

from exemption_codes.catalogue.documents.base import Address, Document, Text, Words


class SourceDocument(Document):
    instrument: Text
    url: Address
    url_fr: Address | None = None
    read_on: date | None = None
    as_of: Words | None = None
    kind: Literal["regulation", "act", "official", "secondary", "unsourced"]


class SourcesDocument(Document):
    sources: dict[str, SourceDocument]


class Digests(Document):
    """A short digest of one provision's text in each language; where it changes, the text has."""

    en: Words
    fr: Words


class ProvisionsDocument(Document):
    """Labels of the provisions that exist in both languages, in their English form, and digests instead of texts."""

    instrument: Text
    consolidated_on: date
    labels: list[Words]
    digests: dict[Words, Digests] = {}
