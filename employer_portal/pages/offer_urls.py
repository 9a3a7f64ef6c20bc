"""Addresses of offers, their drafts, workers and bulk upload, under one employer."""

from django.urls import path

from employer_portal.pages import offers, offers_new, offers_page

urlpatterns = [
    path("offers/", offers.offers, name="offers"),
    path("offers/new/", offers_new.offer_new, name="offer_new"),
    path("offers/<uuid:offer_id>/", offers_page.offer, name="offer"),
]
