"""What happened with a person, in words: the audit entries of everything that is theirs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from courses.audit.models import AuditEntry
from courses.choices import Role
from courses.people.models import Person
from courses.transcript.reading import EARLIER
from lms.desk import exception_history

SHOWN = 100
# By the verb of the entry; those of exceptions are in `exception_history`.
# Placeholders are its facts; "subject" is the course or the number.
WORDS = {
    "signed up": gettext_lazy("Signed up"),
    "imported": gettext_lazy("Added from a list"),
    "changed by an import": gettext_lazy("Changed from a list"),
    "approved": gettext_lazy("Approved"),
    "refused": gettext_lazy("Refused: %(reason)s"),
    "asked before approval": gettext_lazy("Was asked a question before approval"),
    "note added": gettext_lazy("A note was added"),
    "role given": gettext_lazy("Role changed from %(was)s to %(role)s"),
    "name correction asked for": gettext_lazy("Asked for a correction of the name"),
    "name corrected": gettext_lazy("Name corrected from %(was)s to %(wanted)s"),
    "name correction refused": gettext_lazy("Correction of the name to %(wanted)s refused"),
    "enrolled": gettext_lazy("Started: %(subject)s"),
    "enrolment asked for": gettext_lazy("Asked to start: %(subject)s"),
    "assigned": gettext_lazy("Was assigned: %(subject)s"),
    "renewal started": gettext_lazy("Started the renewal: %(subject)s"),
    "called to a refresher": gettext_lazy("Was called to a refresher: %(what)s"),
    "refresher completed": gettext_lazy("Completed the refresher: %(what)s"),
    "invited to renew": gettext_lazy("Was invited to renew by mail"),
    "reminders muted": gettext_lazy("Wants no reminders"),
    "reminders wanted again": gettext_lazy("Wants reminders again"),
    "due date set": gettext_lazy("Due date %(due_on)s: %(subject)s"),
    "request accepted": gettext_lazy("Request accepted: %(subject)s"),
    "enrolment refused": gettext_lazy("Request declined: %(subject)s"),
    "enrolment withdrawn": gettext_lazy("Withdrawn: %(subject)s. %(reason)s"),
    "course completed": gettext_lazy("Completed: %(subject)s"),
    "completion withdrawn": gettext_lazy("Completion withdrawn: %(subject)s. %(reason)s"),
    "completion confirmed": gettext_lazy("Confirmed by a second person, %(confirmed_by)s: %(subject)s"),
    "attempt looked at": gettext_lazy("Answers looked at: %(subject)s"),
    "attempt.marked again": gettext_lazy("Marked again, now %(score)s of 100: %(subject)s"),
    "run looked at": gettext_lazy("Way through a drill looked at: %(subject)s"),
    "drill.marked again": gettext_lazy("Marked again, now %(score)s of 100: %(subject)s"),
    "attempt.pass taken back": gettext_lazy("The pass was taken back: %(subject)s. %(reason)s"),
    "test sheet entered": gettext_lazy("Answer sheet on paper entered: %(subject)s"),
    "registered": gettext_lazy("Registered for the workshop: %(subject)s"),
    "promoted from the waiting list": gettext_lazy("Given a place at the workshop: %(subject)s"),
    "attendance corrected": gettext_lazy("Attendance corrected: %(subject)s. %(reason)s"),
    "attendance mark taken back": gettext_lazy("A mark of attendance was taken back: %(subject)s"),
    "registration cancelled": gettext_lazy("Registration cancelled: %(subject)s"),
    "earlier training recorded": gettext_lazy("Earlier certificate recorded: %(subject)s"),
    "earlier training struck out": gettext_lazy("Earlier certificate struck out: %(subject)s. %(reason)s"),
    "own data taken out": gettext_lazy("Everything kept about the person taken out as a file"),
    "erasure asked for": gettext_lazy("Erasing of the personal data was asked for"),
    "erasure withdrawn": gettext_lazy("Erasing of the personal data was taken back"),
    "erased": gettext_lazy("The personal data were erased"),
    "transcript made": gettext_lazy("Record of training taken out as a PDF"),
    "certificate issued": gettext_lazy("Certificate %(subject)s issued"),
    "duplicate printed": gettext_lazy("Duplicate of certificate %(subject)s printed"),
    "certificate corrected": gettext_lazy("Certificate %(subject)s replaced by %(by)s: %(reason)s"),
    "certificate withdrawn": gettext_lazy("Certificate %(subject)s withdrawn: %(reason)s"),
    "enrolment set aside": gettext_lazy("Set aside, because it is open in the record merged with: %(subject)s"),
    "enrolment taken up again": gettext_lazy("Taken up again after the merge was undone: %(subject)s"),
    "merged": gettext_lazy("Merged into the record of %(name)s"),
    "took in": gettext_lazy("The record of %(name)s was merged into this one"),
    "merge undone": gettext_lazy("No longer merged into the record of %(name)s"),
    "gave back": gettext_lazy("The record of %(name)s stands by itself again"),
    "not the same": gettext_lazy("Is not the same person as %(name)s"),
    "code card issued": gettext_lazy("A code card was printed"),
    "code card stopped": gettext_lazy("The code card was stopped"),
    "walked in": gettext_lazy("Walked in to a workshop and was entered at the door"),
    "second step reset": gettext_lazy("Second step removed: %(reason)s"),
    "access closed": gettext_lazy("Access to the desk closed"),
    "joined a cohort": gettext_lazy("Joined the cohort %(name)s"),
    "left a cohort": gettext_lazy("Left the cohort %(name)s"),
    "log-in added": gettext_lazy("Got a log-in"),
    "invitation accepted": gettext_lazy("Accepted an invitation"),
    # Wagtail's own log of its forms.
    "wagtail.create": gettext_lazy("Added at the desk"),
    "wagtail.edit": gettext_lazy("Changed at the desk"),
}
# Every test begun and handed in stands above the history, with its result; so does how far a course is. That
# extra time moved the end of an attempt follows from the exception, which is told. When a certificate was
# drawn says nothing.
# What an auditor looked at would drown the rest: the audit log has it. What was done in Wagtail's own forms is
# told from Wagtail's log, which is older than these entries.
NOT_TOLD = {
    "added at the desk",
    "changed at the desk",
    "deleted at the desk",
    "auditor looked",
    "certificate drawn",
    "attempt.started",
    "attempt.submitted",
    "attempt.deadline moved",
    "scenario.started",
    "scenario.ended",
    "scenario.left",
    "case.started",
    "case.handed in",
    "case.text confirmed",
    "practice case opened",
    "practice case assigned",
    "practice case moved",
    "practice case follow-up set",
}


@dataclass(frozen=True)
class Event:
    at: datetime
    who: str
    what: str


def history_of(record):
    """The newest events of a StudyRecord's person, newest first, in four queries."""
    events = [
        Event(entry.at, entry.actor_name, in_words(entry.verb, entry.facts, subject))
        for entry, subject in _audited(record)
    ]
    edits = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Person), object_id=str(record.person.pk)
    ).select_related("user__person")
    events += [
        Event(edit.timestamp, str(edit.user or ""), in_words(edit.action, {}, "")) for edit in edits[:SHOWN]
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)[:SHOWN]


