"""A log-in that was made without its page: what is tried is something else."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from courses.people import devices


def session_of(user):
    """The cookie of a log-in on an own device."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[devices.OWN] = True
    session.set_expiry(settings.OWN_DEVICE_SESSION_SECONDS)
    session.save()
    return session.session_key
