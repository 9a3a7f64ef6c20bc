"""Every role, every address, own and another employer: allowed, refused, or not there at all, as role_table.py says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from employer_portal.actors import person, staff
from employer_portal.drafts import begin_group, delete_draft, make_template, save_draft
from employer_portal.duty_records import record_duty
from employer_portal.errors import StaleDraft
from employer_portal.matching import Application
from employer_portal.memberships import invite
from employer_portal.models import (
    BulkUpload,
    FilePurpose,
    Membership,
    Notification,
    OfferOfEmployment,
    Receipt,
    Refund,
    Role,
)
from employer_portal.offers import match_offer, print_permit, submit_offer, withdraw_offer
from employer_portal.payments import hear, start_payment
from employer_portal.tokens import make_token
from employer_portal.uploads import keep_upload
from exemption_codes.models import CatalogueRelease
from tests.employer_portal.documents import upload
from tests.employer_portal.factories import BranchFactory, MembershipFactory, UserFactory, draft
from tests.portal_pages.conftest import SECRET
from tests.portal_pages.role_table import ALLOWED, API, ELSEWHERE, NOT_THERE, PAGES, REFUSED, SIGN_IN, Row

ROLES = {"P": Role.PRIMARY, "S": Role.SECONDARY, "R": Role.REPRESENTATIVE, "A": Role.AUDITOR}
METHODS = {"G": "get", "P": "post", "U": "patch", "D": "delete"}


class World:
    """One employer with something of every kind that an address can name."""

    def __init__(self, tmp_path: Any, settings: Any) -> None:
        settings.UPLOADS_DIR = tmp_path
        self.maker: Membership = MembershipFactory()
        self.employer = self.maker.employer
        who, officer = person(self.maker.user), staff(UserFactory())
        self.things: dict[str, Any] = {
            "contact": self.employer.contacts.get().pk,
            "branch": BranchFactory(employer=self.employer).pk,
            "member": MembershipFactory(employer=self.employer, role=Role.SECONDARY).pk,
            "invitation": invite(self.employer, "new@firm.example", Role.SECONDARY, who).invitation.pk,
            "token": make_token(self.employer, "Payroll", who).token.pk,
            "group": begin_group(self.employer, "Foghorns", who).pk,
        }
        offers = {name: draft(self.maker) for name in ("draft", "deleted")}
        self.things["template"] = make_template(offers["draft"].pk, "Keeper", who).pk
        self.things["version"] = offers["draft"].versions.get().pk
        with pytest.raises(StaleDraft):
            save_draft(offers["draft"].pk, 99, {"recruiter": "late"}, who)
        self.things["late"] = offers["draft"].versions.get(number=None).pk
        delete_draft(offers["deleted"].pk, who)
        offers["awaiting"] = submit_offer(draft(self.maker).pk, who)
        for name in ("issued", "matched", "used", "withdrawn"):
            offers[name] = submit_offer(draft(self.maker).pk, who)
            hear(start_payment(offers[name].charge_id, who, "key"), "confirmed")
            number = OfferOfEmployment.objects.values_list("number", flat=True).get(pk=offers[name].pk)
            if name in ("matched", "used"):
                passport = offers[name].worker_passport_number or ""
                match_offer(offers[name].pk, Application(str(number), passport, "US"), officer)
        print_permit(offers["used"].pk, officer, date(2026, 11, 20))
        withdraw_offer(offers["withdrawn"].pk, who)
        self.things |= {name: offer.pk for name, offer in offers.items()}
        kept = keep_upload(upload(), FilePurpose.FEE_EXEMPTION, who, self.employer, offers["draft"])
        self.things |= {
            "file": kept.pk,
            "payment": start_payment(offers["awaiting"].charge_id, who, "one").token,
            "receipt": Receipt.objects.filter(payment__charge__employer=self.employer).latest("pk").pk,
            "refund": Refund.objects.get(offer=offers["withdrawn"]).pk,
            "record": record_duty(offers["used"].pk, "laws", date(2026, 11, 21), who).pk,
        }

    def address(self, row: Row, space: str, user: User | None = None) -> str:
        """Return the address of a row; what is somebody's own is made for them."""
        parts = {name: self._thing(value, user) for name, value in row.parts.items()}
        if "token" not in parts:
            parts["employer_id"] = self.employer.pk
        return reverse(f"{space}:{row.name}", kwargs=parts)

    def _thing(self, value: Any, user: User | None) -> Any:
        if not isinstance(value, str) or not value.startswith(":"):
            return value
        owner = user or self.maker.user
        if value == ":notification":
            return Notification.objects.create(person=owner, employer=self.employer, kind="capture").pk
        if value == ":own":
            return Membership.objects.get(user=owner, employer=self.employer).pk
        if value == ":upload":
            return BulkUpload.objects.create(uploaded_by=owner, employer=self.employer, name="a.csv", rows=[]).pk
        return self.things[value[1:]]


@pytest.fixture
def world(release: CatalogueRelease, tmp_path: Any, settings: Any) -> World:
    return World(tmp_path, settings)


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def member(employer: Any, role: Role, **more: Any) -> tuple[Client, User]:
    user = UserFactory()
    Membership.objects.create(user=user, employer=employer, role=role, **more)
    TOTP.activate(user, SECRET)
    return signed_in(user), user


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever a request changed, so that the next finds the world as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(client: Client, method: str, address: str, **kwargs: Any) -> str:
    answer = getattr(client, METHODS[method])(address, **kwargs)
    if answer.status_code == 302 and "/accounts/login/" in answer["Location"]:
        return SIGN_IN
    return {403: REFUSED, 404: NOT_THERE, 401: SIGN_IN, 405: "no such method"}.get(answer.status_code, ALLOWED)


