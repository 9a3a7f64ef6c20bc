"""Writing drafts: begin, save, delete, restore, copy, templates. Each an action: check, change, write an event."""

from collections.abc import Mapping
from typing import Any

from employer_portal.actors import Actor
from employer_portal.bounds import check_bounds
from employer_portal.content import (
    AGREEMENT_FIELDS,
    CONTENT_FIELDS,
    NOT_COPIED,
    POSITION_FIELDS,
    SITE_FIELDS,
    SITES,
    content_of,
    fill,
    read_content,
    write_sites,
)
from employer_portal.errors import ActionNotAllowed, StaleDraft
from employer_portal.models import Branch, DraftVersion, Employer, OfferGroup, OfferOfEmployment, OfferTemplate
from employer_portal.moves import circumstances, lock_offer, make_move, write_event
from employer_portal.offer_status import Event, rows_for
from employer_portal.permissions import Action, check_may, membership_of
from employer_portal.policies import check_may_move
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.rulebook import Rulebook

VERSIONS_KEPT = 50


@in_transaction
def begin_offer(
    employer: Employer,
    actor: Actor,
    changes: Mapping[str, Any] | None = None,
    *,
    branch: Branch | None = None,
    group: OfferGroup | None = None,
    rulebook: Rulebook | None = None,
    copied_from: OfferOfEmployment | None = None,
) -> OfferOfEmployment:
    """Begin a draft, with content where some is given.

    Raises ActionNotAllowed, FieldsInvalid.
    """
    check_may(actor, Action.WRITE_OFFERS, employer)
    offer = OfferOfEmployment(
        employer=employer, branch=_branch_for(actor, employer, branch), group=group, created_by=actor.user,
        copied_from=copied_from,
    )  # fmt: skip
    if group is not None and group.employer_id != employer.pk:
        raise ActionNotAllowed(Action.WRITE_OFFERS)
    check_may_move(offer, Event.CREATE, circumstances(actor))
    values = read_content(changes or {}, rulebook)
    fill(offer, values)
    check_bounds(offer)
    offer.save(force_insert=True)
    write_sites(offer, values.get(SITES, []))
    _keep_version(offer, actor, based_on=0)
    write_event(offer, Event.CREATE, "", offer.status, actor)
    return offer


def save_draft(
    offer_id: Any, version: int, changes: Mapping[str, Any], actor: Actor, rulebook: Rulebook | None = None
) -> OfferOfEmployment:
    """Save some fields of a draft, or all: what is not among the changes stays.

    `version` is the one the writer saw. A save that comes too late changes nothing, but is kept as a version of its
    own. Raises StaleDraft with the difference, FieldsInvalid, OfferMoveRefused, ActionNotAllowed.
    """
    values = read_content(changes, rulebook)
    saved = _save(offer_id, version, values, actor)
    if isinstance(saved, StaleDraft):
        raise saved
    return saved


@in_transaction
def _save(offer_id: Any, version: int, values: Mapping[str, Any], actor: Actor) -> OfferOfEmployment | StaleDraft:
    """Save, or keep what came too late: the error is returned, for raising it would undo that."""
    offer = lock_offer(offer_id)
    check_may(actor, Action.WRITE_OFFERS, offer.employer, offer)
    seen = circumstances(actor, version=version)
    if rows_for(Event.SAVE, offer.state) and version != offer.version:
        return _stale(offer, version, values, actor)
    check_may_move(offer, Event.SAVE if rows_for(Event.SAVE, offer.state) else Event.EDIT, seen)
    fill(offer, values)
    check_bounds(offer)
    if SITES in values:
        write_sites(offer, values[SITES])
    make_move(offer, Event.SAVE, seen, fields=sorted(values))
    offer.version += 1
    offer.save(update_fields=["version", "updated_at"])
    _keep_version(offer, actor, based_on=version)
    return offer


def claim_fee_exemption(
    offer_id: Any, version: int, situation: str, explanation: str, actor: Actor
) -> OfferOfEmployment:
    """Claim in a draft that no fee is due; an empty situation takes the claim back.

    The check of the offer says whether the claim fits, and asks for the proof. Raises as save_draft does.
    """
    claim = {"fee_exemption": situation, "fee_exemption_explanation": explanation}
    return save_draft(offer_id, version, claim, actor)


@in_transaction
def delete_draft(offer_id: Any, actor: Actor) -> OfferOfEmployment:
    """Put a draft away; it can be restored."""
    return _simple(offer_id, Event.DELETE, actor)


@in_transaction
def restore_draft(offer_id: Any, actor: Actor) -> OfferOfEmployment:
    return _simple(offer_id, Event.RESTORE, actor)


@in_transaction
def duplicate_offer(offer_id: Any, actor: Actor) -> OfferOfEmployment:
    """Copy a closed offer to a new draft: its fields, not its number, fee, claim or declarations.

    Raises OfferMoveRefused where the offer is still under way.
    """
    offer = lock_offer(offer_id)
    check_may(actor, Action.WRITE_OFFERS, offer.employer, offer)
    make_move(offer, Event.DUPLICATE, circumstances(actor))
    content = content_of(offer, [name for name in CONTENT_FIELDS if name not in NOT_COPIED])
    return begin_offer(offer.employer, actor, content, branch=offer.branch, copied_from=offer)


