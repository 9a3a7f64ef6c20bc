"""Addresses of the catalogue in the JSON API."""

from django.urls import path

from exemption_codes.api.views import CodesView, CodeView, CountryView

app_name = "codes_api"
urlpatterns = [
    path("codes", CodesView.as_view(), name="codes"),
    path("codes/<path:name>", CodeView.as_view(), name="code"),
    path("countries/<str:code>", CountryView.as_view(), name="country"),
]
