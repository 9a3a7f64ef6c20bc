"""The table of moves against the state table of the fact sheet, row by row, and against its drawing."""

from pathlib import Path

import pytest

from employer_portal.models import OfferStatusWords
from employer_portal.offer_status import (
    EVENT_WORDS,
    MOVES,
    STATUS_WORDS,
    Event,
    Kind,
    OfferStatus,
    Party,
    diagram,
    in_full,
    moves_from,
    rows_for,
)
from employer_portal.policies import GUARD_WORDS, GUARDS

DRAWING = Path(__file__).parents[2] / "docs" / "offer-states.md"
# State, event, guards, next: as the fact sheet (section 6.2) has them. `=` stays, `!` refuses, `+` begins a new
# draft; READY is what every submission needs.
FACT_SHEET = """
-                     create              acts_for_employer     draft
draft                 save                version_current       =draft
draft                 delete              -                     deleted
draft                 submit              READY,fee_due         awaiting_fee
draft                 submit              READY,fee_exempt      issued
awaiting_fee          capture             amount_due_captured   issued
awaiting_fee          payment_failed      -                     =awaiting_fee
awaiting_fee          cancel              nothing_captured      draft
awaiting_fee          surplus_capture     -                     =awaiting_fee
issued                surplus_capture     -                     =issued
issued                edit                -                     !issued
issued                withdraw            -                     withdrawn
issued                match               details_equal         matched
issued                match_failed        -                     =issued
issued                applied_early       -                     =issued
issued                expire              period_ended          expired
matched               unmatch             no_final_decision     issued
matched               request_withdrawal  permit_not_printed    withdrawal_requested
withdrawal_requested  confirm_withdrawal  permit_not_printed    withdrawn
matched               refuse              -                     refused
matched               worker_withdraws    permit_not_printed    closed_no_permit
matched               print_permit        -                     used
used                  withdraw            -                     !used
withdrawn             duplicate           -                     +draft
refused               duplicate           -                     +draft
expired               duplicate           -                     +draft
used                  duplicate           -                     +draft
"""
READY = "is_complete,all_declared,agreement_signed,employer_eligible"
SIGNS = {"=": Kind.STAYS, "!": Kind.REFUSED, "+": Kind.COPIES}


def rows_of_the_fact_sheet() -> set[tuple[str, str, tuple[str, ...], str, Kind]]:
    rows = set()
    for line in FACT_SHEET.split("\n"):
        if line.strip():
            state, event, guards, after = line.split()
            kind = SIGNS.get(after[0], Kind.GOES)
            listed = () if guards == "-" else tuple(guards.replace("READY", READY).split(","))
            rows.add(("" if state == "-" else state, event, listed, after.lstrip("=!+"), kind))
    return rows


def test_the_table_is_that_of_the_fact_sheet() -> None:
    ours = {(move.source or "", move.event, move.guards, move.target, move.kind) for move in MOVES if not move.ours}
    assert ours == rows_of_the_fact_sheet()


def test_no_row_stands_twice() -> None:
    assert len({(move.source, move.event, move.target) for move in MOVES}) == len(MOVES)


def test_every_guard_has_a_function_and_words() -> None:
    named = {guard for move in MOVES for guard in move.guards}
    assert named == set(GUARDS) == set(GUARD_WORDS)


def test_every_state_and_event_has_words_in_both_languages() -> None:
    assert set(STATUS_WORDS) == set(OfferStatus) == set(OfferStatusWords.values)
    assert set(EVENT_WORDS) == set(Event)
    assert {str(words.label) for words in OfferStatusWords} == {text.en for text in STATUS_WORDS.values()}


def test_every_state_is_reached_and_none_is_a_dead_end_before_its_money_can_come_back() -> None:
    reached = {move.target for move in MOVES if move.kind is Kind.GOES}
    assert reached == set(OfferStatus)
    ends = {status for status in OfferStatus if not any(m.source is status and m.kind is Kind.GOES for m in MOVES)}
    assert ends == {OfferStatus.WITHDRAWN, OfferStatus.REFUSED, OfferStatus.CLOSED_NO_PERMIT, OfferStatus.USED}


def test_only_staff_decides_what_happens_to_an_application() -> None:
    for event in (
        Event.MATCH,
        Event.UNMATCH,
        Event.REFUSE,
        Event.PRINT_PERMIT,
        Event.CONFIRM_WITHDRAWAL,
        Event.DECLINE_WITHDRAWAL,
    ):
        for status in OfferStatus:
            assert all(row.by == {Party.STAFF} for row in rows_for(event, status))


@pytest.mark.parametrize("status", [OfferStatus.MATCHED, OfferStatus.USED])
def test_a_locked_offer_leaves_the_employer_next_to_nothing(status: OfferStatus) -> None:
    events = {move.event for move in moves_from(status, Party.EMPLOYER)}
    assert events <= {Event.REQUEST_WITHDRAWAL, Event.DUPLICATE}


def test_the_drawing_is_drawn_from_the_table() -> None:
    text = DRAWING.read_text(encoding="utf-8")
    drawn = text.partition("```mermaid\n")[2].partition("\n```")[0]
    assert drawn == diagram()


def test_the_table_of_the_document_is_written_from_the_table() -> None:
    assert f"\n\n{in_full()}\n\n" in DRAWING.read_text(encoding="utf-8")
