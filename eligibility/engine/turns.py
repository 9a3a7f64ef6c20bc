"""Days on which an outcome turns: months that fill up or run out, birthdays, and rules that begin or end."""

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
        "nobody can tell any longer whether you meet the criteria",
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

    Each is verified: judged again with what time alone changes, the case comes out otherwise than the day before.
    """
    future = _future(determination, result)
    found: list[Turn] = []
    for day in future.days(determination.category.id):
        turn = future.turn_on(day, determination.category.id)
        if turn is not None:
            found.append(turn)
        if len(found) == MAX_TURNS:
            break
    return tuple(found)


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
        return RULES_CHANGE[french]
    if turn.fact == AGE:
        pattern = BEFORE_BIRTHDAY if turn.outcome is Outcome.NOT_ELIGIBLE else BIRTHDAY
        return pattern[french].format(age=ordinal(turn.value, language))
    value = value_in_words(turn.fact, turn.value, rulebook, language)
    colon = " : " if french else ": "
    return f"{capitalised(label(turn.fact, rulebook, language))}{colon}{value}"


def ordinal(number: int, language: str) -> str:
    """Return 36th, 21st, 36e, 1er."""
    if language == "fr":
        return f"{number}{'er' if number == 1 else 'e'}"
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _future(determination: Determination, result: Result) -> Future:
    """Return the case's future; dates still to come are assumed where the category is possible with them."""
    assumed = _awaited_dates(determination, result)
    if assumed:
        future = _kept(result, assumed)
        if future.outcome_on(future.on, determination.category.id) is not Outcome.NOT_ELIGIBLE:
            return future
    return _kept(result, ())


def _kept(result: Result, assumed: tuple[str, ...]) -> Future:
    futures: dict[tuple[str, ...], Future] = result.futures
    if assumed not in futures:
        futures[assumed] = Future(result, assumed)
    return futures[assumed]


def _awaited_dates(determination: Determination, result: Result) -> tuple[str, ...]:
    """Return dates that are not known and that a lacking fact waits for, where a fact says that they date it."""
    dated = {fact.dated_by for fact in result.rulebook.facts.values() if fact.dated_by}
    lacking = set(determination.missing)
    behind = {base for name in lacking for base in (DERIVED[name].bases if name in DERIVED else ())}
    return tuple(sorted(name for name in (lacking | behind) & dated if name and name not in result.known))
