"""
Settings of Loket. What differs between installations comes from the environment (config.environment).

Mode "demo" (default) needs nothing: embedded PostgreSQL, e-mail on the console. Mode "production" refuses to start without its
secrets and addresses.
"""

import secrets

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config import embedded, environment
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
        file = HOME / "secret_key"
        if not file.exists():
            HOME.mkdir(parents=True, exist_ok=True)
            file.write_text(secrets.token_urlsafe(48))
        key = file.read_text()
    return key


SECRET_KEY = secret_key()

# --- Rooms --------------------------------------------------------------------------------------------------------------------

TENANT_APPS = ["audit", "offices", "staffing"]
SHARED_APPS = [
    "tenants",
    "django_tenants",
    "audit",
    "portal",
    "accounts",
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
    "drf_spectacular_sidecar",
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
        raise ImproperlyConfigured("Set DATABASE_URL (PostgreSQL 15 or later); the embedded server is for the demonstration only.")
    DATABASES = {"default": {"ENGINE": ENGINE, "NAME": "postgres", "USER": "postgres", "HOST": embedded.socket(HOME)}}
DATABASES["default"] |= {"CONN_MAX_AGE": 120, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", TIMEOUTS)
DATABASES["default"]["TEST"] = {"NAME": "test_loket"}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "loket_cache",
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
    }
}

# --- Requests -----------------------------------------------------------------------------------------------------------------

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tenants.mount.PublicRoleMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.language.LanguageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tenants.mount.MountMiddleware",
    "django.middleware.common.CommonMiddleware",
    "accounts.access.AccessMiddleware",
]

TEMPLATES = [
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
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Loket"
# Roles that must have a second factor: always in production, switchable in the demonstration.
REQUIRE_SECOND_FACTOR = flag("LOKET_REQUIRE_MFA", PRODUCTION)
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 60 * 60 * 10
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
SECURE_CSP = {
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

# --- Files --------------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
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
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("LOKET_MAIL_FROM", "loket@localhost")

# --- REST interface -----------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}


TESTING = False
