"""A real site. `manage.py check --deploy` is clean under these settings."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import SECRET_KEY, SITE_URL, env

if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Make one with: "
        "python -c 'import secrets; print(secrets.token_urlsafe(64))' and put it in .env"
    )

DEBUG = False
DEMO_ALLOWED = False
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)

# Wagtail shows previews in a frame of its own site, so DENY (W019) cannot be.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# No page reads it: forms carry the token themselves.
CSRF_COOKIE_HTTPONLY = True
# A neighbour under the same domain (another site of the ministry's) cannot set or overwrite these.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True
if env.bool("BEHIND_PROXY", default=False):
    # Only when the proxy removes this header from what clients send.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

if not SITE_URL.startswith("https://") and SECURE_SSL_REDIRECT:
    raise ImproperlyConfigured("SITE_URL must start with https:// on a production site.")
