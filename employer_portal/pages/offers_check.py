"""The check of a draft before it is filed, and filing it: what to mend, what to acknowledge, what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from eligibility.questionnaire.cards import Card, card
from eligibility.questionnaire.visit import language
from employer_portal.content import CONTENT_FIELDS
from employer_portal.declarations import DECLARATIONS
from employer_portal.errors import OfferMoveRefused, OfferNotReady, OfferNumberInvalid, OfferNumberTaken
from employer_portal.field_check import OfferProblem
from employer_portal.models import OfferOfEmployment
from employer_portal.numbering import issues_numbers
from employer_portal.offer_check import OfferReport
from employer_portal.offer_status import OfferStatus
from employer_portal.offers import submit_offer
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.offers_controls import Warned, control
from employer_portal.pages.offers_draft import DraftPage, SaidProblem
from employer_portal.pages.offers_said import field_label
from employer_portal.pages.offers_steps import PROFILE, STEPS, is_missing, step_address, step_of
from employer_portal.pages.offers_words import TITLES, Said
from employer_portal.permissions import Action
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import published_rulebook

UNNAMED = frozenset({"facts", "declared"})


@dataclass(frozen=True)
class ToMend:
    """What is wrong on one step, with the way there; how many fields are only empty is counted."""

    step: str
    title: Said
    address: str
    problems: tuple[SaidProblem, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True)
class Declared:
    key: str
    text: str
    provision: str
    is_made: bool


@dataclass(frozen=True)
class Judged:
    """What the rules say of the chosen exemption for this worker and job."""

    code: str
    category: str
    card: Card
    untold: tuple[str, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page(Action.SUBMIT)
def submit(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    """Submit a draft as it was last seen; twice, in two tabs or by two people, it is submitted once."""
    offer = workspace.offer(offer_id)
    if request.method != "POST":
        return redirect(step_address(offer, "check"))
    if offer.status == OfferStatus.DRAFT and request.POST.get("version") != str(offer.version):
        messages.warning(request, _("Somebody changed this draft since you opened the check. Look at it again."))
        return redirect(step_address(offer, "check"))
    number = request.POST.get("official_number", "")
    try:
        submit_offer(offer.pk, workspace.actor, official_number=number)
    except OfferNotReady:
        messages.error(request, _("The offer was not submitted: something is still to be mended."))
        return redirect(step_address(offer, "check"))
    except OfferMoveRefused as refused:
        messages.info(request, refused.text.in_language(language()))
    except (OfferNumberInvalid, OfferNumberTaken) as wrong:
        return _with_number_error(request, workspace, offer, number, wrong.text.in_language(language()))
    return redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=offer.pk)


def check_context(
    workspace: Workspace, offer: OfferOfEmployment, report: OfferReport, rulebook: Rulebook, language: str
) -> Mapping[str, Any]:
    """Return what the check page shows beside the steps."""
    return {
        "to_mend": to_mend(offer, report, rulebook, language),
        "warned": [
            Warned(one.key, one.text.in_language(language), one.provision, offer.acknowledged.get(one.key, ""))
            for one in report.warnings
        ],
        "profile_problems": [
            SaidProblem(one.text.in_language(language), one.provision, "")
            for one in report.errors
            if step_of(one) == PROFILE
        ],
        "judged": judged(report, language),
        "may_submit": Action.SUBMIT in workspace.actions,
        "needs_number": not issues_numbers() and report.fee is not None and not report.fee.is_due,
        "declared_count": len(offer.declared),
        "declaration_count": len(DECLARATIONS),
        **fee_context(offer, report, rulebook, language),
    }


def to_mend(offer: OfferOfEmployment, report: OfferReport, rulebook: Rulebook, language: str) -> list[ToMend]:
    """Return the errors of a draft by step, in the order of the steps."""
    found: dict[str, list[OfferProblem]] = {}
    for problem in report.errors:
        found.setdefault(step_of(problem), []).append(problem)
    return [
        ToMend(
            name,
            TITLES[name],
            f"{step_address(offer, name)}?check",
            tuple(
                SaidProblem(
                    one.text.in_language(language), one.provision, _target(one, rulebook, language), _about(one)
                )
                for one in found[name]
                if not is_missing(one)
            ),
            tuple(one.text.in_language(language) for one in found[name] if is_missing(one)),
        )
        for name in STEPS
        if name in found
    ]


def judged(report: OfferReport, language: str) -> list[Judged]:
    """Return the exemption judged, once for each outcome that the places of work lead to."""
    seen: dict[str, Judged] = {}
    for determination, result in report.judged:
        shown = card(determination, result, language)
        untold = tuple(one.text.in_language(language) for one in report.untold if one.key.startswith("criterion."))
        seen.setdefault(determination.outcome.value, Judged(report.code, determination.category.id, shown, untold))
    return list(seen.values())


def fee_context(offer: OfferOfEmployment, report: OfferReport, rulebook: Rulebook, language: str) -> Mapping[str, Any]:
    fee = report.fee
    if fee is None:
        return {"fee": None}
    edition = rulebook.edition("fee_exempt_situations", report.on)
    situations = {row["key"]: row for row in edition.rows} if edition else {}
    claimable = [situations[key]["label"][language] for key in fee.claimable if key in situations]
    return {
        "fee": fee,
        "fee_cad": fee.amount_cad.quantize(Decimal(1)) if fee.amount_cad % 1 == 0 else fee.amount_cad,
        "fee_reason": fee.reason.in_language(language),
        "claimable": claimable,
        "claimed": situations[offer.fee_exemption]["label"][language] if offer.fee_exemption in situations else "",
        "claim_problem": fee.claim_problem.in_language(language) if fee.claim_problem else "",
    }


def declarations_of(offer: OfferOfEmployment, language: str) -> list[Declared]:
    return [
        Declared(one.key, one.text.in_language(language), one.provision, one.key in offer.declared)
        for one in DECLARATIONS
    ]


def _about(problem: OfferProblem) -> str:
    """Return the label of the field that a problem is about; empty where the text or its step says enough."""
    return field_label(problem.field) if problem.field in CONTENT_FIELDS and problem.field not in UNNAMED else ""


def _target(problem: OfferProblem, rulebook: Rulebook, language: str) -> str:
    """Return the id of the control that a problem stands beside."""
    name = problem.field
    if name.startswith("sites."):
        return f"f-{name.replace('sites', 'site').replace('.', '-').replace('_', '-')}"
    if name in {field for fields in STEPS.values() for field in fields}:
        return control(name, None, rulebook, language).first_control
    return "problems"


def _with_number_error(
    request: HttpRequest, workspace: Workspace, offer: OfferOfEmployment, number: str, text: str
) -> HttpResponse:
    page = DraftPage(offer, "check", published_rulebook(), language())
    context = {
        "workspace": workspace,
        "page": page.page(),
        "offer": offer,
        "number_typed": number[:30],
        "number_error": text,
        **check_context(workspace, offer, page.report, page.rulebook, language()),
    }
    return render(request, "employer_portal/offers/check.html", context, status=422)
