"""The addresses in the admin of the record of a case."""

from typing import Any

from django.contrib.admin import AdminSite
from django.urls import path

from eligibility.decisions import export_views, pages


def decision_urls(site: AdminSite) -> list[Any]:
    views = {
        "decide/": ("decisions", pages.decisions),
        "decide/code/<str:category>/": ("decide_code", pages.code),
        "decide/<int:number>/<str:name>/": ("decide_about", pages.about),
        "decide/<str:name>/": ("decide", pages.act),
        "judge-again/": ("judge_again", pages.judge),
        "determination/<int:number>/": ("determination", export_views.determination),
        "export/": ("export", export_views.export),
    }
    return [
        path(f"<uuid:case>/{route}", site.admin_view(view), name=f"eligibility_case_{name}")
        for route, (name, view) in views.items()
    ]
