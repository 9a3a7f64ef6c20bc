"""A consultant sees of a quoted offer what the case hangs on, and neither the worker nor the employer nor the wage."""

import pytest
from django.test import Client

from eligibility.casework.links import links_of
from eligibility.models import Screening
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from imp_site.staff_groups import CONSULTANTS
from tests.eligibility.factories import member, sent
from tests.employer_portal.factories import used_offer


@pytest.fixture
def case(rulebook: Rulebook, release: CatalogueRelease) -> Screening:
    return sent(rulebook, {"applicant.citizenships": ["US"]})


def test_the_offer_of_a_quoted_number_is_shown_without_anybody(client: Client, case: Screening) -> None:
    offer = used_offer()
    client.force_login(member(CONSULTANTS, username="ada"))
    address = f"/admin/eligibility/screening/{case.pk}/"
    client.post(f"{address}offer/", {"offer_number": offer.number})
    page = client.get(f"{address}change/").content.decode()
    for shown in (f"Offer {offer.number}", "Permit issued", "C50", offer.noc_code):
        assert shown in page, shown
    for hidden in (offer.worker_family_name, offer.worker_passport_number, offer.employer.legal_name):
        assert hidden
        assert hidden not in page, hidden
    assert f"offerofemployment/{offer.pk}" not in page


@pytest.mark.django_db
def test_no_number_and_an_unknown_number_lead_nowhere() -> None:
    ada = member(CONSULTANTS, username="ada")
    assert links_of("", ada) == []
    assert links_of("A0000001", ada) == []
