"""The kinds of event of the workbench itself, and how each is told."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from eligibility.casework.kinds import register


def _to(data: Mapping[str, Any]) -> str:
    return _("to %(name)s") % {"name": data["to"]}


def _text(data: Mapping[str, Any]) -> str:
    return str(data.get("text", ""))


def _questions(data: Mapping[str, Any]) -> str:
    count = len(data.get("facts", ()))
    asked = ngettext("%(count)d question", "%(count)d questions", count) % {"count": count}
    return " · ".join(part for part in (asked if count else "", _text(data)) if part)


def _answers(data: Mapping[str, Any]) -> str:
    version = _("Version %(number)d of the answers") % {"number": data["version"]} if data.get("version") else ""
    return " · ".join(part for part in (version, str(data.get("reply", ""))) if part)


def _document(data: Mapping[str, Any]) -> str:
    name = data.get("name_fr") if (get_language() or "").startswith("fr") else data.get("name")
    return " · ".join(part for part in (str(name or ""), str(data.get("note", ""))) if part)


def _offer(data: Mapping[str, Any]) -> str:
    return str(data.get("number", "")) or _("none")


SUBMITTED = register("submitted", gettext_lazy("Sent for review"))
TAKEN = register("taken", gettext_lazy("Taken"))
GIVEN = register("given", gettext_lazy("Given"), _to)
GIVEN_BACK = register("given_back", gettext_lazy("Given back to the queue"))
CLOSED = register("closed", gettext_lazy("Closed"), _text)
REOPENED = register("reopened", gettext_lazy("Opened again"), _text)
NOTED = register("noted", gettext_lazy("Note"), _text)
OFFER_LINKED = register("offer_linked", gettext_lazy("Offer number"), _offer)
MESSAGE_WRITTEN = register("message_written", gettext_lazy("Message to the applicant"), _questions)
MESSAGE_AGAIN = register("message_again", gettext_lazy("Message sent again"))
MESSAGE_WITHDRAWN = register("message_withdrawn", gettext_lazy("Message withdrawn"))
MAIL_SENT = register("mail_sent", gettext_lazy("Mail sent"))
MAIL_FAILED = register("mail_failed", gettext_lazy("Mail not sent"), lambda data: str(data.get("error", "")))
ANSWERED = register("answered", gettext_lazy("Answer of the applicant"), _answers)
DOCUMENT_RECEIVED = register("document_received", gettext_lazy("Document received"), _document)
DOCUMENT_CHANGED = register("document_changed", gettext_lazy("Document noted otherwise"), _document)
DOCUMENT_UNTICKED = register("document_unticked", gettext_lazy("Document not received after all"), _document)
