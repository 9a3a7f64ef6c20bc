"""Addresses of the employer portal, under each language."""

from django.urls import include, path

from employer_portal.pages import dashboard, duty_urls, home, money_urls, offer_urls, people_urls

app_name = "employer_portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("<uuid:employer_id>/", dashboard.dashboard, name="dashboard"),
    path("<uuid:employer_id>/second-factor/", home.second_factor, name="second_factor"),
    path("<uuid:employer_id>/", include(people_urls)),
    path("<uuid:employer_id>/", include(offer_urls)),
    path("<uuid:employer_id>/", include(money_urls)),
    path("<uuid:employer_id>/", include(duty_urls)),
    path("payments/", include(money_urls.payment_urlpatterns)),
]
