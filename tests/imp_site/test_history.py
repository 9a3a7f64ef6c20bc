"""Every edit by staff is kept with who, when and how it was before; of other people nothing is."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from eligibility.models import SavedQueue
from imp_site.staff_groups import create_groups
from tests.eligibility.factories import UserFactory, member

pytestmark = pytest.mark.django_db


def history(user: User) -> list[tuple[str, list[str]]]:
    records = User.history.filter(id=user.pk).order_by("history_id")  # type: ignore[attr-defined]
    return [(one.history_type, sorted(row.group.name for row in one.groups.all())) for one in records]


def test_a_person_given_another_group_is_on_record_with_who_did_it(client: Client) -> None:
    create_groups()
    administrator = UserFactory.create(administrator=True, username="head")
    person = member("Consultants", username="advisor")
    client.force_login(administrator)
    form = client.get(f"/admin/auth/user/{person.pk}/change/").context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields if name not in ("password", "user_permissions")}
    data |= {"is_staff": "on", "is_active": "on", "groups": [Group.objects.get(name="Auditors").pk]}
    data = {name: value for name, value in data.items() if value != "" and not name.startswith(("last", "date"))}
    joined = person.date_joined
    data |= {"date_joined_0": joined.strftime("%Y-%m-%d"), "date_joined_1": joined.strftime("%H:%M:%S")}
    answer = client.post(f"/admin/auth/user/{person.pk}/change/", data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert history(person)[-1] == ("~", ["Auditors"])
    last = User.history.filter(id=person.pk).latest()  # type: ignore[attr-defined]
    assert last.history_user == administrator
    auditor = member("Auditors")
    client.force_login(auditor)
    page = client.get(f"/admin/imp_site/historicaluser/{last.pk}/change/")
    told = {(change.before, change.after) for change in page.context["changes"]}
    assert ("", "Auditors") in told or ("Consultants", "Auditors") in told
    assert "head" in page.content.decode()
    client.cookies["django_language"] = "fr"
    french = client.get(f"/admin/imp_site/historicaluser/{last.pk}/change/").content.decode()
    assert "Ce qui diffère" in french
    assert " as of " not in french
    assert client.get("/admin/imp_site/historicaluser/").status_code == 200
    assert client.post(f"/admin/imp_site/historicaluser/{last.pk}/change/", {"username": "x"}).status_code == 403


def test_passwords_sign_ins_and_other_peoples_accounts_are_not_kept(client: Client) -> None:
    staff = UserFactory.create(staff=True, username="advisor")
    assert not hasattr(User.history.filter(id=staff.pk)[0], "password")  # type: ignore[attr-defined]
    client.force_login(staff)
    assert [kind for kind, _groups in history(staff)] == ["+"]
    applicant = UserFactory.create(username="applicant")
    applicant.email = "other@example.org"
    applicant.save()
    applicant.delete()
    assert not User.history.filter(username="applicant").exists()  # type: ignore[attr-defined]


def test_who_is_staff_no_longer_stays_on_record() -> None:
    person = UserFactory.create(staff=True)
    person.is_staff = False
    person.save()
    key = person.pk
    person.delete()
    kinds = User.history.filter(id=key).order_by("history_id").values_list("history_type", "is_staff")  # type: ignore[attr-defined]
    assert list(kinds) == [("+", True), ("~", False), ("-", False)]


def test_groups_and_saved_queues_are_on_record(client: Client) -> None:
    create_groups()
    group = Group.objects.get(name="Auditors")
    before = group.history.count()  # type: ignore[attr-defined]
    group.permissions.clear()
    assert group.history.count() == before + 1  # type: ignore[attr-defined]
    owner = member("Consultants")
    client.force_login(owner)
    client.post("/admin/eligibility/screening/queues/save/", {"name": "Old ones", "query": "age=30"})
    (record,) = SavedQueue.history.all()  # type: ignore[attr-defined]
    assert (record.name, record.history_user) == ("Old ones", owner)
    queue = SavedQueue.objects.get()
    client.post("/admin/eligibility/screening/queues/", {"queue": queue.pk, "forget": ""})
    assert [one.history_type for one in SavedQueue.history.order_by("history_id")] == ["+", "-"]  # type: ignore[attr-defined]
