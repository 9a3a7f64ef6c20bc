"""What the pages of an offer say beside its fields: hints, units, and the names of the steps."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said = str | Promise
CAD_AN_HOUR, HOURS, DAYS, PERCENT, YEARS = _("CAD an hour"), _("hours"), _("days"), _("percent"), _("years")
UNITS: dict[str, Said] = {
    "hourly_wage_cad": CAD_AN_HOUR,
    "overtime_rate_cad": CAD_AN_HOUR,
    "agreement_hourly_wage_cad": CAD_AN_HOUR,
    "hours_per_day": HOURS,
    "hours_per_week": HOURS,
    "overtime_after_hours": HOURS,
    "agreement_hours_per_week": HOURS,
    "vacation_days": DAYS,
    "statutory_holidays": DAYS,
    "vacation_percent": PERCENT,
    "years_of_experience": YEARS,
}
HINTS: dict[str, Said] = {
    "worker_family_name": _("As in the passport, with every accent."),
    "worker_given_names": _("All of them, as in the passport. Leave empty if the passport shows none."),
    "worker_sex": _("As the passport says."),
    "worker_country_of_residence": _("Where the worker lives now."),
    "worker_citizenship": _("The country of the passport that the worker will apply with."),
    "worker_passport_number": _(
        "Exactly as in the passport: one hyphen, space or letter more, and the application is not linked to this offer."
    ),
    "worker_passport_expires_on": _("A permit never lasts longer than the passport."),
    "worker_status": _("If the worker is in Canada already."),
    "worker_email": _("For the link by which the worker confirms what stands in the passport."),
    "exemption_category": _("Type a code such as T36, or a word of its name."),
    "applies_on": _("After this offer has its number. The rules of that day are the ones that count."),
    "exemption_explanation": _(
        "In your own words, why this worker and this job meet each requirement. An officer reads it; text copied from "
        "the rules or “see attached” does not count."
    ),
    "job_title": _("Printed on the permit as the occupation."),
    "noc_code": _("The occupation whose main duties are most like those of this job. The second digit is the TEER."),
    "main_duties": _("What the worker does, in plain words, most important first."),
    "job_requirements": _("Experience, skills and knowledge that the job asks for."),
    "other_training": _("Courses, certificates or tests that the job asks for."),
    "is_regulated": _("Whether a licence is needed where the work is done, as for nurses, engineers or electricians."),
    "licensing": _("Which one, and how the worker holds or will get it."),
    "ends_on": _("The agreement must say the same."),
    "is_seasonal": _("Work that the season stops."),
    "has_labour_dispute": _("A strike or lockout, under way or announced."),
    "is_contract_for_services": _("The worker is paid by invoice for a service, not by wages."),
    "recruiter": _("Who found the worker for you, if anybody. They may not charge the worker."),
    "hourly_wage_cad": _("The gross wage for one hour, without overtime, bonus or benefits."),
    "overtime_rate_cad": _("At least what the law of the province asks for."),
    "other_benefits": _("For example a telephone, meals, tuition."),
    "vacation_days": _("Working days a year."),
    "vacation_percent": _("If it is paid with the wage instead."),
    "alternate_compensation": _(
        "Per diem, housing, travel, pay in another currency or by another payer. It never counts as wage."
    ),
    "deductions": _("What is kept back from the wage beyond tax and social insurance, such as housing or transport."),
    "additional_information": _("Anything else that an officer should know of this offer."),
    "agreement_language": _("The worker chooses: English or French."),
    "agreement_job_title": _("As it stands in the agreement."),
    "fee_exemption_explanation": _("An officer may ask for proof."),
}
TITLES: dict[str, Said] = {
    "worker": _("The worker"),
    "exemption": _("The exemption"),
    "job": _("The job"),
    "wage": _("Wage and benefits"),
    "sites": _("Places of work"),
    "agreement": _("Employment agreement"),
    "fee": _("The fee"),
    "declarations": _("Declarations"),
    "check": _("Check and submit"),
}
LEADS: dict[str, Said] = {
    "worker": _("Have the passport before you. What differs from it is found only once the worker has applied."),
    "exemption": _("Why no labour market impact assessment is needed. The rules are checked as you answer."),
    "job": _("What the worker does, and for how long."),
    "wage": _("What the worker gets. Everything here is compared at an inspection with what was paid."),
    "sites": _("Every address in Canada where the worker works. Add as many as there are."),
    "agreement": _(
        "Both sign an employment agreement before the offer is submitted. It says the same as this offer, in the "
        "official language that the worker chose, and the worker gets a copy."
    ),
    "fee": _("What this offer costs, and by which provision."),
    "declarations": _(
        "Who submits the offer declares all of this for the employer. Each can be inspected for six years."
    ),
    "check": _("What is still to be mended, what to know before you submit, and what it costs."),
}
# Fields that belong together on a step, under a heading of their own: first field, heading.
HEADINGS: dict[str, Said] = {
    "worker_family_name": _("Who"),
    "worker_passport_number": _("Passport"),
    "worker_status": _("Now"),
    "job_title": _("The position"),
    "min_education": _("What it asks for"),
    "starts_on": _("When"),
    "has_labour_dispute": _("Circumstances"),
    "hours_per_day": _("Hours and wage"),
    "overtime_rate_cad": _("Overtime"),
    "has_disability_insurance": _("Benefits"),
    "vacation_days": _("Vacation and leave"),
    "alternate_compensation": _("Anything else paid or kept back"),
    "agreement_language": _("Signing"),
    "agreement_job_title": _("What the agreement says"),
}
OPTIONAL = frozenset(
    (
        "worker_given_names", "worker_status", "worker_email", "years_of_experience", "other_training",
        "other_language", "licensing", "is_seasonal", "is_primary_agriculture", "recruiter", "overtime_rate_cad",
        "overtime_after_hours", "other_benefits", "vacation_days", "vacation_percent", "statutory_holidays",
        "other_leave", "alternate_compensation", "deductions", "under_collective_agreement", "collective_agreement",
        "additional_information", "name",
    )
)  # fmt: skip
