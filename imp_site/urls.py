from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.translation import get_language
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from eligibility.trying import try_category
from imp_site.health import healthz


def language_home(request: HttpRequest) -> HttpResponse:
    """To the first page in the reader's language: the one chosen before, else the browser's, else English."""
    return redirect(f"/{get_language()}/")


# One login for everybody, with its rate limits and second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", language_home, name="language_home"),
    path("healthz/", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/try/<int:pk>/", admin.site.admin_view(try_category), name="try_category"),
    path("admin/", admin.site.urls),
    path("payments/", include("employer_portal.payment_urls")),
    path("api/v1/", include("eligibility.api.urls")),
    path("api/v1/", include("exemption_codes.api.urls")),
    path("api/v1/", include("employer_portal.api.urls")),
    path("api/v1/schema/", SpectacularJSONAPIView.as_view(), name="api_schema"),
    path("api/v1/docs/", SpectacularSwaggerSplitView.as_view(url_name="api_schema"), name="api_docs"),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        path("codes/", include("exemption_codes.urls")),
        path("notices/", include("eligibility.notices.urls")),
        path("messages/", include("eligibility.casework.urls")),
        path("countries/", include("exemption_codes.country_urls")),
        path("employers/", include("employer_portal.urls")),
        path("", include("eligibility.questionnaire.urls")),
    ),
]

handler400 = "imp_site.errors.bad_request"
handler403 = "imp_site.errors.permission_denied"
handler404 = "imp_site.errors.not_found"
handler500 = "imp_site.errors.server_error"
