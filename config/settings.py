"""
Settings of Loket. What differs between installations comes from the environment (config.environment).

Mode "demo" (default) needs nothing: embedded PostgreSQL, e-mail on the console. Mode "production" refuses to start without its
secrets and addresses.
"""

import logging
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config import embedded, environment, logs
from config.environment import BASE, HOME, PRODUCTION, flag, text, words

# --- Installation -------------------------------------------------------------------------------------------------------------

DEBUG = False
ALLOWED_HOSTS = words("LOKET_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1],testserver")
SITE_URL = text("LOKET_URL", f"http://127.0.0.1:{environment.PORT}")
SITE_NAME = "Loket"


def secret_key() -> str:
    """From the environment; the demonstration makes one and keeps it in the data folder."""
    key = text("LOKET_SECRET_KEY")
    if not key and PRODUCTION:
        raise ImproperlyConfigured("Set LOKET_SECRET_KEY (50 random characters or more).")
    if not key:
        key = environment.kept_secret("secret_key")
    return key


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = words("LOKET_OLD_SECRET_KEYS")

# --- Rooms --------------------------------------------------------------------------------------------------------------------

TENANT_APPS = ["audit", "offices", "equipment", "staffing", "prints", "workbooks"]
SHARED_APPS = [
    "tenants",
    "django_tenants",
    "audit",
    "portal",
    "accounts",
    "almanac",
    "guides",
    "circulars",
    "oversight",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tasks_db",
    "rest_framework",
    "drf_spectacular",
]
INSTALLED_APPS = SHARED_APPS + [app for app in TENANT_APPS if app not in SHARED_APPS]

TENANT_MODEL = "tenants.Tenant"
TENANT_LIMIT_SET_CALLS = True
DATABASE_ROUTERS = ["audit.routers.PublicOnlyRouter", "django_tenants.routers.TenantSyncRouter"]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
GRANTS = "config.grants.GRANTS"
MEMBER_LOADER = "accounts.members.load"
NOT_SERVED_VIEW = "portal.error_pages.not_served"

# --- Addresses ----------------------------------------------------------------------------------------------------------------

ROOT_URLCONF = "config.urls"
GOVERNMENT_URLCONF = "config.urls_government"
MINISTRY_URLCONF = "config.urls_ministry"
WSGI_APPLICATION = "config.wsgi.application"
LOGIN_URL = "/masuk/"
LOGIN_REDIRECT_URL = "/pemerintah/"
LOGOUT_REDIRECT_URL = "/"

# --- Database -----------------------------------------------------------------------------------------------------------------

ENGINE = "tenants.backend"
TIMEOUTS = "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s -c jit=off"
if text("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(text("DATABASE_URL"), engine=ENGINE)}
else:
    if PRODUCTION:
        raise ImproperlyConfigured("Set DATABASE_URL (PostgreSQL 15 or later); the embedded server is for demonstrations only.")
    DATABASES = {"default": {"ENGINE": ENGINE, "NAME": "postgres", "USER": "postgres", "HOST": embedded.socket(HOME)}}
DATABASES["default"] |= {"CONN_MAX_AGE": 120, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
# A server that is gone is noticed after seconds, also in mid-sentence.
NOTICED = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
DATABASES["default"]["OPTIONS"] = {"options": TIMEOUTS} | NOTICED | DATABASES["default"].get("OPTIONS", {})
DATABASES["default"]["TEST"] = {"NAME": "test_loket"}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "loket_cache",
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
        # Counters of sign-in attempts live here; the default of 300 entries would let anybody push them out.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# --- Requests -----------------------------------------------------------------------------------------------------------------

MIDDLEWARE = [
    "portal.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "portal.features.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.compression.PageCompressionMiddleware",
    "portal.outage.OutageMiddleware",
    "tenants.mount.PublicRoleMiddleware",
    "portal.requestlog.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.problems.ProblemMiddleware",
    "portal.language.LanguageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.sessions.SessionEndMiddleware",
    "tenants.mount.MountMiddleware",
    "django.middleware.common.CommonMiddleware",
    "accounts.access.AccessMiddleware",
    "portal.idempotency.FormMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "portal.templatetags.portal",
                "tenants.templatetags.mount",
            ],
        },
    }
]
COTTON_DIR = "cotton"
FORM_RENDERER = "portal.forms.PortalRenderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Language and time --------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# --- Sign-in ------------------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# Failed sign-ins by password have limits of their own (accounts.attempts); "login_failed" is for codes of the second factor.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "5/5m/key",
    "reset_password": "20/m/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms_signin.LoginForm",
    "reset_password": "accounts.forms_signin.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms_signin.ResetPasswordKeyForm",
    "change_password": "accounts.forms_signin.ChangePasswordForm",
    "reauthenticate": "accounts.forms_signin.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("LOKET_BEHIND_PROXY") else 0
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Loket"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.forms_signin.CodeForm",
    "reauthenticate": "accounts.forms_signin.CodeAgainForm",
    "activate_totp": "accounts.forms_signin.ActivateForm",
}
# Roles that must have a second factor: always in production, switchable in the demonstration.
REQUIRE_SECOND_FACTOR = flag("LOKET_REQUIRE_MFA", PRODUCTION)
USERSESSIONS_TRACK_ACTIVITY = False
# A session ends ten hours after the sign-in, and after an hour without a request.
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_IDLE_AGE = 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- Security -----------------------------------------------------------------------------------------------------------------

