"""What the mails say: that something changed and where to look. Nothing of anybody's answers stands in them."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from eligibility.impact_models import ImpactRun
from eligibility.notices.models import Notice, NoticeWish
from eligibility.notices.wishes import ADDRESS, USER, Recipient, link_token

LANGUAGES = ("en", "fr")


def mail_to_applicant(notice: Notice) -> EmailMessage | None:
    """In the language of the answers that were sent; None when the consent has been taken back since."""
    screening = notice.screening
    wish = NoticeWish.objects.filter(screening=screening).first()
    if wish is None or screening is None or not screening.contact_email:
        return None
    with translation.override(screening.language):
        stop = _stop_address(Recipient(ADDRESS, wish.address_key))
        context = {"start": settings.SITE_URL + reverse("questionnaire:start"), "stop": stop}
        subject = _("The rules have changed: your result may be another one now")
        body = render_to_string("eligibility/notices/applicant.txt", context)
    return _mail(subject, body, screening.contact_email, stop)


def mail_to_consultant(notice: Notice, run: ImpactRun) -> EmailMessage | None:
    """In both languages, since an account has none of its own."""
    user = notice.user
    if user is None or not user.email or not user.is_active or hasattr(user, "notice_refusal"):
        return None
    page = settings.SITE_URL + reverse("admin:eligibility_impactrun_change", args=[run.pk])
    parts, subjects = [], []
    for language in LANGUAGES:
        with translation.override(language):
            stop = _stop_address(Recipient(USER, str(user.pk)))
            context = {"count": notice.case_count, "page": f"{page}?assignee={user.pk}", "stop": stop}
            subjects.append(_("New rules touch your cases"))
            parts.append(render_to_string("eligibility/notices/consultant.txt", context))
    return _mail(" / ".join(subjects), "\n\n– – –\n\n".join(parts), user.email, stop)


def _stop_address(recipient: Recipient) -> str:
    return settings.SITE_URL + reverse("notices:stop", args=[link_token(recipient)])


def _mail(subject: str, body: str, to: str, stop: str) -> EmailMessage:
    """A mail with the headers by which a mail program ends the notices in one click (RFC 2369, RFC 8058)."""
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    headers |= {"Auto-Submitted": "auto-generated", "Precedence": "bulk"}
    return EmailMessage(subject, body.strip() + "\n", to=[to], headers=headers)
