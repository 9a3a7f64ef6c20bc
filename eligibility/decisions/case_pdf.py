"""A case as an accessible PDF (PDF/UA-1): tagged, with a title and its language, and its fonts inside."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from eligibility.pdf import draw_pdf

TEMPLATE = Path(__file__).with_name("case.typ")


def case_pdf(content: dict[str, Any]) -> bytes:
    """Return what case_export gave as a PDF; letters that no font has are written by their Unicode number."""
    with override(content["language"]):
        words = _words()
    return draw_pdf(TEMPLATE.read_bytes(), "case", {"words": words, **content})


def _words() -> dict[str, str]:
    """The words of the document itself, in its language."""
    return {
        "title": _("Case file"),
        "indicative": _("An indicative result: the decision is an officer’s. Not a government document."),
        "case": _("Case"),
        "made": _("Made"),
        "sent": _("Sent"),
        "name": _("Name"),
        "email": _("Email"),
        "stale": _("Since this case was judged:"),
        "codes": _("Codes by the rules and by the consultant"),
        "code": _("Code"),
        "by_rules": _("By the rules"),
        "by_consultant": _("By the consultant"),
        "confirmed": _("Confirmed"),
        "closed": _("Not eligible by the rules:"),
        "decisions": _("Decisions"),
        "no_decision": _("Nobody has decided anything yet."),
        "reason": _("Reason"),
        "determination": _("Determination"),
        "answers": _("Answers"),
        "unticked": _("Not ticked"),
        "evidence": _("Evidence of each code"),
        "general": _("Rules of every permit"),
        "lacking": _("Not told:"),
        "source": _("Source:"),
        "read": _("read on"),
        "record": _("Determinations, releases and time line"),
        "as_of": _("Judged as of"),
        "release": _("Catalogue release"),
        "law": _("Law as of"),
        "facts": _("Digest of the facts"),
        "engine": _("Version of the engine"),
        "events": _("Time line"),
        "number": _("Number"),
        "when": _("When"),
        "what": _("What"),
        "who": _("Who"),
        "seal": _("Seal of the last event:"),
    }
