"""Settings of IMP Navigator. Everything that differs between machines comes from the environment, read first."""

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from imp_site import admin_theme
from imp_site.environment import Environment, is_key

BASE_DIR = Path(__file__).resolve().parent.parent

# The environment ------------------------------------------------------------------------------------------------------

SHORTEST_SECRET = 50
SHORTEST_FIELD_KEY = 32
DEVELOPMENT_SIGNING_KEY = "dedede00" * 8
FEWEST_KEY_BYTES = 16

env = Environment(os.environ)

DEBUG = env.flag("DJANGO_DEBUG")
IS_TESTING = "pytest" in sys.modules
IS_DEVELOPMENT = DEBUG or IS_TESTING

SECRET_KEY = env.text("DJANGO_SECRET_KEY", "development-only-" * 4 if IS_DEVELOPMENT else "")
SECRET_KEY_FALLBACKS = env.words("DJANGO_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
FIELD_ENCRYPTION_KEYS = env.words("FIELD_ENCRYPTION_KEYS")
DATABASE_URL = env.text("DATABASE_URL")
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
API_REQUESTS_PER_MINUTE = env.number("API_REQUESTS_PER_MINUTE", 6000 if IS_DEVELOPMENT else 120, at_least=1)
DETERMINATION_SIGNING_KEY = env.text("DETERMINATION_SIGNING_KEY", DEVELOPMENT_SIGNING_KEY if IS_DEVELOPMENT else "")
DETERMINATION_VERIFY_KEYS = env.words("DETERMINATION_VERIFY_KEYS")
DATA_RETENTION_DAYS = env.number("DATA_RETENTION_DAYS", 90, at_least=1)
LOG_LEVEL = env.text("LOG_LEVEL", "INFO").upper()

env.require(
    LOG_LEVEL in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"},
    "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL.",
)
if IS_DEVELOPMENT:
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
    FIELD_ENCRYPTION_KEYS = FIELD_ENCRYPTION_KEYS or ["development-only-" * 2]
else:
    env.require(
        len(SECRET_KEY) >= SHORTEST_SECRET,
        f"DJANGO_SECRET_KEY must be set, {SHORTEST_SECRET} characters or longer.",
    )
    env.require(ALLOWED_HOSTS, "ALLOWED_HOSTS must name the hosts this site answers to, separated by commas.")
    env.require("*" not in ALLOWED_HOSTS, "ALLOWED_HOSTS must name hosts, not *.")
    env.require(
        FIELD_ENCRYPTION_KEYS and min(map(len, FIELD_ENCRYPTION_KEYS)) >= SHORTEST_FIELD_KEY,
        f"FIELD_ENCRYPTION_KEYS must hold one or more keys of {SHORTEST_FIELD_KEY} characters or longer, "
        "newest first, separated by commas.",
    )
    env.require(
        is_key(DETERMINATION_SIGNING_KEY) and len(set(bytes.fromhex(DETERMINATION_SIGNING_KEY))) >= FEWEST_KEY_BYTES,
        "DETERMINATION_SIGNING_KEY must be 64 hexadecimal digits drawn at random (secrets.token_hex(32)).",
    )
env.require(
    all(map(is_key, DETERMINATION_VERIFY_KEYS)),
    "DETERMINATION_VERIFY_KEYS must hold public keys of 64 hexadecimal digits, separated by commas.",
)
env.require(
    DETERMINATION_SIGNING_KEY not in DETERMINATION_VERIFY_KEYS,
    "DETERMINATION_VERIFY_KEYS must hold public keys (manage.py determination_keys shows them), not the signing key.",
)
env.refuse_problems()

# Applications ---------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django_countries",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "import_export",
    "exemption_codes",
    "eligibility",
    "employer_portal",
    "imp_site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "imp_site.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "imp_site.urls"
WSGI_APPLICATION = "imp_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The rules, and how long answers are kept -----------------------------------------------------------------------------

RULES_DIR = BASE_DIR / "rules"
# Whether a release is published only when a second person agrees.
RELEASE_SECOND_APPROVER = env.flag("RELEASE_SECOND_APPROVER")
# Whether a consultant's decision on a case counts only when a second person agrees.
DECISIONS_NEED_APPROVAL = env.flag("DECISIONS_NEED_APPROVAL")
# Folders of fonts for letters that those inside the PDF library do not have.
PDF_FONT_FOLDERS = env.words("PDF_FONT_FOLDERS")

# Database -------------------------------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # Readers never wait for the one writer, and a writer waits its turn instead of failing half way.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}

DATABASES: dict[str, Any] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(BASE_DIR / "db.sqlite3")}}
if DATABASE_URL:
    try:
        DATABASES["default"] = dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
    except ValueError:
        # The address holds a password, and is never shown.
        env.require(False, "DATABASE_URL must be an address such as postgres://user:password@host:5432/name.")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

# Each personal field is encrypted under keys derived from these and SECRET_KEY. To rotate, put the new one first (and
# the old secret key in DJANGO_SECRET_KEY_FALLBACKS), save every row again, then drop the old one.
SALT_KEY = FIELD_ENCRYPTION_KEYS

# Languages ------------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "America/Toronto"
USE_I18N = True
USE_TZ = True

# Static files ---------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [folder for folder in [BASE_DIR / "static"] if folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = IS_DEVELOPMENT
WHITENOISE_USE_FINDERS = IS_DEVELOPMENT

# Accounts -------------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if IS_TESTING:
    # Slow on purpose elsewhere; here it would be most of the time that the tests take.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "employer_portal:home"
