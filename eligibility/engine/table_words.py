"""What a published table says of a fact, and where it stands, in both languages."""

from eligibility.engine.derive import KnownFacts
from eligibility.engine.looked_up import LOOKED_UP, found_for
from eligibility.engine.words import PROVINCE_NAMES, value_in_words
from exemption_codes.catalogue.fact_values import country_name
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import CANADA

MEDIAN = {"en": "median for {place}, {table}", "fr": "médiane, {place}, {table}"}
NONE_THERE = {"en": "; none is published for {place}", "fr": "; aucune donnée publiée : {place}"}
OWN_VALUE = {
    "en": "your answer is used; the table says {value}: {source}",
    "fr": "votre réponse est retenue; le tableau indique {value} : {source}",
}


def table_in_words(name: str, known: KnownFacts, rulebook: Rulebook, language: str) -> str:
    """Say where a value was looked up, and for which place; empty where no table says anything."""
    found = found_for(name, known.values, known.on, rulebook)
    if found is None:
        return ""
    asked, region = known.values[LOOKED_UP[name][1]], found.wages.region
    said = MEDIAN[language].format(place=_place(region, language), table=found.published.name.in_language(language))
    return said if region == asked else said + NONE_THERE[language].format(place=_place(asked, language))


def own_value_in_words(name: str, known: KnownFacts, rulebook: Rulebook, language: str) -> str:
    """Say what the table gives beside another value that was given outright; empty where it gives none."""
    found = found_for(name, known.values, known.on, rulebook)
    if found is None:
        return ""
    value = value_in_words(name, found.wages.median_cad, rulebook, language)
    return OWN_VALUE[language].format(value=value, source=table_in_words(name, known, rulebook, language))


def _place(region: str, language: str) -> str:
    if region == CANADA:
        return country_name(CANADA, language)
    return PROVINCE_NAMES[region][language == "fr"]
