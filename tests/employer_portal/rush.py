"""Many processes at once on the same and different offers: submit, pay, cancel, withdraw, match, refuse, refund.

`python -m tests.employer_portal.rush --seconds 60 --workers 20` works on the database of DATABASE_URL, which it fills,
kills some workers in the middle of what they do, and ends by checking every invariant; prints a report as JSON.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from typing import Any

import django
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from tests.employer_portal.clock import NOW

OFFERS = 24
CROWDED = 12  # everybody works on these at once
KILL_EVERY_SECONDS = 1.5
# Copies of one offer are for one worker, of which the employer is warned.
TWICE = {"worker.other_offer": "Two seasons."}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--workers", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20261124)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imp_site.settings")
    django.setup()
    timezone.now = lambda: NOW
    offers = prepare()
    report = rush(offers, asked.workers, asked.seconds, random.Random(asked.seed))
    json.dump({**report, **verdict()}, sys.stdout)


def prepare() -> list[Any]:
    """Fill an empty database: a catalogue, an employer, its people, and drafts that are ready."""
    from employer_portal.actors import person
    from exemption_codes.catalogue.reader import read_rulebook, rule_files
    from exemption_codes.releases import publish, published_rulebook, store
    from tests.conftest import RULES
    from tests.employer_portal.factories import MembershipFactory, UserFactory, charity_draft, draft

    call_command("migrate", verbosity=0)
    publish(store(read_rulebook(RULES), rule_files(RULES))[0])
    published_rulebook()
    member = MembershipFactory()
    UserFactory(username="officer", is_staff=True)
    warm_up(draft(member), person(member.user))
    return [(charity_draft if number % 6 == 0 else draft)(member).pk for number in range(OFFERS)]


def warm_up(offer: Any, who: Any) -> None:
    """Take one offer all the way, so that no worker has to make plans and derive keys before it can begin."""
    from employer_portal.offers import submit_offer, withdraw_offer
    from employer_portal.payments import hear, start_payment

    hear(start_payment(submit_offer(offer.pk, who).charge_id, who, "key"), "confirmed")
    withdraw_offer(offer.pk, who)


def rush(offers: list[Any], workers: int, seconds: float, chance: random.Random) -> dict[str, Any]:
    """Let workers loose until time is up, killing one now and then and starting another in its place."""
    connections.close_all()
    until = time.monotonic() + seconds
    running = {start(offers, until, number): number for number in range(workers)}
    killed, exits, next_number = 0, Counter[int](), workers
    while time.monotonic() < until:
        time.sleep(KILL_EVERY_SECONDS)
        victim = chance.choice(sorted(running))
        os.kill(victim, signal.SIGKILL)
        _pid, status = os.waitpid(victim, 0)
        killed += os.WIFSIGNALED(status)
        del running[victim]
        running[start(offers, until, next_number)] = next_number
        next_number += 1
    for pid in running:
        exits[os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])] += 1
    return {"killed": killed, "failed_workers": sum(count for code, count in exits.items() if code), "workers": workers}


def start(offers: list[Any], until: float, number: int) -> int:
    """Begin a worker as a fork of this process, with the catalogue already in memory; returns its id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        connections.close_all()
        work(offers, until, random.Random(number))
        code = 0
    except BaseException as error:  # the outermost edge of this process
        sys.stderr.write(f"worker {number}: {type(error).__name__}: {error}\n")
    finally:
        os._exit(code)


def work(offers: list[Any], until: float, chance: random.Random) -> None:
    from django.contrib.auth.models import User

    from employer_portal.actors import person, staff
    from employer_portal.errors import PortalError
    from employer_portal.models import Membership, OfferOfEmployment

    who = person(Membership.objects.get().user)
    officer = staff(User.objects.get(username="officer"))
    while time.monotonic() < until:
        latest = OfferOfEmployment.objects.order_by("-created_at").values_list("pk", flat=True)[:CROWDED]
        offer = OfferOfEmployment.objects.get(pk=chance.choice(latest if chance.random() < 0.8 else offers))
        # Somebody else was faster, or the table says no: that is how it should be.
        with suppress(PortalError):
            act(offer, who, officer, chance)


