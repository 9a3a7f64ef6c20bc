"""Somebody signed in, in each role, with a second factor where the role needs one."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from employer_portal.models import NEEDS_SECOND_FACTOR, Employer, Membership, Role
from exemption_codes.models import CatalogueRelease
from tests.employer_portal.factories import EmployerFactory, UserFactory

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SignedIn = Callable[..., Client]


@pytest.fixture
def employer(release: CatalogueRelease) -> Employer:
    employer: Employer = EmployerFactory()
    return employer


@pytest.fixture
def signed_in(employer: Employer) -> SignedIn:
    """Return a browser in which somebody is signed in, in a role for an employer; `second_factor` says otherwise."""

    def sign_in(role: Role, of: Employer | None = None, second_factor: bool | None = None) -> Client:
        user = UserFactory()
        Membership.objects.create(user=user, employer=of or employer, role=role)
        if role in NEEDS_SECOND_FACTOR if second_factor is None else second_factor:
            TOTP.activate(user, SECRET)
            assert Authenticator.objects.filter(user=user).exists()
        client = Client()
        client.force_login(user)
        return client

    return sign_in
