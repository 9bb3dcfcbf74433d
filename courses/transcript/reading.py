"""Everything somebody learnt, in one list: courses, workshops and earlier certificates; hours count once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.attendance.counting import Attended, sessions_attended
from courses.choices import RegistrationState, WorkshopState
from courses.progress.models import Completion
from courses.transcript import hours
from courses.transcript.models import EarlierTraining
from courses.workshops.models import Registration

COURSE, WORKSHOP, EARLIER = "course", "workshop", "earlier"
KINDS = {COURSE: gettext_lazy("On line"), WORKSHOP: gettext_lazy("Workshop"), EARLIER: gettext_lazy("Earlier")}


@dataclass
class Entry:
    """One line of the transcript. `minutes` were spent, `counted` of them count."""

    kind: str
    title: str
    on: date
    minutes: int
    row: object = field(repr=False)
    note: str = ""
    counted: int = 0

    @property
    def kind_label(self):
        return KINDS[self.kind]

    @property
    def key(self):
        return self.kind, self.row.pk

    @property
    def is_counted_elsewhere(self):
        return self.minutes > 0 and self.counted == 0


@dataclass
class Transcript:
    """`entries` newest first; `coming` are registrations for workshops still to be held.

    Beside what counts, all there is: `registrations`, also cancelled ones, and `struck` earlier trainings.
    """

    entries: list
    coming: list
    registrations: list
    struck: list

    @property
    def minutes(self):
        return sum(entry.counted for entry in self.entries)


def transcript_of(person, completions=None):
    """The Transcript of a person and of the records merged into theirs, in four queries however long.

    `completions`: theirs that count, where the caller has them with enrolment and course.
    """
    if completions is None:
        completions = Completion.objects.of(person).that_count().select_related("enrolment__course")
    courses = [
        Entry(COURSE, one.enrolment.course.title, timezone.localdate(one.at), one.minutes, one)
        for one in completions
    ]
    registrations = list(
        Registration.objects.of(person)
        .select_related("workshop__topic")
        .annotate(last=Max("workshop__sessions__ends_at"), planned=Count("workshop__sessions"))
    )
    workshops, coming = _workshops(registrations)
    recorded = list(EarlierTraining.objects.of(person).select_related("struck"))
    struck = [one for one in recorded if hasattr(one, "struck")]
    earlier = [
        Entry(EARLIER, one.title, one.held_on, one.minutes, one, _recorded(one))
        for one in recorded
        if one not in struck
    ]
    minutes = hours.counted(
        [(entry.key, entry.row.enrolment.course_id, entry.minutes, entry.on) for entry in courses],
        [(entry.key, _taught(entry.row.workshop), entry.minutes, entry.on) for entry in workshops],
    )
    entries = sorted([*courses, *workshops, *earlier], key=lambda entry: entry.on, reverse=True)
    for entry in entries:
        entry.counted = minutes.get(entry.key, entry.minutes)
    return Transcript(entries, coming, registrations, struck)


def _workshops(registrations):
    """(an Entry for each workshop attended, registrations for one to come). Of a workshop with which two
    records were registered that are one person's now, one."""
    held_for = defaultdict(list)
    for one in registrations:
        if one.state != RegistrationState.CANCELLED and one.workshop.state != WorkshopState.CANCELLED:
            held_for[one.workshop_id].append(one)
    every = [one for group in held_for.values() for one in group]
    sessions = sessions_attended(every) if every else {}
    held, coming = [], []
    for workshop_id, (one, *_others) in held_for.items():
        there = sessions.get(workshop_id)
        if there:
            count = Attended(len(there), one.planned, sum(session.credit for session in there))
            on = timezone.localdate(one.last)
            held.append(Entry(WORKSHOP, one.workshop.title, on, count.minutes, one, _sessions(count)))
        elif not one.workshop.is_closed:
            coming.append(one)
    return held, coming


def _taught(workshop):
    return workshop.course_id if workshop.same_event else None


def _sessions(count):
    return _("%(n)d of %(all)d sessions") % {"n": count.sessions, "all": count.planned}


def _recorded(training):
    day = timezone.localdate(training.at)
    return _("%(provider)s; recorded by %(who)s on %(date)s") % {
        "provider": training.provider,
        "who": training.recorded_by,
        "date": date_format(day, "j F Y"),
    }
