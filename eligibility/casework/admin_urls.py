"""The addresses in the admin of what consultants do with cases."""

from typing import Any

from django.contrib.admin import AdminSite
from django.urls import path

from eligibility.casework import queue_views


def case_urls(site: AdminSite) -> list[Any]:
    views = {
        "give/": ("give_several", queue_views.give_several),
        "queues/": ("queues", queue_views.saved),
        "queues/save/": ("save_queue", queue_views.save),
    }
    return [
        path(route, site.admin_view(view), name=f"eligibility_case_{name}") for route, (name, view) in views.items()
    ]
