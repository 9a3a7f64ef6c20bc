"""Addresses of the company's profile, its branches, people and invitations, under one employer."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