def names_of(namespace: str) -> set[str]:
    patterns = [each for each in get_resolver().url_patterns if hasattr(each, "url_patterns")]
    while patterns:
        found = patterns.pop()
        if getattr(found, "namespace", None) == namespace:
            return _leaves(found.url_patterns)
        patterns += [each for each in found.url_patterns if hasattr(each, "url_patterns")]
    raise AssertionError(namespace)


def _leaves(patterns: Any) -> set[str]:
    found: set[str] = set()
    for each in patterns:
        found |= _leaves(each.url_patterns) if hasattr(each, "url_patterns") else {each.name}
    return found


def test_every_address_of_the_portal_and_its_api_has_a_row() -> None:
    assert names_of("employer_portal") == {row.name for row in PAGES} | set(ELSEWHERE)
    assert names_of("employer_api") == {row.name for row in API}


def test_pages_let_in_each_role_as_the_table_says_and_nobody_of_another_employer(world: World) -> None:
    stranger = MembershipFactory().employer
    inside = {letter: member(world.employer, role) for letter, role in ROLES.items()}
    outside = {letter: member(stranger, role)[0] for letter, role in ROLES.items()}
    removed, _user = member(world.employer, Role.PRIMARY, removed_at=timezone.now())
    officer = signed_in(UserFactory(is_staff=True, is_superuser=True))
    told: dict[tuple[str, ...], str] = {}
    wanted: dict[tuple[str, ...], str] = {}
    for row in PAGES:
        for method in row.methods:
            case = (row.name, str(row.parts), method)
            for letter, (client, user) in inside.items():
                wanted[(*case, letter)] = ALLOWED if letter in row.who else row.others
                with undone():
                    told[(*case, letter)] = outcome(client, method, world.address(row, "employer_portal", user))
            with undone():
                address = world.address(row, "employer_portal")
                others = {**outside, "removed": removed, "staff": officer}
                for name, client in others.items():
                    wanted[(*case, f"other {name}")] = NOT_THERE
                    told[(*case, f"other {name}")] = outcome(client, method, address)
                wanted[(*case, "nobody")] = SIGN_IN
                told[(*case, "nobody")] = outcome(Client(), method, address)
    wrong = {case: said for case, said in told.items() if said != wanted[case]}
    assert wrong == {}, "\n".join(f"WRONG {case} {said}" for case, said in wrong.items())


def test_who_is_held_to_own_offers_or_to_a_branch_finds_no_other_offer(world: World) -> None:
    own_only, _user = member(world.employer, Role.REPRESENTATIVE, own_offers_only=True)
    of_branch, _user = member(world.employer, Role.PRIMARY, branch=BranchFactory(employer=world.employer))
    told = {}
    for row in PAGES:
        if {"offer_id", "file_id", "receipt_id", "refund_id", "token"} & set(row.parts):
            for method in row.methods:
                for name, client in (("own", own_only), ("branch", of_branch)):
                    with undone():
                        said = outcome(client, method, world.address(row, "employer_portal"))
                    told[row.name, row.parts.get("deed", ""), method, name] = said
    assert {case: said for case, said in told.items() if said != NOT_THERE} == {}


def test_tokens_do_as_the_table_says_and_nothing_for_another_employer(world: World) -> None:
    stranger = MembershipFactory()
    who, other = person(world.maker.user), person(stranger.user)
    secrets = {
        "r": make_token(world.employer, "r", who).secret,
        "w": make_token(world.employer, "w", who, may_write=True).secret,
        "other": make_token(stranger.employer, "o", other, may_write=True).secret,
        "nobody": "imp_nobody",
    }
    told: dict[tuple[str, ...], str] = {}
    wanted: dict[tuple[str, ...], str] = {}
    for row in API:
        for method in row.methods:
            for name, secret in secrets.items():
                mine = ALLOWED if name in row.who else REFUSED
                wanted[row.name, method, name] = {"other": NOT_THERE, "nobody": SIGN_IN}.get(name, mine)
                headers = {"authorization": f"Bearer {secret}", "idempotency-key": uuid4().hex, "if-match": '"1"'}
                sent = {} if method == "G" else {"data": "{}", "content_type": "application/json"}
                with undone():
                    address = world.address(row, "employer_api")
                    told[row.name, method, name] = outcome(Client(headers=headers), method, address, **sent)
    wrong = {case: said for case, said in told.items() if said != wanted[case]}
    assert wrong == {}, "\n".join(f"WRONG {case} {said}" for case, said in wrong.items())


def test_a_session_opens_no_address_of_the_api_and_a_token_no_page(world: World) -> None:
    client, _user = member(world.employer, Role.PRIMARY)
    secret = make_token(world.employer, "w", person(world.maker.user), may_write=True).secret
    for row in API:
        if "G" in row.methods:
            assert outcome(client, "G", world.address(row, "employer_api")) == SIGN_IN, row
    with_token = Client(headers={"authorization": f"Bearer {secret}"})
    assert outcome(with_token, "G", world.address(PAGES[0], "employer_portal")) == SIGN_IN
