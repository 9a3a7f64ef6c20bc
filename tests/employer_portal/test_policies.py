"""Every pair of state and event, by every party: allowed as the table has it, and refused in words otherwise."""

import itertools
from datetime import date

import pytest

from employer_portal.actors import Actor
from employer_portal.errors import OfferMoveRefused
from employer_portal.models import Employer, OfferOfEmployment
from employer_portal.offer_status import MOVES, Event, Kind, OfferStatus, Party
from employer_portal.policies import Circumstances, can_move, check_may_move, open_events

PAIRS = list(itertools.product(OfferStatus, [event for event in Event if event is not Event.CREATE]))
ALLOWED = {(m.source, m.event, party) for m in MOVES for party in m.by if m.kind is not Kind.REFUSED and not m.guards}
WITH_ROW = {(m.source, m.event) for m in MOVES if m.kind is not Kind.REFUSED}


def offer(status: OfferStatus) -> OfferOfEmployment:
    return OfferOfEmployment(status=status.value, employer=Employer(legal_name="Fictional"))


@pytest.mark.parametrize(("status", "event"), PAIRS)
def test_a_move_is_made_by_the_table_or_not_at_all(status: OfferStatus, event: Event) -> None:
    for party in Party:
        seen = Circumstances(Actor(party), date(2026, 11, 24))
        if (status, event, party) in ALLOWED:
            assert check_may_move(offer(status), event, seen).event is event
        elif (status, event) not in WITH_ROW:
            with pytest.raises(OfferMoveRefused) as refused:
                check_may_move(offer(status), event, seen)
            assert refused.value.reason == "status"
            assert refused.value.text.en != refused.value.text.fr


def test_the_wrong_party_is_refused_before_any_guard_is_asked() -> None:
    seen = Circumstances(Actor(Party.EMPLOYER), date(2026, 11, 24))
    with pytest.raises(OfferMoveRefused) as refused:
        check_may_move(offer(OfferStatus.ISSUED), Event.MATCH, seen)
    assert refused.value.reason == "party"


def test_the_guard_that_fails_is_named() -> None:
    seen = Circumstances(Actor(Party.STAFF), date(2026, 11, 24), differing=("citizenship",))
    with pytest.raises(OfferMoveRefused) as refused:
        check_may_move(offer(OfferStatus.ISSUED), Event.MATCH, seen)
    assert (refused.value.reason, refused.value.wanted) == ("details_equal", "match")
    assert not can_move(offer(OfferStatus.ISSUED), Event.MATCH, seen)


def test_buttons_are_those_of_the_state_and_the_party() -> None:
    assert open_events(offer(OfferStatus.MATCHED), Party.EMPLOYER) == {Event.REQUEST_WITHDRAWAL}
    assert Event.EDIT not in open_events(offer(OfferStatus.ISSUED), Party.EMPLOYER)
    assert Event.WITHDRAW not in open_events(offer(OfferStatus.USED), Party.EMPLOYER)
