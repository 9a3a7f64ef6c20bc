"""Messages by mail: plain text, in the language of whoever reads it, with no more about people than it needs."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from employer_portal.memberships import Invited
from employer_portal.models import MailLanguage

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def send_invitation(invited: Invited, language: str) -> None:
    """Mail the secret link of an invitation; raises OSError where no mail server takes it."""
    invitation = invited.invitation
    with override(language):
        link = address("employer_portal:invitation", token=invited.token)
    send("invitation", invitation.email, language, {"invitation": invitation, "link": link})


def send(name: str, email: str, language: str, context: dict[str, Any]) -> None:
    """Mail templates/employer_portal/mail/NAME.txt, whose first line is the subject."""
    with override(language):
        subject, _line, body = render_to_string(f"employer_portal/mail/{name}.txt", context).strip().partition("\n")
    send_mail(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject.strip(), body.strip() + "\n", None, [email])


def address(name: str, **parts: Any) -> str:
    """Return the full address of a page, in the language that is on."""
    return f"{settings.SITE_URL}{reverse(name, kwargs=parts)}"


def write_in(user: "User", language: str) -> None:
    """Remember the language in which a person is written to."""
    MailLanguage.objects.update_or_create(person=user, defaults={"language": "fr" if language == "fr" else "en"})


def languages_of(people: list[int]) -> dict[int, str]:
    """Return the languages of people by their key; English for who never chose."""
    chosen = dict(MailLanguage.objects.filter(person__in=people).values_list("person_id", "language"))
    return {key: chosen.get(key, "en") for key in people}
