"""Addresses of the catalogue's pages, under each language."""

from django.urls import path

from exemption_codes import views

app_name = "exemption_codes"
urlpatterns = [
    path("", views.codes, name="find"),
    path("find/", views.go, name="go"),
    path("changed/", views.changed, name="changed"),
    path("<str:name>/", views.category, name="category"),
    path("<str:code>/<str:variant>/", views.variant, name="variant"),
]
