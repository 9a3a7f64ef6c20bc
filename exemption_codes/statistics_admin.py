"""Statistics of a release for maintainers: how much it holds, how sure it is, what machines found, what is old."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from exemption_codes.asked import reading_language
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.proof.mutation_report import STATES, LastRun, read_last_run
from exemption_codes.proof.statistics import LEVELS, statistics_of
from exemption_codes.releases import rulebook_of
from exemption_codes.sheets import CONFIDENCE_WORDS

COUNT_WORDS = {
    "categories": _("Categories"),
    "categories_in_force": _("Categories in force on the day of the law"),
    "codes": _("Codes, today’s and former ones"),
    "criteria": _("Criteria"),
    "general_rules": _("Rules of every permit"),
    "facts": _("Facts"),
    "lists": _("Lists and tables"),
    "parameters": _("Dated amounts"),
    "sources": _("Sources"),
    "examples": _("Worked examples"),
    "examples_run": _("Worked examples, each value counted"),
}
KIND_WORDS = {
    "operator": _("An operator flipped, or two facts exchanged"),
    "threshold": _("A threshold moved by one"),
    "member": _("A member, a row or a prefix of a list dropped"),
    "joint": _("“All” and “any” swapped"),
    "negation": _("A condition negated, or a “not” dropped"),
    "removal": _("A criterion or a part of a condition dropped"),
    "applies_when": _("An exception dropped"),
    "date": _("A date moved by a day"),
    "weight": _("Required and usual swapped"),
    "officer": _("A condition left to the officer alone"),
}


class StatisticsPage:
    """Adds the page of statistics to the admin of releases."""

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        name = "exemption_codes_cataloguerelease_statistics"
        return [
            path("<path:object_id>/statistics/", guard(self.statistics_view), name=name),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def statistics_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        release = self._release(request, object_id)  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": str(release),
            "opts": CatalogueRelease._meta,
            "release": release,
            **statistics_context(release, reading_language()),
        }
        return TemplateResponse(request, "admin/exemption_codes/statistics.html", context)


def statistics_context(release: CatalogueRelease, language: str) -> dict[str, Any]:
    """Return what the page says of one release, in the words of one language."""
    rulebook = rulebook_of(release.digest)
    found, run = statistics_of(rulebook), read_last_run()
    pages = {code.category: reverse("admin:exemption_codes_exemptioncode_change", args=[code.pk])
             for code in release.codes.all()}  # fmt: skip
    return {
        "statistics": found,
        "counts": [(words, getattr(found, name)) for name, words in COUNT_WORDS.items()],
        "confidence": [(CONFIDENCE_WORDS[level], found.category_confidence[level], found.criterion_confidence[level])
                       for level in LEVELS],
        "unsure": [(name, pages.get(name, ""), rulebook.categories[name].name.in_language(language))
                   for name in _unsure(rulebook)],
        "run": run,
        "share": percent_in_words(run.share_killed, language) if run else "",
        "is_of_run": run is not None and run.is_of(rulebook),
        "kinds": _kinds(run) if run else [],
        "oldest": [_aged(rulebook.sources[one.id], one.read_on, one.categories, language)
                   for one in found.oldest_sources],
        "undated": [_aged(rulebook.sources[name], None, 0, language) for name in found.never_dated],
    }  # fmt: skip


def percent_in_words(share: float, language: str) -> str:
    """Return a share in per cent, with one decimal: 97.5% in English, 97,5 % in French."""
    english = f"{share:.1%}"
    return english.replace(".", ",").replace("%", "\N{NO-BREAK SPACE}%") if language == "fr" else english


def _unsure(rulebook: Rulebook) -> list[str]:
    """The categories of low confidence, or with a criterion of low confidence."""
    return [name for name, category in rulebook.categories.items()
            if "low" in {category.confidence, *(one.confidence for one in category.criteria)}]  # fmt: skip


def _kinds(run: LastRun) -> list[tuple[Any, ...]]:
    return [(KIND_WORDS.get(kind, kind), *(states.get(state, 0) for state in STATES))
            for kind, states in sorted(run.kinds.items())]  # fmt: skip


def _aged(source: doc.SourceDocument, read_on: date | None, categories: int, language: str) -> dict[str, Any]:
    is_french = language == "fr"
    url = (source.url_fr or source.url) if is_french else source.url
    return {
        "title": source.instrument.in_language(language),
        "url": "" if url == "none" else url,
        "read_on": read_on,
        "as_of": source.as_of or "",
        "categories": categories,
    }
