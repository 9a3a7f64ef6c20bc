"""The same request from many processes at once, after one that was killed in the middle of it.

`python -m tests.employer_portal.api.at_once` fills the empty database of DATABASE_URL and prints the answers.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import django

SENDERS = 8


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imp_site.settings")
    django.setup()
    from django.test.utils import setup_test_environment
    from django.utils import timezone

    from tests.employer_portal.clock import NOW

    setup_test_environment()
    timezone.now = lambda: NOW
    send = prepare()
    killed = os.waitstatus_to_exitcode(os.waitpid(_fork(lambda: _die_in_the_middle(send)), 0)[1])
    readers = [_sender(send) for _one in range(SENDERS)]
    answers = [json.loads(reader.read()) for reader in readers]
    json.dump({"killed": killed, "answers": answers, **verdict()}, sys.stdout)


def prepare() -> Callable[[], dict[str, Any]]:
    """Fill the database; returns what sends the request: to submit an offer that owes no fee, and so gets a number."""
    from django.db import connections
    from django.test import Client

    from employer_portal.models import Membership
    from tests.employer_portal.api.conftest import Program
    from tests.employer_portal.factories import charity_draft
    from tests.employer_portal.rush import prepare as fill

    fill()
    member = Membership.objects.get()
    program, offer = Program(member), charity_draft(member)
    connections.close_all()

    def send() -> dict[str, Any]:
        program.client = Client(headers={"authorization": f"Bearer {program.token.secret}"})
        answer = program.post(f"/offers/{offer.pk}/submit", {}, "once")
        return {"status": answer.status_code, "body": answer.json(), "offer": str(offer.pk)}

    return send


def _die_in_the_middle(send: Callable[[], Any]) -> None:
    """Send, and be killed when everything is done but for the end of the transaction."""
    with patch("employer_portal.api.moves.offer_answer", lambda offer: os.kill(os.getpid(), signal.SIGKILL)):
        send()


def _sender(send: Callable[[], Any]) -> Any:
    reading, writing = os.pipe()

    def act() -> None:
        with os.fdopen(writing, "w") as out:
            json.dump(send(), out)

    _fork(act)
    os.close(writing)
    return os.fdopen(reading)


def _fork(act: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            act()
            code = 0
        except BaseException as error:  # the outermost edge of this process
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            os._exit(code)
    return pid


def verdict() -> dict[str, Any]:
    from employer_portal.models import IdempotentRequest, OfferEvent
    from tests.employer_portal.invariants import broken_invariants

    request = IdempotentRequest.objects.get()
    submits = OfferEvent.objects.filter(event="submit", offer__exemption_category="charitable-worker")
    return {"broken": broken_invariants(), "kept": request.body, "submits": submits.count()}


if __name__ == "__main__":
    main()
