"""Addresses of the employers' API. The identifier of the employer stands in every one."""

from django.urls import URLPattern, URLResolver, include, path

from employer_portal.api import moves, offers, records

app_name = "employer_api"
offer_urls: list[URLPattern] = [
    path("", offers.OfferView.as_view(), name="offer"),
    path("/check", offers.CheckView.as_view(), name="check"),
    path("/submit", moves.SubmitView.as_view(), name="submit"),
    path("/pay", moves.PayView.as_view(), name="pay"),
    path("/cancel", moves.CancelView.as_view(), name="cancel"),
    path("/withdraw", moves.WithdrawView.as_view(), name="withdraw"),
    path("/request-withdrawal", moves.RequestWithdrawalView.as_view(), name="request_withdrawal"),
    path("/correct", moves.CorrectView.as_view(), name="correct"),
    path("/duplicate", moves.DuplicateView.as_view(), name="duplicate"),
    path("/restore", moves.RestoreView.as_view(), name="restore"),
    path("/events", records.EventsView.as_view(), name="events"),
    path("/duties", records.DutiesView.as_view(), name="duties"),
]
employer_urls: list[URLPattern | URLResolver] = [
    path("", records.EmployerDetailView.as_view(), name="employer"),
    path("/offers", offers.OffersView.as_view(), name="offers"),
    path("/offers/<uuid:offer_id>", include(offer_urls)),
    path("/receipts", records.ReceiptsView.as_view(), name="receipts"),
    path("/receipts/<uuid:receipt_id>", records.ReceiptView.as_view(), name="receipt"),
    path("/refunds", records.RefundsView.as_view(), name="refunds"),
]
urlpatterns = [path("employers/<uuid:employer_id>", include(employer_urls))]
