"""Addresses of offers, their drafts, workers and bulk upload, under one employer."""

from django.urls import path

from employer_portal.pages import (
    offers,
    offers_check,
    offers_compare,
    offers_new,
    offers_page,
    offers_wizard,
)

urlpatterns = [
    path("offers/", offers.offers, name="offers"),
    path("offers/new/", offers_new.offer_new, name="offer_new"),
    path("offers/<uuid:offer_id>/", offers_page.offer, name="offer"),
    path("offers/<uuid:offer_id>/edit/<slug:step>/", offers_wizard.step, name="offer_step"),
    path("offers/<uuid:offer_id>/compare/<int:late_id>/", offers_compare.offer_compare, name="offer_compare"),
    path("offers/<uuid:offer_id>/submit/", offers_check.submit, name="offer_submit"),
]
