"""The kinds of event that determinations, decisions and exports add to the time line of a case, and their words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.casework.kinds import register

EXPORT_WORDS = {
    "pdf-en": gettext_lazy("Case as PDF, English"),
    "pdf-fr": gettext_lazy("Case as PDF, French"),
    "json": gettext_lazy("Case as JSON"),
}


def _tell_determination(data: Mapping[str, Any]) -> str:
    return _("Number %(number)s, as of %(day)s, release %(release)s") % {
        "number": data["number"],
        "day": data["as_of"],
        "release": data["release"][:12],
    }


def _tell_decision(data: Mapping[str, Any]) -> str:
    from eligibility.decisions.models import Decision

    words = str(Decision.Kind(data["kind"]).label)
    about = _("decision %(number)s") % {"number": data["about"]} if "about" in data else ""
    return " · ".join(part for part in (str(data["number"]), words, about, data["code"]) if part)


def _tell_export(data: Mapping[str, Any]) -> str:
    if data["format"] == "determination":
        return _("Signed determination %(number)s") % {"number": data["number"]}
    return str(EXPORT_WORDS.get(data["format"], data["format"]))


DETERMINED = register("determined", gettext_lazy("Judged and signed"), _tell_determination)
DECIDED = register("decided", gettext_lazy("Decision on the record"), _tell_decision)
EXPORTED = register("exported", gettext_lazy("Exported"), _tell_export)
DOWNLOADED = register("downloaded", gettext_lazy("Signed determination downloaded by the person"))
