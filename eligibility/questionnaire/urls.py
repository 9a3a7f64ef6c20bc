"""Addresses of the questionnaire, under each language."""

from django.urls import path

from eligibility.questionnaire import views

app_name = "questionnaire"
urlpatterns = [
    path("", views.start, name="start"),
    path("questions/begin/", views.begin, name="begin"),
    path("questions/", views.next_step, name="next"),
    path("questions/<slug:page_id>/", views.page, name="page"),
    path("answers/", views.answers_page, name="answers"),
    path("result/", views.result, name="result"),
    path("result/send/", views.send, name="send"),
    path("result/sent/", views.sent, name="sent"),
    path("answers/erase/", views.erase, name="erase"),
]
