"""A case with everything on its record as plain values, in one language: what the PDF shows and the JSON holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from eligibility.case_file import case_file
from eligibility.casework.time_line import told_of
from eligibility.decisions.context import CodeRow, Entry, code_rows, record_page
from eligibility.decisions.judged import JudgedCase
from eligibility.decisions.models import Determination
from eligibility.engine.determine import Finding, Result
from eligibility.engine.explain import Statement, explain
from eligibility.engine.words import day_in_words
from eligibility.models import CaseEvent, Screening
from exemption_codes.models import CatalogueRelease

FORMAT = "imp-navigator/case/1"
CLOSED = "not_eligible"


def case_export(screening: Screening, user: Any, language: str, with_contact: bool) -> dict[str, Any]:
    """Return a case as it is now, for a reader who may see it; who sent it is named only where that is asked for."""
    with override(language):
        page = record_page(screening, user)
        case = page.case
        return {
            "format": FORMAT,
            "language": language,
            "made_at": timezone.now().isoformat(),
            "made_at_words": moment_words(timezone.now()),
            "case": screening.reference,
            "submitted_at": screening.submitted_at.isoformat() if screening.submitted_at else "",
            "submitted_words": moment_words(screening.submitted_at) if screening.submitted_at else "",
            "contact": _contact(screening) if with_contact else None,
            "is_current": case.is_current,
            "changed": [str(words) for words in page.changed],
            "answers": _answers(case, language),
            "facts": screening.answers,
            "codes": [_code(row) for row in code_rows(case, language)],
            "evidence": _evidence(case, page.rows, language),
            "general": [_finding(one, case.result, language) for one in case.result.general] if case.result else [],
            "decisions": [_decision(entry) for entry in reversed(page.entries)],
            "determinations": [_determination(one, language) for one in case.determinations],
            "releases": _releases(case, language),
            "events": [_event(one) for one in CaseEvent.objects.filter(screening=screening).order_by("number")],
        }


def moment_words(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _contact(screening: Screening) -> dict[str, str]:
    return {"name": screening.contact_name or "", "email": screening.contact_email or ""}


def _answers(case: JudgedCase, language: str) -> list[dict[str, Any]]:
    """The answers of today, under the pages that ask for them."""
    if case.result is None:
        return []
    topics = case_file(case.screening, case.rulebook, language).topics
    return [
        {
            "topic": topic.title,
            "answers": [{"label": one.label, "value": one.value} for one in topic.answers],
            "unticked": list(topic.unticked),
        }
        for topic in topics
    ]


def _code(row: CodeRow) -> dict[str, Any]:
    return {
        "category": row.category,
        "key": row.key,
        "name": row.name,
        "by_rules": row.by_rules,
        "by_rules_words": row.by_rules_words,
        "by_consultant": row.by_consultant,
        "by_consultant_words": row.by_consultant_words,
        "is_confirmed": row.is_confirmed,
    }


def _evidence(case: JudgedCase, rows: Iterable[CodeRow], language: str) -> list[dict[str, Any]]:
    """The findings of each code that is open, or that somebody decided about."""
    return [
        {**_code(row), "findings": [_finding(one, case.result, language) for one in case.findings(row.category)]}
        for row in rows
    ]


def _finding(finding: Finding, result: Result | None, language: str) -> dict[str, Any]:
    assert result is not None
    said: Statement = explain(finding, result, language)
    return {
        "criterion": said.criterion,
        "status": said.status,
        "status_words": said.status_words,
        "requirement": said.requirement,
        "facts": list(said.facts),
        "lacking": list(said.lacking),
        "note": said.note,
        "sources": [
            {"instrument": one.instrument, "provision": one.provision, "url": one.url, "read_on": one.read_on}
            for one in said.citations
        ],
    }


def _decision(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "kind_words": entry.kind_words,
        "subject": entry.subject,
        "by_rules_words": entry.by_rules_words,
        "by_consultant_words": entry.value_words,
        "reason": entry.reason,
        "by": entry.who,
        "at": entry.at.isoformat(),
        "at_words": moment_words(entry.at),
        "status": entry.status,
        "status_words": entry.status_words,
        "changed": [str(words) for words in entry.changed],
        "determination": entry.determination.number,
        "answers": [
            {"words": one.words, "by": one.who, "at": one.at.isoformat(), "reason": one.reason} for one in entry.answers
        ],
    }


def _determination(made: Determination, language: str) -> dict[str, Any]:
    return {
        "number": made.number,
        "at": made.at.isoformat(),
        "at_words": moment_words(made.at),
        "by": made.actor,
        "as_of": made.as_of.isoformat(),
        "as_of_words": day_in_words(made.as_of, language),
        "release": made.release_digest,
        "facts_digest": made.facts_digest,
        "engine_version": made.engine_version,
        "signed_file": made.signed_file,
    }


def _releases(case: JudgedCase, language: str) -> list[dict[str, Any]]:
    """The releases under which the case was judged, those that are stored."""
    digests = {one.release_digest for one in case.determinations}
    rows = CatalogueRelease.objects.filter(digest__in=digests).defer("files").order_by("pk")
    return [
        {
            "digest": one.digest,
            "law_as_of": one.law_as_of.isoformat(),
            "law_as_of_words": day_in_words(one.law_as_of, language),
        }
        for one in rows
    ]


def _event(event: CaseEvent) -> dict[str, Any]:
    words, told = told_of(event)
    return {
        "number": event.number,
        "at": event.at.isoformat(),
        "at_words": moment_words(event.at),
        "kind": event.kind,
        "words": words,
        "told": told,
        "by": event.actor,
        "seal": event.seal,
    }
