"""Settings common to every installation. Each value that differs between installations
comes from the environment; `.env.example` names them all."""

from pathlib import Path

import django.conf.locale
import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from lms.settings import hosts

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Applications -----------------------------------------------------------------------

INSTALLED_APPS = [
    "lms",
    "certificates",
    "courses",
    "courses.people",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lms.compressing.CompressedPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lms.away.maintenance.Maintenance",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lms.languages.ReaderLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "lms.middleware.PrivatePages",
    "lms.middleware.Patience",
    "lms.middleware.Sizes",
    "lms.offline.less_data.LessData",
    "lms.middleware.SharedDevice",
    "lms.middleware.Doors",
    "lms.looks.watching.Looks",
    "lms.desk.gate.RefusedPublishing",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.context.site",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'lms.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a read-then-write transaction in deferred mode fails under load whatever
    # the timeout. FULL: an acknowledged answer survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
# Kept from request to request: each new connection of SQLite reads the whole schema, for three milliseconds.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# --- Many hosts -------------------------------------------------------------------------
# Off by default: see lms/settings/hosts.py, and "Many hosts" in docs/operator.md.

hosts.pooled(DATABASES["default"], env)
CACHES = hosts.caches(env)
TASK_QUEUE = hosts.task_queue(env)
TASKS = hosts.tasks(TASK_QUEUE)
SESSION_ENGINE = hosts.session_engine(env)
if SESSION_ENGINE.endswith("cached_db"):
    SESSION_CACHE_ALIAS = "sessions"
if TASK_QUEUE == "redis":
    INSTALLED_APPS.append("django_rq")
    RQ_QUEUES = hosts.rq_queues(CACHES["default"])

# --- People and log-in ------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["courses.people.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "courses.people.passwords.LocalWordsValidator"},
]
PASSWORD_HASHERS = [
    "courses.people.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "courses.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "courses.people.forms.LoginForm",
    "signup": "courses.people.forms.SignupForm",
    "reset_password": "courses.people.forms.ResetForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False  # our log-in form asks about the device instead
# A class of sixty signs in behind one address within a minute: the limits by address are
# wide, those by account ("key") narrow. Wrong passwords alone count in login_failed; none of them lasts
# longer than an hour, or anybody could keep somebody else out for a day.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "60/m/ip,300/h/ip,5/5m/key,20/h/key",
    "signup": "60/m/ip,300/h/ip",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split(":", 1)[0]
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Learning"
USERSESSIONS_TRACK_ACTIVITY = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# "Is this your own device?" No: the session ends with the browser.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
OWN_DEVICE_SESSION_SECONDS = 30 * 24 * 3600
SHARED_DEVICE_IDLE_SECONDS = 3600
# Those who see everybody's record, also on their own device: a night ends it.
DESK_IDLE_SECONDS = 8 * 3600

# Staff must use a second factor; production turns this on.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=False)

# --- Language and time ------------------------------------------------------------------

django.conf.locale.LANG_INFO["acf"] = {
    "bidi": False,
    "code": "acf",
    "name": "Saint Lucian Kwéyòl",
    "name_local": "Kwéyòl",
}
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish")), ("acf", _("Kwéyòl"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["lms.formats"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = env("TIME_ZONE", default="America/St_Lucia")
USE_TZ = True

# --- Files ------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
MEDIA_URL = "/media/"
MEDIA_ROOT = env("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
# The web server reads them, whatever the service's own mask is.
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
# A real site lets its web server do this: see deploy/nginx.conf.
SERVE_UPLOADS = False
# Files without a public address (signatures): never under MEDIA_ROOT.
PRIVATE_ROOT = env("PRIVATE_ROOT", default=str(BASE_DIR / "var" / "private"))
_public_files, _private_files = hosts.storages(PRIVATE_ROOT, env)
FILES_IN_BUCKETS = _public_files["BACKEND"].startswith("lms.buckets.")
STORAGES = {
    "default": _public_files,
    "private": _private_files,
    "staticfiles": {"BACKEND": "lms.hashed_files.HashedFiles"},
}

# --- Backups ----------------------------------------------------------------------------

# On a disk of the server: what is copied lies here unencrypted while the backup is made.
BACKUP_ROOT = env("BACKUP_ROOT", default=str(BASE_DIR / "var" / "backups"))
# Public keys (age1…), by commas: see `manage.py backup --new-key`. The private one stays off the server.
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
# A PostgreSQL server where databases may be made to look into backups; without it, that of the site.
BACKUP_CHECK_URL = env("BACKUP_CHECK_URL", default="")

# --- Maintenance ------------------------------------------------------------------------

# While this file is there the site is closed: `manage.py maintenance on`.
MAINTENANCE_FILE = env("MAINTENANCE_FILE", default=str(BASE_DIR / "var" / "maintenance"))

# --- Mail -------------------------------------------------------------------------------

# An empty line in .env is none.
_mail = env.email_url_config(env("EMAIL_URL", default="") or "consolemail://")
if _mail["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    _mail["EMAIL_BACKEND"] = "courses.mailing.smtp.EmailBackend"  # knows how far a letter came
vars().update(_mail)
# For each answer of the mail server, in seconds.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Learning <learning@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Wagtail ----------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Learning"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_AUTOSAVE_INTERVAL = 2500
# "Law" and "law" are one tag.
TAGGIT_CASE_INSENSITIVE = True
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = True
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "m4a",
    "mp3",
    "mp4",
    "ogg",
    "pdf",
    "pptx",
    "txt",
    "vtt",
    "webm",
    "xlsx",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
# Draws each upload anew.
WAGTAILIMAGES_IMAGE_FORM_BASE = "lms.desk.pictures.PictureForm"
# A telephone pays for each byte: a little less than Wagtail's own 85, 80 and 80.
WAGTAILIMAGES_JPEG_QUALITY = 76
WAGTAILIMAGES_WEBP_QUALITY = 74
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILEMBEDS_FINDERS = []
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 2
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Security headers -------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Nothing here asks the device for these, and no script that slips in shall.
PERMISSIONS_POLICY = ", ".join(
    f"{name}=()"
    for name in (
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "serial",
        "usb",
    )
)
_csp = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "media-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
CONTENT_SECURITY_POLICY = {"EXCLUDE_URL_PREFIXES": ["/admin/"], "DIRECTIVES": _csp}
# Wagtail's page explorer and editor still carry inline scripts.
ADMIN_CONTENT_SECURITY_POLICY = {
    **_csp,
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}

_QUIET = ("wagtail", "django_tasks", "rq.worker", "weasyprint", "fontTools", "botocore", "boto3", "s3transfer")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "lms.discreet_logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own would mail what a page had in hand when it failed, names and all, to ADMINS.
        "django": {"handlers": []},
        # These tell of every page, task and font; what goes wrong is enough.
        **{name: {"level": "WARNING"} for name in _QUIET},
    },
}
