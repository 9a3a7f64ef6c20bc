"""Addresses of the questionnaire, under each language."""

from django.urls import path

from eligibility.questionnaire import result_views, views

app_name = "questionnaire"
urlpatterns = [
    path("", views.start, name="start"),
    path("questions/begin/", views.begin, name="begin"),
    path("questions/", views.next_step, name="next"),
    path("questions/<slug:page_id>/", views.page, name="page"),
    path("answers/", views.answers_page, name="answers"),
    path("answers/download/", views.download, name="download"),
    path("answers/erase/", views.erase, name="erase"),
    path("result/", result_views.result, name="result"),
    path("result/send/", result_views.send, name="send"),
    path("result/sent/", result_views.sent, name="sent"),
    path("result/<str:category>/", result_views.code, name="code"),
]
