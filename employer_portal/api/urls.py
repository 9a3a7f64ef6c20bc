"""Addresses of the employers' API. The identifier of the employer stands in every one."""

from django.urls import path

from employer_portal.api import files, groups, moves, offers, records

EMPLOYER = "employers/<uuid:employer_id>"
OFFER = f"{EMPLOYER}/offers/<uuid:offer_id>"

app_name = "employer_api"
urlpatterns = [
    path(EMPLOYER, records.EmployerDetailView.as_view(), name="employer"),
    path(f"{EMPLOYER}/receipts", records.ReceiptsView.as_view(), name="receipts"),
    path(f"{EMPLOYER}/receipts/<uuid:receipt_id>", records.ReceiptView.as_view(), name="receipt"),
    path(f"{EMPLOYER}/receipts/<uuid:receipt_id>/pdf", records.ReceiptPdfView.as_view(), name="receipt_pdf"),
    path(f"{EMPLOYER}/refunds", records.RefundsView.as_view(), name="refunds"),
    path(f"{EMPLOYER}/groups", groups.GroupsView.as_view(), name="groups"),
    path(f"{EMPLOYER}/groups/<uuid:group_id>", groups.GroupView.as_view(), name="group"),
    path(f"{EMPLOYER}/groups/<uuid:group_id>/submit", groups.GroupSubmitView.as_view(), name="group_submit"),
    path(f"{EMPLOYER}/offers", offers.OffersView.as_view(), name="offers"),
    path(OFFER, offers.OfferView.as_view(), name="offer"),
    path(f"{OFFER}/check", offers.CheckView.as_view(), name="check"),
    path(f"{OFFER}/submit", moves.SubmitView.as_view(), name="submit"),
    path(f"{OFFER}/pay", moves.PayView.as_view(), name="pay"),
    path(f"{OFFER}/cancel", moves.CancelView.as_view(), name="cancel"),
    path(f"{OFFER}/withdraw", moves.WithdrawView.as_view(), name="withdraw"),
    path(f"{OFFER}/request-withdrawal", moves.RequestWithdrawalView.as_view(), name="request_withdrawal"),
    path(f"{OFFER}/correct", moves.CorrectView.as_view(), name="correct"),
    path(f"{OFFER}/duplicate", moves.DuplicateView.as_view(), name="duplicate"),
    path(f"{OFFER}/restore", moves.RestoreView.as_view(), name="restore"),
    path(f"{OFFER}/group", groups.OfferGroupView.as_view(), name="offer_group"),
    path(f"{OFFER}/files", files.FilesView.as_view(), name="files"),
    path(f"{OFFER}/files/<uuid:file_id>", files.FileView.as_view(), name="file"),
    path(f"{OFFER}/events", records.EventsView.as_view(), name="events"),
    path(f"{OFFER}/duties", records.DutiesView.as_view(), name="duties"),
]