def in_words(verb, facts, subject):
    facts = defaultdict(str, {**facts, "subject": subject})
    for name in ("was", "role"):
        if verb == "role given" and facts[name] in Role.values:
            facts[name] = Role(facts[name]).label
    if facts["due_on"]:
        facts["due_on"] = _day(facts["due_on"])
    if verb == "role given" and facts["until"]:
        facts["until"] = _day(facts["until"])
        return _("Role changed from %(was)s to %(role)s, until %(until)s") % facts
    if verb in exception_history.WORDS:
        label = exception_history.label_of(verb, facts)
        return _("%(what)s: %(subject)s. %(reason)s") % {**facts, "what": label, "reason": facts["reason"]}
    return str(WORDS[verb]) % facts if verb in WORDS else capfirst(verb)


def _day(text):
    return _("taken away") if text == "None" else date_format(date.fromisoformat(text), "j F Y")


def _audited(record):
    """(entry, what it is about) of everything that belongs to the person."""
    subjects = {("people.person", str(pk)): "" for pk in record.ids}
    user = getattr(record.person, "user", None)
    if user is not None:
        subjects["people.user", str(user.pk)] = ""
    for enrolment in record.enrolments:
        subjects["courses.enrolment", str(enrolment.pk)] = enrolment.course.title
        completion = getattr(enrolment, "completion", None)
        if completion is not None:
            subjects["courses.completion", str(completion.pk)] = enrolment.course.title
    for attempt in record.attempts:
        subjects["courses.attempt", str(attempt.pk)] = attempt.quiz_edition.title
    for run in record.runs:
        subjects[run._meta.label_lower, str(run.pk)] = run.edition.title
    earlier = [entry.row for entry in record.transcript.entries if entry.kind == EARLIER]
    for training in [*earlier, *record.transcript.struck]:
        subjects["courses.earliertraining", str(training.pk)] = training.title
    for registration in record.transcript.registrations:
        subjects["courses.registration", str(registration.pk)] = registration.workshop.title
    for certificate in record.certificates:
        subjects["certificates.certificate", str(certificate.pk)] = certificate.number
    # What the desk's forms changed is taken from Wagtail's own log, which knows it for longer.
    told = AuditEntry.objects.about(subjects).exclude(verb__in=NOT_TOLD).exclude(verb__startswith="wagtail.")
    for entry in told[:SHOWN]:
        yield entry, subjects[entry.object_type, entry.object_id]
