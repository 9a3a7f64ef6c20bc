"""A criterion's condition as a tree of sentences, each with its verdict on somebody's facts; no HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eligibility.engine.evaluate import BY_OFFICER, evaluate
from eligibility.engine.words import capitalised, label, value_in_words
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node
from exemption_codes.catalogue.rulebook import Rulebook

MOST_NAMED = 8
PATTERNS = {
    "is": ("{label}: {value}", "{label} : {value}"),
    "is_not": ("{label}: anything but {value}", "{label} : tout sauf {value}"),
    "one_of": ("{label}: one of {value}", "{label} : l’un de {value}"),
    "none_of": ("{label}: none of {value}", "{label} : aucun de {value}"),
    "includes_any": ("{label}: at least one of {value}", "{label} : au moins l’un de {value}"),
    "includes_none": ("{label}: without {value}", "{label} : sans {value}"),
    "at_least": ("{label}: {value} or more", "{label} : {value} ou plus"),
    "more_than": ("{label}: more than {value}", "{label} : plus de {value}"),
    "at_most": ("{label}: {value} or less", "{label} : {value} ou moins"),
    "less_than": ("{label}: less than {value}", "{label} : moins de {value}"),
    "at_least_fact": ("{label}: no less than {value}", "{label} : pas moins que {value}"),
    "same_as_fact": ("{label}: the same as {value}", "{label} : identique à {value}"),
}
RANKED = {
    "at_least": ("{label}: at least {value}", "{label} : au moins {value}"),
    "more_than": ("{label}: above {value}", "{label} : au-delà de {value}"),
    "at_most": ("{label}: at most {value}", "{label} : au plus {value}"),
    "less_than": ("{label}: below {value}", "{label} : en deçà de {value}"),
}
DATED = {
    "at_least": ("{label}: {value} or later", "{label} : le {value} ou après"),
    "more_than": ("{label}: after {value}", "{label} : après le {value}"),
    "at_most": ("{label}: {value} or earlier", "{label} : le {value} ou avant"),
    "less_than": ("{label}: before {value}", "{label} : avant le {value}"),
}
JOINTS = {
    "all": ("All of these", "Tous ces points"),
    "any": ("One of these is enough", "Un de ces points suffit"),
    "not": ("This must not hold", "Ceci ne doit pas être le cas"),
    "disputed": (
        "Official sources or usual practice leave this open",
        "Les sources officielles ou l’usage laissent ce point ouvert",
    ),
}
OFFICER = ("An officer weighs this", "Un agent apprécie ce point")
OTHERS = ("{count} other alternatives do not apply", "{count} autres possibilités ne s’appliquent pas")
MORE = ("{named} and {count} more", "{named} et {count} autres")


@dataclass(frozen=True)
class Branch:
    """One part of a condition: `kind` is test, all, any, not or disputed; `verdict` is met, not_met or unknown."""

    kind: str
    text: str
    verdict: str
    parts: tuple["Branch", ...] = ()


def branch(node: Node, values: Mapping[str, Any], rulebook: Rulebook, language: str) -> Branch:
    """Put a condition into sentences; nested parts of the same kind are drawn as one level."""
    verdict, french = evaluate(node, values).name.lower(), language == "fr"
    match node:
        case Leaf(fact) if fact == BY_OFFICER:
            return Branch("test", OFFICER[french], verdict)
        case Leaf(fact, operator, wanted):
            text = _said(operator, fact, _wanted(fact, wanted, rulebook, language), rulebook, language)
            return Branch("test", text, verdict)
        case Compare(fact, operator, other):
            text = _said(_fact_operator(operator), fact, label(other, rulebook, language), rulebook, language)
            return Branch("test", text, verdict)
        case AllOf(parts) | AnyOf(parts):
            kind = "all" if isinstance(node, AllOf) else "any"
            inner = tuple(branch(part, values, rulebook, language) for part in parts)
            flat = tuple(leaf for part in inner for leaf in (part.parts if part.kind == kind else (part,)))
            if len(flat) == 1:
                return flat[0]
            return Branch(kind, JOINTS[kind][french], verdict, _shortened(flat, kind, language))
        case Negation(part):
            return Branch("not", JOINTS["not"][french], verdict, (branch(part, values, rulebook, language),))
        case Disputed(reason):
            conflict = rulebook.catalogue.conflicts.get(reason)
            text = conflict.in_language(language) if conflict else JOINTS["disputed"][french]
            return Branch("disputed", text, verdict)
    raise TypeError(f"not a condition: {node!r}")


def _shortened(parts: tuple[Branch, ...], kind: str, language: str) -> tuple[Branch, ...]:
    """Of many alternatives (the rows of a table), keep those that can still hold, and say how many there are."""
    if kind != "any" or len(parts) <= MOST_NAMED:
        return parts
    alive = [part for part in parts if part.verdict != "not_met"][:MOST_NAMED]
    left = len(parts) - len(alive)
    if not left:
        return tuple(alive)
    return (*alive, Branch("test", OTHERS[language == "fr"].format(count=left), "not_met"))


def _fact_operator(operator: str) -> str:
    return "same_as_fact" if operator == "is" else f"{operator}_fact"


def pattern_for(operator: str, fact: doc.FactDocument, language: str) -> str:
    """Return the sentence of a test with blanks for label and value: numbers are more, ranks above, days later."""
    special = DATED if fact.type == "date" else RANKED if fact.ordered else {}
    return {**PATTERNS, **special}[operator][language == "fr"]


def _said(operator: str, fact: str, value: str, rulebook: Rulebook, language: str) -> str:
    name = capitalised(label(fact, rulebook, language))
    return pattern_for(operator, rulebook.facts[fact], language).format(label=name, value=value)


def _wanted(fact: str, wanted: Any, rulebook: Rulebook, language: str) -> str:
    if not isinstance(wanted, list | tuple | set | frozenset):
        return value_in_words(fact, wanted, rulebook, language)
    items = sorted(wanted, key=str) if isinstance(wanted, set | frozenset) else list(wanted)
    named = ", ".join(value_in_words(fact, item, rulebook, language) for item in items[:MOST_NAMED])
    if len(items) <= MOST_NAMED:
        return named
    return MORE[language == "fr"].format(named=named, count=len(items) - MOST_NAMED)
