"""Pages of the catalogue that anybody may read: all codes and the search, one category, what has changed."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from exemption_codes.asked import day_context, day_of, reading_language, status_for
from exemption_codes.browse.corrections import corrections
from exemption_codes.browse.rows import families_of, former_codes, row_of
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.pages import category_page
from exemption_codes.releases import published_rulebook
from exemption_codes.search import LONGEST_SEARCH, categories_named, code_in, search


@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """Every category by agreement or provision; with `q`, those that a search finds."""
    query = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    rulebook, language = published_rulebook(), reading_language()
    day = day_of(request, rulebook)
    context = {"q": query, **day_context(day, rulebook)}
    if query:
        context["search"] = search(rulebook, query, day.on, language)
    else:
        rows = [row_of(one, day.on, language) for one in rulebook.categories.values()]
        context["families"] = families_of(rows, rulebook, language)
        current = [row for row in rows if row.state == "in_force"]
        context["permit_count"] = sum(not row.is_permit_free for row in current)
        context["permit_free_count"] = sum(row.is_permit_free for row in current)
    return render(request, "exemption_codes/codes.html", context, status=status_for(day))


@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """To the one category that a code or name stands for; to the search where there are several, or none."""
    query = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = categories_named(published_rulebook(), query, timezone.localdate())
    return to_category(found[0].id, query) if len(found) == 1 else to_search(query)


@require_safe
def category(request: HttpRequest, name: str) -> HttpResponse:
    """One category at its stable address; a code, today's or a former one, leads there."""
    rulebook, language = published_rulebook(), reading_language()
    if name not in rulebook.categories:
        return by_code(name, rulebook, request)
    day = day_of(request, rulebook)
    context = {
        "page": category_page(rulebook, name, day.on, language),
        "was": _former_name(request, name, rulebook),
        **day_context(day, rulebook),
    }
    return render(request, "exemption_codes/category.html", context, status=status_for(day))


@require_safe
def variant(request: HttpRequest, code: str, variant: str) -> HttpResponse:
    """C21/WH, as an address."""
    return by_code(f"{code}/{variant}", published_rulebook(), request)


def by_code(name: str, rulebook: Rulebook, request: HttpRequest) -> HttpResponse:
    """To what bears or bore a code on the day asked for, which goes along."""
    found = categories_named(rulebook, name, day_of(request, rulebook).on)
    if not found:
        raise Http404
    day = request.GET.get("on", "")
    return to_category(found[0].id, name, day) if len(found) == 1 else to_search(name, day)


def to_category(category_id: str, name: str, day: str = "") -> HttpResponse:
    """To a category's page, which says so when the name is one of the past."""
    code, _variant = code_in(name)
    return _to(reverse("exemption_codes:category", args=[category_id]), was=code, on=day)


def to_search(query: str, day: str = "") -> HttpResponse:
    return _to(reverse("exemption_codes:find"), q=query, on=day)


def _to(address: str, **query: str) -> HttpResponse:
    told = {name: value for name, value in query.items() if value}
    return redirect(f"{address}?{urlencode(told)}" if told else address)


def _former_name(request: HttpRequest, name: str, rulebook: Rulebook) -> object:
    """The former code by which somebody came; None where they came by today's, or by none."""
    was = request.GET.get("was", "")
    names = former_codes(rulebook.categories[name], timezone.localdate(), reading_language())
    return next((former for former in names if former.code == was), None)


@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    """What popular guides still say and is out of date."""
    rulebook = published_rulebook()
    context = {"corrections": corrections(rulebook, timezone.localdate(), reading_language()), "rulebook": rulebook}
    return render(request, "exemption_codes/changed.html", context)
