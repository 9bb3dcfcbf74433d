"""The first words of a refresher call, made from what an edition changed. The focal point edits them."""

from django.utils.translation import gettext as _

from certificates.refreshers.models import RefresherPoint, RefresherQuestion
from courses.procedures.difference import ADDED, FIELDS, REMOVED, RENUMBERED

# What is asked about first, where several fields of a clause changed: the shortest and hardest facts.
ASKED_FIRST = ("time_limit", "role", "steps", "text", "title")


def intro_of(edition):
    words = {"procedure": edition.procedure.name, "edition": edition.label}
    return _("The edition “%(edition)s” of “%(procedure)s” is in force. Read what has changed.") % words


def write_draft(call, changes):
    """A point and a question for each Change."""
    RefresherPoint.objects.bulk_create(
        RefresherPoint(call=call, sort_order=n, heading=_named(change), text="")
        for n, change in enumerate(changes)
    )
    RefresherQuestion.objects.bulk_create(
        RefresherQuestion(call=call, sort_order=n, **_asked(change)) for n, change in enumerate(changes)
    )


def _named(change):
    wording = change.after or change.before
    return f"{wording.number} {wording.title}"[:200]


def _asked(change):
    stem = _("What holds now? %(clause)s") % {"clause": _named(change)}
    before, after = _pair(change)
    return {"stem": stem, "right": after, "wrong": before}


def _pair(change):
    """(what held before, what holds now), never alike."""
    if change.kind == ADDED:
        return _("The procedure says nothing about it."), _said(change.after)
    if change.kind == REMOVED:
        return _said(change.before), _("The procedure no longer says anything about it.")
    if change.kind == RENUMBERED:
        was, now = change.before.number, change.after.number
        return _("It is clause %(n)s.") % {"n": was}, _("It is clause %(n)s.") % {"n": now}
    for name in ASKED_FIRST:
        if name in change.fields:
            nothing = _("Nothing is said about it.")
            return getattr(change.before, name) or nothing, getattr(change.after, name) or nothing
    return _("It concerns the same people as before."), _("It concerns other people than before.")


def _said(wording):
    return next((words for name in ("text", *FIELDS) if (words := getattr(wording, name))), wording.title)
