"""Shapes that every part of the API shares, for its schema: errors, and which catalogue was read."""

from rest_framework import serializers

PERMIT_TYPES = ["employer_specific", "open"]


class CatalogueSerializer(serializers.Serializer):
    digest = serializers.CharField(help_text="SHA-256 of the rule files, in hexadecimal.")
    law_as_of = serializers.DateField(help_text="The day on which the law was last read.")


class ProblemSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    suggestion = serializers.CharField(allow_blank=True, required=False)


class ErrorSerializer(serializers.Serializer):
    """Every error of the API: a stable code, a sentence, and each problem under the name of what is wrong."""

    code = serializers.CharField()
    detail = serializers.CharField()
    fields = serializers.DictField(child=ProblemSerializer(many=True))  # type: ignore[assignment]
