"""Addresses of the catalogue's pages, under each language."""

from django.urls import path

from exemption_codes import views

app_name = "exemption_codes"
urlpatterns = [
    path("find/", views.find_code, name="find"),
]
