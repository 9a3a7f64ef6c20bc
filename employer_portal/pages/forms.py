"""What the portal's forms share: sections, and errors of the portal beside their fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from eligibility.questionnaire.typed_fields import read_number
from employer_portal.errors import FieldsInvalid, PortalError

CHOOSE = ("", _("Choose from the list"))
YES_NO = (("yes", _("Yes")), ("no", _("No")))


Sections = tuple[tuple[str, Any, Any, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Section:
    """A part of a long form: its heading, a hint, and its fields."""

    key: str
    title: str
    hint: str
    fields: list[BoundField]


class PortalForm(forms.Form):
    """A form of the portal. `SECTIONS` holds key, title, hint and names of fields of each section."""

    SECTIONS: Sections = ()
    use_required_attribute = False

    @property
    def sections(self) -> list[Section]:
        """Return the sections; one without a title where the form names none."""
        parts = self.SECTIONS or (("all", "", "", tuple(self.fields)),)
        shown = {field.name: field for field in self.visible_fields()}
        return [
            Section(key, title, hint, [shown[name] for name in names if name in shown])
            for key, title, hint, names in parts
        ]

    def refuse(self, error: PortalError, names: Mapping[str, str] | None = None) -> None:
        """Put what the portal refused beside the fields; `names` translates its names of fields into the form's."""
        language = get_language() or "en"
        if not isinstance(error, FieldsInvalid):
            self.add_error(None, error.text.in_language(language))
            return
        for name, text in error.fields.items():
            field = (names or {}).get(name, name)
            self.add_error(field if field in self.fields else None, text.in_language(language))


class AmountField(forms.DecimalField):
    """An amount in dollars as people of either language write it: 1 500,50 or $1,500.50."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            number = read_number(value.replace("$", ""), get_language() or "en")
            value = value if number is None else str(number)
        return super().to_python(value)


def yes_or_no(label: Any, help_text: Any = "", *, required: bool = False) -> forms.TypedChoiceField:
    """Return a question that is answered by yes or no; no answer is None."""
    return forms.TypedChoiceField(
        label=label, help_text=help_text, choices=YES_NO, coerce=lambda typed: typed == "yes", empty_value=None,
        widget=forms.RadioSelect, required=required,
    )  # fmt: skip


def date_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    """Return a day, with the browser's own calendar."""
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


def choice_field(label: Any, choices: Any, help_text: Any = "", *, required: bool = False) -> forms.ChoiceField:
    """Return a list to choose from, with an empty first line."""
    return forms.ChoiceField(label=label, help_text=help_text, choices=[CHOOSE, *choices], required=required)
