"""Calendar feeds: a secret address for each person, that their calendar reads the days of an employer from."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.utils import timezone
from icalendar import Calendar, Event

from eligibility.engine.words import provision_in_words
from employer_portal.actors import Actor
from employer_portal.duty_calendar import CalendarDay
from employer_portal.duty_lists import TITLES
from employer_portal.models import CalendarFeed, Employer, Membership, OfferOfEmployment
from employer_portal.permissions import Action, check_may, membership_of
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text

SECRET_BYTES = 32
CALENDAR_NAME = {"en": "Duties – {name}", "fr": "Obligations – {name}"}


@dataclass(frozen=True)
class NewFeed:
    """A feed and the secret of its address, which is shown once and kept nowhere."""

    feed: CalendarFeed
    secret: str


@in_transaction
def make_feed(employer: Employer, actor: Actor, *, shows_names: bool = False) -> NewFeed:
    """Make a person's feed of an employer; the one they had stops working."""
    check_may(actor, Action.VIEW, employer)
    assert actor.user is not None, "a feed belongs to a person"
    Membership.objects.select_for_update().get(user=actor.user, employer=employer, removed_at=None)
    revoke_feed(employer, actor)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed.objects.create(
        person=actor.user, employer=employer, secret_hash=_hash(secret), shows_names=shows_names
    )
    return NewFeed(feed, secret)


@in_transaction
def revoke_feed(employer: Employer, actor: Actor) -> None:
    """Let a person's feed of an employer stop working."""
    standing = CalendarFeed.objects.select_for_update().filter(person=actor.user, employer=employer, revoked_at=None)
    for feed in standing:
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])


def feed_of(employer: Employer, actor: Actor) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=actor.user, employer=employer, revoked_at=None).first()


def open_feed(secret: str) -> tuple[CalendarFeed, Membership] | None:
    """Return the feed of an address and what its person may see now; None for unknown, revoked, and who was removed."""
    standing = CalendarFeed.objects.filter(secret_hash=_hash(secret), revoked_at=None)
    feed = standing.select_related("person", "employer").first()
    membership = membership_of(feed.person, feed.employer) if feed else None
    return (feed, membership) if feed and membership else None


def as_calendar(days: Iterable[CalendarDay], feed: CalendarFeed, language: str) -> bytes:
    """Return days as an iCalendar file: initials and position of a worker, the name in full only where asked for."""
    calendar = Calendar()
    calendar.add("prodid", "-//IMP Navigator//Duties//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", CALENDAR_NAME[language].format(name=feed.employer.name))
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for day in days:
        calendar.add_component(_event(day, feed, language))
    written: bytes = calendar.to_ical()
    return written


def shown_worker(offer: OfferOfEmployment, *, in_full: bool) -> str:
    """Say whom a day is about: the initials and the position, or the name."""
    parts = (offer.worker_given_names or "", offer.worker_family_name or "")
    names = offer.worker_name if in_full else "".join(f"{part[:1]}." for part in parts if part)
    return ", ".join(part for part in (names, offer.job_title) if part)


def _event(day: CalendarDay, feed: CalendarFeed, language: str) -> Event:
    assert day.due_on is not None, "only a duty with a day is in a calendar"
    event = Event()
    event.add("uid", f"{day.duty.key}-{day.offer.pk}@imp-navigator")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", day.due_on)
    event.add("dtend", day.due_on + timedelta(days=1))
    title = TITLES[day.duty.key] if day.can_be_done else _LAST_DAY
    event.add("summary", f"{title.in_language(language)} ({shown_worker(day.offer, in_full=feed.shows_names)})")
    event.add(
        "description", f"{day.duty.text.in_language(language)} {provision_in_words(day.duty.provision, language)}"
    )
    event.add("transp", "TRANSPARENT")
    return event


_LAST_DAY = Text(en="Last day to keep the records", fr="Dernier jour de conservation des documents")


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
