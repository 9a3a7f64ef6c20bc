"""Addresses of offers, their drafts, workers and bulk upload, under one employer."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
