"""What each tab of a case shows: evidence, decisions, messages, documents, notes, time line. Words, no HTML."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from eligibility.case_file import CodeFile, case_file_of, code_file
from eligibility.casework import case_kinds
from eligibility.casework.case_forms import DocumentForm, MessageForm, NoteForm, OfferForm, askable
from eligibility.casework.documents import Checklist, Item
from eligibility.casework.links import links_of
from eligibility.casework.time_line import entries
from eligibility.casework.versions import changes_of
from eligibility.decisions.context import record_page
from eligibility.decisions.records import tampered_in
from eligibility.engine.determine import Outcome, Result
from eligibility.engine.questions import ranked_open_facts
from eligibility.engine.words import capitalised, label
from eligibility.models import CaseEvent, Screening
from eligibility.questionnaire.context import within_reach
from eligibility.questionnaire.summaries import lacking_in
from exemption_codes.asked import reading_language
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import NoPublishedRelease, published_rulebook

MOST_SIDE_BY_SIDE = 3
MOST_SUGGESTED = 12
MOST_OTHERS = 2
# Forms that failed, by their names, to be shown again with what was typed.
Bound = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """A case as it is read now; without a result when its release is no longer stored."""

    request: HttpRequest
    screening: Screening
    facts: Mapping[str, Any]
    result: Result | None
    received: Checklist
    bound: Bound


def decisions(read: Reading) -> dict[str, Any]:
    return {"record": record_page(read.screening, read.request.user)}


def evidence(read: Reading) -> dict[str, Any]:
    context: dict[str, Any] = {
        "offer": read.bound.get("offer") or OfferForm(initial={"offer_number": read.screening.offer_number}),
        "links": links_of(read.screening.offer_number, read.request.user),
    }
    if read.result is None:
        return context
    language = reading_language()
    if category := read.request.GET.get("code", ""):
        return context | {"code": code_file(read.screening, read.result.rulebook, category, language)}
    case = case_file_of(read.screening, read.facts, read.result, language)
    open_codes = [code for group in case.groups for code in group.codes if code.is_open]
    side = _side_by_side(open_codes, read.request.GET.getlist("side"))
    closed = [d for d in read.result.determinations if d.outcome is Outcome.NOT_ELIGIBLE]
    return context | {
        "case": case,
        "open_codes": open_codes,
        "side": side,
        "side_ids": [code.summary.id for code in side],
        "within_reach": within_reach(closed, read.result, language),
        "changes": changes_of(read.screening, read.result.rulebook, language),
    }


def _side_by_side(open_codes: list[CodeFile], asked: list[str]) -> list[CodeFile]:
    """The open codes asked for, or the best ones."""
    chosen = [code for code in open_codes if code.summary.id in asked] or open_codes
    return chosen[:MOST_SIDE_BY_SIDE]


def messages(read: Reading) -> dict[str, Any]:
    language = reading_language()
    try:
        rulebook = published_rulebook()
    except NoPublishedRelease:
        return {"messages_shown": _shown_messages(read.screening, None, language)}
    form = read.bound.get("message") or MessageForm(rulebook)
    suggested = dict(_suggested(read.result, rulebook, language))
    chosen = form.chosen or read.request.GET.getlist("ask")
    others = [name for name in chosen if name in rulebook.facts and name not in suggested]
    return {
        "form": form,
        "suggested": [(name, words, name in chosen) for name, words in suggested.items()],
        "others": _other_questions(rulebook, suggested, language),
        "other_chosen": [*others, *[""] * (MOST_OTHERS - len(others))],
        "messages_shown": _shown_messages(read.screening, rulebook, language),
    }


def _suggested(result: Result | None, rulebook: Rulebook, language: str) -> list[tuple[str, str]]:
    """The facts that would settle most, as their questions."""
    if result is None:
        return []
    lacking = lacking_in(tuple(ranked_open_facts(result)[:MOST_SUGGESTED]), result, language)
    names = [one.name for one in lacking if one.name in askable(rulebook)][:MOST_SUGGESTED]
    return [(name, rulebook.facts[name].question.in_language(language)) for name in names]


def _other_questions(
    rulebook: Rulebook, left_out: Collection[str], language: str
) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            page.title.in_language(language),
            [(name, capitalised(label(name, rulebook, language))) for name in page.facts if name not in left_out],
        )
        for page in rulebook.pages
    ]


def _shown_messages(screening: Screening, rulebook: Rulebook | None, language: str) -> list[dict[str, Any]]:
    def question(name: str) -> str:
        known = rulebook and rulebook.facts.get(name)
        return known.question.in_language(language) if known else name

    return [{"message": one, "questions": [question(name) for name in one.facts]} for one in screening.messages.all()]


def documents(read: Reading) -> dict[str, Any]:
    return {"documents": [(item, _document_form(item, read)) for item in read.received.items]}


def _document_form(item: Item, read: Reading) -> DocumentForm:
    if failed := read.bound.get(f"document-{item.key}"):
        assert isinstance(failed, DocumentForm)
        return failed
    there = item.received
    first = {"received_on": there.received_on if there else timezone.localdate(), "note": there.note if there else ""}
    return DocumentForm(initial=first, auto_id=f"id_{item.key}_%s")


def notes(read: Reading) -> dict[str, Any]:
    notes = CaseEvent.objects.filter(screening=read.screening, kind=case_kinds.NOTED).order_by("number")
    return {"notes": entries(notes), "form": read.bound.get("note") or NoteForm()}


def time_line(read: Reading) -> dict[str, Any]:
    events = list(CaseEvent.objects.filter(screening=read.screening).order_by("number"))
    return {"entries": entries(events), "tampering": tampered_in(read.screening, events)}
