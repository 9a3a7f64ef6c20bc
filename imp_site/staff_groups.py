"""The groups of staff and what each may do, as one table; docs/staff-groups.md says it in words."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

READS = ("exemption_codes.view_cataloguerelease", "exemption_codes.view_exemptioncode")
CASES = (*READS, "eligibility.view_screening")
LIFE = ("exemption_codes.view_releaseevent",)
GROUPS: dict[str, tuple[str, ...]] = {
    "Consultants": CASES,
    "Senior consultants": (*CASES, *LIFE),
    "Publishers": (*READS, *LIFE, "exemption_codes.publish_cataloguerelease"),
    "Auditors": (*CASES, *LIFE),
}


@transaction.atomic
def create_groups() -> dict[str, list[str]]:
    """Create the groups, or give those that are there exactly what the table says; returns what changed by group."""
    changed: dict[str, list[str]] = {}
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    for name, wanted in GROUPS.items():
        group, _is_new = Group.objects.get_or_create(name=name)
        before = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
        after = {permission for permission in wanted if permission in known}
        group.permissions.set([known[permission] for permission in sorted(after)])
        changed[name] = sorted(before ^ after)
    return changed
