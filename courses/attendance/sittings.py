"""Which session it is now, and when its wall code is taken. Questions about one session and a clock."""

from datetime import datetime, time, timedelta

from django.utils import timezone

# The wall code is taken from an hour before the session begins until it ends.
EARLY = timedelta(minutes=60)


def opens_at(session):
    return session.starts_at - EARLY


def is_too_early(session, at):
    return at < opens_at(session)


def is_over(session, at):
    return at > session.ends_at


def is_running(session, at):
    """People may come in: from an hour before until its end."""
    return opens_at(session) <= at <= session.ends_at


def late_after(session):
    """Who comes after this moment is late. Reads the session's workshop."""
    return session.starts_at + timedelta(minutes=session.workshop.grace_minutes)


def midnight(day, days=0):
    """The moment a day begins here; `days` later."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))


def day_of(session):
    """Midnight before the session: nobody arrived earlier than that."""
    return midnight(timezone.localdate(session.starts_at))


def current(sessions, at):
    """The session people come in to now; else the next one; else the last. None without sessions.

    Where two overlap, because one is still going on and the next lets people in already: the one going on.
    """
    sessions = sorted(sessions, key=lambda one: (one.starts_at, one.pk))
    going_on = [one for one in sessions if one.starts_at <= at <= one.ends_at]
    coming = [one for one in sessions if one.starts_at > at]
    return next(iter([*going_on, *coming, *reversed(sessions)]), None)


def before(session, sessions):
    """The session before this one, or None."""
    earlier = [one for one in sessions if (one.starts_at, one.pk) < (session.starts_at, session.pk)]
    return max(earlier, key=lambda one: (one.starts_at, one.pk), default=None)


def arrival(session, mark, at):
    """When somebody arrived who is marked now, by hand: now; in a session that is over, as it was said."""
    if at <= session.ends_at:
        return max(at, day_of(session))
    return late_after(session) if mark == "late" else session.starts_at
