"""Addresses for workers, who have no account."""

from django.urls import path

from employer_portal.pages import worker_pages

urlpatterns = [
    path("worker/<str:token>/", worker_pages.worker, name="worker"),
    path("worker/<str:token>/questionnaire/", worker_pages.worker_questionnaire, name="worker_questionnaire"),
    path("offer-number/", worker_pages.quote_offer, name="quote_offer"),
]
