"""What can be wrong with the facts that somebody gives, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

DETAIL = {
    "en": ("One thing must be mended: {problems}", "{count} things must be mended: {problems}"),
    "fr": ("Un point est à corriger : {problems}", "{count} points sont à corriger : {problems}"),
}
# Message and suggestion of each code, in English and in French.
MESSAGES = {
    "not_an_object": ("{name} is an object, not {value}", "{name} est un objet, et non {value}"),
    "unknown_key": ("there is no key {name} here", "il n’y a pas de clé {name} ici"),
    "unknown_fact": ("there is no fact {name}", "il n’y a pas de fait {name}"),
    "group": ("{name} is a group of facts, not a fact", "{name} est un groupe de faits, et non un fait"),
    "twice": (
        "{name} is given twice, with different values",
        "{name} est donné deux fois, avec des valeurs différentes",
    ),
    "too_many": ("more than {value} facts are given", "plus de {value} faits sont donnés"),
    "not_a_day": ("{name} is a day, not {value}", "{name} est un jour, et non {value}"),
    "date_not_covered": (
        "{name}: the catalogue does not cover {value}",
        "{name} : le catalogue ne couvre pas le {value}",
    ),
}
SUGGESTIONS = {
    "object": ('write {{"as_of": "2026-11-22", "facts": {{…}}}}', 'écrivez {{"as_of": "2026-11-22", "facts": {{…}}}}'),
    "facts": ('write "facts": {{"offer.noc": "21231"}}', 'écrivez "facts": {{"offer.noc": "21231"}}'),
    "near": ("did you mean {value}?", "vouliez-vous dire {value}?"),
    "group": ('write {{"{value}": …}}', 'écrivez {{"{value}": …}}'),
    "once": ("give it once", "donnez-le une seule fois"),
    "day": ("write YYYY-MM-DD", "écrivez AAAA-MM-JJ"),
    "fewer": ("give only facts of the vocabulary", "donnez seulement les faits du vocabulaire"),
    "covered": ("give a day from {value}", "donnez un jour de la période du {value}"),
    "vocabulary": ("the facts are listed in the API’s schema", "les faits figurent dans le schéma de l’API"),
}


@dataclass(frozen=True)
class FactProblem:
    """One wrong fact: its name (or `as_of`), a stable code, what is wrong, and a suggestion."""

    fact: str
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class FactError(ValueError):
    """The facts cannot be read; carries every problem at once."""

    def __init__(self, problems: Sequence[FactProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def message(code: str, language: str, name: str, value: Any = "") -> str:
    return MESSAGES[code][language == "fr"].format(name=name, value=value)


def suggestion(key: str, language: str, value: str = "") -> str:
    return SUGGESTIONS[key][language == "fr"].format(value=value)


def error_as_json(error: FactError, language: str = "en") -> dict[str, Any]:
    """Return every problem in the API's error shape; each has a code, a sentence and a suggestion."""
    fields: dict[str, list[dict[str, str]]] = {}
    for problem in error.problems:
        entry = {"code": problem.code, "detail": problem.message, "suggestion": problem.hint}
        fields.setdefault(problem.fact or "request", []).append(entry)
    one, several = DETAIL[language]
    pattern = one if len(error.problems) == 1 else several
    return {"code": "invalid", "detail": pattern.format(count=len(error.problems), problems=error), "fields": fields}
