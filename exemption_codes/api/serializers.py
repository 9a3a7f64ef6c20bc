"""The shapes of the catalogue's answers, for the schema; the report writes them, and a test holds the two together."""

from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from exemption_codes.api.shapes import PERMIT_TYPES, CatalogueSerializer

STATES = ["in_force", "ended", "not_begun"]
CONFIDENCES = ["high", "medium", "low"]
BRANCH_KINDS = ["test", "officer", "all", "any", "not", "table", "disputed"]
WEIGHTS = ["required", "usual"]
PLACES = ["online", "port_of_entry", "visa_office", "paper", "pr_portal"]
SOURCE_KINDS = ["regulation", "act", "official", "secondary", "unsourced"]
ENTRY_NEEDS = ["none", "eta", "visa", "eta_after_visa", "passport", "unknown"]
PAYERS = ["employer", "applicant"]

PeriodSerializer = inline_serializer(
    "Period",
    {"from": serializers.DateField(allow_null=True), "until": serializers.DateField(allow_null=True)},
)
CodeNamesSerializer = inline_serializer(
    "CodeName",
    {
        "code": serializers.CharField(),
        "from": serializers.DateField(allow_null=True),
        "until": serializers.DateField(allow_null=True),
    },
    many=True,
)
BasisSerializer = inline_serializer(
    "LegalBasis",
    {
        "provision": serializers.CharField(),
        "from": serializers.DateField(allow_null=True),
        "until": serializers.DateField(allow_null=True),
    },
    many=True,
)


class FamilySerializer(serializers.Serializer):
    """An agreement or provision that categories belong to."""

    id = serializers.CharField()
    name = serializers.CharField()


class DatedCitationSerializer(serializers.Serializer):
    instrument = serializers.CharField()
    provision = serializers.CharField(allow_blank=True)
    url = serializers.CharField()
    read_on = serializers.DateField(allow_null=True)


class SourceSerializer(DatedCitationSerializer):
    as_of = serializers.CharField(allow_blank=True, help_text="The date printed on it.")
    kind = serializers.ChoiceField(choices=SOURCE_KINDS)


@extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/RuleBranch"}})
class PartsField(serializers.ListField):
    """The parts of a branch, which are branches themselves."""


class RuleBranchSerializer(serializers.Serializer):
    """One part of a condition in words; `list` is the id of the list to look in, `parameter` of a dated amount."""

    kind = serializers.ChoiceField(choices=BRANCH_KINDS)
    text = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())
    list = serializers.CharField(allow_blank=True)
    parameter = serializers.CharField(allow_blank=True)
    parts = PartsField()


class GeneralRuleSerializer(serializers.Serializer):
    """A rule of every permit, or of every one that needs an offer."""

    id = serializers.CharField()
    text = serializers.CharField()
    condition = RuleBranchSerializer(allow_null=True)
    only_if = RuleBranchSerializer(allow_null=True)
    in_force = PeriodSerializer
    confidence = serializers.ChoiceField(choices=CONFIDENCES)
    citations = DatedCitationSerializer(many=True)
    officer = serializers.BooleanField(help_text="Only an officer can weigh it.")


class CriterionSerializer(GeneralRuleSerializer):
    """One criterion of a category; all must hold, each only if its `only_if` does."""

    weight = serializers.ChoiceField(choices=WEIGHTS)
    note = serializers.CharField(allow_blank=True)


class CellSerializer(serializers.Serializer):
    text = serializers.CharField(allow_blank=True)
    condition = RuleBranchSerializer(allow_null=True)


class ListRowSerializer(serializers.Serializer):
    names = serializers.ListField(child=serializers.CharField())
    cells = CellSerializer(many=True)


class ListSerializer(serializers.Serializer):
    """A list or table that a criterion reads, spelled out."""

    id = serializers.CharField()
    name = serializers.CharField()
    members = serializers.ListField(child=serializers.CharField())
    in_doubt = serializers.ListField(child=serializers.CharField())
    columns = serializers.ListField(child=serializers.CharField())
    rows = ListRowSerializer(many=True)
    citations = DatedCitationSerializer(many=True)
    confidence = serializers.ChoiceField(choices=CONFIDENCES)


class FeeSerializer(serializers.Serializer):
    """One fee; where it is not due, `amount_cad` is what others pay, and `reason` says why."""

    id = serializers.CharField()
    name = serializers.CharField()
    due = serializers.ChoiceField(choices=["yes", "no", "depends"])
    amount_cad = serializers.DecimalField(max_digits=12, decimal_places=2, coerce_to_string=True)
    payer = serializers.ChoiceField(choices=PAYERS)
    reason = serializers.CharField(allow_blank=True)
    ceilings = serializers.ListField(child=serializers.CharField())
    citations = DatedCitationSerializer(many=True)


