"""The content of an offer as plain values: what a draft saves, a snapshot freezes, and a copy takes over."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override
from encrypted_fields.fields import EncryptedCharField, EncryptedDateField

from eligibility.engine.errors import FactError
from eligibility.engine.facts import read_facts
from employer_portal.declarations import DECLARATION_KEYS
from employer_portal.errors import FieldsInvalid
from employer_portal.lookups import folded, lookup_hash
from employer_portal.models import Employer, OfferOfEmployment, WorkSite
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook

SITES = "sites"
SITE_FIELDS = ("name", "street", "city", "province", "postal_code")
MAX_SITES = 500
WORKER_FIELDS = (
    "worker_family_name", "worker_given_names", "worker_sex", "worker_date_of_birth", "worker_country_of_birth",
    "worker_country_of_residence", "worker_citizenship", "worker_passport_number", "worker_passport_expires_on",
    "worker_status", "worker_email",
)  # fmt: skip
AGREEMENT_FIELDS = (
    "agreement_language", "agreement_signed_by_employer_on", "agreement_signed_by_worker_on",
    "agreement_copy_given_on", "agreement_job_title", "agreement_hourly_wage_cad", "agreement_hours_per_week",
    "agreement_starts_on", "agreement_ends_on",
)  # fmt: skip
EXEMPTION_FIELDS = ("exemption_category", "exemption_explanation", "facts", "applies_on")
JOB_FIELDS = (
    "job_title", "noc_code", "main_duties", "job_requirements", "years_of_experience", "min_education",
    "other_training", "is_regulated", "licensing", "language_required", "other_language", "starts_on",
    "ends_on", "is_seasonal", "is_primary_agriculture", "has_labour_dispute", "is_contract_for_services",
    "recruiter",
)  # fmt: skip
WAGE_FIELDS = (
    "hours_per_day", "hours_per_week", "is_unpaid", "hourly_wage_cad", "wage_as_typed", "overtime_rate_cad",
    "overtime_after_hours", "has_disability_insurance", "has_dental_insurance", "has_pension",
    "has_extended_medical", "other_benefits", "vacation_days", "vacation_percent", "statutory_holidays", "other_leave",
    "alternate_compensation", "deductions", "under_collective_agreement", "collective_agreement",
    "additional_information",
)  # fmt: skip
FEE_FIELDS = ("fee_exemption", "fee_exemption_explanation")
PROMISES = ("declared", "acknowledged")
CONTENT_FIELDS = (
    *WORKER_FIELDS, *EXEMPTION_FIELDS, *JOB_FIELDS, *WAGE_FIELDS, *AGREEMENT_FIELDS, *FEE_FIELDS, *PROMISES,
)  # fmt: skip
# What a template keeps: the position, without a worker, dates, promises and the claim of one offer.
POSITION_FIELDS = tuple(
    name
    for name in (*EXEMPTION_FIELDS, *JOB_FIELDS, *WAGE_FIELDS)
    if name not in ("applies_on", "starts_on", "ends_on", "facts")
)
NOT_COPIED = frozenset({*PROMISES, *FEE_FIELDS})
EMPLOYER_FIELDS = (
    "legal_name", "operating_name", "business_number", "program_account", "street", "city", "province", "postal_code",
    "telephone", "email", "business_type", "activity", "employee_band", "employee_count", "revenue_band",
    "regime_exemption",
)  # fmt: skip


def content_of(offer: OfferOfEmployment, fields: Iterable[str] = CONTENT_FIELDS) -> dict[str, Any]:
    """Return the content of an offer as JSON values; sites are a list in order."""
    content = {name: plain(getattr(offer, name)) for name in fields}
    content[SITES] = [{name: getattr(site, name) for name in SITE_FIELDS} for site in offer.sites.order_by("position")]
    return content


def employer_content(employer: Employer) -> dict[str, Any]:
    """Return the employer's profile as JSON values, as an offer is filed with it."""
    return {name: plain(getattr(employer, name)) for name in EMPLOYER_FIELDS}


def read_content(changes: Mapping[str, Any], rulebook: Rulebook | None = None) -> dict[str, Any]:
    """Return changes with typed values; texts, as a form or a file gives them, are read too.

    Raises FieldsInvalid with every field that is unknown or holds what cannot be stored.
    """
    values: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    for name, given in changes.items():
        if _is_unstorable(given):
            wrong[name] = _SIGNS
            continue
        try:
            values[name] = _read(name, given, rulebook)
        except ValidationError as error:
            wrong[name] = in_both_languages(error)
        except FieldsInvalid as error:
            wrong.update(error.fields)
    if wrong:
        raise FieldsInvalid(wrong)
    return values


def fill(offer: OfferOfEmployment, values: Mapping[str, Any]) -> None:
    """Put read values into an offer, with the hashes that follow from them; sites are kept by `write_sites`."""
    for name, value in values.items():
        if name != SITES:
            setattr(offer, name, value)
    offer.worker_name_hash = lookup_hash("name", folded(offer.worker_name))
    offer.worker_passport_hash = lookup_hash("passport", offer.worker_passport_number or "")


def write_sites(offer: OfferOfEmployment, sites: list[dict[str, Any]]) -> None:
    offer.sites.all().delete()
    WorkSite.objects.bulk_create(
        WorkSite(offer=offer, position=position, **site) for position, site in enumerate(sites, start=1)
    )


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | UUID) or type(value).__name__ == "Country":
        return str(value)
    return value


