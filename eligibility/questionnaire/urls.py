"""Addresses of the questionnaire, under each language."""

from django.urls import path

from eligibility.questionnaire import result_views, views
from eligibility.questionnaire.coverage import on_covered_days

app_name = "questionnaire"
urlpatterns = [
    path("", views.start, name="start"),
    path("questions/begin/", views.begin, name="begin"),
    path("questions/", on_covered_days(views.next_step), name="next"),
    path("questions/<slug:page_id>/", on_covered_days(views.page), name="page"),
    path("answers/", on_covered_days(views.answers_page), name="answers"),
    path("answers/download/", on_covered_days(views.download), name="download"),
    path("answers/erase/", views.erase, name="erase"),
    path("result/", on_covered_days(result_views.result), name="result"),
    path("result/send/", on_covered_days(result_views.send), name="send"),
    path("result/sent/", result_views.sent, name="sent"),
    path("result/sent/determination/", result_views.signed, name="signed"),
    path("result/<str:category>/", on_covered_days(result_views.code), name="code"),
]
