"""What people can be told of, in topics that they switch on and off: an offer’s moves, its worker’s word, reminders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eligibility.engine.words import day_in_words
from employer_portal.duty_lists import TITLES
from employer_portal.offer_status import EVENT_WORDS, Event
from exemption_codes.catalogue.documents import Text

# Autosave and drafts are nobody else's news.
QUIET = frozenset({Event.CREATE, Event.SAVE, Event.DELETE, Event.RESTORE, Event.EDIT})
DUTY_REMINDER = "duty_reminder"
WORKER_CONFIRMED, WORKER_DIFFERS = "worker_confirmed", "worker_differs"
WORKER_WORDS: dict[str, Text] = {
    WORKER_CONFIRMED: Text(
        en="The worker confirmed the passport", fr="Le travailleur a confirmé les données du passeport"
    ),
    WORKER_DIFFERS: Text(
        en="The worker’s passport says something else than the offer",
        fr="Le passeport du travailleur diffère de l’offre",
    ),
}


@dataclass(frozen=True)
class Topic:
    """A group of kinds that a person hears of together."""

    key: str
    title: Text
    kinds: tuple[str, ...]


TOPICS: tuple[Topic, ...] = (
    Topic(
        "filing",
        Text(en="Filing: submitted, cancelled, copied", fr="Présentation : présentée, annulée, copiée"),
        (Event.SUBMIT, Event.CANCEL, Event.DUPLICATE),
    ),
    Topic(
        "worker",
        Text(
            en="The worker’s own word: passport confirmed, or something differs",
            fr="La parole du travailleur : passeport confirmé, ou différences",
        ),
        (WORKER_CONFIRMED, WORKER_DIFFERS),
    ),
    Topic(
        "money",
        Text(en="Money: paid, failed, to be refunded", fr="Paiements : payés, échoués, à rembourser"),
        (Event.CAPTURE, Event.PAYMENT_FAILED, Event.SURPLUS_CAPTURE),
    ),
    Topic(
        "application",
        Text(
            en="The worker’s application: matched, refused, permit issued",
            fr="La demande du travailleur : jumelée, refusée, permis délivré",
        ),
        (
            Event.MATCH, Event.MATCH_FAILED, Event.APPLIED_EARLY, Event.UNMATCH, Event.REFUSE, Event.WORKER_WITHDRAWS,
            Event.PRINT_PERMIT,
        ),
    ),
    Topic(
        "end",
        Text(en="The end of an offer: withdrawn, expired", fr="La fin d’une offre : retirée, expirée"),
        (
            Event.WITHDRAW, Event.REQUEST_WITHDRAWAL, Event.CONFIRM_WITHDRAWAL, Event.DECLINE_WITHDRAWAL, Event.EXPIRE,
        ),
    ),
    Topic(
        "duties",
        Text(en="Reminders of duties, before their day", fr="Rappels des obligations, avant leur échéance"),
        (DUTY_REMINDER,),
    ),
)  # fmt: skip


def words_of(kind: str, details: Mapping[str, str]) -> Text:
    """Say in words what happened, or what a reminder is of."""
    if kind in WORKER_WORDS:
        return WORKER_WORDS[kind]
    if kind != DUTY_REMINDER:
        return EVENT_WORDS[Event(kind)]
    day = date.fromisoformat(details["due_on"])
    title = TITLES[details["duty"]]
    return Text(
        en=f"{title.en}: due on {day_in_words(day, 'en')}",
        fr=f"{title.fr} : échéance le {day_in_words(day, 'fr')}",
    )
