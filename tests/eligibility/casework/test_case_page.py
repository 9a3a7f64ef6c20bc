"""The page of a case: what each tab shows, what each form does, and a number of queries that does not grow."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from eligibility.casework import links
from eligibility.casework.assignment import take
from eligibility.casework.events import tampering
from eligibility.casework.messages import write_message
from eligibility.casework.notes import add_note
from eligibility.models import CaseEvent, DocumentReceived, Screening
from imp_site.staff_groups import AUDITORS
from tests.eligibility.factories import member

LIST = "/admin/eligibility/screening/"
TABS = ("", "?tab=messages", "?tab=documents", "?tab=notes", "?tab=timeline")


def case(screening: Screening, rest: str = "change/") -> str:
    return f"{LIST}{screening.pk}/{rest}"


def kinds_of(screening: Screening) -> list[str]:
    return [event.kind for event in screening.events.all()][2:]


def test_the_queries_do_not_grow_with_notes_messages_or_documents(
    at_work: Client, ada: User, engineer: Screening
) -> None:
    documents = at_work.get(case(engineer, "change/?tab=documents")).context["documents"]

    def counts() -> list[int]:
        found = []
        for tab in TABS:
            at_work.get(case(engineer) + tab)
            with CaptureQueriesContext(connection) as queries:
                assert at_work.get(case(engineer) + tab).status_code == 200
            found.append(len(queries))
        return found

    add_note(engineer, ada, "First")
    write_message(engineer, ada, "First", [])
    at_work.post(case(engineer, f"documents/{documents[0][0].key}/"), {"received_on": "2026-11-20"})
    few = counts()
    for number in range(19):
        add_note(engineer, ada, f"Note {number}")
    for number in range(5):
        write_message(engineer, ada, f"Message {number}", [])
    for item, _form in documents[1:]:
        at_work.post(case(engineer, f"documents/{item.key}/"), {"received_on": "2026-11-21"})
    assert counts() == few
    assert max(few) <= 14


@pytest.mark.parametrize("tab", [*TABS, "?tab=decisions"])
def test_no_two_things_on_a_page_have_one_id(at_work: Client, ada: User, engineer: Screening, tab: str) -> None:
    write_message(engineer, ada, "First", ["offer.wage_hourly"])
    page = at_work.get(case(engineer) + tab).content.decode()
    ids = re.findall(r"""<[^<>]*\sid=["']([^"']+)["']""", page)
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_open_codes_stand_side_by_side(at_work: Client, engineer: Screening) -> None:
    first = at_work.get(case(engineer)).context
    assert first["side"][0].summary.key == "T36"
    assert len(first["side"]) == min(3, len(first["open_codes"]))
    last = first["open_codes"][-1].summary.id
    chosen = at_work.get(case(engineer) + f"?side={last}&side=forged")
    assert chosen.context["side_ids"] == [last]
    page = chosen.content.decode()
    assert page.count(f'id="code-{last}"') == 1
    assert all(f'id="code-{code.summary.id}"' in page for code in first["open_codes"])


def test_what_is_lacking_for_a_code_is_asked_for_in_one_click(at_work: Client, cook: Screening) -> None:
    code = at_work.get(case(cook)).context["side"][0]
    lacking = [one.name for one in code.summary.lacking if one.page]
    assert lacking
    address = case(cook, "change/?tab=messages") + "".join(f"&ask={name}" for name in lacking) + "&ask=forged"
    context = at_work.get(address).context
    ticked = [name for name, _words, is_chosen in context["suggested"] if is_chosen]
    assert {*ticked, *filter(None, context["other_chosen"])} == set(lacking)


def test_two_pages_open_at_once_and_one_takes(at_work: Client, ada: User, ben: User, engineer: Screening) -> None:
    other = Client()
    other.force_login(ben)
    other.post(case(engineer, "take/"))
    said = at_work.post(case(engineer, "take/"), follow=True).content.decode()
    assert f"ben has taken case {engineer.reference}" in said
    at_work.post(case(engineer, "give/"), {"to": str(ada.pk), "seen": ""})
    at_work.post(case(engineer, "give/"), {"to": "nobody", "seen": str(ada.pk)})
    at_work.post(case(engineer, "give/"), {"to": "forged", "seen": str(ben.pk)})
    engineer.refresh_from_db()
    assert engineer.assignee == ben
    at_work.post(case(engineer, "give/"), {"to": str(ada.pk), "seen": str(ben.pk)})
    assert kinds_of(engineer) == ["taken", "taken"]


def test_a_document_is_ticked_changed_and_unticked(at_work: Client, engineer: Screening) -> None:
    item, _form = at_work.get(case(engineer, "change/?tab=documents")).context["documents"][0]
    address = case(engineer, f"documents/{item.key}/")
    bad = at_work.post(address, {"received_on": "2999-01-01", "note": "Kept words"})
    assert (bad.status_code, "Kept words" in bad.content.decode()) == (422, True)
    for note in ("a copy", "a copy", "the original"):
        at_work.post(address, {"received_on": "2026-11-20", "note": note})
    assert DocumentReceived.objects.get().note == "the original"
    assert at_work.get(case(engineer)).context["checklist"].received == 1
    assert at_work.post(case(engineer, "documents/0123456789abcdef/"), {"received_on": "2026-11-20"}).status_code == 404
    at_work.post(address, {"untick": ""})
    assert not DocumentReceived.objects.exists()
    assert kinds_of(engineer) == ["document_received", "document_changed", "document_unticked"]


def test_what_came_in_stays_when_no_code_asks_for_it_any_more(at_work: Client, ada: User, engineer: Screening) -> None:
    item, _form = at_work.get(case(engineer, "change/?tab=documents")).context["documents"][0]
    at_work.post(case(engineer, f"documents/{item.key}/"), {"received_on": "2026-11-20"})
    DocumentReceived.objects.update(key="f" * 16)
    page = at_work.get(case(engineer, "change/?tab=documents")).content.decode()
    assert "No matched code asks for it any more" in page
    at_work.post(case(engineer, f"documents/{'f' * 16}/"), {"untick": ""})
    assert not DocumentReceived.objects.exists()


def test_notes_are_for_staff_told_once_and_escaped(at_work: Client, engineer: Screening) -> None:
    address = case(engineer, "note/")
    assert at_work.post(address, {"text": " "}).status_code == 422
    for _ in range(2):
        at_work.post(address, {"text": "<b>Careful</b>"})
    page = at_work.get(case(engineer, "change/?tab=notes")).content.decode()
    assert page.count("&lt;b&gt;Careful&lt;/b&gt;") == 1
    assert kinds_of(engineer) == ["noted"]


def test_a_case_is_closed_with_a_reason(at_work: Client, engineer: Screening) -> None:
    assert at_work.post(case(engineer, "close/"), {"text": "", "tab": "notes"}).status_code == 422
    at_work.post(case(engineer, "close/"), {"text": "Permit issued"})
    engineer.refresh_from_db()
    assert engineer.state == "closed"
    at_work.post(case(engineer, "reopen/"), {"text": "By mistake"})
    assert kinds_of(engineer) == ["closed", "reopened"]


def test_an_offer_is_linked_by_the_number_quoted(at_work: Client, engineer: Screening) -> None:
    def finder(number: str, reader: Any) -> links.CaseLink | None:
        return links.CaseLink("Fictional offer", (("State", "Number issued"),)) if number == "A1234567" else None

    links.register(finder)
    assert at_work.post(case(engineer, "offer/"), {"offer_number": "B12"}).status_code == 422
    for _ in range(2):
        at_work.post(case(engineer, "offer/"), {"offer_number": " a123 4567 "})
    assert "Fictional offer" in at_work.get(case(engineer)).content.decode()
    assert kinds_of(engineer) == ["offer_linked"]
    at_work.post(case(engineer, "offer/"), {"offer_number": "A7654321"})
    assert "no offer with the number A7654321" in at_work.get(case(engineer)).content.decode()


def test_tampering_shows_on_the_time_line(at_work: Client, ada: User, engineer: Screening) -> None:
    take(engineer, ada)
    assert "nothing was changed afterwards" in at_work.get(case(engineer, "change/?tab=timeline")).content.decode()
    Screening.objects.filter(pk=engineer.pk).update(matched_codes="C10")
    CaseEvent._base_manager.filter(screening=engineer, kind="taken").update(actor="ben")
    engineer.refresh_from_db()
    assert len(tampering(engineer)) == 2
    page = at_work.get(case(engineer, "change/?tab=timeline")).content.decode()
    assert "changed this case outside the site" in page
    assert "event 3" in page
    assert "the answers, or what they led to" in page


@pytest.mark.parametrize(("column", "value"), [("kind", "nonsense"), ("content", "x")])
def test_an_event_that_can_no_longer_be_read_shows_on_the_time_line(
    at_work: Client, ada: User, engineer: Screening, column: str, value: str
) -> None:
    add_note(engineer, ada, "First")
    with connection.cursor() as cursor:
        table = CaseEvent._meta.db_table
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, engineer.events.get(number=3).pk])
    page = at_work.get(case(engineer, "change/?tab=timeline"))
    assert page.status_code == 200
    assert [(one.what, one.number) for one in page.context["tampering"]] == [("event", 3)]
    assert page.context["entries"][0].words == "Changed outside the site"
    assert at_work.get(case(engineer, "change/?tab=notes")).status_code == 200


def test_the_time_line_tells_of_decisions_that_were_tampered_with(
    at_work: Client, ada: User, engineer: Screening
) -> None:
    determination = engineer.determinations.get()
    type(determination)._base_manager.filter(pk=determination.pk).update(engine_version="0")
    page = at_work.get(case(engineer, "change/?tab=timeline")).content.decode()
    assert "nothing was changed afterwards" not in page
    assert "determination 1" in page


def test_a_case_is_worked_on_by_post_and_by_those_who_may(client: Client, at_work: Client, engineer: Screening) -> None:
    auditor = Client()
    auditor.force_login(member(AUDITORS))
    for rest in ("take/", "give/", "close/", "reopen/", "note/", "offer/", "messages/", "documents/abc/"):
        assert at_work.get(case(engineer, rest)).status_code == 405, rest
        assert at_work.post(f"{LIST}{engineer.source}/{rest}").status_code == 404, rest
        assert auditor.post(case(engineer, rest), {"text": "x"}).status_code == 403, rest
        assert Client().post(case(engineer, rest)).status_code == 302, rest
    assert kinds_of(engineer) == []
