"""Sessions end with what they stood on: a password, a role, a second step, the right to sign in.

What a session may do is asked anew at every request; here it also goes, so that it does not come back to
life when somebody is let in again.
"""

from datetime import timedelta

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models

# Where a session came from, since it was last seen.
KEPT_FOR = timedelta(days=90)


def end_sessions(users, keep=None):
    """End every session of these log-ins, on every host, but for the one whose key is `keep`. How many."""
    open_ones = tracked().filter(user__in=users)
    if keep:
        open_ones = open_ones.exclude(session_key=keep)
    ended = list(open_ones)
    for session in ended:
        session.end()
    return len(ended)


def tracked():
    """Every session that was begun, with its address and browser; also those that are over."""
    return apps.get_model("usersessions", "UserSession").objects.all()


def ended(at):
    """Those that are over, and were last seen so long ago."""
    still_open = Session.objects.filter(session_key=models.OuterRef("session_key"))
    return tracked().filter(~models.Exists(still_open), last_seen_at__lt=at - KEPT_FOR)


def forget_ended(*, at):
    """Delete what is kept of them. Returns how many."""
    return ended(at).delete()[0]
