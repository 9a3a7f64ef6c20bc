"""A release is published, gone back to and declined on the record, by those who may, by two people if so set."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from exemption_codes.append_only import AppendOnlyError
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease, ReleaseEvent
from exemption_codes.publishing import (
    PublicationRefused,
    ask_or_publish,
    broken_release_events,
    decline,
    publish_now,
    waiting_request,
)
from exemption_codes.releases import published_digest
from tests.eligibility.factories import member


@pytest.fixture
def draft(release: CatalogueRelease) -> CatalogueRelease:
    return CatalogueRelease.objects.create(digest="d" * 64, law_as_of=release.law_as_of, files=release.files)


def kinds() -> list[str]:
    return [event.kind for event in ReleaseEvent.objects.all()]


def staff(client: Client, group: str, name: str = "somebody") -> None:
    client.force_login(member(group, username=name))


def send(client: Client, release: CatalogueRelease, **data: str) -> Any:
    return client.post(reverse("admin:exemption_codes_cataloguerelease_publish", args=[release.pk]), data)


def test_publishing_and_going_back_are_events(release: CatalogueRelease, draft: CatalogueRelease) -> None:
    ask_or_publish(draft, "one", "New fee")
    assert published_digest() == draft.digest
    ask_or_publish(release, "two", "The fee was wrong")
    assert published_digest() == release.digest
    assert kinds() == ["published", "went_back"]
    assert broken_release_events() == []


def test_two_people_must_agree_where_the_setting_says_so(
    draft: CatalogueRelease, release: CatalogueRelease, settings: Any
) -> None:
    settings.RELEASE_SECOND_APPROVER = True
    ask_or_publish(draft, "one", "New fee")
    assert published_digest() == release.digest
    asked = waiting_request(draft)
    assert asked is not None
    assert asked.actor == "one"
    with pytest.raises(PublicationRefused):
        ask_or_publish(draft, "one", "Again")
    ask_or_publish(draft, "two", "I read it")
    assert published_digest() == draft.digest
    assert kinds() == ["asked", "published"]


def test_a_declined_request_must_be_made_again(draft: CatalogueRelease, settings: Any) -> None:
    settings.RELEASE_SECOND_APPROVER = True
    with pytest.raises(PublicationRefused):
        decline(draft, "two", "Nobody asked")
    ask_or_publish(draft, "one", "New fee")
    decline(draft, "two", "The source is not read")
    assert waiting_request(draft) is None
    ask_or_publish(draft, "two", "Read now")
    assert kinds() == ["asked", "declined", "asked"]


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_always_given(draft: CatalogueRelease, reason: str) -> None:
    with pytest.raises(PublicationRefused):
        ask_or_publish(draft, "one", reason)
    assert kinds() == []


def test_what_is_published_is_not_published_again(release: CatalogueRelease) -> None:
    with pytest.raises(PublicationRefused):
        ask_or_publish(release, "one", "Again")


@pytest.mark.parametrize("field", ["kind", "actor", "reason", "release_digest", "at", "previous_seal", "seal"])
def test_tampering_with_any_field_of_an_event_is_found(draft: CatalogueRelease, field: str) -> None:
    publish_now(draft, "one", "New fee")
    value = "2001-01-01 00:00:00" if field == "at" else "declined"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE exemption_codes_releaseevent SET {field} = %s", [value])
    assert len(broken_release_events()) == 1


def test_an_event_taken_out_of_the_middle_is_missed(draft: CatalogueRelease, release: CatalogueRelease) -> None:
    for number, chosen in enumerate((draft, release, draft)):
        publish_now(chosen, "one", str(number))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM exemption_codes_releaseevent WHERE reason = '1'")
    assert [event.reason for event in broken_release_events()] == ["2"]  # type: ignore[attr-defined]


def test_events_are_never_changed_or_deleted(draft: CatalogueRelease) -> None:
    event = publish_now(draft, "one", "New fee")
    for act in (event.save, event.delete, ReleaseEvent.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            act()
    with pytest.raises(AppendOnlyError):
        ReleaseEvent.objects.update(actor="two")


def test_publishers_publish_from_the_page(client: Client, draft: CatalogueRelease, rulebook: Rulebook) -> None:
    staff(client, "Publishers")
    page = client.get(reverse("admin:exemption_codes_cataloguerelease_change", args=[draft.pk])).content.decode()
    assert "Publish this release" in page
    send(client, draft, reason="New fee")
    assert published_digest() == draft.digest
    page = client.get(reverse("admin:exemption_codes_cataloguerelease_change", args=[draft.pk])).content.decode()
    assert "New fee" in page
    assert "Publish this release" not in page
    client.cookies["django_language"] = "fr"
    page = client.get(reverse("admin:exemption_codes_cataloguerelease_change", args=[draft.pk])).content.decode()
    assert "Ce qui en a été fait" in page


@pytest.mark.parametrize("group", ["Consultants", "Senior consultants", "Auditors"])
def test_others_read_but_do_not_publish(client: Client, draft: CatalogueRelease, group: str) -> None:
    staff(client, group)
    page = client.get(reverse("admin:exemption_codes_cataloguerelease_change", args=[draft.pk])).content.decode()
    assert "Publish this release" not in page
    assert send(client, draft, reason="New fee").status_code == 403
    assert kinds() == []


def test_a_refusal_is_told_on_the_page(client: Client, draft: CatalogueRelease) -> None:
    staff(client, "Publishers")
    address = reverse("admin:exemption_codes_cataloguerelease_publish", args=[draft.pk])
    page = client.post(address, {"reason": " "}, follow=True).content.decode()
    assert "Say why, in a few words." in page
    assert client.get(address).status_code == 405


@pytest.mark.parametrize(
    "change", ["UPDATE exemption_codes_releaseevent SET reason = 'x'", "DELETE FROM exemption_codes_releaseevent"]
)
def test_the_database_itself_refuses_to_change_or_delete_an_event(draft: CatalogueRelease, change: str) -> None:
    publish_now(draft, "one", "New fee")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM exemption_codes_erasure")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(change)
    assert broken_release_events() == []
