"""The queue: what it shows to whom, its filters, saved queues, and a number of queries that does not grow."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from eligibility.casework.assignment import close, take
from eligibility.models import CaseCode, SavedQueue, Screening
from exemption_codes.catalogue.rulebook import Rulebook
from imp_site.staff_groups import AUDITORS, PUBLISHERS, SENIORS
from tests.eligibility.factories import member, sent

LIST = "/admin/eligibility/screening/"
FILTERS: list[tuple[dict[str, str], list[str]]] = [
    ({"state": "new"}, ["cook"]),
    ({"state": "in_work"}, ["engineer"]),
    ({"state": "open"}, ["cook", "engineer"]),
    ({"state": "closed"}, ["closed"]),
    ({"assignee": "me"}, ["engineer"]),
    ({"assignee": "nobody"}, ["closed", "cook"]),
    ({"assignee": "0"}, []),
    ({"assignee": "nonsense"}, []),
    ({"country": "FR"}, ["cook"]),
    ({"country": "BR"}, ["closed"]),
    ({"country": "F"}, []),
    ({"age": "day"}, ["cook", "engineer"]),
    ({"age": "month"}, ["closed"]),
    ({"age": "nonsense"}, ["closed", "cook", "engineer"]),
    ({"language": "fr"}, ["cook"]),
    ({"code": "T36"}, ["engineer"]),
    ({"code": "C10", "best_outcome__exact": "undetermined"}, ["closed", "cook"]),
    ({"best_outcome__exact": "undetermined", "language": "en"}, ["closed"]),
    ({"state": "open", "assignee": "me", "code": "T36", "q": "t23"}, ["engineer"]),
]


def shown(client: Client, **query: str) -> list[str]:
    rows = client.get(f"{LIST}?{urlencode(query)}").context["rows"]
    return sorted(row.reference for row in rows)


def test_a_row_tells_what_a_consultant_needs(at_work: Client, ada: User, engineer: Screening, cook: Screening) -> None:
    Screening.objects.filter(pk=cook.pk).update(submitted_at=timezone.now() - timedelta(days=9, hours=3))
    take(engineer, ada)
    rows = {row.reference: row for row in at_work.get(LIST).context["rows"]}
    mine, other = rows[engineer.reference], rows[cook.reference]
    assert (mine.person, mine.outcome_words, mine.countries) == ("Fictional Engineer", "Eligible", "United States")
    assert "T36" in mine.codes
    assert (mine.is_mine, mine.state_words, mine.age) == (True, "In work", "under an hour")
    assert (other.person, other.countries, other.age) == ("Cuisinière Fictive", "Senegal, France", "9 days")
    assert (other.assignee, other.state_words, other.language_words) == ("", "New", "French")


def test_filters(at_work: Client, ada: User, rulebook: Rulebook, engineer: Screening, cook: Screening) -> None:
    closed = sent(rulebook, {"applicant.citizenships": ["BR"]})
    close(closed, ada, "Fictional")
    Screening.objects.filter(pk=closed.pk).update(submitted_at=timezone.now() - timedelta(days=8))
    take(engineer, ada)
    named = {engineer.reference: "engineer", cook.reference: "cook", closed.reference: "closed"}
    found = [(query, sorted(named[reference] for reference in shown(at_work, **query))) for query, _finds in FILTERS]
    assert found == FILTERS


def test_the_queries_do_not_grow_with_cases(at_work: Client, ada: User, ben: User, engineer: Screening) -> None:
    at_work.get(LIST)
    counts = []
    for more in (4, 45):
        Screening.objects.bulk_create(
            Screening(
                submitted_at=engineer.submitted_at,
                reference=f"COPY{more}{number}",
                contact_name="Fictional",
                countries=(",BR,", ",FR,", ",US,")[number % 3],
                assignee=(ada, ben)[number % 2],
            )
            for number in range(more)
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(at_work.get(LIST).context["rows"]) in (5, 50)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_index_is_made_again_from_the_answers(at_work: Client, engineer: Screening, cook: Screening) -> None:
    before = list(CaseCode.objects.order_by("screening", "category").values_list("screening", "key", "outcome"))
    CaseCode.objects.all().delete()
    Screening.objects.update(countries="", release_digest="")
    Screening.objects.filter(pk=engineer.pk).update(release_digest=engineer.release_digest)
    call_command("index_cases")
    of_engineer = [row for row in before if row[0] == engineer.pk]
    after = CaseCode.objects.order_by("screening", "category").values_list("screening", "key", "outcome")
    assert list(after) == of_engineer
    assert shown(at_work, country="US") == [engineer.reference]
    assert shown(at_work, country="FR") == []


def test_nothing_in_clear_tells_who_somebody_is(engineer: Screening) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM eligibility_screening WHERE submitted_at IS NOT NULL")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT category, key, outcome FROM eligibility_casecode")
        index = cursor.fetchall()
    for secret in ("Fictional", "person@example.org", "21231", "bachelor"):
        assert secret not in stored, secret
    assert ("cusma-professional", "T36", "eligible") in index
    assert {outcome for _category, _key, outcome in index} <= {"eligible", "officer_judgement", "undetermined"}


@pytest.mark.parametrize(
    ("group", "sees", "sees_person", "works"),
    [(SENIORS, 200, True, True), (AUDITORS, 200, False, False), (PUBLISHERS, 403, False, False)],
)
def test_who_sees_what(
    client: Client, engineer: Screening, group: str, sees: int, sees_person: bool, works: bool
) -> None:
    client.force_login(member(group))
    case = f"{LIST}{engineer.pk}/change/"
    for address in (LIST, case):
        response = client.get(address)
        assert response.status_code == sees
        page = response.content.decode()
        assert ("Fictional Engineer" in page) == sees_person
        assert ("/give/" in page) == works
    given = client.post(f"{LIST}give/", {"case": [str(engineer.pk)], "to": "me"})
    assert given.status_code == (302 if works else 403)


def test_a_queue_is_saved_shared_renamed_and_forgotten(at_work: Client, ada: User, ben: User) -> None:
    filters = "state=open&code=T36&p=3&q="
    at_work.post(f"{LIST}queues/save/", {"query": filters, "name": "Engineers"})
    at_work.post(f"{LIST}queues/save/", {"query": filters, "name": "Engineers", "is_shared": "on"})
    saved = SavedQueue.objects.get()
    assert (saved.query, saved.is_shared) == ("code=T36&state=open", True)
    page = at_work.get(f"{LIST}?state=open&code=T36")
    assert [tab.name for tab in page.context["tabs"] if tab.is_here] == ["Engineers"]

    colleague = Client()
    colleague.force_login(ben)
    assert "Engineers" in colleague.get(LIST).content.decode()
    assert colleague.post(f"{LIST}queues/", {"queue": saved.pk, "forget": ""}).status_code == 404
    at_work.post(f"{LIST}queues/", {"queue": saved.pk, "name": "Ingénieurs"})
    saved.refresh_from_db()
    assert (saved.name, saved.is_shared) == ("Ingénieurs", False)
    assert "Ingénieurs" not in colleague.get(LIST).content.decode()
    at_work.post(f"{LIST}queues/", {"queue": saved.pk, "forget": ""})
    assert not SavedQueue.objects.exists()


def test_a_queue_needs_a_name_of_its_own(at_work: Client, ada: User) -> None:
    at_work.post(f"{LIST}queues/save/", {"query": "state=open", "name": " "})
    assert not SavedQueue.objects.exists()
    first, second = (SavedQueue.objects.create(owner=ada, name=name) for name in ("One", "Two"))
    response = at_work.post(f"{LIST}queues/", {"queue": second.pk, "name": first.name})
    assert response.status_code == 422
    assert "another queue of this name" in response.content.decode()
    assert at_work.post(f"{LIST}queues/", {"queue": "0", "forget": ""}).status_code == 404


def test_the_empty_queue_says_so(at_work: Client, release: Any) -> None:
    assert "The queue is empty" in at_work.get(LIST).content.decode()
    assert "No case fits these filters" in at_work.get(f"{LIST}?state=closed").content.decode()
