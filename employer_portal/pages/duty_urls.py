"""Addresses of what remains to do after filing: calendar, reminders, records, self-assessment, under one employer."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
