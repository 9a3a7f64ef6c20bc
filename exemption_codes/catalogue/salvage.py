"""What can be used of a document that is partly wrong, so that one mistake does not hide the others.

A document with an error is never handed to the engine; but its sound parts are still checked against the other files.
"""

from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from exemption_codes.catalogue import documents as doc

CONDITIONS = (doc.AllOf, doc.AnyOf, doc.Negation, doc.RowOf, doc.Disputed, doc.FactTest)


class Unread(dict[str, Any]):
    """Stands for the names of a file that could not be read: nothing can be said against any name."""

    def __contains__(self, name: object) -> bool:
        return True


def salvage(shape: Any, value: Any) -> Any:
    """Return a value in its shape with what is wrong in it replaced by None; positions in lists stay."""
    adapter = _adapter(shape)
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return _salvage_parts(shape, value)


def _salvage_parts(shape: Any, value: Any) -> Any:
    origin, inner = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return _salvage_parts(inner[0], value)
    if isinstance(shape, type) and issubclass(shape, doc.Document) and isinstance(value, dict):
        return _salvage_document(shape, value)
    if origin is list and isinstance(value, list):
        return [salvage(inner[0], item) for item in value]
    if origin is dict and isinstance(value, dict):
        return {key: salvage(inner[1], item) for key, item in value.items() if isinstance(key, str)}
    if origin in (Union, UnionType):
        return _salvage_one_of(inner, value)
    return None


def _salvage_document(shape: type[doc.Document], value: dict[str, Any]) -> doc.Document | None:
    parts: dict[str, Any] = {}
    shapes = _field_shapes(shape)
    for name, field in shape.model_fields.items():
        key = field.alias or name
        if key in value:
            parts[name] = salvage(shapes[name], value[key])
        else:
            parts[name] = None if field.is_required() else field.get_default(call_default_factory=True)
        if parts[name] is None and key in ("from", "until") and key in value:
            return None  # a period with one end unreadable would look open, and overlap its neighbours
    return shape.model_construct(**parts)


def _salvage_one_of(shapes: tuple[Any, ...], value: Any) -> Any:
    plain = [shape for shape in shapes if shape is not type(None)]
    if len(plain) == 1:
        return salvage(plain[0], value)
    names = {get_args(shape)[0] for shape in plain if get_origin(shape) is Annotated}
    if doc.FactTest in names and isinstance(value, dict):
        kind = doc.condition_kind(value)
        return salvage(next(form for form in CONDITIONS if form.__name__ == kind), value)
    return None


@cache
def _field_shapes(shape: type[doc.Document]) -> dict[str, Any]:
    return get_type_hints(shape, vars(doc), include_extras=True)


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