def act(offer: Any, who: Any, officer: Any, chance: random.Random) -> None:
    """Try one thing with an offer, mostly one that its state would allow a moment ago."""
    from employer_portal import drafts, offers, refunds
    from employer_portal.matching import Application

    application = Application(offer.number or "", offer.worker_passport_number or "", "US")
    key = str(chance.randrange(3))
    every = {
        "submit": lambda: offers.submit_offer(offer.pk, who),
        "save": lambda: drafts.save_draft(offer.pk, offer.version, {"recruiter": key}, who),
        "cancel": lambda: offers.cancel_submission(offer.pk, who),
        "pay": lambda: pay(offer, who, key, chance),
        "hear": lambda: hear_again(chance),
        "withdraw": lambda: offers.withdraw_offer(offer.pk, who),
        "correct": lambda: correct(offer, who),
        "match": lambda: offers.match_offer(offer.pk, application, officer),
        "unmatch": lambda: offers.unmatch_offer(offer.pk, officer),
        "refuse": lambda: offers.refuse_permit(offer.pk, officer),
        "refund": lambda: refunds.send_due_refunds(),
        "copy": lambda: copy(offer, who),
    }
    likely = {
        "draft": ["submit", "submit", "save"],
        "awaiting_fee": ["pay", "pay", "pay", "cancel"],
        "issued": ["withdraw", "correct", "match", "pay", "hear"],
        "matched": ["unmatch", "refuse"],
        "withdrawn": ["copy", "hear", "refund"],
        "refused": ["copy", "hear", "refund"],
    }
    names = likely.get(offer.status, []) if chance.random() < 0.8 else list(every)
    if names:
        every[chance.choice(names)]()


def pay(offer: Any, who: Any, key: str, chance: random.Random) -> None:
    from employer_portal.payments import hear, start_payment

    if offer.charge_id:
        payment = start_payment(offer.charge_id, who, key, afresh=chance.random() < 0.3)
        hear(payment, chance.choice(["confirmed", "confirmed", "rejected", "input"]))


def hear_again(chance: random.Random) -> None:
    """A provider calls about some payment, again or late."""
    from employer_portal.models import FeePayment
    from employer_portal.payments import hear

    latest = list(FeePayment.objects.order_by("-pk")[:40])
    if latest:
        hear(chance.choice(latest), chance.choice(["confirmed", "rejected", "error"]))


def copy(offer: Any, who: Any) -> None:
    """Begin another offer in place of a closed one, so that there is always work."""
    from employer_portal.declarations import DECLARATION_KEYS
    from employer_portal.drafts import duplicate_offer, save_draft
    from employer_portal.models import Membership
    from tests.employer_portal.factories import charity_draft

    if offer.fee_exemption:
        charity_draft(Membership.objects.get(), acknowledged=TWICE)
    else:
        made = duplicate_offer(offer.pk, who)
        save_draft(made.pk, 1, {"declared": list(DECLARATION_KEYS), "acknowledged": TWICE}, who)


def correct(offer: Any, who: Any) -> None:
    """Withdraw and copy in one step, and make the copy ready to submit."""
    from employer_portal.declarations import DECLARATION_KEYS
    from employer_portal.drafts import save_draft
    from employer_portal.offers import correct_offer

    made = correct_offer(offer.pk, who, "a typing error")
    save_draft(made.pk, 1, {"declared": list(DECLARATION_KEYS), "acknowledged": TWICE}, who)


def verdict() -> dict[str, Any]:
    from employer_portal.models import FeePayment, OfferEvent, OfferNumberAllotment, OfferOfEmployment
    from tests.employer_portal.invariants import broken_invariants

    return {
        "broken": broken_invariants(),
        "offers": OfferOfEmployment.objects.count(),
        "numbers": OfferNumberAllotment.objects.count(),
        "events": OfferEvent.objects.count(),
        "captured": FeePayment.objects.filter(captured_at__isnull=False).count(),
        "settled": FeePayment.objects.filter(settles=True).count(),
    }


if __name__ == "__main__":
    main()
