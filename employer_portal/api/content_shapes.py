"""The content of an offer as a program writes it: a shape for each field, made from the model's own fields."""

from dataclasses import replace
from typing import Any

from django.db import models
from encrypted_fields.fields import EncryptedCharField, EncryptedDateField

from employer_portal.api.shapes import DAY, YES_OR_NO, Shape, amount, items, one_of, text, texts_by_key, thing, whole
from employer_portal.content import CONTENT_FIELDS, MAX_SITES, SITE_FIELDS, SITES
from employer_portal.declarations import DECLARATION_KEYS
from employer_portal.models import OfferOfEmployment, WorkSite
from exemption_codes.catalogue.documents import Text

LARGEST_SMALL = 32767
LONGEST_COUNTRY = 2
LONGEST_REASON = 1000
MOST_WARNINGS = 200
# What was typed before a conversion belongs to a page; a program gives the wage an hour.
NOT_WRITTEN = frozenset({"wage_as_typed"})
FACTS = Shape(
    {
        "description": "Facts of the vocabulary beside those that the offer itself gives, flat or nested.",
        "anyOf": [{"$ref": "#/components/schemas/FlatFacts"}, {"$ref": "#/components/schemas/NestedFacts"}],
    },
    lambda value: isinstance(value, dict),
    Text(en="Give an object of facts.", fr="Donnez un objet de faits."),
)


def _shape(field: Any) -> Shape:
    match field:
        case _ if field.name == "facts":
            return FACTS
        case _ if field.name == "declared":
            return items(one_of(DECLARATION_KEYS), len(DECLARATION_KEYS))
        case _ if field.name == "acknowledged":
            return texts_by_key(100, LONGEST_REASON, MOST_WARNINGS)
        case models.DateField() | EncryptedDateField():
            return DAY.or_null()
        case models.BooleanField():
            return YES_OR_NO.or_null()
        case models.DecimalField():
            return amount(field.max_digits, field.decimal_places).or_null()
        case models.PositiveSmallIntegerField():
            return whole(LARGEST_SMALL).or_null()
        case EncryptedCharField():
            return text(field.max_length).or_null()
        case models.CharField() if field.choices and type(field).__name__ != "CountryField":
            return one_of(["", *(value for value, _label in field.choices if value)]).or_null()
        case models.CharField() | models.TextField():
            return text(field.max_length or LONGEST_REASON).or_null()
    raise TypeError(field)


def _described(field: Any) -> Shape:
    shape = _shape(field)
    return Shape({"description": str(field.verbose_name), **shape.schema}, shape.fits, shape.says)


SITE = thing({name: _described(WorkSite._meta.get_field(name)) for name in SITE_FIELDS})
CONTENT: dict[str, Shape] = {
    **{
        name: _described(OfferOfEmployment._meta.get_field(name)) for name in CONTENT_FIELDS if name not in NOT_WRITTEN
    },
    SITES: Shape(
        {"description": "The places of work, in order.", "type": "array", "items": dict(SITE.schema),
         "maxItems": MAX_SITES},
        lambda value: isinstance(value, list) and len(value) <= MAX_SITES and all(map(SITE.fits, value)),
        Text(en=f"Give a list of at most {MAX_SITES} places. {SITE.says.en}",
             fr=f"Donnez une liste d’au plus {MAX_SITES} lieux. {SITE.says.fr}"),
    ),
}  # fmt: skip
CHANGES = replace(thing(CONTENT), parts=CONTENT)


def answer_schema() -> dict[str, Any]:
    """Return the schema of content in an answer: every field, always."""
    properties = {name: dict(shape.schema) for name, shape in CONTENT.items()}
    properties["facts"] = {"type": "object", "additionalProperties": True}
    properties["wage_as_typed"] = {"type": "object", "additionalProperties": True}
    # An account of what is stored is wider than what may be written: it is empty once its retention is past.
    return {"type": "object", "properties": properties, "required": sorted(properties)}
