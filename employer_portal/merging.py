"""Saving a draft that others write too: what nobody else touched is put together, the rest is compared by a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from employer_portal.actors import Actor
from employer_portal.content import CONTENT_FIELDS, SITES, content_of, read_content
from employer_portal.drafts import save_draft, typed_content
from employer_portal.errors import FieldsInvalid, StaleDraft
from employer_portal.models import DraftVersion, OfferOfEmployment
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook

TRIES = 3
# Fields that hold several answers by a key: two people may each give one of them.
BY_KEY = ("acknowledged", "facts")


@dataclass(frozen=True)
class Comparison:
    """A save that came too late beside what is stored: what to choose between, and what only the late one changed."""

    late: DraftVersion
    offer: OfferOfEmployment
    conflicts: Mapping[str, tuple[Any, Any, Any]]
    only_late: Mapping[str, Any]


def save_merged(
    offer_id: Any, version: int, changes: Mapping[str, Any], actor: Actor, rulebook: Rulebook | None = None
) -> OfferOfEmployment:
    """Save what the writer changed since the version they saw; nothing is written where nothing changed.

    Fields that somebody else changed meanwhile are taken over where the writer left them alone. Raises StaleDraft,
    with the late save kept, where both changed the same field to different values; and as save_draft does.
    """
    values = read_content(changes, rulebook)
    for _try in range(TRIES):
        offer = OfferOfEmployment.objects.select_related("employer").get(pk=offer_id)
        stored, typed = content_of(offer), typed_content(offer, values)
        base = stored if version == offer.version else _content_at(offer, version)
        merged = {name: _put_together(name, base.get(name), stored[name], typed[name]) for name in typed}
        wanted = {name: value for name, value in merged.items() if value != stored[name]}
        wanted = {name: value for name, value in wanted.items() if not base or value != base.get(name)}
        if not wanted:
            return offer
        is_clear = all(base.get(name) == stored[name] or name in BY_KEY for name in wanted) if base else False
        try:
            return save_draft(offer_id, offer.version if is_clear else version, wanted, actor, rulebook)
        except StaleDraft as stale:
            if not is_clear:
                raise
            last = stale  # somebody saved in this very moment: look again
    raise last


def save_good(
    offer_id: Any, version: int, changes: Mapping[str, Any], actor: Actor, rulebook: Rulebook | None = None
) -> tuple[OfferOfEmployment, dict[str, Text]]:
    """Save those of the changes that can be stored, as save_merged does; also return what is wrong with the others."""
    wrong: dict[str, Text] = {}
    good = dict(changes)
    while True:
        try:
            return save_merged(offer_id, version, good, actor, rulebook), wrong
        except FieldsInvalid as invalid:
            wrong.update(invalid.fields)
            left = {name: value for name, value in good.items() if not _is_about(invalid, name)}
            if len(left) == len(good):
                raise
            good = left


def compare(late: DraftVersion, offer: OfferOfEmployment) -> Comparison:
    """Compare a late save with what is stored now: before, stored, and what the late writer typed, by field."""
    base, stored = _content_at(offer, late.based_on), content_of(offer)
    names = [name for name in (*CONTENT_FIELDS, SITES) if name in late.content]
    changed = [n for n in names if late.content[n] != base.get(n) and late.content[n] != stored[n]]
    return Comparison(
        late,
        offer,
        {n: (base.get(n), stored[n], late.content[n]) for n in changed if base.get(n) != stored[n]},
        {n: late.content[n] for n in changed if base.get(n) == stored[n]},
    )


def settle(comparison: Comparison, version: int, mine: set[str], actor: Actor) -> OfferOfEmployment:
    """Save what a person chose after comparing: their own value for the fields in `mine`, the stored one elsewhere.

    Raises as save_merged does.
    """
    chosen = {name: yours for name, (_before, _stored, yours) in comparison.conflicts.items() if name in mine}
    return save_merged(comparison.offer.pk, version, {**comparison.only_late, **chosen}, actor)


def late_save(offer: OfferOfEmployment, late_id: int) -> DraftVersion | None:
    """Return a save of this offer that came too late."""
    return DraftVersion.objects.filter(offer=offer, pk=late_id, number__isnull=True).first()


def _content_at(offer: OfferOfEmployment, version: int) -> dict[str, Any]:
    """Return the content of a version; empty where it is no longer kept."""
    found = DraftVersion.objects.filter(offer=offer, number=version).first()
    return found.content if found else {}


def _put_together(name: str, before: Any, stored: Any, typed: Any) -> Any:
    """Return what to store: of answers by key, the stored ones with those that the writer added, changed or took."""
    if name not in BY_KEY or not isinstance(before, dict):
        return typed
    mine = {key for key in (*before, *typed) if before.get(key) != typed.get(key)}
    kept = {key: value for key, value in stored.items() if key not in mine}
    return {**kept, **{key: typed[key] for key in typed if key in mine}}


def _is_about(invalid: FieldsInvalid, name: str) -> bool:
    return any(field == name or field.startswith(f"{name}.") for field in invalid.fields)
