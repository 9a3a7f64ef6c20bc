"""The addresses that applicants reach from a mail."""

from django.urls import path

from eligibility.casework import views
from eligibility.questionnaire.coverage import on_covered_days

app_name = "casework"

urlpatterns = [
    path("<str:token>/", on_covered_days(views.answer_page), name="answer"),
]
