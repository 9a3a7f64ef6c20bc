"""Addresses of what remains to do after filing, under one employer: days, records, estimates; and calendar feeds."""

from django.urls import URLPattern, path

from employer_portal.pages import duties, duties_assess, duties_feed, duties_record

urlpatterns: list[URLPattern] = [
    path("duties/", duties.duties, name="duties"),
    path("duties/responsibilities/", duties.responsibilities, name="responsibilities"),
    path("duties/reminders/", duties_feed.reminders, name="duty_reminders"),
    path("duties/estimate/", duties_assess.assessment, name="assessment"),
    path("duties/notice/", duties_assess.notice, name="notice"),
    path("duties/<uuid:offer_id>/", duties.duty_worker, name="duty_worker"),
    path("duties/<uuid:offer_id>/first-day/", duties_record.first_day, name="duty_first_day"),
    path("duties/<uuid:offer_id>/record/<str:duty>/", duties_record.record, name="duty_record"),
    path("duties/<uuid:offer_id>/undo/<int:record_id>/", duties_record.undo, name="duty_undo"),
]
feed_urlpatterns: list[URLPattern] = [
    path("<str:secret>.ics", duties_feed.calendar_feed, name="calendar_feed"),
]
