"""The environment of a site under production's settings on this machine, for rehearsals."""

import secrets

HOST = "learning.test"
# As it names its cookies.
CSRF, SESSION = "__Host-csrftoken", "__Host-sessionid"


def of_production(folder):
    return {
        "DJANGO_SETTINGS_MODULE": "lms.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "BEHIND_PROXY": "true",
        "TRUSTED_PROXY_COUNT": "1",
        "STAFF_SECOND_FACTOR": "false",
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "ERROR",
        "STATIC_ROOT": f"{folder}/static",
        "MEDIA_ROOT": f"{folder}/media",
        "PRIVATE_ROOT": f"{folder}/private",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def headers_of(host, cookies):
    """Of a browser, and what the proxy says of it, for what is asked of one host directly."""
    return {
        "Host": host,
        "Origin": f"https://{host}",
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "198.51.100.7",
    }
