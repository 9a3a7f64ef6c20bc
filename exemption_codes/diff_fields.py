"""What each document of a catalogue says, field by field: its heading in both languages and how its value reads.

A field that stands in no table here would be a change that nobody is told of; a test compares them with the documents.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from eligibility.engine.words import YES_NO, day_in_words
from exemption_codes.catalogue import documents as doc
from exemption_codes.rule_words import RuleWords

Told = Iterable[str]
PERMITS = {
    "employer_specific": ("work permit for one employer", "permis de travail lié à un employeur"),
    "open": ("open work permit", "permis de travail ouvert"),
    "none": ("no work permit needed", "aucun permis de travail nécessaire"),
}
CONFIDENCE = {"high": ("high", "élevée"), "medium": ("medium", "moyenne"), "low": ("low", "faible")}
PLACES = {
    "online": ("online", "en ligne"),
    "port_of_entry": ("at a port of entry", "à un point d’entrée"),
    "visa_office": ("at a visa office", "à un bureau des visas"),
    "paper": ("on paper", "sur papier"),
    "pr_portal": ("in the permanent residence portal", "dans le portail de la résidence permanente"),
}
WEIGHTS = {"required": ("required", "exigé"), "usual": ("usually asked for", "habituellement exigé")}
SCOPES = {"all": ("every permit", "tout permis"), "with_offer": ("permits with an offer", "permis avec offre")}
ELAPSES = {"up": ("grows with time", "augmente avec le temps"), "down": ("shrinks with time", "diminue avec le temps")}
KINDS = {"ticks": ("boxes to tick", "cases à cocher"), "questions": ("questions", "questions")}
STRENGTHS = {
    "regulation": ("regulation", "règlement"),
    "act": ("act", "loi"),
    "official": ("official page", "page officielle"),
    "secondary": ("secondary source", "source secondaire"),
    "unsourced": ("without source", "sans source"),
}


@dataclass(frozen=True)
class Field:
    """One field of a document: what kind of thing it says, its heading, and its value as lines."""

    aspect: str
    english: str
    french: str
    tell: Callable[[RuleWords, Any], Told]


def text(words: RuleWords, value: doc.Text) -> Told:
    return [words.text(value)]


def texts(words: RuleWords, values: Iterable[doc.Text]) -> Told:
    return [words.text(value) for value in values]


def plain(words: RuleWords, value: Any) -> Told:
    return [words.plain(item) for item in value] if isinstance(value, list) else [words.plain(value)]


def flag(words: RuleWords, value: bool) -> Told:
    return [YES_NO[words.language][not value]]


def period(words: RuleWords, value: doc.Period) -> Told:
    return [words.period(value)]


def condition(words: RuleWords, value: Any) -> Told:
    return words.condition(value)


def citations(words: RuleWords, values: Iterable[doc.Citation]) -> Told:
    return [words.citation(value) for value in values]


def one_of(table: dict[str, tuple[str, str]]) -> Callable[[RuleWords, Any], Told]:
    def tell(words: RuleWords, value: Any) -> Told:
        return [words.pick(table[item]) for item in (value if isinstance(value, list) else [value])]

    return tell


def codes(words: RuleWords, values: Iterable[doc.CodeName]) -> Told:
    return [f"{value.code}, {words.period(value)}" for value in values]


def basis(words: RuleWords, values: Iterable[doc.Basis]) -> Told:
    return [f"{value.provision}, {words.period(value)}" for value in values]


def durations(words: RuleWords, value: doc.Durations) -> Told:
    headings = {
        "initial_months": ("At first, months", "Au départ, en mois"),
        "extension_months": ("Extension, months", "Prolongation, en mois"),
        "cap_months": ("In all, months", "Au total, en mois"),
    }
    yield words.text(value.text)
    for name, pair in headings.items():
        if getattr(value, name) is not None:
            yield words.titled(words.pick(pair), words.plain(getattr(value, name)))


def terms(words: RuleWords, value: doc.EarlierTerms) -> Told:
    yield words.titled(words.pick(("Until", "Jusqu’au")), day_in_words(value.until, words.language))
    yield words.pick(PERMITS[value.permit_type])
    for name in ("offer_required", "fee_required"):
        field = CATEGORY[name]
        yield from (
            words.titled(words.pick((field.english, field.french)), told) for told in flag(words, getattr(value, name))
        )


def papers(words: RuleWords, values: Iterable[doc.Paper]) -> Told:
    return [f"{words.text(value)} ({value.criterion})" for value in values]


def notes(words: RuleWords, values: Iterable[doc.Note]) -> Told:
    return [f"{words.text(value)} ({value.conflict})" if value.conflict else words.text(value) for value in values]


def sources(words: RuleWords, values: Iterable[str]) -> Told:
    return [words.citation(doc.Citation(source=value)) for value in values]


def named_texts(words: RuleWords, values: dict[str, doc.Text]) -> Told:
    return [words.titled(name, words.text(value)) for name, value in values.items()]


def bounds(words: RuleWords, value: doc.Bounds) -> Told:
    least, most = (words.plain(end) if end is not None else "…" for end in (value.min, value.max))
    return [f"{least} – {most}"]


def settled(words: RuleWords, values: dict[str, Any]) -> Told:
    return [words.titled(name, words.plain(value)) for name, value in values.items()]


def families(words: RuleWords, values: Iterable[doc.FamilyDocument]) -> Told:
    return [words.text(value.name) for value in values]


def family(words: RuleWords, value: str) -> Told:
    known = words.rulebook.catalogue.families
    return [next((words.text(family.name) for family in known if family.id == value), value)]


def versions(words: RuleWords, values: Iterable[doc.OccupationVersion]) -> Told:
    return [f"{words.text(value.version)} ({value.list_}), {words.period(value)}" for value in values]


def ends(words: RuleWords, values: dict[str, list[str]]) -> Told:
    return [words.titled(name, ", ".join(value)) for name, value in values.items()]


def days(words: RuleWords, value: Any) -> Told:
    return [day_in_words(value, words.language)]


CITE = Field("sources", "Sources", "Sources", citations)
IN_FORCE = Field("dates", "In force", "En vigueur", period)
CONFIDENT = Field("confidence", "Confidence", "Fiabilité", one_of(CONFIDENCE))
NAME = Field("texts", "Name", "Nom", text)
TEXT = Field("texts", "Text", "Texte", text)
WHEN = Field("condition", "Condition", "Condition", condition)
APPLIES = Field("condition", "Asked only where", "Demandé seulement si", condition)
OFFICER = Field("condition", "Left to an officer", "Laissé à un agent", flag)

CRITERION = {
    "text": TEXT, "when": WHEN, "applies_when": APPLIES, "in_force": IN_FORCE, "cite": CITE, "officer": OFFICER,
    "weight": Field("condition", "Weight", "Poids", one_of(WEIGHTS)),
    "implied": Field("condition", "Follows from the other criteria", "Découle des autres critères", flag),
    "confidence": CONFIDENT,
    "note": Field("texts", "Note", "Note", text),
}  # fmt: skip
GENERAL_RULE = {
    "text": TEXT, "when": WHEN, "applies_when": APPLIES, "in_force": IN_FORCE, "cite": CITE, "officer": OFFICER,
    "scope": Field("condition", "Concerns", "Vise", one_of(SCOPES)),
    "not_for": Field("condition", "Does not bind", "Ne vise pas", plain),
    "places": Field("permit", "Places of application", "Lieux de présentation", one_of(PLACES)),
    "confidence": CONFIDENT,
}  # fmt: skip
CATEGORY = {
    "name": NAME,
    "for_whom": Field("texts", "For whom", "À qui elle s’adresse", text),
    "codes": Field("dates", "Codes", "Codes", codes),
    "in_force": IN_FORCE,
    "variant": Field("texts", "Variant", "Variante", plain),
    "family": Field("texts", "Family", "Famille", family),
    "basis": Field("sources", "Legal basis", "Fondement juridique", basis),
    "permit_type": Field("permit", "Permit", "Permis", one_of(PERMITS)),
    "offer_required": Field("permit", "Needs an offer of employment", "Exige une offre d’emploi", flag),
    "fee_required": Field("permit", "Employer compliance fee", "Frais de conformité de l’employeur", flag),
    "earlier_terms": Field("permit", "Earlier terms", "Conditions antérieures", terms),
    "fee_note": Field("texts", "Note on the fee", "Note sur les frais", text),
    "confidence": CONFIDENT,
    "durations": Field("permit", "Length of the permit", "Durée du permis", durations),
    "documents": Field("documents", "Documents to bring", "Documents à fournir", papers),
    "apply_at": Field("permit", "Where to apply", "Où présenter la demande", one_of(PLACES)),
    "apply_note": Field("texts", "Note on where to apply", "Note sur le lieu de la demande", text),
    "links": Field("sources", "Pages to read", "Pages à consulter", sources),
    "notes": Field("texts", "Notes", "Notes", notes),
    "spouse_category": Field("permit", "Category of the spouse", "Catégorie de l’époux ou conjoint", plain),
}
LEAVING_CATEGORY = {name: CATEGORY[name] for name in ("codes", "in_force")}
FACT = {
    "label": Field("texts", "Name", "Nom", text),
    "question": Field("texts", "Question", "Question", text),
    "help": Field("texts", "Help", "Aide", text),
    "type": Field("vocabulary", "Type", "Type", plain),
    "topic": Field("vocabulary", "Topic", "Thème", plain),
    "unit": Field("vocabulary", "Unit", "Unité", plain),
    "bounds": Field("vocabulary", "Bounds", "Bornes", bounds),
    "choices": Field("vocabulary", "Choices", "Choix", named_texts),
    "choices_from": Field("vocabulary", "Choices from a list", "Choix tirés d’une liste", named_texts),
    "ordered": Field("vocabulary", "Choices are ranked", "Choix ordonnés", flag),
    "gate": Field("vocabulary", "Opens a topic", "Ouvre un thème", flag),
    "judged": Field("vocabulary", "Left to an officer", "Laissé à un agent", flag),
    "derived_from": Field("vocabulary", "Worked out from", "Calculé à partir de", plain),
    "when_false": Field("vocabulary", "If no, it follows that", "Si non, il s’ensuit que", settled),
    "changeable": Field("vocabulary", "Can be changed by the person", "Modifiable par la personne", flag),
    "elapses": Field("vocabulary", "With time", "Avec le temps", one_of(ELAPSES)),
    "dated_by": Field("vocabulary", "Dated by", "Daté par", plain),
    "cite": CITE,
}
LIST = {
    "name": NAME,
    "of": Field("members", "Members are", "Nature des éléments", plain),
    "columns": Field("texts", "Columns", "Colonnes", named_texts),
    "cite": CITE,
    "confidence": CONFIDENT,
}
PARAMETER = {
    "name": NAME,
    "unit": Field("amounts", "Unit", "Unité", plain),
    "cite": CITE,
    "confidence": CONFIDENT,
}
WAGES = {
    "name": NAME,
    "year": Field("dates", "Year", "Année", plain),
    "occupations": Field("members", "Classification", "Classification", plain),
    "in_force": IN_FORCE,
    "cite": CITE,
    "confidence": CONFIDENT,
}
SOURCE = {
    "instrument": Field("sources", "Source", "Source", text),
    "url": Field("sources", "Address", "Adresse", plain),
    "url_fr": Field("sources", "French address", "Adresse en français", plain),
    "read_on": Field("sources", "Read on", "Consultée le", days),
    "as_of": Field("sources", "State of", "État au", plain),
    "kind": Field("sources", "Kind", "Nature", one_of(STRENGTHS)),
}
PAGE = {
    "title": Field("texts", "Title", "Titre", text),
    "intro": Field("texts", "Introduction", "Introduction", text),
    "kind": Field("questions", "Kind", "Genre", one_of(KINDS)),
    "facts": Field("questions", "Asks for", "Demande", plain),
    "false_unless": Field("questions", "Left open by another box", "Laissé ouvert par une autre case", ends),
}
CORRECTION = {
    "title": Field("texts", "Title", "Titre", text),
    "changed_on": Field("dates", "Since", "Depuis", days),
    "said": Field("texts", "What is still said", "Ce qui se dit encore", text),
    "holds": Field("texts", "What holds", "Ce qui est exact", text),
    "cite": CITE,
    "confidence": CONFIDENT,
    "categories": Field("texts", "Categories", "Catégories", plain),
    "codes": Field("texts", "Codes", "Codes", plain),
    "places": Field("texts", "Places", "Lieux", one_of(PLACES)),
}
CATALOGUE = {
    "covers": Field("dates", "Dates covered", "Dates couvertes", period),
    "law_as_of": Field("dates", "Law as of", "État du droit au", days),
    "families": Field("texts", "Families", "Familles", families),
    "conflicts": Field("texts", "Where official sources conflict", "Divergences des sources officielles", named_texts),
    "occupations": Field("dates", "Occupational classification", "Classification des professions", versions),
}
PROVISIONS = {
    "instrument": Field("sources", "Instrument", "Texte de loi", text),
    "consolidated_on": Field("dates", "Consolidated on", "Codifié le", days),
    "labels": Field("sources", "Provisions", "Dispositions", plain),
}
