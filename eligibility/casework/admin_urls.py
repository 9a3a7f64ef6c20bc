"""The addresses in the admin of what consultants do with cases."""

from typing import Any

from django.contrib.admin import AdminSite
from django.urls import path

from eligibility.casework import case_views, queue_views

CASE = "<uuid:pk>"


def case_urls(site: AdminSite) -> list[Any]:
    views = {
        "give/": ("give_several", queue_views.give_several),
        "queues/": ("queues", queue_views.saved),
        "queues/save/": ("save_queue", queue_views.save),
        f"{CASE}/take/": ("take", case_views.take),
        f"{CASE}/give/": ("give", case_views.give),
        f"{CASE}/close/": ("close", case_views.close),
        f"{CASE}/reopen/": ("reopen", case_views.reopen),
        f"{CASE}/note/": ("note", case_views.note),
        f"{CASE}/offer/": ("offer", case_views.offer),
        f"{CASE}/documents/<slug:key>/": ("document", case_views.document),
        f"{CASE}/messages/": ("message", case_views.message),
        f"{CASE}/messages/<uuid:message_id>/again/": ("message_again", case_views.message_again),
        f"{CASE}/messages/<uuid:message_id>/withdraw/": ("message_withdrawn", case_views.message_withdrawn),
    }
    return [
        path(route, site.admin_view(view), name=f"eligibility_case_{name}") for route, (name, view) in views.items()
    ]
