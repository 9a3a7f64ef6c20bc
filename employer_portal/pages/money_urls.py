"""Addresses of fees, payments, receipts, refunds and proofs, under one employer."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
