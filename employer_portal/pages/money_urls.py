"""Addresses of fees, payments, receipts, refunds and proofs, under one employer; payments also by their token."""

from django.urls import URLPattern, path

from employer_portal.pages import documents, files, money, money_claim, money_pay, money_return

urlpatterns: list[URLPattern] = [
    path("money/", money.money, name="money"),
    path("money/ledger.csv", money.ledger_csv, name="ledger_csv"),
    path("money/receipts/<uuid:receipt_id>.pdf", money.receipt, name="receipt"),
    path("money/refunds/<uuid:refund_id>/arrived/", money.refund_arrived, name="refund_arrived"),
    path("offers/<uuid:offer_id>/pay/", money_pay.pay, name="pay"),
    path("offers/<uuid:offer_id>/fee-exemption/", money_claim.claim, name="claim"),
    path("offers/<uuid:offer_id>/documents/", documents.documents, name="documents"),
    path("files/<uuid:file_id>/", files.download, name="file"),
    path("files/<uuid:file_id>/remove/", files.remove, name="file_remove"),
]
payment_urlpatterns: list[URLPattern] = [
    path("<uuid:token>/", money_pay.payment_form, name="payment_form"),
    path("<uuid:token>/done/", money_return.payment_done, name="payment_done"),
    path("<uuid:token>/failed/", money_return.payment_failed, name="payment_failed"),
]
