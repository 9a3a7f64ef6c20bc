"""Claiming that no fee is due: the situation, why it applies, and the proof; or reading what was claimed."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from eligibility.engine.words import provision_in_words
from employer_portal.compliance_fee import FeeDecision
from employer_portal.errors import FieldsInvalid, OfferMoveRefused, StaleDraft, UploadRefused
from employer_portal.fee_claims import claim_with_proof, claimable_situations, decision_for
from employer_portal.models import FilePurpose, OfferOfEmployment
from employer_portal.offer_status import OfferStatus
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.permissions import Action, check_may
from employer_portal.templatetags.portal_money import language, spoken
from exemption_codes.releases import published_rulebook

NO_CLAIM = "none"


class ClaimForm(forms.Form):
    """Which situation, why, and a proof to upload; the version is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    situation = forms.ChoiceField(label=_("Which situation applies?"), widget=forms.RadioSelect)
    explanation = forms.CharField(
        label=_("Why does it apply?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Say what makes it true for this worker and job. “See attached” is not enough."),
    )  # fmt: skip
    proof = forms.FileField(
        label=_("Proof"), required=False,
        help_text=_("A PDF, JPEG or PNG file. You can add more than one, one after the other."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["situation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices, (NO_CLAIM, _("None of these: the fee is paid"))]

    @property
    def chosen(self) -> str:
        chosen: str = self.cleaned_data["situation"]
        return "" if chosen == NO_CLAIM else chosen

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a claim."""
        cleaned = super().clean() or {}
        if cleaned.get("situation") not in (None, NO_CLAIM) and not cleaned.get("explanation", "").strip():
            self.add_error("explanation", _("Say why this situation applies."))
        return cleaned


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page()
def claim(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    """Show or save the claim of a draft; of an offer that is filed, show what it claimed."""
    offer = workspace.offer(offer_id)
    if request.method == "POST":
        check_may(workspace.actor, Action.WRITE_OFFERS, workspace.employer, offer)
    decision = decision_for(offer, timezone.localdate(), published_rulebook())
    if offer.status != OfferStatus.DRAFT or Action.WRITE_OFFERS not in workspace.actions:
        return _page(request, workspace, offer, decision, None)
    form = _form(request, offer, decision)
    if not form.is_bound or not form.is_valid():
        return _page(request, workspace, offer, decision, form)
    try:
        claim_with_proof(
            offer.pk, form.cleaned_data["version"], form.chosen, form.cleaned_data["explanation"],
            request.FILES.get("proof"), workspace.actor,
        )  # fmt: skip
    except UploadRefused as refused:
        form.add_error("proof", spoken(refused.text))
    except FieldsInvalid as invalid:
        for text in invalid.fields.values():
            form.add_error("explanation", spoken(text))
    except (StaleDraft, OfferMoveRefused) as refused:
        form.add_error(None, spoken(refused.text))
        form.data = {**{name: form.data[name] for name in form.data}, "version": workspace.offer(offer_id).version}
    else:
        return redirect("employer_portal:claim", employer_id=workspace.employer.pk, offer_id=offer.pk)
    return _page(request, workspace, offer, decision, form)


def _form(request: HttpRequest, offer: OfferOfEmployment, decision: FeeDecision | None) -> ClaimForm:
    choices = [
        (one.key, f"{spoken(one.text)} ({provision_in_words(one.provision, language())})")
        for one in claimable_situations(decision, timezone.localdate(), published_rulebook())
    ]
    stored = {
        "version": offer.version,
        "situation": offer.fee_exemption or NO_CLAIM,
        "explanation": offer.fee_exemption_explanation,
    }
    return ClaimForm(choices, request.POST or None, request.FILES or None, initial=stored)


def _page(
    request: HttpRequest,
    workspace: Workspace,
    offer: OfferOfEmployment,
    decision: FeeDecision | None,
    form: ClaimForm | None,
) -> HttpResponse:
    proofs = offer.files.filter(purpose=FilePurpose.FEE_EXEMPTION, removed_at=None)
    situations = claimable_situations(decision, timezone.localdate(), published_rulebook())
    context = {
        "workspace": workspace, "offer": offer, "decision": decision, "form": form, "proofs": proofs,
        "has_situations": bool(situations), "is_draft": offer.status == OfferStatus.DRAFT,
        "claimed": next((one for one in situations if one.key == offer.fee_exemption), None),
    }  # fmt: skip
    return render(request, "employer_portal/claim.html", context)
