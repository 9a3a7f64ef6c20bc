"""Addresses of the employer portal, under each language."""

from django.urls import include, path

from employer_portal.pages import (
    dashboard,
    duty_urls,
    home,
    invitations,
    money_urls,
    offer_urls,
    people_urls,
    worker_urls,
)

app_name = "employer_portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("enrol/", home.enrol, name="enrol"),
    path("go-on/", home.go_on, name="go_on"),
    path("invitations/<int:invitation_id>/", invitations.own, name="own_invitation"),
    path("invitations/link/<str:token>/", invitations.by_link, name="invitation"),
    path("<uuid:employer_id>/", dashboard.dashboard, name="dashboard"),
    path("<uuid:employer_id>/second-factor/", home.second_factor, name="second_factor"),
    path("<uuid:employer_id>/", include(people_urls)),
    path("<uuid:employer_id>/", include(offer_urls)),
    path("<uuid:employer_id>/", include(money_urls)),
    path("<uuid:employer_id>/", include(duty_urls)),
    path("", include(worker_urls)),
    path("payments/", include(money_urls.payment_urlpatterns)),
    path("calendars/", include(duty_urls.feed_urlpatterns)),
]
