"""Who may open what: one row for every address of the portal and of its API. An address without a row fails a test.

P is a primary user, S a secondary user, R a representative, A an auditor; r a token that reads, w one that writes too.
"""

from dataclasses import dataclass, field
from typing import Any

ALLOWED, REFUSED, NOT_THERE, SIGN_IN = "allowed", "refused", "not there", "sign in"
ALL, WORKERS, PRIMARY = "PSRA", "PSR", "P"
READS, WRITES = "rw", "w"


@dataclass(frozen=True)
class Row:
    """One address: the methods it takes, who may, and what stands in the address beside the employer.

    Values that begin with a colon name something of the world that the test builds.
    """

    name: str
    methods: str
    who: str
    parts: dict[str, Any] = field(default_factory=dict)
    # What the other roles are told: that they may not, or nothing at all.
    others: str = REFUSED


def _deed(name: str, offer: str) -> Row:
    return Row("offer_deed", "GP", WORKERS, {"offer_id": f":{offer}", "deed": name})


DRAFT, USED = {"offer_id": ":draft"}, {"offer_id": ":used"}
PAGES = (
    Row("dashboard", "G", ALL),
    Row("second_factor", "G", ALL),
    # The company and its people
    Row("company", "G", ALL),
    Row("edit_profile", "GP", PRIMARY),
    Row("profile_history", "G", ALL),
    Row("add_contact", "GP", PRIMARY),
    Row("edit_contact", "GP", PRIMARY, {"contact_id": ":contact"}),
    Row("remove_contact", "P", PRIMARY, {"contact_id": ":contact"}),
    Row("add_branch", "GP", PRIMARY),
    Row("edit_branch", "GP", PRIMARY, {"branch_id": ":branch"}),
    Row("remove_branch", "GP", PRIMARY, {"branch_id": ":branch"}),
    Row("people", "G", ALL),
    Row("invite", "GP", PRIMARY),
    Row("revoke_invitation", "P", PRIMARY, {"invitation_id": ":invitation"}),
    Row("change_member", "GP", PRIMARY, {"membership_id": ":member"}),
    # Everybody may end their own membership; those of others are not there for who does not rule over people.
    Row("remove_member", "GP", PRIMARY, {"membership_id": ":member"}, NOT_THERE),
    Row("remove_member", "GP", ALL, {"membership_id": ":own"}),
    Row("tokens", "GP", PRIMARY),
    Row("revoke_token", "P", PRIMARY, {"token_id": ":token"}),
    # What one is told
    Row("notifications", "G", ALL),
    Row("read_all", "P", ALL),
    Row("notification_settings", "GP", ALL),
    Row("open_notification", "P", ALL, {"notification_id": ":notification"}),
    # Offers
    Row("offers", "G", ALL),
    Row("offer_new", "GP", WORKERS),
    Row("offer", "G", ALL, DRAFT),
    Row("offer_step", "GP", WORKERS, {**DRAFT, "step": "worker"}),
    Row("offer_compare", "GP", WORKERS, {**DRAFT, "late_id": ":late"}),
    Row("offer_version", "G", ALL, {**DRAFT, "version_id": ":version"}),
    Row("offer_submit", "P", WORKERS, DRAFT),
    Row("offer_template", "P", WORKERS, DRAFT),
    Row("offer_alike", "P", WORKERS, DRAFT),
    Row("offer_put_in_group", "P", WORKERS, DRAFT),
    Row("offer_invite_worker", "P", WORKERS, DRAFT),
    Row("offer_template_delete", "P", WORKERS, {"template_id": ":template"}),
    _deed("delete", "draft"),
    _deed("restore", "deleted"),
    _deed("cancel", "awaiting"),
    _deed("withdraw", "issued"),
    _deed("correct", "issued"),
    _deed("request-withdrawal", "matched"),
    _deed("duplicate", "withdrawn"),
    Row("offer_groups", "G", ALL),
    Row("offer_groups", "P", WORKERS),
    Row("offer_group", "G", ALL, {"group_id": ":group"}),
    Row("offer_group_submit", "P", WORKERS, {"group_id": ":group"}),
    Row("offers_upload", "GP", WORKERS),
    Row("offers_upload_file", "G", WORKERS, {"kind": "csv"}),
    Row("offers_upload_preview", "GP", WORKERS, {"upload_id": ":upload"}),
    Row("documents", "G", ALL, DRAFT),
    Row("documents", "P", WORKERS, DRAFT),
    # Money
    Row("money", "G", ALL),
    Row("ledger_csv", "G", ALL),
    Row("receipt", "G", ALL, {"receipt_id": ":receipt"}),
    Row("refund_arrived", "P", WORKERS, {"refund_id": ":refund"}),
    Row("pay", "GP", WORKERS, {"offer_id": ":awaiting"}),
    Row("claim", "G", ALL, DRAFT),
    Row("claim", "P", WORKERS, DRAFT),
    Row("file", "G", ALL, {"file_id": ":file"}),
    Row("file_remove", "P", WORKERS, {"file_id": ":file"}),
    Row("payment_form", "GP", WORKERS, {"token": ":payment"}),
    Row("payment_done", "G", ALL, {"token": ":payment"}),
    Row("payment_failed", "G", ALL, {"token": ":payment"}),
    # Duties
    Row("duties", "G", ALL),
    Row("responsibilities", "G", ALL),
    Row("duty_reminders", "GP", ALL),
    Row("assessment", "GP", ALL),
    Row("notice", "G", ALL),
    Row("duty_worker", "G", ALL, USED),
    Row("duty_first_day", "GP", WORKERS, USED),
    Row("duty_record", "GP", WORKERS, {**USED, "duty": "no_fees"}),
    Row("duty_undo", "P", WORKERS, {**USED, "record_id": ":record"}),
)
# Of no one employer: for anybody signed in, or for whoever holds a secret. Each has tests of its own.
ELSEWHERE = {
    "home": "lists the employers of whoever is signed in",
    "enrol": "for anybody signed in",
    "go_on": "for anybody signed in",
    "own_invitation": "for the address that was invited",
    "invitation": "for whoever holds the secret of the message",
    "worker": "for whoever holds the secret of the message",
    "worker_questionnaire": "for whoever holds the secret of the message",
    "quote_offer": "for anybody, within a limit; tells nothing unless number, passport and birth date agree",
    "calendar_feed": "for whoever holds the secret of the address, while its maker is a member",
}
API = (
    Row("employer", "G", READS),
    Row("offers", "G", READS),
    Row("offers", "P", WRITES),
    Row("offer", "G", READS, DRAFT),
    Row("offer", "UD", WRITES, DRAFT),
    Row("check", "G", READS, DRAFT),
    Row("events", "G", READS, DRAFT),
    Row("duties", "G", READS, DRAFT),
    Row("receipts", "G", READS),
    Row("receipt", "G", READS, {"receipt_id": ":receipt"}),
    Row("receipt_pdf", "G", READS, {"receipt_id": ":receipt"}),
    Row("refunds", "G", READS),
    Row("groups", "G", READS),
    Row("groups", "P", WRITES),
    Row("group", "G", READS, {"group_id": ":group"}),
    Row("group_submit", "P", WRITES, {"group_id": ":group"}),
    Row("offer_group", "P", WRITES, DRAFT),
    Row("files", "G", READS, DRAFT),
    Row("files", "P", WRITES, DRAFT),
    Row("file", "D", WRITES, {"file_id": ":file", **DRAFT}),
    Row("submit", "P", WRITES, DRAFT),
    Row("pay", "P", WRITES, {"offer_id": ":awaiting"}),
    Row("cancel", "P", WRITES, {"offer_id": ":awaiting"}),
    Row("withdraw", "P", WRITES, {"offer_id": ":issued"}),
    Row("correct", "P", WRITES, {"offer_id": ":issued"}),
    Row("request_withdrawal", "P", WRITES, {"offer_id": ":matched"}),
    Row("duplicate", "P", WRITES, {"offer_id": ":withdrawn"}),
    Row("restore", "P", WRITES, {"offer_id": ":deleted"}),
)
