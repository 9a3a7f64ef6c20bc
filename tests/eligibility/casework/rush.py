"""Several consultants, each a process of its own, take the same cases at once; prints who got which as JSON.

`python -m tests.eligibility.casework.rush` fills the empty database of DATABASE_URL.
"""

import json
import multiprocessing
import os
import sys
from typing import Any

import django
from django.core.management import call_command
from django.db import connections

WORKERS, CASES = 4, 12


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imp_site.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    cases = prepare()
    connections.close_all()
    context = multiprocessing.get_context("fork")
    start, told = context.Barrier(WORKERS), context.Queue()
    workers = [context.Process(target=take_all, args=(f"worker{n}", cases, start, told)) for n in range(WORKERS)]
    for worker in workers:
        worker.start()
    said = dict(told.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join(timeout=60)
    json.dump({"said": said, **verdict()}, sys.stdout)


def prepare() -> list[str]:
    from django.contrib.auth.models import User
    from django.utils import timezone

    from eligibility.models import Screening

    for number in range(WORKERS):
        User.objects.create_user(f"worker{number}")
    made = [
        Screening.objects.create(submitted_at=timezone.now(), reference=f"CASE{number:02}") for number in range(CASES)
    ]
    return [str(one.pk) for one in made]


def take_all(name: str, cases: list[str], start: Any, told: Any) -> None:
    """Take every case as fast as can be, and tell what became of each: taken, or whose it is."""
    from django.contrib.auth.models import User

    from eligibility.casework.assignment import CaseTaken, take
    from eligibility.models import Screening

    user = User.objects.get(username=name)
    screenings = {str(one.pk): one for one in Screening.objects.filter(pk__in=cases)}
    start.wait(timeout=60)
    became = {}
    for key in cases:
        try:
            take(screenings[key], user)
            became[key] = name
        except CaseTaken as error:
            became[key] = error.holder.username if error.holder else ""
    told.put((name, became))


def verdict() -> dict[str, Any]:
    from eligibility.casework.events import tampering
    from eligibility.models import Screening

    cases = list(Screening.objects.select_related("assignee"))
    return {
        "holders": {str(one.pk): one.assignee.username if one.assignee else "" for one in cases},
        "events": {str(one.pk): [event.actor for event in one.events.all()] for one in cases},
        "tampered": [str(one.pk) for one in cases if tampering(one)],
    }


if __name__ == "__main__":
    main()
