"""What can go wrong in the portal. Each error says it in both languages and keeps what it was built from.

The web edge turns them into pages or answers: `error.text.in_language(language)`, `error.code` for programs.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from exemption_codes.catalogue.documents import Text


class PortalError(Exception):
    """The base of every error that a person can mend or must be told; `code` is stable."""

    code: ClassVar[str] = "portal_error"

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class OfferNumberInvalid(PortalError):
    """What was typed is no offer number; `suggestion` is what may have been meant, never taken silently."""

    code = "offer_number_invalid"

    def __init__(self, why: str, text: Text, suggestion: str = "") -> None:
        self.why, self.suggestion = why, suggestion
        super().__init__(text)


class OfferNumberTaken(PortalError):
    """Another offer bears, or once bore, this number."""

    code = "offer_number_taken"

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(
            Text(
                en=f"{number} already belongs to another offer. A number is never used twice.",
                fr=f"{number} appartient déjà à une autre offre. Un numéro ne sert jamais deux fois.",
            )
        )


class OfferMoveRefused(PortalError):
    """The offer may not make this move now; `reason` is the name of the guard or `status`, `instead` a better move."""

    code = "offer_move_refused"

    def __init__(self, status: str, wanted: str, reason: str, text: Text, instead: str = "") -> None:
        self.status, self.wanted, self.reason, self.instead = status, wanted, reason, instead
        super().__init__(text)


class ActionNotAllowed(PortalError):
    """This person may not do this for this employer."""

    code = "action_not_allowed"

    def __init__(self, action: str) -> None:
        self.action = action
        super().__init__(
            Text(en="You may not do this for this employer.", fr="Vous ne pouvez pas faire cela pour cet employeur.")
        )


class StaleDraft(PortalError):
    """Somebody saved the draft in between. `difference` holds, by field: before, stored now, and what you typed.

    `kept_id` is the key of the version in which what you typed is kept.
    """

    code = "stale_draft"

    def __init__(
        self, version: int, stored_version: int, difference: Mapping[str, tuple[Any, Any, Any]], kept_id: int
    ) -> None:
        self.version, self.stored_version, self.difference = version, stored_version, difference
        self.kept_id = kept_id
        super().__init__(
            Text(
                en="This draft was changed elsewhere since you opened it. What you typed is kept; compare and choose.",
                fr="Ce brouillon a été modifié ailleurs depuis que vous l’avez ouvert. Votre saisie est conservée; "
                "comparez et choisissez.",
            )
        )


class StaleProfile(PortalError):
    """Somebody changed the profile in between. `difference` holds, by field: before, stored now, and what you typed."""

    code = "stale_profile"

    def __init__(self, difference: Mapping[str, tuple[Any, Any, Any]]) -> None:
        self.difference = difference
        super().__init__(
            Text(
                en="Somebody else changed this profile since you opened it. What you typed is kept; compare, and save.",
                fr="Quelqu’un a modifié ce profil depuis que vous l’avez ouvert. Votre saisie est conservée; comparez "
                "et enregistrez.",
            )
        )


class BranchInUse(PortalError):
    """A branch that people or offers belong to stays."""

    code = "branch_in_use"

    def __init__(self) -> None:
        super().__init__(
            Text(
                en="People or offers belong to this branch. Move the people first; a branch that made offers is kept.",
                fr="Des personnes ou des offres appartiennent à cette succursale. Déplacez d’abord les personnes; une "
                "succursale qui a fait des offres est conservée.",
            )
        )


class FieldsInvalid(PortalError):
    """Values that cannot be stored; `fields` holds a text by the name of the field."""

    code = "invalid"

    def __init__(self, fields: Mapping[str, Text]) -> None:
        self.fields = fields
        super().__init__(Text(en="Some values are not valid.", fr="Certaines valeurs ne sont pas valides."))


class OfferNotReady(PortalError):
    """The check of an offer found errors, or warnings that nobody acknowledged; `report` has them all."""

    code = "offer_not_ready"

    def __init__(self, report: Any) -> None:
        self.report = report
        super().__init__(
            Text(
                en="The offer cannot be submitted yet: something is missing or does not fit.",
                fr="L’offre ne peut pas encore être présentée : il manque des éléments ou certains ne conviennent pas.",
            )
        )


class PaymentRefused(PortalError):
    """Nothing can be paid, captured or refunded here; `reason` is stable."""

    code = "payment_refused"

    def __init__(self, reason: str, text: Text) -> None:
        self.reason = reason
        super().__init__(text)


class InvitationInvalid(PortalError):
    """The invitation is unknown, used, revoked, expired or meant for another address; which one is not told."""

    code = "invitation_invalid"

    def __init__(self) -> None:
        super().__init__(
            Text(
                en="This invitation cannot be used. Ask for a new one.",
                fr="Cette invitation ne peut pas servir. Demandez-en une nouvelle.",
            )
        )


class LastPrimaryUser(PortalError):
    """An employer keeps at least one primary user."""

    code = "last_primary_user"

    def __init__(self) -> None:
        super().__init__(
            Text(
                en="Somebody else must be primary user first: an employer always keeps one.",
                fr="Nommez d’abord une autre personne : un employeur garde toujours un utilisateur principal.",
            )
        )


class RowsRefused(PortalError):
    """Some rows of an upload are not good, and all or nothing was asked for; `errors` by row number."""

    code = "rows_refused"

    def __init__(self, errors: Mapping[int, Mapping[str, Text]]) -> None:
        self.errors = errors
        super().__init__(
            Text(
                en=f"Rows with errors: {len(errors)}. Nothing was imported.",
                fr=f"Lignes comportant des erreurs : {len(errors)}. Rien n’a été importé.",
            )
        )


class UploadRefused(PortalError):
    """The file is of a kind or size that is not taken; `reason` is stable."""

    code = "upload_refused"

    def __init__(self, reason: str, text: Text) -> None:
        self.reason = reason
        super().__init__(text)


class UploadGone(PortalError):
    """The rows of a file are not there any more: they were imported, or kept long enough."""

    code = "upload_gone"

    def __init__(self) -> None:
        super().__init__(
            Text(
                en="This file was imported already, or was kept long enough. Upload it again if you still need it.",
                fr="Ce fichier a déjà été importé ou n’est plus conservé. Téléversez-le de nouveau au besoin.",
            )
        )
