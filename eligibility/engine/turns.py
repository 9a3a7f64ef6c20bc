"""Days on which an outcome turns: months that fill up or run out, birthdays, and rules that begin or end."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from eligibility.engine.derive import DERIVED
from eligibility.engine.determine import Determination, Result
from eligibility.engine.future import Future, Turn
from eligibility.engine.verdict import Outcome
from eligibility.engine.words import capitalised, day_in_words, label, value_in_words
from exemption_codes.catalogue.rulebook import Rulebook

MAX_TURNS = 4
AGE = "iec.age_on_invitation"
FITTING = (Outcome.ELIGIBLE, Outcome.OFFICER_JUDGEMENT)
BECOMES = {
    Outcome.ELIGIBLE: ("you meet the criteria", "vous remplissez les critères"),
    Outcome.OFFICER_JUDGEMENT: ("only an officer’s judgement remains", "seul le jugement d’un agent reste à venir"),
    Outcome.UNDETERMINED: ("this code is no longer ruled out", "ce code n’est plus exclu"),
    Outcome.NOT_ELIGIBLE: ("this code is ruled out", "ce code est exclu"),
}
LOSES = {
    Outcome.UNDETERMINED: (
        "it can no longer be told whether you meet the criteria",
        "on ne peut plus dire si vous remplissez les critères",
    ),
    Outcome.NOT_ELIGIBLE: ("you no longer meet the criteria", "vous ne remplissez plus les critères"),
}
CATEGORY_ENDS = ("the category ends", "la catégorie prend fin")
RULES_CHANGE = ("the rules change on that day", "les règles changent ce jour-là")
BEFORE_BIRTHDAY = (
    "the invitation must come before your {age} birthday",
    "l’invitation doit arriver avant votre {age} anniversaire",
)
BIRTHDAY = ("it is your {age} birthday", "c’est votre {age} anniversaire")


def turns(determination: Determination, result: Result) -> tuple[Turn, ...]:
    """Return the days, within three years and the catalogue's dates, on which a category's outcome turns.

    Each is verified: judged again with what time alone changes, the case comes out otherwise than the day before. A
    date that only the future gives is assumed to fall on the day looked at, where the category is possible with it.
    """
    category = determination.category.id
    assumed = _awaited_dates(determination, result)
    if assumed:
        future = _future(result, assumed)
        found = tuple(_turns(future, category))
        if found or future.outcome_on(future.on, category) is not Outcome.NOT_ELIGIBLE:
            return found
    return tuple(_turns(_future(result, ()), category))


def _turns(future: Future, category: str) -> Iterator[Turn]:
    turning = (future.turn_on(day, category) for day in future.days(category))
    return islice((turn for turn in turning if turn is not None), MAX_TURNS)


def turn_in_words(turn: Turn, rulebook: Rulebook, language: str) -> str:
    """Say a turn in one sentence: the day, what becomes of the outcome, and why."""
    french = language == "fr"
    lost = turn.before in FITTING and turn.outcome in LOSES
    outcome = (LOSES if lost else BECOMES)[turn.outcome][french]
    day, reason = day_in_words(turn.on, language), _reason(turn, rulebook, language)
    return f"À compter du {day}, {outcome} : {reason}." if french else f"From {day}, {outcome}: {reason}."


def _reason(turn: Turn, rulebook: Rulebook, language: str) -> str:
    french = language == "fr"
    if turn.because == ("in_force",):
        return CATEGORY_ENDS[french]
    if turn.fact is None:
        return _rule_in_words(turn, rulebook, language)
    if turn.fact == AGE:
        pattern = BEFORE_BIRTHDAY if turn.outcome is Outcome.NOT_ELIGIBLE else BIRTHDAY
        return pattern[french].format(age=ordinal(turn.value, language))
    value = value_in_words(turn.fact, turn.value, rulebook, language)
    colon = "\N{NO-BREAK SPACE}: " if french else ": "
    return f"{capitalised(label(turn.fact, rulebook, language))}{colon}{value}"


def _rule_in_words(turn: Turn, rulebook: Rulebook, language: str) -> str:
    """Say that the rules change, with the first criterion that turns and is in force from that day on."""
    change = RULES_CHANGE[language == "fr"]
    turning = (one for one in rulebook.categories[turn.category].criteria if one.id in turn.because)
    text = next((one.text.in_language(language) for one in turning if one.in_force.holds(turn.on)), "")
    return f"{change} ({text.rstrip('.')})" if text else change


def ordinal(number: int, language: str) -> str:
    """Return 36th, 21st, 36e, 1er."""
    if language == "fr":
        return f"{number}{'er' if number == 1 else 'e'}"
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _future(result: Result, assumed: tuple[str, ...]) -> Future:
    futures: dict[tuple[str, ...], Future] = result.futures
    if assumed not in futures:
        futures[assumed] = Future(result, assumed)
    return futures[assumed]


def _awaited_dates(determination: Determination, result: Result) -> tuple[str, ...]:
    """Return dates that are not known and that a lacking fact waits for, where a fact says that they date it."""
    lacking = set(determination.missing)
    behind = {base for name in lacking for base in (DERIVED[name].bases if name in DERIVED else ())}
    awaited = (lacking | behind) & _dating_facts(result.rulebook)
    return tuple(sorted(name for name in awaited if name not in result.known))


@lru_cache(maxsize=8)
def _dating_facts(rulebook: Rulebook) -> frozenset[str]:
    return frozenset(fact.dated_by for fact in rulebook.facts.values() if fact.dated_by)
