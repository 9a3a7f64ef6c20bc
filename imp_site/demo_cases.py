"""Demo work on the demo cases: taken, noted, asked, answered and closed, so that every state of the queue is seen."""

import uuid
from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from eligibility.casework.assignment import close, take
from eligibility.casework.documents import receive, wanted_documents
from eligibility.casework.messages import answer, write_message
from eligibility.casework.notes import add_note
from eligibility.casework.saved import save_queue
from eligibility.models import CaseState, DailyCount, Screening
from eligibility.screenings import judged_for
from exemption_codes.catalogue.rulebook import Rulebook
from imp_site.demo import NAMESPACE

# So many invented people began, and so many of them stopped at each of the first pages.
VISITORS, STOPPED = 40, (6, 1, 3, 0, 5, 2, 1)
Work = Callable[[Screening, User, Rulebook, date], None]


def _in_work(case: Screening, user: User, rulebook: Rulebook, today: date) -> None:
    take(case, user)
    add_note(case, user, "Diploma looks right; waiting for the licence of the province.")
    for wanted in list(wanted_documents(judged_for(case, rulebook, case.as_of)).values())[:2]:
        receive(case, user, wanted, today, "copy")


def _waiting(case: Screening, user: User, rulebook: Rulebook, today: date) -> None:
    take(case, user)
    text = "Bonjour, il nous manque encore un point avant de vous répondre."
    write_message(case, user, text, ["offer.prevailing_wage_hourly"])


def _answered(case: Screening, user: User, rulebook: Rulebook, today: date) -> None:
    take(case, user)
    message = write_message(case, user, "Thank you for your case. One question is left.", ["applicant.location"])
    answer(message, {"applicant.location": "in_canada"}, (), "I arrived last week.", rulebook, today)


def _closed(case: Screening, user: User, rulebook: Rulebook, today: date) -> None:
    take(case, user)
    close(case, user, "Le permis a été délivré.")


WORK: dict[str, tuple[str, Work]] = {
    "Fictional Engineer": ("consultant", _in_work),
    "Cuisinière Fictive": ("senior", _waiting),
    "Fictional Manager": ("consultant", _answered),
    "Diplômé Fictif": ("senior", _closed),
}


def work_on_cases(rulebook: Rulebook, today: date) -> int:
    """Do the demo work once on each demo case that is still new; returns on how many."""
    done = 0
    for name, (username, work) in WORK.items():
        user = User.objects.filter(username=username).first()
        new = Screening.objects.submitted().filter(source=uuid.uuid5(NAMESPACE, name), state=CaseState.NEW)
        case = new.filter(versions=None, messages=None, assignee=None).first()
        if user is None or case is None:
            continue
        with transaction.atomic():
            work(case, user, rulebook, today)
        done += 1
    if senior := User.objects.filter(username="senior").first():
        save_queue(senior, "Français, à personne", "assignee=nobody&language=fr", is_shared=True)
    return done


def count_visits(rulebook: Rulebook, today: date) -> None:
    """Make up how many people reached and answered the first pages, unless anybody was counted already."""
    kinds = DailyCount.Kind
    if DailyCount.objects.filter(kind=kinds.REACHED).exists():
        return
    left = VISITORS
    for page, stopped in zip(rulebook.pages, STOPPED, strict=False):
        reached, left = left, left - stopped
        for kind, number in ((kinds.REACHED, reached), (kinds.LEFT, left)):
            DailyCount.objects.create(day=today, kind=kind, name=page.id, number=number)