def begin_alike(offer_id: Any, actor: Actor) -> OfferOfEmployment:
    """Begin a draft for another worker with the position and the places of work of an offer, in whatever state.

    Raises ActionNotAllowed.
    """
    offer = OfferOfEmployment.objects.select_related("employer", "branch").get(pk=offer_id)
    check_may(actor, Action.WRITE_OFFERS, offer.employer, offer)
    return begin_offer(offer.employer, actor, content_of(offer, POSITION_FIELDS), branch=offer.branch)


@in_transaction
def begin_group(employer: Employer, name: str, actor: Actor) -> OfferGroup:
    """Begin a group of performing artists and their staff, whose offers are filed together."""
    check_may(actor, Action.WRITE_OFFERS, employer)
    return OfferGroup.objects.create(employer=employer, name=name.strip()[:200])


@in_transaction
def put_in_group(offer_id: Any, group: OfferGroup | None, actor: Actor) -> OfferOfEmployment:
    """Put a draft into a group of its employer, or take it out.

    Raises OfferMoveRefused once the offer is filed, ActionNotAllowed.
    """
    offer = lock_offer(offer_id)
    check_may(actor, Action.WRITE_OFFERS, offer.employer, offer)
    check_may_move(offer, Event.SAVE, circumstances(actor, version=offer.version))
    if group is not None and group.employer_id != offer.employer_id:
        raise ActionNotAllowed(Action.WRITE_OFFERS)
    offer.group = group
    offer.save(update_fields=["group", "updated_at"])
    return offer


@in_transaction
def make_template(offer_id: Any, name: str, actor: Actor) -> OfferTemplate:
    """Keep what an offer says of its position under a name; the same name takes its place."""
    offer = OfferOfEmployment.objects.select_related("employer").get(pk=offer_id)
    check_may(actor, Action.WRITE_OFFERS, offer.employer, offer)
    template, _is_new = OfferTemplate.objects.update_or_create(
        employer=offer.employer,
        name=name.strip()[:200],
        defaults={"content": content_of(offer, POSITION_FIELDS), "created_by": actor.user},
    )
    return template


@in_transaction
def delete_template(template: OfferTemplate, actor: Actor) -> None:
    """Delete a template; the offers begun from it stay."""
    check_may(actor, Action.WRITE_OFFERS, template.employer)
    template.delete()


def begin_from_template(
    template: OfferTemplate,
    actor: Actor,
    changes: Mapping[str, Any] | None = None,
    *,
    branch: Branch | None = None,
) -> OfferOfEmployment:
    """Begin a draft with what a template keeps, and what is given beside it."""
    return begin_offer(template.employer, actor, {**template.content, **(changes or {})}, branch=branch)


def blank_agreement() -> dict[str, Any]:
    """Return the changes that empty the agreement: a new worker has a new one."""
    return dict.fromkeys(AGREEMENT_FIELDS)


def _simple(offer_id: Any, event: Event, actor: Actor) -> OfferOfEmployment:
    offer = lock_offer(offer_id)
    check_may(actor, Action.WRITE_OFFERS, offer.employer, offer)
    make_move(offer, event, circumstances(actor))
    return offer


def _stale(offer: OfferOfEmployment, version: int, values: Mapping[str, Any], actor: Actor) -> StaleDraft:
    """Keep what came too late, and say where it differs from what is stored."""
    stored = content_of(offer)
    typed = typed_content(offer, values)
    base = DraftVersion.objects.filter(offer=offer, number=version).first()
    before = base.content if base else {}
    late = DraftVersion.objects.create(offer=offer, based_on=version, content={**before, **typed}, saved_by=actor.user)
    return StaleDraft(
        version,
        offer.version,
        {name: (before.get(name), stored[name], new) for name, new in typed.items() if new != stored[name]},
        late.pk,
    )


def typed_content(offer: OfferOfEmployment, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return read values as content, without touching the stored offer."""
    shadow = OfferOfEmployment(pk=offer.pk)
    fill(shadow, values)
    content = content_of(shadow, [name for name in values if name != SITES])
    content.pop(SITES)
    return {**content, **({SITES: _whole_sites(values[SITES])} if SITES in values else {})}


def _whole_sites(sites: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: site.get(name, "") for name in SITE_FIELDS} for site in sites]


def _keep_version(offer: OfferOfEmployment, actor: Actor, based_on: int) -> None:
    DraftVersion.objects.create(
        offer=offer, number=offer.version, based_on=based_on, content=content_of(offer), saved_by=actor.user
    )
    DraftVersion.objects.filter(offer=offer, number__lte=offer.version - VERSIONS_KEPT).delete()


def _branch_for(actor: Actor, employer: Employer, wanted: Branch | None) -> Branch | None:
    """Return the branch of a new offer: who acts for one branch begins offers of that branch and of no other."""
    membership = membership_of(actor.user, employer) if actor.token is None else None
    own = membership.branch if membership else None
    if wanted is not None and (wanted.employer_id != employer.pk or own not in (None, wanted)):
        raise ActionNotAllowed(Action.WRITE_OFFERS)
    return wanted or own
