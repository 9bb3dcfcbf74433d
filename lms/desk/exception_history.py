"""Which exceptions were made for one enrolment, as the audit tells."""

from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses.audit.models import AuditEntry
from courses.choices import GrantKind

# What the audit's verbs say at the desk.
WORDS = {
    "due date extended": _("Date extended"),
    "earlier learning recognised": _("Earlier learning recognised"),
    "attempt granted": _("Attempt allowed"),
    "attempt.void": _("Attempt ended, not counted"),
    "attempt.handed in for": _("Attempt handed in"),
    "attempt.late accepted": _("Late answers accepted"),
    "attempt.late left": _("Late answers looked at, not counted"),
}
KINDS = dict(GrantKind.choices)


def label_of(verb, facts):
    """The exception in a few words."""
    return KINDS.get(facts.get("kind"), WORDS[verb])


def history_of(enrolment):
    """Newest first: {"at", "what", "detail", "parts", "who", "reason"}."""
    attempts = [str(pk) for pk in enrolment.attempts.values_list("pk", flat=True)]
    entries = AuditEntry.objects.filter(
        Q(object_type="courses.enrolment", object_id=str(enrolment.pk))
        | Q(object_type="courses.attempt", object_id__in=attempts),
        verb__in=WORDS,
    )
    return [
        {
            "at": entry.at,
            "what": label_of(entry.verb, entry.facts),
            "who": entry.actor_name,
            "detail": entry.facts.get("source") or _extra_time(entry.facts),
            "parts": entry.facts.get("parts", []),
            "reason": entry.facts.get("reason", ""),
        }
        for entry in entries
    ]


def _extra_time(facts):
    """Extra time in words, "" for every other exception."""
    if "per_cent" in facts:
        return gettext("%(n)d per cent") % {"n": facts["per_cent"]}
    minutes = facts.get("minutes")
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes} if minutes else ""
