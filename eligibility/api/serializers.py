"""The shapes of the API, for its schema; the engine's report writes them, and a test holds the two together."""

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from eligibility.engine.determine import Outcome, Status
from exemption_codes.api.shapes import PERMIT_TYPES, CatalogueSerializer

OUTCOMES = [outcome.value for outcome in Outcome]
STATUSES = [status.value for status in Status]


class FactsField(serializers.JSONField):
    """Facts by name; the schema lists the whole vocabulary (see eligibility.api.vocabulary_schema)."""


class CaseSerializer(serializers.Serializer):
    """One case: the facts known of a person, and the day on which the application is made."""

    as_of = serializers.DateField(required=False, allow_null=True, help_text="Today where it is left out.")
    facts = FactsField(required=False)


class CitationSerializer(serializers.Serializer):
    instrument = serializers.CharField()
    provision = serializers.CharField(allow_blank=True)
    url = serializers.CharField()


class FindingSerializer(serializers.Serializer):
    """One criterion: how it comes out, the facts it read, those it lacks, and its source."""

    criterion = serializers.CharField()
    status = serializers.ChoiceField(choices=STATUSES)
    facts = serializers.DictField(child=serializers.JSONField())
    missing = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField()
    citation = CitationSerializer()


class GeneralFindingSerializer(FindingSerializer):
    """A finding on every permit, save those of the codes (or code/variant) that it does not bind."""

    not_for = serializers.ListField(child=serializers.CharField())


ChangeSerializer = inline_serializer(
    "Change",
    {
        "fact": serializers.CharField(),
        "from": serializers.JSONField(),
        "to": serializers.JSONField(),
        "text": serializers.CharField(),
    },
    many=True,
)


class NearMissSerializer(serializers.Serializer):
    """A smallest set of changes after which the category is no longer closed."""

    changes = ChangeSerializer
    text = serializers.CharField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)


class TurnSerializer(serializers.Serializer):
    """A day from which the outcome is another, if nothing but time changes."""

    on = serializers.DateField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    because = serializers.CharField()


class DeterminationSerializer(serializers.Serializer):
    """One category judged, under the code in force on the day."""

    code = serializers.CharField()
    key = serializers.CharField(help_text="The code, with the variant after a slash: C21/WH.")
    category = serializers.CharField()
    former_codes = serializers.ListField(child=serializers.CharField())
    name = serializers.CharField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    permit_type = serializers.ChoiceField(choices=PERMIT_TYPES)
    offer_required = serializers.BooleanField()
    fee_required = serializers.BooleanField()
    findings = FindingSerializer(many=True)
    missing = serializers.ListField(child=serializers.CharField())
    near_misses = NearMissSerializer(many=True)
    turns = TurnSerializer(many=True)


class PermitFreeSerializer(serializers.Serializer):
    """One way to work without a permit, under the provision that allows it."""

    provision = serializers.CharField()
    key = serializers.CharField()
    category = serializers.CharField()
    name = serializers.CharField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    findings = FindingSerializer(many=True)
    missing = serializers.ListField(child=serializers.CharField())
    turns = TurnSerializer(many=True)


class AnswerSerializer(serializers.Serializer):
    """Everything said of one case on one day."""

    as_of = serializers.DateField()
    catalogue = CatalogueSerializer()
    determinations = DeterminationSerializer(many=True)
    no_permit = PermitFreeSerializer(many=True)
    general = GeneralFindingSerializer(many=True)
    open_facts = serializers.ListField(child=serializers.CharField())
