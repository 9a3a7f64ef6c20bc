"""A program with a token of an employer."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from employer_portal.actors import person
from employer_portal.models import Employer, Membership
from employer_portal.tokens import make_token
from exemption_codes.models import CatalogueRelease
from tests.employer_portal.factories import MembershipFactory


class Program:
    """Speaks JSON for one employer; every POST has a key of its own unless one is given."""

    def __init__(self, member: Membership, may_write: bool = True) -> None:
        self.employer: Employer = member.employer
        self.token = make_token(member.employer, "Payroll", person(member.user), may_write=may_write)
        self.root = f"/api/v1/employers/{member.employer_id}"
        self.client = Client(headers={"authorization": f"Bearer {self.token.secret}"})

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(self.root + path, headers=headers)

    def post(self, path: str, body: Any = None, key: str | None = None) -> Any:
        headers = {"idempotency-key": key or uuid4().hex}
        return self.client.post(self.root + path, body or {}, content_type="application/json", headers=headers)

    def patch(self, path: str, content: Any, version: int) -> Any:
        headers = {"if-match": f'"{version}"'}
        return self.client.patch(
            self.root + path, {"content": content}, content_type="application/json", headers=headers
        )  # fmt: skip

    def delete(self, path: str) -> Any:
        return self.client.delete(self.root + path)


@pytest.fixture
def member(release: CatalogueRelease) -> Membership:
    found: Membership = MembershipFactory()
    return found


@pytest.fixture
def program(member: Membership) -> Program:
    return Program(member)
