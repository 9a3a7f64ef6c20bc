"""What the page of a category shows beside its rule: where it is used, what mutants are left, how it changed."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exemption_codes.asked import reading_language
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import ExemptionCode
from exemption_codes.proof.mutation_report import STATES, LastRun, read_last_run
from exemption_codes.rule_history import changes_of
from exemption_codes.uses import uses_of

NAME = "exemption_codes_exemptioncode_changes"


class ReadingRoom:
    """Adds the page of changes to the admin of exemption codes."""

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = path("<int:pk>/changes/", guard(require_safe(self.changes_view)), name=NAME)
        return [own, *super().get_urls()]  # type: ignore[misc]

    def changes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How a category changed from release to release."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        code: ExemptionCode | None = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if code is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Changes of %(code)s") % {"code": code.key},
            "opts": ExemptionCode._meta,
            "code": code,
            "changes": changes_of(code.category, reading_language()),
        }
        return TemplateResponse(request, "admin/exemption_codes/exemptioncode/changes.html", context)


def room_context(code: ExemptionCode, rulebook: Rulebook) -> dict[str, Any]:
    """What the page of a category needs beside its sheet."""
    language = reading_language()
    rows = ExemptionCode.objects.filter(release_id=code.release_id).values_list("category", "pk")
    return {
        "uses": uses_of(rulebook, rulebook.categories[code.category], language),
        "page_of": dict(rows),
        "mutants": _mutants(code.category, rulebook),
    }


@lru_cache(maxsize=1)
def _last_run() -> LastRun | None:
    return read_last_run()


@lru_cache(maxsize=4)
def _is_current(rulebook: Rulebook) -> bool:
    """Whether the last run was of these rules; it takes a second to tell."""
    run = _last_run()
    return run is not None and run.is_of(rulebook)


def _mutants(category: str, rulebook: Rulebook) -> dict[str, Any] | None:
    """What became of the wrong changes that were tried on the rule file; None where none were."""
    run = _last_run()
    name = f"exemptions/{category}"
    if run is None or name not in run.files:
        return None
    states = run.files[name]
    return {
        "counts": {state: states.get(state, 0) for state in STATES},
        "survivors": [one for one in run.survivors if one.startswith(f"{name} ")],
        "equivalent": run.equivalent.get(name, []),
        "is_current": _is_current(rulebook),
    }
