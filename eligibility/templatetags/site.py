"""Template tags of every page."""

from typing import Any

from django import template
from django.urls import translate_url

register = template.Library()


@register.simple_tag(takes_context=True)
def in_language(context: dict[str, Any], code: str) -> str:
    """Return the address of the present page in another language."""
    request = context.get("request")
    return translate_url(request.get_full_path(), code) if request else f"/{code}/"


@register.filter
def is_in(value: Any, group: Any) -> bool:
    """Whether a choice is among those typed, be they one or several."""
    return value in group if isinstance(group, list | tuple | set) else value == group


@register.filter
def at(sequence: Any, position: int) -> Any:
    """Return one part of a typed date or list; empty where there is none."""
    return sequence[position] if len(sequence) > position else ""
