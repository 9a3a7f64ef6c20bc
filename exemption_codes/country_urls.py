"""Addresses of the pages by country, under each language."""

from django.urls import path

from exemption_codes import country_views

app_name = "countries"
urlpatterns = [
    path("", country_views.index, name="index"),
    path("go/", country_views.go, name="go"),
    path("<str:code>/", country_views.country, name="country"),
]
