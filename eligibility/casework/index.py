"""The index by which cases are found although their answers are encrypted; made when a case is sent, again on demand.

It names categories with their outcomes and countries of citizenship: what a filter needs, and nobody is known by.
"""

from eligibility.casework.models import CaseCode
from eligibility.engine.derive import CITIZENSHIP
from eligibility.engine.determine import Outcome, Result
from eligibility.models import Screening

MOST_COUNTRIES = 50


def index_case(screening: Screening, result: Result) -> None:
    """Make the index of one case anew."""
    countries = result.known.values.get(CITIZENSHIP[0]) or []
    screening.countries = f",{','.join(list(countries)[:MOST_COUNTRIES])}," if countries else ""
    Screening.objects.filter(pk=screening.pk).update(countries=screening.countries)
    CaseCode.objects.filter(screening=screening).delete()
    CaseCode.objects.bulk_create(
        CaseCode(
            screening=screening,
            category=determination.category.id,
            key=determination.compiled.key,
            outcome=determination.outcome.value,
        )
        for determination in result.determinations
        if determination.outcome is not Outcome.NOT_ELIGIBLE
    )
