"""The shapes of answers, for the schema; answers.py writes them, and a test holds the two together."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import Direction, inline_serializer
from rest_framework import serializers

from employer_portal.api.content_shapes import answer_schema
from employer_portal.models import FilePurpose, OfferStatusWords, RefundReason, RefundStatus, Standing
from employer_portal.offer_status import Event, Party

OFFER_STATUSES = OfferStatusWords.values
EVENTS = [event.value for event in Event]
PARTIES = [party.value for party in Party]
CHARGE_STATUSES = ["open", "paid", "nothing_due", "void"]
REFUND_STATUSES = RefundStatus.values
LEVELS = ["error", "warning", "unknown"]
MONEY = r"^[0-9]+\.[0-9]{2}$"


def money(**kwargs: Any) -> serializers.Field:
    return serializers.RegexField(MONEY, **kwargs)


class ContentField(serializers.JSONField):
    """The content of an offer, field by field."""


class ContentFieldExtension(OpenApiSerializerFieldExtension):
    target_class = "employer_portal.api.serializers.ContentField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        component = ResolvedComponent(
            name="OfferContent", type=ResolvedComponent.SCHEMA, object="OfferContent", schema=answer_schema()
        )
        auto_schema.registry.register_on_missing(component)
        return {"$ref": "#/components/schemas/OfferContent"}


class OfferSummarySerializer(serializers.Serializer):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=OFFER_STATUSES)
    status_words = serializers.CharField()
    version = serializers.IntegerField(min_value=1)
    number = serializers.CharField(allow_null=True, help_text="A and seven digits, once it is issued.")
    worker = serializers.CharField(allow_blank=True)
    job_title = serializers.CharField(allow_blank=True)
    exemption_category = serializers.CharField(allow_blank=True)
    branch = serializers.UUIDField(allow_null=True)
    group = serializers.UUIDField(allow_null=True)
    copied_from = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    issued_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class OfferFeeSerializer(serializers.Serializer):
    """What the submission owes, for this offer alone or for its group."""

    status = serializers.ChoiceField(choices=CHARGE_STATUSES)
    decision = serializers.CharField()
    amount_cad = money()
    share_cad = money()
    provisions = serializers.ListField(child=serializers.CharField())


class PermitDaysSerializer(serializers.Serializer):
    issued_on = serializers.DateField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)


class OfferSerializer(OfferSummarySerializer):
    """One offer. `moves` are what the employer could ask for in its state; guards are told when it is asked."""

    moves = serializers.ListField(child=serializers.ChoiceField(choices=EVENTS))
    fee = OfferFeeSerializer(allow_null=True)
    permit = PermitDaysSerializer()
    content = ContentField()


class OfferPageSerializer(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = OfferSummarySerializer(many=True)


class CheckProblemSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    level = serializers.ChoiceField(choices=LEVELS)
    provision = serializers.CharField(allow_blank=True)
    acknowledged = serializers.BooleanField()


class FeeDecisionSerializer(serializers.Serializer):
    decision = serializers.CharField()
    amount_cad = money()
    provisions = serializers.ListField(child=serializers.CharField())


class CheckSerializer(serializers.Serializer):
    """Everything that the check found, by field; ready when there is no error and every warning is acknowledged."""

    is_ready = serializers.BooleanField()
    code = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField(allow_blank=True)
    on = serializers.DateField()
    applies_on = serializers.DateField()
    catalogue = serializers.CharField()
    fee = FeeDecisionSerializer(allow_null=True)
    fields = serializers.DictField(child=CheckProblemSerializer(many=True))  # type: ignore[assignment]


class PaymentSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    status = serializers.CharField()
    amount_cad = money()
    is_captured = serializers.BooleanField()
    pay_at = serializers.CharField(allow_blank=True, help_text="Where somebody pays; empty once it is paid.")


class PaidSerializer(serializers.Serializer):
    payment = PaymentSerializer()
    offer = OfferSerializer()


EventSerializer = inline_serializer(
    "OfferEvent",
    {
        "id": serializers.IntegerField(),
        "event": serializers.ChoiceField(choices=EVENTS),
        "words": serializers.CharField(),
        "from": serializers.CharField(allow_blank=True),
        "to": serializers.CharField(),
        "party": serializers.ChoiceField(choices=PARTIES),
        "by": serializers.CharField(allow_blank=True),
        "by_way_of": serializers.CharField(allow_blank=True),
        "reason": serializers.CharField(allow_blank=True),
        "details": serializers.DictField(child=serializers.JSONField()),
        "at": serializers.DateTimeField(),
    },
    many=True,
)


class EventsSerializer(serializers.Serializer):
    results = EventSerializer


class DatedDutySerializer(serializers.Serializer):
    duty = serializers.CharField()
    text = serializers.CharField()
    provision = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    done_on = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()


class DutiesSerializer(serializers.Serializer):
    results = DatedDutySerializer(many=True)


class ReceiptEmployerSerializer(serializers.Serializer):
    legal_name = serializers.CharField()
    operating_name = serializers.CharField(allow_blank=True)
    business_number = serializers.CharField(allow_blank=True)


class ReceiptOfferSerializer(serializers.Serializer):
    number = serializers.CharField()
    job_title = serializers.CharField()
    share_cad = money()


class ReceiptSerializer(serializers.Serializer):
    """What was paid, as it stood on the day."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    made_at = serializers.DateTimeField()
    employer = ReceiptEmployerSerializer()
    amount_cad = money()
    provisions = serializers.ListField(child=serializers.CharField())
    decision = serializers.CharField()
    offers = ReceiptOfferSerializer(many=True)
    paid_at = serializers.CharField()
    official_receipt = serializers.CharField(allow_blank=True)


