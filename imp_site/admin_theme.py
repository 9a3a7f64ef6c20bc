"""The look and the menu of the pages for staff, in the terms of the admin's theme."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# The deep blue of the public site, from paper to ink; 600 and 700 carry white text at 4.5:1 or more.
BLUE = {
    "50": "#f0f6fa",
    "100": "#dcebf4",
    "200": "#bcd8e8",
    "300": "#8fc1e3",
    "400": "#5899c0",
    "500": "#347ba6",
    "600": "#1d567b",
    "700": "#15415f",
    "800": "#12374f",
    "900": "#0f2d41",
    "950": "#081b28",
}
# Darker than the theme's own small print, which is too faint on its grey ground.
FONT = {
    "subtle-light": "var(--color-base-600)",
    "subtle-dark": "var(--color-base-400)",
    "default-light": "var(--color-base-700)",
    "default-dark": "var(--color-base-300)",
    "important-light": "var(--color-base-900)",
    "important-dark": "var(--color-base-100)",
}


def may_view(permission: str) -> Any:
    def check(request: HttpRequest) -> bool:
        return request.user.has_perm(permission)

    return check


def _item(title: Any, icon: str, model: str, permission: str) -> dict[str, Any]:
    link = reverse_lazy(f"admin:{model}_changelist")
    return {"title": title, "icon": icon, "link": link, "permission": may_view(permission)}


def _portal(title: Any, icon: str, model: str) -> dict[str, Any]:
    return _item(title, icon, f"employer_portal_{model}", f"employer_portal.view_{model}")


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "IMP Navigator",
    "SITE_HEADER": "IMP Navigator",
    "SITE_SUBHEADER": _("For consultants"),
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("img/mark.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/mark.svg")}],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "3px",
    "DASHBOARD_CALLBACK": "imp_site.dashboard.dashboard",
    "COLORS": {"primary": BLUE, "font": FONT},
    "STYLES": [
        lambda request: static("css/admin.css"),
        lambda request: static("css/workbench.css"),
        lambda request: static("css/decisions.css"),
        lambda request: static("css/rules.css"),
        lambda request: static("css/officers.css"),
    ],
    "SCRIPTS": [lambda request: static("js/admin.js")],
    "SIDEBAR": {
        "navigation": [
            {
                "title": _("Cases"),
                "items": [
                    _item(_("Queue"), "assignment", "eligibility_screening", "eligibility.view_screening"),
                ],
            },
            {
                "title": _("Catalogue"),
                "separator": True,
                "items": [
                    _item(
                        _("Exemption codes"),
                        "rule",
                        "exemption_codes_exemptioncode",
                        "exemption_codes.view_exemptioncode",
                    ),
                    _item(
                        _("Releases"),
                        "inventory_2",
                        "exemption_codes_cataloguerelease",
                        "exemption_codes.view_cataloguerelease",
                    ),
                    _item(
                        _("What changes in cases"),
                        "fact_check",
                        "eligibility_impactrun",
                        "eligibility.view_impactrun",
                    ),
                ],
            },
            {
                "title": _("Employers"),
                "separator": True,
                "items": [
                    _portal(_("Offers"), "work", "offerofemployment"),
                    _portal(_("Employers"), "apartment", "employer"),
                    _portal(_("People of employers"), "badge", "membership"),
                    _portal(capfirst(_("API tokens")), "key", "apitoken"),
                    _portal(_("Notifications"), "notifications", "notification"),
                    _portal(_("Events"), "history", "offerevent"),
                    _portal(_("Offer numbers"), "tag", "offernumberallotment"),
                ],
            },
            {
                "title": _("Money"),
                "separator": True,
                "items": [
                    _portal(_("Fees"), "receipt_long", "feecharge"),
                    _portal(_("Payments"), "payments", "feepayment"),
                    _portal(_("Refunds"), "undo", "refund"),
                    _portal(_("Ledger"), "account_balance", "ledgerentry"),
                ],
            },
            {
                "title": _("People"),
                "separator": True,
                "items": [
                    _item(_("Users"), "person", "auth_user", "auth.view_user"),
                    _item(_("Groups"), "group", "auth_group", "auth.view_group"),
                    _item(
                        _("History of accounts"), "history", "imp_site_historicaluser", "imp_site.view_historicaluser"
                    ),
                    _item(
                        _("History of groups"), "history", "imp_site_historicalgroup", "imp_site.view_historicalgroup"
                    ),
                    _item(
                        _("History of saved queues"),
                        "history",
                        "imp_site_historicalsavedqueue",
                        "imp_site.view_historicalsavedqueue",
                    ),
                ],
            },
        ],
    },
}