SECURE_COOKIES = flag("LOKET_HTTPS", PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-sesi" if SECURE_COOKIES else "sesi"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
SECURE_SSL_REDIRECT = SECURE_COOKIES
SECURE_HSTS_SECONDS = 31536000 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_COOKIES
if flag("LOKET_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "portal.error_pages.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}

# The map beside an office's address: pictures of a tile server, from nowhere else and only where one is named.
TILE_URL = environment.tile_url("LOKET_TILE_URL")
TILE_ATTRIBUTION = text("LOKET_TILE_ATTRIBUTION")
if TILE_URL and not TILE_URL.startswith("/"):
    SECURE_CSP["img-src"].append("{0.scheme}://{0.netloc}".format(urlsplit(TILE_URL)))

# --- Files --------------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {
        "BACKEND": "portal.static_storage.StaticStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Jobs and mail ------------------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}
if text("LOKET_SMTP_HOST"):
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": text("LOKET_SMTP_HOST"),
                "port": int(text("LOKET_SMTP_PORT", "587")),
                "username": text("LOKET_SMTP_USER"),
                "password": text("LOKET_SMTP_PASSWORD"),
                "use_tls": flag("LOKET_SMTP_TLS", True),
                "timeout": 20,
            },
        }
    }
else:
    if PRODUCTION:
        raise ImproperlyConfigured("Set LOKET_SMTP_HOST: invitations and resets of passwords go by mail.")
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("LOKET_MAIL_FROM", "loket@localhost")

# --- Log and measures ---------------------------------------------------------------------------------------------------------

LOGGING = logs.configuration(json=PRODUCTION)
logs.configure_structlog()
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
# Who may read /metrics. Behind a proxy on the same machine everybody comes from 127.0.0.1: in production only by token.
METRICS_ADDRESSES = words("LOKET_METRICS_ADDRESSES", "" if PRODUCTION else "127.0.0.1,::1")
METRICS_TOKEN = text("LOKET_METRICS_TOKEN")

# --- REST interface -----------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "portal.openapi.EndpointSchema",
    "EXCEPTION_HANDLER": "portal.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Loket",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENFORCE_NON_BLANK_FIELDS": True,
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "ChangeAction": "audit.models.Action",
        "CheckKind": "equipment.enums.CheckKind",
        "CircularState": "circulars.enums.CircularState",
        "Condition": "oversight.enums.Condition",
        "DayKind": "almanac.enums.DayKind",
        "DaySource": "almanac.enums.DaySource",
        "DeliveryState": "circulars.enums.DeliveryState",
        "HeadStanding": "offices.enums.HeadStanding",
        "ItemCondition": "equipment.enums.Condition",
        "ItemKind": "equipment.enums.ItemKind",
        "KeyState": "accounts.enums.KeyState",
        "Level": "tenants.enums.Level",
        "MovementKind": "equipment.enums.MovementKind",
        "OfficeKind": "offices.enums.OfficeKind",
        "OfficeState": "offices.enums.OfficeState",
        "Role": "accounts.enums.Role",
        "ScheduleKind": "offices.enums.ScheduleKind",
        "Sector": "offices.enums.Sector",
        "SupplyKind": "equipment.enums.SupplyKind",
    },
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "portal.openapi.finish"],
}
# Requests a minute for each key, person, and address that is neither.
API_RATES = {"key": 600, "person": 300, "address": 60, "measuring": 12, "pdf": 30}
API_BODY_BYTES = 1_000_000
IDEMPOTENCY_HOURS = 24


TESTING = False