def in_both_languages(error: ValidationError) -> Text:
    """Return the message of Django's validation in English and French."""
    said = {}
    for language in ("en", "fr"):
        with override(language):
            said[language] = " ".join(str(message) for message in ValidationError(error).messages)
    return Text(en=said["en"], fr=said["fr"])


def _read(name: str, given: Any, rulebook: Rulebook | None) -> Any:
    if name == SITES:
        return _read_sites(given)
    if name == "facts":
        return _read_facts(given, rulebook)
    if name == "declared":
        return _read_declared(given)
    if name == "acknowledged":
        return _read_acknowledged(given)
    if name not in CONTENT_FIELDS:
        raise FieldsInvalid({name: _UNKNOWN})
    return _read_field(OfferOfEmployment, name, given)


def _read_field(model: type[OfferOfEmployment] | type[WorkSite], name: str, given: Any) -> Any:
    field: Any = model._meta.get_field(name)
    if isinstance(given, str | Promise):
        given = str(given).strip()
    if given in ("", None) and field.null:
        return None
    if given is None:
        given = field.get_default()
    value = _plain_field(field).clean(given, None)
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-field.decimal_places))
    if isinstance(field, models.TextField) and field.max_length is not None:
        MaxLengthValidator(field.max_length)(value)
    return value


def _plain_field(field: Any) -> Any:
    """Return the field that an encrypted one stands for: cleaning marks the shared field, and leaves texts as texts."""
    if isinstance(field, EncryptedDateField):
        return models.DateField(null=True, blank=True)
    if isinstance(field, EncryptedCharField):
        return models.CharField(max_length=field.max_length, null=True, blank=True)
    return field


def _read_sites(given: Any) -> list[dict[str, str]]:
    if not isinstance(given, list) or len(given) > MAX_SITES or not all(isinstance(site, dict) for site in given):
        raise FieldsInvalid({SITES: _SITES})
    sites, wrong = [], {}
    for position, site in enumerate(given):
        values: dict[str, str] = {}
        for name, value in site.items():
            try:
                if name not in SITE_FIELDS:
                    raise FieldsInvalid({name: _UNKNOWN})
                values[name] = _read_field(WorkSite, name, value)
            except ValidationError as error:
                wrong[f"{SITES}.{position}.{name}"] = in_both_languages(error)
            except FieldsInvalid:
                wrong[f"{SITES}.{position}.{name}"] = _UNKNOWN
        sites.append(values)
    if wrong:
        raise FieldsInvalid(wrong)
    return sites


def _read_facts(given: Any, rulebook: Rulebook | None) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise FieldsInvalid({"facts": _FACTS})
    if rulebook is None:
        return {name: plain(value) for name, value in given.items()}
    wrong: dict[str, dict[str, str]] = {}
    for language in ("en", "fr"):
        try:
            found = read_facts(given, rulebook, language)
        except FactError as error:
            for problem in error.problems:
                wrong.setdefault(f"facts.{problem.fact}", {})[language] = str(problem)
    if wrong:
        raise FieldsInvalid({name: Text(**said) for name, said in wrong.items()})
    return {name: plain(value) for name, value in found.items()}


def _read_declared(given: Any) -> list[str]:
    if not isinstance(given, list) or not set(given) <= set(DECLARATION_KEYS):
        raise FieldsInvalid({"declared": _UNKNOWN})
    return [key for key in DECLARATION_KEYS if key in given]


def _read_acknowledged(given: Any) -> dict[str, str]:
    if not isinstance(given, dict) or not all(
        isinstance(key, str) and isinstance(reason, str) and len(reason) <= 1000 for key, reason in given.items()
    ):
        raise FieldsInvalid({"acknowledged": _REASONS})
    return {key[:100]: reason.strip() for key, reason in given.items() if reason.strip()}


def storable(text: str) -> str:
    """Return a text without the signs that no database keeps."""
    return "".join(sign for sign in text.strip() if not _is_unstorable(sign))


def read_email(typed: str) -> str:
    """Return an email address; raises FieldsInvalid for what is none."""
    try:
        return str(models.EmailField().clean(storable(typed), None))
    except ValidationError as error:
        raise FieldsInvalid({"email": in_both_languages(error)}) from None


def check_storable(values: Mapping[str, Any]) -> None:
    """Raise FieldsInvalid for values with signs that no database keeps."""
    wrong = {name: _SIGNS for name, value in values.items() if _is_unstorable(value)}
    if wrong:
        raise FieldsInvalid(wrong)


def _is_unstorable(value: Any) -> bool:
    """Whether a text, or one inside a list or mapping, holds signs that no database keeps: nulls, lone surrogates."""
    if isinstance(value, str):
        return any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in value)
    if isinstance(value, Mapping):
        return any(_is_unstorable(part) for pair in value.items() for part in pair)
    return isinstance(value, list | tuple) and any(map(_is_unstorable, value))


_UNKNOWN = Text(en="There is no such field or value.", fr="Ce champ ou cette valeur n’existe pas.")
_SITES = Text(en=f"Give a list of at most {MAX_SITES} places.", fr=f"Donnez une liste d’au plus {MAX_SITES} lieux.")
_FACTS = Text(
    en="This is not a fact of the vocabulary, or not a value it may have.",
    fr="Ce n’est pas un fait du vocabulaire, ou sa valeur ne convient pas.",
)
_SIGNS = Text(en="This holds signs that cannot be kept.", fr="Ce texte contient des signes impossibles à conserver.")
_REASONS = Text(
    en="Give a reason of at most 1000 characters for each warning.",
    fr="Donnez pour chaque avertissement une raison d’au plus 1000 caractères.",
)
