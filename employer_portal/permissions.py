"""May this person act for this employer? One table, one function, for pages, the API, files and everything else."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from employer_portal.actors import Actor
from employer_portal.errors import ActionNotAllowed
from employer_portal.models import Employer, Membership, OfferOfEmployment, Role
from employer_portal.models.offers import OfferQuerySet
from employer_portal.offer_status import Party

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Action(StrEnum):
    """What somebody may want to do in the portal."""

    VIEW = "view"
    WRITE_OFFERS = "write_offers"
    SUBMIT = "submit"
    PAY = "pay"
    WITHDRAW = "withdraw"
    UPLOAD = "upload"
    RECORD_DUTIES = "record_duties"
    INVITE_WORKER = "invite_worker"
    VIEW_MONEY = "view_money"
    EDIT_PROFILE = "edit_profile"
    MANAGE_BRANCHES = "manage_branches"
    MANAGE_PEOPLE = "manage_people"
    INVITE_TO_BRANCH = "invite_to_branch"
    MANAGE_TOKENS = "manage_tokens"


WORK = frozenset(
    {
        Action.VIEW,
        Action.WRITE_OFFERS,
        Action.SUBMIT,
        Action.PAY,
        Action.WITHDRAW,
        Action.UPLOAD,
        Action.RECORD_DUTIES,
        Action.INVITE_WORKER,
        Action.VIEW_MONEY,
    }
)
ALLOWED: dict[Role, frozenset[Action]] = {
    Role.PRIMARY: frozenset(Action),
    Role.SECONDARY: WORK,
    Role.REPRESENTATIVE: WORK,
    Role.AUDITOR: frozenset({Action.VIEW, Action.VIEW_MONEY}),
}
# The primary user of a branch rules over its people and nothing beyond.
BRANCH_PRIMARY = WORK | {Action.INVITE_TO_BRANCH}
TOKEN_READS = frozenset({Action.VIEW, Action.VIEW_MONEY})
TOKEN_WRITES = TOKEN_READS | {Action.WRITE_OFFERS, Action.SUBMIT, Action.PAY, Action.WITHDRAW, Action.UPLOAD}


def check_may(actor: Actor, action: Action, employer: Employer, offer: OfferOfEmployment | None = None) -> None:
    """Raise ActionNotAllowed unless the actor may do this for the employer, and with this offer where one is given.

    Staff, providers and the clock act by right of their party: what they may do to an offer stands in the table of
    moves. A membership counts from this moment's database, so a removal works at once.
    """
    if actor.party is not Party.EMPLOYER:
        return
    allowed = _token_may(actor, action, employer) if actor.token else _person_may(actor.user, action, employer, offer)
    if not allowed or (offer is not None and offer.employer_id != employer.pk):
        raise ActionNotAllowed(action)


def may(actor: Actor, action: Action, employer: Employer, offer: OfferOfEmployment | None = None) -> bool:
    try:
        check_may(actor, action, employer, offer)
    except ActionNotAllowed:
        return False
    return True


def membership_of(user: "User | None", employer: Employer) -> Membership | None:
    """Return the present membership of a person; None for anybody else."""
    if user is None or not user.is_authenticated or not user.is_active:
        return None
    return Membership.objects.present().filter(user=user, employer=employer).first()


def actions_of(membership: Membership) -> frozenset[Action]:
    """Return what a membership allows, before any narrowing to a branch or to own offers."""
    role = Role(membership.role)
    return BRANCH_PRIMARY if role is Role.PRIMARY and membership.branch_id else ALLOWED[role]


def visible_offers(membership: Membership) -> OfferQuerySet:
    """Return the offers that a membership lets its person see."""
    offers = OfferOfEmployment.objects.filter(employer_id=membership.employer_id)
    if membership.branch_id:
        offers = offers.filter(branch_id=membership.branch_id)
    if membership.own_offers_only:
        offers = offers.filter(Q(created_by_id=membership.user_id))
    return offers


def _person_may(user: "User | None", action: Action, employer: Employer, offer: OfferOfEmployment | None) -> bool:
    membership = membership_of(user, employer)
    if membership is None or action not in actions_of(membership):
        return False
    return offer is None or _reaches(membership, offer)


def _reaches(membership: Membership, offer: OfferOfEmployment) -> bool:
    if membership.branch_id and offer.branch_id != membership.branch_id:
        return False
    return not membership.own_offers_only or offer.created_by_id == membership.user_id


def _token_may(actor: Actor, action: Action, employer: Employer) -> bool:
    """A token acts for its own employer, and only while whoever made it is a member: a removal works at once."""
    token = actor.token
    if token is None or token.employer_id != employer.pk or token.has_ended:
        return False
    if membership_of(token.made_by, employer) is None:
        return False
    return action in (TOKEN_WRITES if token.may_write else TOKEN_READS)
