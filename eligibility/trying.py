"""The page on which staff try one category of any stored release with facts, and see the evidence. Nothing is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from eligibility.case_file import CodeFile, tried
from eligibility.engine.words import capitalised, day_in_words
from eligibility.questionnaire.fields import AnswerField
from eligibility.questionnaire.forms import QuestionsForm
from eligibility.questionnaire.option_lists import Option
from exemption_codes.asked import reading_language
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import ExemptionCode
from exemption_codes.releases import rulebook_of
from exemption_codes.uses import facts_to_ask

SEVERAL = ("checkboxes", "countries")
CHOSEN = ("radios", "list", "search")


@dataclass(frozen=True)
class Control:
    """One fact as the page asks for it; `kind` is number, text, date, one or several."""

    name: str
    label: str
    question: str
    kind: str
    options: tuple[Option, ...]
    typed: Any
    errors: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"id_{self.name.replace('.', '-')}"


class TryForm(QuestionsForm):
    """The facts of one category and a day; a fact that is left empty is not told."""

    as_of = forms.DateField(
        label=_("On the day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def controls(self, rulebook: Rulebook, language: str) -> Iterator[Control]:
        for name, field in self.fields.items():
            if isinstance(field, AnswerField):
                kind = "several" if field.kind in SEVERAL else "one" if field.kind in CHOSEN else field.kind
                errors = tuple(map(str, self.errors.get(name, ()))) if self.is_bound else ()
                fact = rulebook.facts[name]
                yield Control(
                    name, capitalised(fact.label.in_language(language)), str(field.label), kind,
                    tuple(getattr(field, "options", ())), self.typed(name)[0], errors,
                )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def try_category(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge a category by the facts that were entered; none are kept, and none stand in the address."""
    if not request.user.has_perm("exemption_codes.view_exemptioncode"):
        raise PermissionDenied
    code = get_object_or_404(ExemptionCode.objects.select_related("release").defer("release__files"), pk=pk)
    rulebook, language = rulebook_of(code.release.digest), reading_language()
    asked = facts_to_ask(rulebook, rulebook.categories[code.category])
    data = request.POST if request.method == "POST" else None
    form = TryForm(asked, rulebook, language, {}, (), data)
    found = _judged(form, rulebook, code.category, language) if form.is_valid() else None
    context = {
        **admin.site.each_context(request),
        "title": _("Try %(code)s") % {"code": code.key},
        "opts": ExemptionCode._meta,
        "category": code,
        "form": form,
        "controls": list(form.controls(rulebook, language)),
        "code": found,
        "is_judged": form.is_bound and not form.errors,
    }
    template = "admin/eligibility/try.html"
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)


def _judged(form: TryForm, rulebook: Rulebook, category: str, language: str) -> CodeFile | None:
    facts, _skipped = form.answered()
    on = facts.pop("as_of", None) or timezone.localdate()
    try:
        return tried(rulebook, category, facts, on, language)
    except DateNotCovered as error:
        words = {name: day_in_words(getattr(error, name), language) for name in ("first", "last")}
        form.add_error("as_of", _("The rules cover the days from %(first)s to %(last)s.") % words)
        return None
