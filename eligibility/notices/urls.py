"""Addresses of what the links in mails open, under each language."""

from django.urls import path

from eligibility.notices import views

app_name = "notices"
urlpatterns = [path("stop/<str:token>/", views.stop, name="stop")]
