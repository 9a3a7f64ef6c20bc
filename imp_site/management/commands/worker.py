"""`manage.py worker`: do the background work, and first take up what a worker that was killed left undone."""

import os
import signal
import sys
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from eligibility.impact_tasks import resume_unfinished

# What it does at the end is cut off after so many seconds; it can be taken up again.
SECONDS_TO_END = 5


class Command(DatabaseWorker):
    help = "Do the background work: impacts, notices, mails. Takes up what a worker that was killed left undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(reload=False)
        parser.add_argument("--until-eof", action="store_true", help="end when standard input does")

    def handle(self, *args: Any, **options: Any) -> None:
        resume_unfinished()
        if options.pop("until_eof"):
            threading.Thread(target=_end_with_input, daemon=True).start()
        super().handle(*args, **options)


def _end_with_input() -> None:
    """End gracefully, then at once, when whoever holds the other end of standard input is gone."""
    sys.stdin.buffer.read()
    for _turn in range(2):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(SECONDS_TO_END)
