"""Addresses of offers, their drafts, workers and bulk upload, under one employer."""

from django.urls import path

from employer_portal.pages import (
    offers,
    offers_bulk,
    offers_check,
    offers_compare,
    offers_deeds,
    offers_groups,
    offers_invited,
    offers_new,
    offers_page,
    offers_wizard,
)

urlpatterns = [
    path("offers/", offers.offers, name="offers"),
    path("offers/new/", offers_new.offer_new, name="offer_new"),
    path("offers/<uuid:offer_id>/", offers_page.offer, name="offer"),
    path("offers/<uuid:offer_id>/edit/<slug:step>/", offers_wizard.step, name="offer_step"),
    path("offers/<uuid:offer_id>/compare/<int:late_id>/", offers_compare.offer_compare, name="offer_compare"),
    path("offers/upload/", offers_bulk.upload, name="offers_upload"),
    path("offers/upload/template.<slug:kind>", offers_bulk.blank_file, name="offers_upload_file"),
    path("offers/upload/<uuid:upload_id>/", offers_bulk.preview, name="offers_upload_preview"),
    path("offers/groups/", offers_groups.groups, name="offer_groups"),
    path("offers/groups/<uuid:group_id>/", offers_groups.group, name="offer_group"),
    path("offers/groups/<uuid:group_id>/submit/", offers_groups.submit, name="offer_group_submit"),
    path("offers/templates/<uuid:template_id>/delete/", offers_new.delete, name="offer_template_delete"),
    path("offers/<uuid:offer_id>/versions/<int:version_id>/", offers_page.version, name="offer_version"),
    path("offers/<uuid:offer_id>/do/<slug:deed>/", offers_deeds.deed, name="offer_deed"),
    path("offers/<uuid:offer_id>/template/", offers_new.save_template, name="offer_template"),
    path("offers/<uuid:offer_id>/alike/", offers_new.alike, name="offer_alike"),
    path("offers/<uuid:offer_id>/group/", offers_groups.put, name="offer_put_in_group"),
    path("offers/<uuid:offer_id>/worker/", offers_invited.invite, name="offer_invite_worker"),
    path("offers/<uuid:offer_id>/submit/", offers_check.submit, name="offer_submit"),
]
