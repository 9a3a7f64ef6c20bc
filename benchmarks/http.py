"""A questionnaire step over HTTP: pages shown and answered by Django's test client, on a database of its own.

python -m benchmarks.http [PEOPLE]
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

MOST_MS = {"a page shown": 100.0, "a page answered, and the next one found": 100.0, "the result": 500.0}
RULES = Path(__file__).parents[1] / "rules"


def measured(count: int) -> dict[str, list[float]]:
    """Walk people through the pages; returns the milliseconds of every request, by what it did."""
    from django.test import Client
    from django.utils import timezone

    from benchmarks.people import people
    from exemption_codes.catalogue.reader import read_rulebook, rule_files
    from exemption_codes.releases import publish, store
    from tests.journeys.walking import posted

    rulebook = read_rulebook(RULES)
    publish(store(rulebook, rule_files(RULES))[0])
    ticks = {page.id for page in rulebook.pages if page.kind == "ticks"}
    spent: dict[str, list[float]] = {what: [] for what in MOST_MS}
    for person in people(rulebook, count, 2026, timezone.localdate()):
        client = Client()
        client.post("/en/questions/begin/")
        there = client.get("/en/questions/")["Location"]
        while not there.endswith("/answers/"):
            address = urlsplit(there)
            facts = {name: person.answer(name) for name in parse_qs(address.query)["fact"]}
            _timed(spent["a page shown"], client.get, there)
            form = posted(list(facts), facts, rulebook, is_ticks=address.path.split("/")[-2] in ticks)
            there = _timed(spent["a page answered, and the next one found"], _answered, client, there, form)
        _timed(spent["the result"], client.get, "/en/result/")
    return spent


def _answered(client: Any, page: str, form: dict[str, Any]) -> str:
    answered = client.post(page, form)
    assert answered.status_code == 302, answered.content.decode()
    return str(client.get(answered["Location"])["Location"])


def _timed(spent: list[float], work: Callable[..., Any], *arguments: Any) -> Any:
    started = time.perf_counter()
    done = work(*arguments)
    spent.append(1000 * (time.perf_counter() - started))
    return done


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 21
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATABASE_URL=f"sqlite:///{folder}/pages.sqlite3", DJANGO_SETTINGS_MODULE="imp_site.settings")
        os.environ.setdefault("DJANGO_DEBUG", "1")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from benchmarks.timing import said

        settings.DEBUG = False
        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        spent = measured(count)
        kept = [
            said(f"{what}, median of {len(all_)}", statistics.median(all_), MOST_MS[what])
            for what, all_ in spent.items()
        ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