LOGOUT_REDIRECT_URL = "questionnaire:start"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
# In the browser that signed up; elsewhere the link confirms the address and no more.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "IMP Navigator: "
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if IS_DEVELOPMENT else "https"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_TOTP_ISSUER = "IMP Navigator"
# Under DEBUG this code is as good as that of the app, so that the demo accounts can be used without one; elsewhere
# allauth refuses to start with it.
MFA_TOTP_INSECURE_BYPASS_CODE = "000000" if DEBUG else None
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Browsers let keys be used without https on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_DEVELOPMENT
MFA_FORMS = {
    "add_webauthn": "imp_site.account_forms.AddKeyForm",
    "edit_webauthn": "imp_site.account_forms.RenameKeyForm",
}

# Employer portal ------------------------------------------------------------------------------------------------------

# `issue`: this installation gives offer numbers itself. `record`: it keeps those that the official portal gave.
OFFER_NUMBERS = env.text("OFFER_NUMBERS", "issue")
STRIPE_API_KEY = env.text("STRIPE_API_KEY")
STRIPE_ENDPOINT_SECRET = env.text("STRIPE_ENDPOINT_SECRET")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000" if IS_DEVELOPMENT else f"https://{(ALLOWED_HOSTS or [''])[0]}")
UPLOADS_DIR = Path(env.text("UPLOADS_DIR", str(BASE_DIR / "uploads")))
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_MEGABYTES", 10, at_least=1) * 1024 * 1024
# How long a request with an Idempotency-Key is remembered with its answer.
IDEMPOTENCY_HOURS = env.number("IDEMPOTENCY_HOURS", 24, at_least=1)
INVITATION_DAYS = env.number("INVITATION_DAYS", 14, at_least=1)
# How long an applicant can answer a consultant's message.
MESSAGE_DAYS = env.number("MESSAGE_DAYS", 14, at_least=1)

env.require(
    not UPLOADS_DIR.resolve().is_relative_to(Path(STATIC_ROOT).resolve()),
    "UPLOADS_DIR must lie outside STATIC_ROOT, which everybody can read.",
)
env.require(OFFER_NUMBERS in {"issue", "record"}, "OFFER_NUMBERS must be issue or record.")
env.require(
    bool(STRIPE_API_KEY) == bool(STRIPE_ENDPOINT_SECRET),
    "STRIPE_API_KEY and STRIPE_ENDPOINT_SECRET must be set together.",
)

PAYMENT_MODEL = "employer_portal.FeePayment"
PAYMENT_HOST = SITE_URL.partition("://")[2]
PAYMENT_USES_SSL = SITE_URL.startswith("https://")
PAYMENT_VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {}
if STRIPE_API_KEY:
    PAYMENT_VARIANTS["stripe"] = (
        "employer_portal.stripe_provider.StripeProvider",
        {"api_key": STRIPE_API_KEY, "endpoint_secret": STRIPE_ENDPOINT_SECRET},
    )
elif IS_DEVELOPMENT:
    PAYMENT_VARIANTS["dummy"] = ("payments.dummy.DummyProvider", {})

# Background work, done by `manage.py db_worker`; tests do it at once --------------------------------------------------

TASK_BACKEND = "django_tasks.backends.immediate.ImmediateBackend" if IS_TESTING else "django_tasks_db.DatabaseBackend"
TASKS = {"default": {"BACKEND": TASK_BACKEND}}

# Mail -----------------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = f"django.core.mail.backends.{'console' if IS_DEVELOPMENT else 'smtp'}.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, at_least=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "IMP Navigator <no-reply@localhost>")

# Security -------------------------------------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# An offer has up to 500 places of work, of five fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_HANDLERS = [
    "employer_portal.upload_ceiling.UploadCeiling",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not IS_DEVELOPMENT
CSRF_COOKIE_SECURE = not IS_DEVELOPMENT
LANGUAGE_COOKIE_SECURE = not IS_DEVELOPMENT
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

if not IS_DEVELOPMENT:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", default=True)
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What imp_site.csp loosens, and where, stands there.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# API ------------------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["eligibility.api.parsers.LimitedJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    # Closed unless a view opens itself.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(("anon", "token"), f"{API_REQUESTS_PER_MINUTE}/min"),
    # Without a trusted proxy, X-Forwarded-For is anybody's word and is not read.
    "NUM_PROXIES": TRUSTED_PROXIES,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "imp_site.api_errors.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "IMP Navigator",
    "DESCRIPTION": "Facts in, indicative results out: which LMIA exemption codes a person qualifies for, and why.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "eligibility.api.vocabulary_schema.refuse_unknown_keys",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # The vocabulary has some four hundred facts, each a schema of its own.
    "SWAGGER_UI_SETTINGS": {"defaultModelsExpandDepth": -1, "deepLinking": True},
    "ENUM_NAME_OVERRIDES": {
        "OutcomeEnum": "eligibility.api.serializers.OUTCOMES",
        "StatusEnum": "eligibility.api.serializers.STATUSES",
        "OfferStatusEnum": "employer_portal.api.serializers.OFFER_STATUSES",
        "OfferEventEnum": "employer_portal.api.serializers.EVENTS",
        "ChargeStatusEnum": "employer_portal.api.serializers.CHARGE_STATUSES",
        "RefundStatusEnum": "employer_portal.api.serializers.REFUND_STATUSES",
    },
}

# Admin ----------------------------------------------------------------------------------------------------------------

# The theme's look and menu stand in imp_site.admin_theme.
UNFOLD = admin_theme.UNFOLD

# Logs: what happened and where in the code, never what somebody typed -------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "without_values": {
            "()": "imp_site.log_format.WithoutValuesFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if IS_DEVELOPMENT else "without_values",
        },
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Replaces Django's own handlers, of which one mails whole requests.
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
    },
}

env.refuse_problems()
