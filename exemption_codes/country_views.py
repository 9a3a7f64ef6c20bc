"""Pages by country: what a citizenship opens, and the list of all countries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exemption_codes.asked import day_context, day_of, reading_language, status_for
from exemption_codes.browse.countries import all_countries, countries_by_letter, country_page, covered_countries
from exemption_codes.releases import published_rulebook


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every country, by the first letter of its name, and those that an agreement covers."""
    rulebook, language = published_rulebook(), reading_language()
    context = {
        "covered": covered_countries(rulebook, timezone.localdate(), language),
        "letters": countries_by_letter(language),
        "countries": all_countries(language),
        "rulebook": rulebook,
    }
    return render(request, "exemption_codes/countries.html", context)


@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """From the list to choose from to the page of a country."""
    code = request.GET.get("code", "")
    known = {country.code for country in all_countries("en")}
    return redirect("countries:country", code) if code in known else redirect("countries:index")


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """I am a citizen of ...: everything that treaties open, and what does not depend on citizenship."""
    rulebook, language = published_rulebook(), reading_language()
    if code.upper() not in {country.code for country in all_countries("en")}:
        raise Http404
    if code != code.upper():
        return redirect("countries:country", code.upper(), permanent=True)
    day = day_of(request, rulebook)
    context = {"page": country_page(rulebook, code, day.on, language), **day_context(day, rulebook)}
    return render(request, "exemption_codes/country.html", context, status=status_for(day))