class DurationsSerializer(serializers.Serializer):
    text = serializers.CharField()
    initial_months = serializers.FloatField(allow_null=True)
    extension_months = serializers.FloatField(allow_null=True)
    cap_months = serializers.FloatField(allow_null=True)


class PaperSerializer(serializers.Serializer):
    """A document to bring, and the criterion that it proves."""

    criterion = serializers.CharField()
    text = serializers.CharField()


class NoteSerializer(serializers.Serializer):
    text = serializers.CharField()
    conflict = serializers.CharField(allow_blank=True, help_text="Where official sources conflict (K) or wait (P).")


class CorrectionSerializer(serializers.Serializer):
    """What guides still say although it does not hold, and what holds instead."""

    id = serializers.CharField()
    title = serializers.CharField()
    changed_on = serializers.DateField(allow_null=True)
    said = serializers.CharField()
    holds = serializers.CharField()
    citations = DatedCitationSerializer(many=True)


class EventSerializer(serializers.Serializer):
    on = serializers.DateField()
    texts = serializers.ListField(child=serializers.CharField())


class CategorySummarySerializer(serializers.Serializer):
    """One category in short, as it stands on the day asked for."""

    id = serializers.CharField(help_text="Stable; never renamed.")
    code = serializers.CharField(help_text="Where no permit is needed, the provision that says so.")
    key = serializers.CharField(help_text="The code, with the variant after a slash: C21/WH.")
    name = serializers.CharField()
    for_whom = serializers.CharField()
    family = FamilySerializer()
    permit_type = serializers.ChoiceField(choices=PERMIT_TYPES, allow_null=True, help_text="Null: no permit.")
    state = serializers.ChoiceField(choices=STATES)
    in_force = PeriodSerializer
    codes = CodeNamesSerializer
    confidence = serializers.ChoiceField(choices=CONFIDENCES)


class OpenCategorySerializer(CategorySummarySerializer):
    because = serializers.CharField(help_text="The criterion that decides it.")


class YouthCategorySerializer(CategorySummarySerializer):
    age_min = serializers.IntegerField()
    age_max = serializers.IntegerField()
    months = serializers.IntegerField()


class CodeListSerializer(serializers.Serializer):
    """Every category, or those that a search finds, likeliest first."""

    on = serializers.DateField()
    catalogue = CatalogueSerializer()
    codes = CategorySummarySerializer(many=True)


class CategorySerializer(CategorySummarySerializer):
    """One category in full; `rule_on` is the day of its life whose rule is told."""

    on = serializers.DateField()
    catalogue = CatalogueSerializer()
    rule_on = serializers.DateField()
    basis = BasisSerializer
    offer_required = serializers.BooleanField()
    fee_required = serializers.BooleanField()
    fee_note = serializers.CharField(allow_blank=True)
    fees = FeeSerializer(many=True)
    criteria = CriterionSerializer(many=True)
    lists = ListSerializer(many=True)
    durations = DurationsSerializer()
    documents = PaperSerializer(many=True)
    apply_at = serializers.ListField(child=serializers.ChoiceField(choices=PLACES))
    apply_note = serializers.CharField(allow_blank=True)
    general_rules = GeneralRuleSerializer(many=True)
    notes = NoteSerializer(many=True)
    corrections = CorrectionSerializer(many=True)
    timeline = EventSerializer(many=True)
    sources = SourceSerializer(many=True)
    partner_category = serializers.CharField(allow_null=True)


class EntrySerializer(serializers.Serializer):
    """How citizens enter; `passport` where it depends on which one they hold, `unknown` on earlier days."""

    need = serializers.ChoiceField(choices=ENTRY_NEEDS)
    citations = DatedCitationSerializer(many=True)


class CountrySerializer(serializers.Serializer):
    """What the rules say of the citizens of a country who are permanent residents of no other."""

    on = serializers.DateField()
    catalogue = CatalogueSerializer()
    code = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    name = serializers.CharField()
    entry = EntrySerializer()
    opened = OpenCategorySerializer(many=True)
    unsettled = OpenCategorySerializer(many=True)
    youth = YouthCategorySerializer(many=True)
    for_permanent_residents = OpenCategorySerializer(many=True)
    by_another_way = OpenCategorySerializer(many=True)
    whatever_the_citizenship = CategorySummarySerializer(many=True)
    closed = CategorySummarySerializer(many=True)
