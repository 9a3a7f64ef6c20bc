"""Consultants decide on pages of the admin: who may, what is kept on a mistake, what a double click does, exports."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from eligibility.decisions.signing import read_signed
from eligibility.models import CaseEvent, Decision, Determination, Screening
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import publish
from tests.eligibility.decisions.test_deciding import REASON, T36
from tests.eligibility.factories import AS_OF, UserFactory, member, sent

PUBLIC_SENT = "/en/result/sent/determination/"


@pytest.fixture
def desk(client: Client, consultant: User) -> Client:
    client.force_login(consultant)
    return client


def address(name: str, case: Screening, *args: Any, **query: str) -> str:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"admin:eligibility_case_{name}", args=[case.pk, *args]) + (f"?{asked}" if asked else "")


def marks(page: str) -> dict[str, str]:
    """The hidden marks of the form on a page."""
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("token", "basis")}  # type: ignore[index]


def form_of(client: Client, path: str) -> dict[str, str]:
    response = client.get(path)
    assert response.status_code == 200, path
    return marks(response.content.decode())


def text(client: Client, path: str, language: str = "en") -> str:
    client.cookies["django_language"] = language
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_an_outcome_is_changed_once_and_shown_beside_that_of_the_rules(desk: Client, case: Screening) -> None:
    path = address("decide", case, "outcome", code=T36)
    form = {**form_of(desk, path), "value": "not_eligible", "reason": REASON}
    for _click in range(2):
        response = desk.post(path, form)
        assert (response.status_code, response["Location"]) == (302, address("decisions", case))
    assert Decision.objects.count() == 1
    page = text(desk, address("decisions", case))
    row = page[page.index("CUSMA professionals") : page.index("On the record")]
    assert row.index("Eligible") < row.index("Not eligible")
    assert "The employer’s letter" in page
    whole = text(desk, f"{reverse('admin:eligibility_screening_change', args=[case.pk])}?tab=decisions", "fr")
    for part in ("Selon le consultant", "Résultat modifié", "En vigueur", "The employer’s letter", "Décisions"):
        assert part in whole, part


def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(desk: Client, case: Screening) -> None:
    path = address("decide", case, "outcome", code=T36)
    form = {**form_of(desk, path), "value": "undetermined", "reason": "too short <b>"}
    response = desk.post(path, form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Say why, in 20 characters or more." in page
    assert "too short &lt;b&gt;</textarea>" in page
    assert re.search(r'value="undetermined"[^>]*checked', page)
    assert marks(page) == {name: form[name] for name in ("token", "basis")}
    assert desk.post(path, {**marks(page), "reason": REASON}).status_code == 422
    assert not Decision.objects.exists()


def test_a_form_that_somebody_goes_back_to_and_changes_is_not_taken_for_a_double_click(
    desk: Client, case: Screening
) -> None:
    path = address("decide", case, "outcome", code=T36)
    form = {**form_of(desk, path), "value": "not_eligible", "reason": REASON}
    desk.post(path, form)
    changed = {**form, "value": "undetermined", "reason": f"{REASON} On second thoughts."}
    page = desk.post(path, changed).content.decode()
    assert "This form was sent before, and is decision 1." in page
    assert "On second thoughts." in page
    assert desk.post(path, {**changed, **marks(page)}).status_code == 302
    assert [one.value for one in Decision.objects.order_by("number")] == ["not_eligible", "undetermined"]


def test_a_form_from_before_the_case_was_judged_again_is_sent_again_on_what_came_of_it(
    desk: Client, case: Screening, another: CatalogueRelease
) -> None:
    path = address("decide", case, "outcome", code=T36)
    form = {**form_of(desk, path), "value": "not_eligible", "reason": REASON}
    publish(another)
    page = desk.post(path, form).content.decode()
    assert "Judge the case again first" in page
    assert desk.get(path).status_code == 302
    judged = desk.post(address("judge_again", case), {"as_of": AS_OF.isoformat()})
    assert judged.status_code == 302
    again = desk.post(path, form)
    assert "judged again while you were writing" in again.content.decode()
    assert REASON in again.content.decode()
    assert desk.post(path, {**form, **marks(again.content.decode())}).status_code == 302
    assert Decision.objects.get().determination.number == 2


def test_it_lapses_with_a_new_release_is_seen_to_and_is_renewed(
    desk: Client, case: Screening, another: CatalogueRelease
) -> None:
    path = address("decide", case, "confirm")
    desk.post(path, {**form_of(desk, path), "reason": REASON})
    publish(another)
    assert "Since this case was judged, the rules changed." in text(desk, address("decisions", case))
    assert "parce que</span> les règles ont changé" not in text(desk, address("decisions", case))
    french = text(desk, address("decisions", case), "fr")
    assert "Depuis l’évaluation de ce dossier, les règles ont changé." in french
    assert re.search(r"Caduque</span> <span class=\"dc-why\">parce que les règles ont changé", french)
    assert desk.get(address("decide_about", case, 1, "renew")).status_code == 403
    desk.post(address("judge_again", case), {"as_of": AS_OF.isoformat()})
    renewing = address("decide_about", case, 1, "renew")
    reason = "Checked again under the new rules, nothing differs."
    desk.post(renewing, {**form_of(desk, renewing), "reason": reason})
    page = text(desk, address("decisions", case))
    assert "by decision 2" in page
    assert reason in page


def test_judging_again_needs_a_day_that_the_catalogue_covers(desk: Client, case: Screening) -> None:
    path = address("judge_again", case)
    for day in ("", "tomorrow", "1999-01-01"):
        response = desk.post(path, {"as_of": day})
        assert response.status_code == 422, day
        assert 'class="wb-error"' in response.content.decode()
    assert Determination.objects.filter(screening=case).count() == 1


def test_another_person_approves_where_two_are_needed(
    client: Client, case: Screening, consultant: User, senior: User, settings: Any
) -> None:
    settings.DECISIONS_NEED_APPROVAL = True
    client.force_login(consultant)
    path = address("decide", case, "outcome", code=T36)
    client.post(path, {**form_of(client, path), "value": "not_eligible", "reason": REASON})
    assert "1 decision awaits another person’s approval." in text(client, address("decisions", case))
    approving = address("decide_about", case, 1, "approve")
    assert client.get(approving).status_code == 403
    client.force_login(senior)
    response = client.post(approving, {**form_of(client, approving), "reason": REASON})
    assert response.status_code == 302
    assert "Not eligible" in text(client, address("decisions", case))


def test_criteria_are_decided_one_by_one_and_what_an_officer_judges_gets_a_view(
    desk: Client, case: Screening, rulebook: Rulebook
) -> None:
    for category in ("c10-significant-benefit", *rulebook.categories):
        page = desk.get(address("decide_code", case, category)).content.decode() if category else ""
        found = re.search(r'href="([^"]*decide/view/[^"]*)"', page)
        if found:
            break
    path = found[1].replace("&amp;", "&")  # type: ignore[index]
    assert desk.post(path, {**form_of(desk, path), "value": "met", "reason": REASON}).status_code == 302
    assert desk.get(path.replace("/view/", "/finding/")).status_code == 404
    finding = address("decide", case, "finding", code="general", criterion=rulebook.general[0].id)
    response = desk.get(finding)
    assert response.status_code in (200, 404)
    fact = address("decide", case, "fact")
    page = text(desk, fact)
    wanted = re.search(r'<option value="([a-z_.]+)"', page)[1]  # type: ignore[index]
    assert desk.post(fact, {**marks(page), "fact": wanted, "reason": REASON}).status_code == 302
    page = text(desk, address("decisions", case))
    assert "I expect an officer to find it met" in page
    assert [one.kind for one in Decision.objects.order_by("number")] == ["view", "fact"]


@pytest.mark.parametrize(
    ("group", "statuses"),
    [
        ("Consultants", {"read": 200, "decide": 200, "judge": 200, "export": 200, "approve": 403}),
        ("Senior consultants", {"read": 200, "decide": 200, "judge": 200, "export": 200, "approve": 200}),
        ("Auditors", {"read": 200, "decide": 403, "judge": 403, "export": 200, "approve": 403}),
        ("Publishers", {"read": 403, "decide": 403, "judge": 403, "export": 403, "approve": 403}),
        ("", {"read": 302, "decide": 302, "judge": 302, "export": 302, "approve": 302}),
    ],
)
def test_each_group_does_what_it_may(
    client: Client, case: Screening, consultant: User, settings: Any, group: str, statuses: dict[str, int]
) -> None:
    settings.DECISIONS_NEED_APPROVAL = True
    client.force_login(consultant)
    path = address("decide", case, "confirm")
    client.post(path, {**form_of(client, path), "reason": REASON})
    client.force_login(member(group) if group else UserFactory.create())
    got = {
        "read": client.get(address("decisions", case)).status_code,
        "decide": client.get(path).status_code,
        "judge": client.get(address("judge_again", case)).status_code,
        "export": client.post(address("export", case), {"format": "json"}).status_code,
        "approve": client.get(address("decide_about", case, 1, "approve")).status_code,
    }
    assert got == statuses


def test_forged_addresses_find_nothing(desk: Client, case: Screening) -> None:
    own = Screening.objects.get(pk=case.source)
    for path in (
        address("decisions", own),
        address("decide", case, "outcome", code="made-up"),
        address("decide", case, "outcome"),
        address("decide", case, "finding", code=T36, criterion="made-up"),
        address("decide", case, "nonsense"),
        address("decide_code", case, "made-up"),
        address("decide_about", case, 9, "withdraw"),
    ):
        assert desk.get(path).status_code == 404, path
    assert desk.post(address("determination", case, 9)).status_code == 404
    assert desk.post(address("export", case), {"format": "exe"}).status_code == 404
    assert desk.get(address("export", case)).status_code == 405


def test_the_number_of_queries_does_not_grow(desk: Client, case: Screening, django_assert_max_num_queries: Any) -> None:
    path = address("decide", case, "confirm")
    for _ in range(4):
        desk.post(path, {**form_of(desk, path), "reason": REASON})
    with django_assert_max_num_queries(9):
        desk.get(address("decisions", case))


def test_a_case_is_exported_as_json_and_as_pdf_in_both_languages_and_each_is_an_event(
    desk: Client, case: Screening
) -> None:
    Screening.objects.filter(pk=case.pk).update(contact_name="Fictional 王 \u202e😀 Person")
    path = address("decide", case, "outcome", code=T36)
    desk.post(path, {**form_of(desk, path), "value": "not_eligible", "reason": f"{REASON} 王 #sys.inputs *x* $y$"})
    said = desk.post(address("export", case), {"format": "json"})
    content = json.loads(said.content)
    assert said["Content-Disposition"].endswith(f'"case-{case.reference}-en.json"')
    assert content["facts"] == case.answers
    assert content["contact"]["email"] == "person@example.org"
    changed = next(code for code in content["codes"] if code["key"] == "T36")
    assert (changed["by_rules"], changed["by_consultant"]) == ("eligible", "not_eligible")
    assert content["decisions"][0]["reason"].startswith(REASON)
    assert read_signed(content["determinations"][0]["signed_file"].encode()).document["case"] == case.reference
    finding = next(one for one in content["evidence"] if one["key"] == "T36")["findings"][0]
    assert finding["sources"][0]["provision"].startswith("R204")
    assert [event["kind"] for event in content["events"]] == ["submitted", "determined", "decided", "exported"]
    for language, name in (("en", "Case file"), ("fr", "Dossier")):
        file = desk.post(address("export", case), {"format": f"pdf-{language}"})
        assert file["Content-Type"] == "application/pdf"
        title = f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{name} {case.reference}'
        tagged = ("%PDF-1.7", "/StructTreeRoot", f"/Lang({language}-CA)", "pdfuaid:part", title, "/FontFile")
        assert [part for part in tagged if part.encode() not in file.content] == []
    signed = desk.post(address("determination", case, 1))
    assert signed.content == Determination.objects.get(screening=case).signed_file.encode()
    exports = CaseEvent.objects.filter(screening=case, kind="exported").order_by("number")
    assert [event.data["format"] for event in exports] == ["json", "pdf-en", "pdf-fr", "determination"]


def test_the_contact_is_exported_only_by_those_who_may_see_it(client: Client, case: Screening) -> None:
    client.force_login(member("Auditors"))
    said = client.post(address("export", case), {"format": "json"})
    assert json.loads(said.content)["contact"] is None
    assert "person@example.org" not in said.content.decode()


def test_whoever_sent_answers_downloads_what_was_signed_and_nobody_else(
    client: Client, case: Screening, rulebook: Rulebook
) -> None:
    assert client.get(PUBLIC_SENT).status_code == 302
    session = client.session
    session["screening_sent"] = case.reference
    session.save()
    assert PUBLIC_SENT in client.get("/en/result/sent/").content.decode()
    response = client.get(PUBLIC_SENT)
    assert read_signed(response.content).document["facts"] == case.answers
    assert "no-store" in response["Cache-Control"]
    assert CaseEvent.objects.filter(screening=case).last().kind == "downloaded"  # type: ignore[union-attr]
    sent(rulebook, {"applicant.citizenships": ["BR"]})
    Screening.objects.filter(pk=case.pk).delete()
    assert client.get(PUBLIC_SENT).status_code == 302
