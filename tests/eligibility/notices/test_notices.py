"""After a publication: one mail for everybody who asked and is touched, in their language, never twice."""

import re
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from eligibility.casework.assignment import take
from eligibility.impact_models import ImpactRun
from eligibility.models import Notice, NoticeRefusal, NoticeWish, Screening
from eligibility.notices.sending import tell_everybody, write_notices
from eligibility.notices.wishes import ADDRESS, Recipient, link_token, wish
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.publishing import publish_now
from imp_site.demo import no_to_every_gate
from tests.eligibility.cases import ENGINEER
from tests.eligibility.factories import member, sent


def engineer(rulebook: Rulebook, language: str = "en", name: str = "Fictional Person") -> Screening:
    facts = {**no_to_every_gate(rulebook), **ENGINEER["facts"], "situation.listed_profession": True}
    return sent(rulebook, facts, language, name)


def untouched(rulebook: Rulebook) -> Screening:
    return sent(rulebook, {**no_to_every_gate(rulebook), "applicant.citizenships": ["BR"]})


def links(text: str) -> list[str]:
    return re.findall(r"https?://\S+", text)


def test_those_who_asked_and_are_touched_get_one_mail_in_their_language(
    rulebook: Rulebook, draft: CatalogueRelease
) -> None:
    french, again, silent = (engineer(rulebook, "fr") for _ in range(3))
    wish(french)
    wish(again)  # from the same address: still one mail
    quiet = untouched(rulebook)
    NoticeWish.objects.create(screening=quiet, address_key="k" * 64)
    publish_now(draft, "keeper", "New rule")
    (told,) = mail.outbox
    assert told.to == ["person@example.org"]
    assert "Les règles ont changé" in told.subject
    for word in ("Fictional", french.reference, again.reference, silent.reference, "T36"):
        assert word not in told.body + told.subject
    (notice,) = Notice.objects.all()
    assert (notice.state, notice.release_digest) == ("sent", draft.digest)
    run = ImpactRun.objects.get()
    assert run.for_notices
    assert run.notices_done_at is not None


def test_consultants_are_told_of_their_open_cases_in_both_languages(
    client: Client, rulebook: Rulebook, draft: CatalogueRelease
) -> None:
    advisor, other = member("Consultants", username="advisor"), member("Consultants", username="other")
    for _ in range(2):
        take(engineer(rulebook), advisor)
    take(untouched(rulebook), other)
    publish_now(draft, "keeper", "New rule")
    (told,) = mail.outbox
    assert told.to == [advisor.email]
    assert "2 of your cases" in told.body
    assert "2 de vos dossiers" in told.body
    page, stop = links(told.body)[:2]
    client.force_login(advisor)
    cases = client.get(page.split("8000", 1)[1]).context["cases"]
    assert len(cases) == 2
    client.logout()
    client.post(stop.split("8000", 1)[1])
    assert NoticeRefusal.objects.get().user == advisor


def test_nobody_is_told_twice_of_one_release(
    rulebook: Rulebook, release: CatalogueRelease, draft: CatalogueRelease
) -> None:
    wish(engineer(rulebook))
    for chosen in (draft, release, draft):
        publish_now(chosen, "keeper", "To and fro")
    assert [notice.release_digest for notice in Notice.objects.all()] == [draft.digest, release.digest]
    assert len(mail.outbox) == 2


def test_a_round_that_was_killed_goes_on_and_what_was_handed_over_is_not_sent_again(
    rulebook: Rulebook, draft: CatalogueRelease, settings: Any
) -> None:
    wish(engineer(rulebook))
    take(engineer(rulebook), member("Consultants", username="advisor"))
    publish_now(draft, "keeper", "New rule")
    run = ImpactRun.objects.get()
    mail.outbox.clear()
    Notice.objects.all().delete()
    write_notices(run)
    Notice.objects.filter(user=None).update(state="sending")  # killed with this mail in hand
    write_notices(run)
    tell_everybody(run)
    assert [told.to for told in mail.outbox] == [["advisor@example.org"]]
    assert sorted(Notice.objects.values_list("state", flat=True)) == ["sending", "sent"]


class UnreachableServer(EmailBackend):
    """A mail server that hangs up the first two times."""

    calls = 0

    def send_messages(self, messages: Any) -> int:
        type(self).calls += 1
        if self.calls <= 2:
            raise SMTPServerDisconnected
        return super().send_messages(messages)


def test_a_mail_that_could_not_be_handed_over_is_tried_again(
    rulebook: Rulebook, draft: CatalogueRelease, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.UnreachableServer"
    wish(engineer(rulebook))
    publish_now(draft, "keeper", "New rule")
    assert [(notice.state, notice.tries) for notice in Notice.objects.all()] == [("sent", 3)]
    assert len(mail.outbox) == 1


def test_a_mail_program_ends_notices_in_one_click_and_looking_ends_nothing(
    client: Client, rulebook: Rulebook, draft: CatalogueRelease
) -> None:
    wish(engineer(rulebook, "fr"))
    publish_now(draft, "keeper", "New rule")
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").split("8000", 1)[1]
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(address).content.decode()
    assert "Arrêter ces courriels" in page
    assert NoticeWish.objects.exists()
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not NoticeWish.objects.exists()
    assert "ne recevrez plus" in strict.post(address).content.decode()


@pytest.mark.django_db
def test_a_link_that_was_not_made_here_is_not_found(client: Client) -> None:
    good = link_token(Recipient(ADDRESS, "x"))
    assert client.get(f"/en/notices/stop/{good}/").status_code == 200
    assert client.get(f"/en/notices/stop/{good[:-2]}/").status_code == 404
    assert client.post("/en/notices/stop/x/").status_code == 404


def test_whoever_took_the_consent_back_before_the_mail_went_gets_none(
    rulebook: Rulebook, draft: CatalogueRelease
) -> None:
    screening = engineer(rulebook)
    wish(screening)
    publish_now(draft, "keeper", "New rule")
    mail.outbox.clear()
    Notice.objects.update(state="waiting")
    NoticeWish.objects.all().delete()
    tell_everybody(ImpactRun.objects.get())
    assert not mail.outbox
    assert not Notice.objects.exists()


def test_erasing_the_answers_erases_the_wish_and_the_notice(rulebook: Rulebook, draft: CatalogueRelease) -> None:
    screening = engineer(rulebook)
    wish(screening)
    publish_now(draft, "keeper", "New rule")
    screening.delete()
    assert not NoticeWish.objects.exists()
    assert not Notice.objects.exists()


def test_nothing_is_judged_where_nobody_asked(rulebook: Rulebook, draft: CatalogueRelease) -> None:
    engineer(rulebook)
    publish_now(draft, "keeper", "New rule")
    assert not ImpactRun.objects.exists()
