"""The office asks people to renew before their certificate lapses: the same letter as the reminder of the day.

Pressed twice on a day, it is written once: each completion's invitation has the day in its key.
"""

from collections import defaultdict

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from certificates.states import CertificateState
from courses.audit import log
from courses.catalogue.models import CoursePage
from courses.people.models import Person
from courses.people.roles import may_get_mail
from courses.progress.renewal import is_due
from lms.reminding import rules
from lms.reminding.candidates import AT_ONCE, WHO, about_course, newest_of, reachable
from lms.reminding.models import Reminder
from lms.reminding.sending import remind

# One press; the rest is written by the next one.
MOST_AT_ONCE = 500


class Outcome(TextChoices):
    WRITTEN = "written", _("Invited now")
    ALREADY = "already", _("Invited earlier today: not written to again")
    MUTED = "muted", _("Wants no reminders")
    LEFT = "left", _("Has left, or was refused")
    NO_ADDRESS = "no_address", _("Has no log-in, or no address that works: tell them yourself")
    NOT_DUE = "not_due", _("Cannot renew: began again already, or it is not due, or the course is not shown")
    WAITING = "waiting", _("Left for the next press")


def invite(certificates, *, actor, at):
    """Write to the people of these certificates, each once, about all of theirs that are due.

    `certificates`: their keys, or a query for them. Returns {Outcome: [Person, ...]}, each person once, by
    name; somebody of whose certificates only some are due is with those. A person at a time: what is written
    stays written.
    """
    day = timezone.localdate(at)
    theirs = defaultdict(list)
    for key, who in Certificate.objects.filter(pk__in=certificates).values_list("pk", WHO):
        theirs[who].append(key)
    people = sorted(Person.objects.in_bulk(theirs).values(), key=lambda one: (one.full_name, one.pk))
    found, letters = defaultdict(list), 0
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        items = _items([key for one in some for key in theirs[one.pk]], day)
        able, known = {one.pk: one for one in reachable(list(items))}, _known(items)
        for person in some:
            outcome = _kept_back(person, items.get(person.pk), able, known, day)
            if outcome is None and letters >= MOST_AT_ONCE:
                outcome = Outcome.WAITING
            elif outcome is None:
                letters += 1
                outcome = _invite(able[person.pk], items[person.pk], actor=actor, at=at)
            found[outcome].append(person)
    return dict(found)


@transaction.atomic
def _invite(person, items, *, actor, at):
    if not remind(person, items, at=at):
        return Outcome.ALREADY
    log.record("invited to renew", person, actor=actor, at=at, until=[str(item.day) for item in items])
    return Outcome.WRITTEN


def _items(keys, day):
    """{person's key: [Item, ...]} of what they can renew now."""
    rows = Certificate.objects.filter(pk__in=keys).with_state(day).annotate(who=WHO).order_by("pk")
    certificates = list(rows.select_related("completion__enrolment__course").defer("facts"))
    shown = set(CoursePage.objects.live().values_list("course_id", flat=True))
    newest = newest_of({one.who for one in certificates})
    items = defaultdict(list)
    for one in certificates:
        enrolment = one.completion and one.completion.enrolment
        if (
            enrolment
            and one.state == CertificateState.IN_FORCE
            and one.valid_until
            and is_due(one.valid_until, day)
            and enrolment.course_id in shown
            and newest.get((one.who, enrolment.course_id)) == enrolment.pk
        ):
            about = about_course(enrolment.course)
            subject = str(one.completion.uuid)
            items[one.who].append(rules.about_invitation(subject, one.valid_until, day, **about))
    return items


def _known(items):
    keys = [item.key for theirs in items.values() for item in theirs]
    return set(Reminder.objects.filter(key__in=keys).values_list("key", flat=True))


def _kept_back(person, items, able, known, day):
    """Why nobody writes to this person, or None."""
    if not may_get_mail(person, day):
        return Outcome.LEFT
    if person.reminders_muted:
        return Outcome.MUTED
    if not items:
        return Outcome.NOT_DUE
    if person.pk not in able:
        return Outcome.NO_ADDRESS
    return Outcome.ALREADY if all(item.key in known for item in items) else None
