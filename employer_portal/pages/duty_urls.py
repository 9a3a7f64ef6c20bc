"""Addresses of what remains to do after filing: calendar, reminders, records, self-assessment, under one employer."""

from django.urls import URLPattern, path

from employer_portal.pages import duties

urlpatterns: list[URLPattern] = [
    path("duties/", duties.duties, name="duties"),
]
