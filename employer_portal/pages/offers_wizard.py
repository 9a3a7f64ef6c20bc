"""The steps of a draft, saved at each field by a script and at each step without one. Nothing typed is lost."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from eligibility.questionnaire.visit import language
from employer_portal.declarations import DECLARATION_KEYS
from employer_portal.errors import OfferMoveRefused, StaleDraft
from employer_portal.merging import save_good
from employer_portal.models import OfferOfEmployment
from employer_portal.offer_status import OfferStatus
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.offers_check import check_context, declarations_of, fee_context
from employer_portal.pages.offers_draft import DraftPage
from employer_portal.pages.offers_questions import answered_facts, posted_facts, questions_form
from employer_portal.pages.offers_steps import STEPS, following, step_address
from employer_portal.pages.offers_typed import Typed, read_reasons, read_sites, read_typed, seen_version
from employer_portal.pages.offers_wage import converted_wage, wage_typed
from employer_portal.permissions import Action
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import published_rulebook


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page(Action.WRITE_OFFERS)
def step(request: HttpRequest, workspace: Workspace, offer_id: UUID, step: str) -> HttpResponse:
    """Show or save one step; a step that is unknown is not there, an offer that is filed shows its own page."""
    if step not in STEPS:
        raise Http404
    offer = workspace.offer(offer_id)
    if offer.status != OfferStatus.DRAFT:
        return _filed(request, workspace, offer)
    if request.method == "POST":
        return _save(request, workspace, offer, step)
    page = DraftPage(offer, step, published_rulebook(), language(), shows_missing="check" in request.GET)
    return _show(request, workspace, page)


def _save(request: HttpRequest, workspace: Workspace, offer: OfferOfEmployment, name: str) -> HttpResponse:
    """Save what can be saved; say beside its field what cannot."""
    rulebook, is_auto = published_rulebook(), "autosave" in request.POST
    typed = _read(request, offer, name, rulebook)
    try:
        saved, wrong = save_good(offer.pk, seen_version(request.POST, offer), typed.changes, workspace.actor, rulebook)
    except StaleDraft as stale:
        return _compare(workspace, offer, stale, is_auto)
    except OfferMoveRefused as refused:
        if is_auto:
            text = refused.text.in_language(language())
            return JsonResponse({"problem": text}, status=HTTPStatus.CONFLICT)
        return _filed(request, workspace, offer)
    for field, said in wrong.items():
        typed.wrong.setdefault(field, []).append(said.in_language(language()))
    if is_auto:
        return JsonResponse(_saved(saved, typed))
    return _go_on(request, workspace, saved, name, typed)


def _read(request: HttpRequest, offer: OfferOfEmployment, name: str, rulebook: Rulebook) -> Typed:
    """Read a posted step as changes."""
    post = request.POST
    typed = read_typed(post, STEPS[name], language())
    page = DraftPage(offer, name, rulebook, language())
    read_reasons(post, page.report, offer.acknowledged, typed)
    if name == "sites" and (sites := read_sites(post, post.get("remove", ""))) is not None:
        typed.changes["sites"] = typed.shown["sites"] = sites
    if name == "exemption" and (facts := posted_facts(post, rulebook)):
        form = questions_form(offer, facts, rulebook, language(), post)
        typed.changes["facts"] = answered_facts(form, offer.facts)
        typed.wrong.update({fact: [str(one) for one in texts] for fact, texts in form.errors.items()})
    if name == "declarations" and "declared-shown" in post:
        typed.changes["declared"] = [key for key in DECLARATION_KEYS if key in post.getlist("declared")]
    if name == "wage":
        converted_wage(post, language(), typed)
    if name == "agreement" and "copy" in post:
        typed.changes.update(_as_offered(offer))
    return typed


def _go_on(
    request: HttpRequest, workspace: Workspace, saved: OfferOfEmployment, name: str, typed: Typed
) -> HttpResponse:
    """Show the step again while something is wrong that was not told yet; else go to the next."""
    post = request.POST
    stays = next((button for button in ("add", "remove", "convert", "copy", "redraw", "stay") if button in post), "")
    page = DraftPage(saved, name, published_rulebook(), language(), typed, shows_missing=not stays)
    told = set(post.get("told", "").split(","))
    untold = [problem for problem in page.errors if problem.key not in told]
    if typed.wrong or (untold and not stays):
        return _show(request, workspace, page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if stays == "redraw":
        return _show(request, workspace, page)
    if stays:
        place = {"add": "?row#rows", "remove": "#rows"}.get(stays, "#form")
        return redirect(step_address(saved, name) + place)
    return redirect(step_address(saved, following(name)))


def _show(request: HttpRequest, workspace: Workspace, page: DraftPage, status: int = HTTPStatus.OK) -> HttpResponse:
    blank = int("row" in request.GET and request.method != "POST")
    data = request.POST if page.typed.wrong else None
    shown = page.page(blank, data if page.name == "exemption" else None)
    context: dict[str, Any] = {
        "workspace": workspace,
        "page": shown,
        "offer": page.offer,
        "saved_at": page.offer.updated_at,
    }
    context |= _further(request, workspace, page)
    template = "employer_portal/offers/check.html" if page.name == "check" else "employer_portal/offers/step.html"
    return render(request, template, context, status=status)


def _further(request: HttpRequest, workspace: Workspace, page: DraftPage) -> Mapping[str, Any]:
    match page.name:
        case "wage":
            return {"wage": wage_typed(page.offer, request.POST, language())}
        case "fee":
            return fee_context(page.offer, page.report, page.rulebook, language())
        case "declarations":
            return {"declarations": declarations_of(page.offer, language())}
        case "check":
            return check_context(workspace, page.offer, page.report, page.rulebook, language())
    return {}


def _compare(workspace: Workspace, offer: OfferOfEmployment, stale: StaleDraft, is_auto: bool) -> HttpResponse:
    """Lead to the page that compares what was typed with what somebody else saved meanwhile."""
    keys = {"employer_id": workspace.employer.pk, "offer_id": offer.pk, "late_id": stale.kept_id}
    address = reverse("employer_portal:offer_compare", kwargs=keys)
    if is_auto:
        text = stale.text.in_language(language())
        return JsonResponse({"problem": text, "compare": address}, status=HTTPStatus.CONFLICT)
    return redirect(address)


def _filed(request: HttpRequest, workspace: Workspace, offer: OfferOfEmployment) -> HttpResponse:
    messages.info(request, _("This offer is not a draft any more. To change it, withdraw it and copy it."))
    return redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=offer.pk)


def _saved(saved: OfferOfEmployment, typed: Typed) -> dict[str, Any]:
    """Return what the script of a step needs after a save."""
    return {
        "version": saved.version,
        "saved_at": said_time(saved.updated_at),
        "wrong": [text for texts in typed.wrong.values() for text in texts],
    }


def said_time(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "TIME_FORMAT")


def _as_offered(offer: OfferOfEmployment) -> dict[str, Any]:
    """Return the terms of an offer as those of its agreement; a person checks them against what was signed."""
    same = ("job_title", "hourly_wage_cad", "hours_per_week", "starts_on", "ends_on")
    return {f"agreement_{name}": getattr(offer, name) for name in same}
