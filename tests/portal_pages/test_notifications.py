"""News reach those who see the offer and want them, once, in their language; and nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from employer_portal.actors import person
from employer_portal.mails import write_in
from employer_portal.models import Employer, Membership, Notification, OfferOfEmployment, Role
from employer_portal.notice_topics import DUTY_REMINDER, QUIET, TOPICS, WORKER_WORDS
from employer_portal.notices import change_wishes, wishes_of
from employer_portal.notification_mails import TAKEN_FOR, mail_waiting
from employer_portal.offer_status import MOVES, Kind
from employer_portal.offers import submit_offer
from employer_portal.workers import COMPARED, confirm, invite_worker
from exemption_codes.models import CatalogueRelease
from tests.employer_portal.factories import MembershipFactory, draft

EVERYTHING = {topic.key: (True, True) for topic in TOPICS}


@pytest.fixture
def team(employer: Employer) -> dict[str, Membership]:
    """Who submits; somebody who reads in French; somebody who sees own offers only; and another employer's."""
    return {
        "submits": MembershipFactory(employer=employer),
        "reads": MembershipFactory(employer=employer, role=Role.AUDITOR),
        "own": MembershipFactory(employer=employer, role=Role.REPRESENTATIVE, own_offers_only=True),
        "other": MembershipFactory(),
    }


def submit(team: dict[str, Membership]) -> OfferOfEmployment:
    offer = draft(team["submits"])
    return submit_offer(offer.pk, person(team["submits"].user))


def page_of(member: Membership, name: str = "notifications") -> tuple[Client, str]:
    client = Client()
    client.force_login(member.user)
    return client, reverse(f"employer_portal:{name}", kwargs={"employer_id": member.employer_id})


def test_every_kind_of_news_belongs_to_one_topic() -> None:
    listed = [kind for topic in TOPICS for kind in topic.kinds]
    moves = {move.event for move in MOVES if move.kind is not Kind.REFUSED}
    assert sorted(listed) == sorted({*moves, DUTY_REMINDER, *WORKER_WORDS} - QUIET)


@pytest.mark.django_db(transaction=True)
def test_a_move_is_mailed_once_to_who_sees_the_offer(team: dict[str, Membership]) -> None:
    write_in(team["reads"].user, "fr")
    offer = submit(team)
    (message,) = mail.outbox
    assert message.to == [team["reads"].user.email]
    assert message.subject == f"IMP Navigator: Du nouveau pour une offre de {offer.employer.name}"
    assert "Présentée" in message.body
    assert f"/fr/employers/{offer.employer_id}/offers/{offer.pk}/" in message.body
    assert offer.worker_family_name not in message.body
    assert (mail_waiting(), len(mail.outbox)) == (0, 1)


def test_news_wait_for_a_server_and_are_taken_again(
    team: dict[str, Membership], monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(team)
    submit(team)

    def down(*args: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as server:
        server.setattr(EmailBackend, "send_messages", down)
        assert mail_waiting() == 0
    assert mail_waiting() == 0, "they are still held by the run that failed"
    Notification.objects.update(mailing_at=timezone.now() - TAKEN_FOR - timedelta(seconds=1))
    assert mail_waiting() == 1
    assert mail.outbox[0].body.count("Submitted (") == 2


def test_who_left_is_not_written_to(team: dict[str, Membership]) -> None:
    submit(team)
    Membership.objects.filter(pk=team["reads"].pk).update(removed_at=timezone.now())
    assert (mail_waiting(), mail.outbox) == (0, [])
    assert not Notification.objects.filter(mail_wanted=True).exists()


@pytest.mark.parametrize(
    ("in_portal", "by_mail"), [(True, True), (True, False), (False, True), (False, False)], ids=str
)
def test_everybody_is_told_where_they_wish(team: dict[str, Membership], in_portal: bool, by_mail: bool) -> None:
    reader = team["reads"].user
    change_wishes(reader, {**EVERYTHING, "filing": (in_portal, by_mail)})
    assert wishes_of(reader) == {**EVERYTHING, "filing": (in_portal, by_mail)}
    submit(team)
    assert mail_waiting() == by_mail
    assert Notification.objects.filter(person=reader, read_at__isnull=True).exists() == in_portal


def test_the_list_counts_what_is_unread_until_it_is_read(team: dict[str, Membership]) -> None:
    offer = submit(team)
    client, address = page_of(team["reads"])
    page = client.get(address)
    assert "Submitted" in page.content.decode()
    assert 'class="unread">1<' in page.content.decode()
    late = Notification.objects.create(person=team["reads"].user, employer=offer.employer, offer=offer, kind="capture")
    client.post(page_of(team["reads"], "read_all")[1], {"until": page.context["newest"]})
    assert list(Notification.objects.filter(read_at__isnull=True, person=team["reads"].user)) == [late]
    opened = client.get(f"{address}{late.pk}/")
    assert opened["Location"].endswith(f"/offers/{offer.pk}/")
    assert not Notification.objects.filter(read_at__isnull=True, person=team["reads"].user).exists()


def test_nobody_sees_or_reads_the_news_of_others(team: dict[str, Membership]) -> None:
    submit(team)
    news = Notification.objects.get(person=team["reads"].user)
    for who in ("own", "other"):
        client, address = page_of(team[who])
        Membership.objects.filter(pk=team[who].pk).update(role=Role.SECONDARY)
        assert "Submitted" not in client.get(address).content.decode()
        assert client.get(f"{address}{news.pk}/").status_code == 404
        client.post(page_of(team[who], "read_all")[1], {"until": 2**62})
    news.refresh_from_db()
    assert news.read_at is None


def test_choices_are_kept_by_their_page(team: dict[str, Membership], release: CatalogueRelease) -> None:
    client, address = page_of(team["reads"], "notification_settings")
    page = client.post(address, {"language": "fr", "filing": ["by_mail"], "money": []})
    assert page.status_code == 302
    told = wishes_of(team["reads"].user)
    assert (told["filing"], told["money"], told["end"]) == ((False, True), (False, False), (False, False))
    assert team["reads"].user.mail_language.language == "fr"
    assert client.post(address, {"language": "xx"}).context["form"].errors["language"]


@pytest.mark.django_db(transaction=True)
def test_what_the_worker_says_of_the_passport_is_told_once_without_what_it_says(team: dict[str, Membership]) -> None:
    offer = draft(team["submits"])
    write_in(team["reads"].user, "fr")
    change_wishes(team["reads"].user, {**EVERYTHING, "worker": (False, True)})
    _link, secret = invite_worker(offer.pk, "kim@worker.example", "en", person(team["submits"].user))
    read = {ours: getattr(OfferOfEmployment.objects.get(pk=offer.pk), theirs) for ours, theirs in COMPARED.items()}
    confirm(secret, {**read, "passport_number": "XX-777 777"})
    confirm(secret, {**read, "passport_number": "XX-777 777"})
    confirm(secret, read)
    told = Notification.objects.filter(person=team["submits"].user).order_by("pk")
    assert list(told.values_list("kind", flat=True)) == ["worker_differs", "worker_confirmed"]
    assert not Notification.objects.filter(person=team["reads"].user, read_at__isnull=True).exists()
    mailed = [message.body for message in mail.outbox if message.to == [team["reads"].user.email]]
    assert [len(mailed), "diffère de l’offre" in mailed[0], "a confirmé les données" in mailed[1]] == [2, True, True]
    assert "XX-777" not in "".join(message.body for message in mail.outbox)
    client, address = page_of(team["reads"])
    assert "The worker confirmed the passport" in client.get(address).content.decode()
