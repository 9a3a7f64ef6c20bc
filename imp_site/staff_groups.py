"""The groups of staff and what each may do, as one table; a test compares it with docs/staff.md."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

CONSULTANTS = "Consultants"
SENIORS = "Senior consultants"
PUBLISHERS = "Publishers"
AUDITORS = "Auditors"
OFFICERS = "Portal officers"
ALL = (CONSULTANTS, SENIORS, PUBLISHERS, AUDITORS, OFFICERS)
CASEWORKERS = (CONSULTANTS, SENIORS)
READERS = (*CASEWORKERS, AUDITORS)
PORTAL = (AUDITORS, OFFICERS)

# One permission a line, in the order of docs/staff.md, and who has it.
MAY: dict[str, tuple[str, ...]] = {
    "exemption_codes.view_cataloguerelease": ALL,
    "exemption_codes.view_exemptioncode": ALL,
    "exemption_codes.view_releaseevent": (SENIORS, PUBLISHERS, AUDITORS),
    "exemption_codes.load_cataloguerelease": (PUBLISHERS,),
    "exemption_codes.publish_cataloguerelease": (PUBLISHERS,),
    "eligibility.view_impactrun": (*READERS, PUBLISHERS),
    "eligibility.ask_impact": (SENIORS, PUBLISHERS),
    "eligibility.view_screening": READERS,
    "eligibility.decide_case": CASEWORKERS,
    "eligibility.approve_decision": (SENIORS,),
    "eligibility.export_case": READERS,
    "eligibility.work_on_case": CASEWORKERS,
    "eligibility.see_contact": CASEWORKERS,
    "employer_portal.view_offerofemployment": PORTAL,
    "employer_portal.move_offerofemployment": (OFFICERS,),
    "employer_portal.view_offerevent": PORTAL,
    "employer_portal.view_offernumberallotment": PORTAL,
    "employer_portal.view_employer": PORTAL,
    "employer_portal.change_standing": (OFFICERS,),
    "employer_portal.view_membership": PORTAL,
    "employer_portal.view_feecharge": PORTAL,
    "employer_portal.view_feepayment": PORTAL,
    "employer_portal.view_refund": PORTAL,
    "employer_portal.settle_refund": (OFFICERS,),
    "employer_portal.view_ledgerentry": PORTAL,
    "employer_portal.view_notification": PORTAL,
    "employer_portal.view_apitoken": PORTAL,
    "employer_portal.revoke_apitoken": (OFFICERS,),
    "imp_site.view_historicaluser": (AUDITORS,),
    "imp_site.view_historicalgroup": (AUDITORS,),
    "imp_site.view_historicalsavedqueue": (AUDITORS,),
}
GROUPS: dict[str, tuple[str, ...]] = {name: tuple(one for one, who in MAY.items() if name in who) for name in ALL}


@transaction.atomic
def create_groups() -> dict[str, list[str]]:
    """Create the groups, or give those that are there exactly what the table says; returns what changed by group."""
    changed: dict[str, list[str]] = {}
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    for name, wanted in GROUPS.items():
        group, _is_new = Group.objects.get_or_create(name=name)
        before = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
        group.permissions.set([known[permission] for permission in wanted])
        changed[name] = sorted(before ^ set(wanted))
    return changed
