"""What the rules on fees say, field by field; the headings and words are those of a difference."""

from exemption_codes.catalogue import documents as doc
from exemption_codes.diff_fields import CITE, CONFIDENT, IN_FORCE, PERMITS, TEXT, Field, Told, family, one_of
from exemption_codes.rule_words import RuleWords

DUE = {"yes": ("due", "exigés"), "no": ("not due", "non exigés"), "depends": ("it depends", "selon le cas")}
PAYERS = {"employer": ("the employer", "l’employeur"), "applicant": ("the applicant", "le demandeur")}
CATEGORY = ("Category {name}", "Catégorie {name}")
FAMILY = ("Family {name}", "Famille {name}")
BASIS = ("Legal basis {name}", "Fondement juridique {name}")
OFFER = {True: ("With an offer of employment", "Avec offre d’emploi"), False: ("Without an offer", "Sans offre")}
EVERY = ("Every category", "Toute catégorie")


def subjects(words: RuleWords, value: doc.FeeSubjects) -> Told:
    """Say which categories a rule speaks of, a line for each thing that is given."""
    said = [words.pick(CATEGORY).format(name=_category(words, name)) for name in value.categories]
    said += [words.pick(FAMILY).format(name=name) for one in value.families for name in family(words, one)]
    said += [words.pick(BASIS).format(name=provision) for provision in value.basis]
    if value.permit:
        said += one_of(PERMITS)(words, value.permit)
    if value.offer is not None:
        said.append(words.pick(OFFER[value.offer]))
    return said or [words.pick(EVERY)]


def _category(words: RuleWords, name: str) -> str:
    known = words.rulebook.categories.get(name)
    return words.text(known.name) if known else name


FOR = Field("condition", "Speaks of", "Vise", subjects)
FEE = {"payer": Field("fees", "Paid by", "Payés par", one_of(PAYERS))}
FEE_RULE = {
    "due": Field("fees", "Due", "Exigibilité", one_of(DUE)),
    "for_": FOR,
    "in_force": IN_FORCE,
    "text": TEXT,
    "cite": CITE,
    "confidence": CONFIDENT,
}
FEE_CEILING = {"for_": FOR, "text": TEXT, "cite": CITE}
