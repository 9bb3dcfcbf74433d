"""Sessions end with what they stood on: a password, a role, a second step, the right to sign in.

What a session may do is asked anew at every request; here it also goes, so that it does not come back to
life when somebody is let in again.
"""

from django.apps import apps


def end_sessions(users, keep=None):
    """End every session of these log-ins, on every host, but for the one whose key is `keep`. How many."""
    open_ones = apps.get_model("usersessions", "UserSession").objects.filter(user__in=users)
    if keep:
        open_ones = open_ones.exclude(session_key=keep)
    ended = list(open_ones)
    for session in ended:
        session.end()
    return len(ended)
