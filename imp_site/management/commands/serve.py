"""`manage.py serve`: the development server and a worker beside it, which ends with the server however that ends."""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

SECONDS_TO_END = 15


class Command(BaseCommand):
    help = "Run the development server and the background work beside it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000", help="address and port of the server")

    def handle(self, *args: Any, **options: Any) -> None:
        # The worker reads standard input: a pipe that closes when this process ends, even when it is killed.
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--until-eof", "--verbosity", "0"]
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=settings.BASE_DIR)
        try:
            call_command("runserver", options["address"], use_reloader=False)
        finally:
            _end(worker)


def _end(worker: "subprocess.Popen[bytes]") -> None:
    if worker.stdin:
        worker.stdin.close()
    try:
        worker.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
