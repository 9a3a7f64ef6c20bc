"""Addresses of the JSON API."""

from django.urls import path

from eligibility.api.views import DeterminationView

app_name = "api"
urlpatterns = [path("determinations", DeterminationView.as_view(), name="determinations")]