class ReceiptPageSerializer(OfferPageSerializer):
    results = ReceiptSerializer(many=True)  # type: ignore[assignment]


class RefundSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    offer = serializers.UUIDField(allow_null=True)
    payment = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=RefundReason.values)
    status = serializers.ChoiceField(choices=RefundStatus.values)
    amount_cad = money()
    provisions = serializers.ListField(child=serializers.CharField())
    due_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    arrived_at = serializers.DateTimeField(allow_null=True)


class RefundPageSerializer(OfferPageSerializer):
    results = RefundSerializer(many=True)  # type: ignore[assignment]


class GroupedOfferSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=OFFER_STATUSES)
    number = serializers.CharField(allow_null=True)
    fee = OfferFeeSerializer(allow_null=True)


class GroupSerializer(serializers.Serializer):
    """Performing artists and their staff, whose offers are filed together."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    offers = GroupedOfferSerializer(many=True)


class GroupPageSerializer(OfferPageSerializer):
    results = GroupSerializer(many=True)  # type: ignore[assignment]


class FileSerializer(serializers.Serializer):
    """A document of an offer; its type was found by its content."""

    id = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=FilePurpose.values)
    name = serializers.CharField()
    content_type = serializers.CharField()
    size_bytes = serializers.IntegerField(min_value=1)
    sha256 = serializers.CharField()
    uploaded_at = serializers.DateTimeField()
    removed_at = serializers.DateTimeField(allow_null=True)


class FilesSerializer(serializers.Serializer):
    results = FileSerializer(many=True)


class TokenSerializer(serializers.Serializer):
    name = serializers.CharField()
    may_write = serializers.BooleanField()
    expires_at = serializers.DateTimeField(allow_null=True)


class EmployerSerializer(serializers.Serializer):
    """The employer of a token, and what the token may do."""

    id = serializers.UUIDField()
    legal_name = serializers.CharField()
    operating_name = serializers.CharField(allow_blank=True)
    business_number = serializers.CharField(allow_blank=True)
    standing = serializers.ChoiceField(choices=Standing.values)
    ineligible_until = serializers.DateField(allow_null=True)
    token = TokenSerializer()
