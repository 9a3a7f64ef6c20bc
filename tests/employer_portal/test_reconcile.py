from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from employer_portal.actors import Actor, person
from employer_portal.models import FeePayment, Refund
from employer_portal.offers import submit_offer, withdraw_offer
from employer_portal.payments import hear, start_payment
from employer_portal.reconcile import Difference, reconcile
from tests.employer_portal.factories import MembershipFactory, draft


@pytest.fixture
def payment(portal: object) -> FeePayment:
    """A payment that was captured, and whose refund is due."""
    member = MembershipFactory()
    who: Actor = person(member.user)
    offer = submit_offer(draft(member).pk, who)
    started = start_payment(offer.charge_id, who, "key")
    hear(started, "confirmed")
    withdraw_offer(offer.pk, who)
    return started


def row(kind: str, payment: FeePayment, amount: str = "230.00") -> dict[str, str]:
    return {"kind": kind, "token": payment.token, "amount_cad": amount}


def test_movements_on_both_sides_agree(payment: FeePayment) -> None:
    found = reconcile([row("Capture", payment, "230")])
    assert (found.agreeing, found.differences, found.unreadable) == (1, (), ())


def test_what_one_side_lacks_is_shown(payment: FeePayment) -> None:
    found = reconcile([row("capture", payment), row("capture", payment), row("refund", payment), {"kind": "gift"}])
    assert found.differences == (
        Difference("capture", payment.token, Decimal(230), 1, 2),
        Difference("refund", payment.token, Decimal(230), 0, 1),
    )
    assert found.unreadable == (5,)
    assert reconcile([]).differences == (Difference("capture", payment.token, Decimal(230), 1, 0),)


def test_a_refund_lost_in_sending_is_settled_by_the_file(payment: FeePayment) -> None:
    Refund.objects.update(status="sending")
    rows = [row("capture", payment), row("refund", payment)]
    found = reconcile(rows, settle=True)
    assert (found.settled, found.differences) == (1, ())
    assert Refund.objects.get().status == "sent"
    assert reconcile(rows, settle=True).settled == 0


def test_the_command_fails_when_they_differ(
    payment: FeePayment, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "provider.csv"
    file.write_text(f"kind,token,amount_cad\ncapture,{payment.token},230.00\n")
    call_command("reconcile_payments", file)
    assert "1 movements agree" in capsys.readouterr().out
    file.write_text("kind,token,amount_cad\n")
    with pytest.raises(CommandError):
        call_command("reconcile_payments", file)
    assert payment.token in capsys.readouterr().out
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("reconcile_payments", tmp_path / "nothing.csv")


@pytest.mark.parametrize(
    "line", ["capture", "capture,abc,NaN", "refund,abc,1e400", "capture,abc,Infinity", "capture,,230", ",,"]
)
def test_a_line_that_is_no_movement_is_named_and_the_rest_is_read(
    payment: FeePayment, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    file = tmp_path / "provider.csv"
    file.write_text(f"kind,token,amount_cad\n{line}\ncapture,{payment.token},230.00\n")
    with pytest.raises(CommandError):
        call_command("reconcile_payments", file)
    told = capsys.readouterr()
    assert ("line 2: not a movement" in told.err, "1 movements agree" in told.out) == (True, True)


@pytest.mark.parametrize(
    ("content", "says"), [(b"\xff\xfe\x00k", "not CSV in UTF-8"), (b"kind;token\n", "no column"), (b"", "no column")]
)
def test_a_file_of_another_kind_is_refused_in_words(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "provider.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        call_command("reconcile_payments", file)


def test_the_daily_commands_run(payment: FeePayment, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("send_refunds")
    call_command("expire_offers")
    assert capsys.readouterr().out == "1 refunds sent.\n0 offers expired.\n"
