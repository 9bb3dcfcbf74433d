"""The erasing itself: every row that is held on somebody meets its fate, and the audit log is blanked."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from courses.append_only import AppendOnlyQuerySet
from courses.audit.redacting import redact
from courses.choices import AttemptState
from courses.drills.scenarios.models import Run
from courses.drills.scenarios.runs import leave
from courses.enrolment.cohorts import Invitation
from courses.mailing.models import Letter
from courses.people.ending import end_sessions
from courses.people.models import NameCorrection, Person, User
from courses.people.visibility import same_as
from courses.quizzes.attempts import make_void
from courses.quizzes.models import Attempt
from courses.transcript.models import EarlierTraining
from lms.erasing.fates import Blanked, Removed, sheets
from lms.erasing.foreseeing import proves_something
from lms.own_data.sheets import objects_of

# What is shorter stands in other words too.
SHORTEST_WORD = 5


@transaction.atomic
def erase(erasure, *, actor, at):
    """Erase the personal data of `erasure.person` and of records merged into it, and write down what went.

    `actor`: None where a restored backup is put right. Doing it again erases what there is since.
    """
    people = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=same_as(erasure.person)))
    keys = [person.pk for person in people]
    users = list(User.objects.filter(person__in=keys))
    keeps_name = proves_something(keys)
    words = _words(people, users, keeps_name)
    objects = objects_of(keys)
    _end_what_is_open(keys, actor=actor, at=at)
    end_sessions(users)
    _forget_scans(keys)
    name = erasure.person.full_name if keeps_name else _nameless(erasure.person)
    gone = {sheet.model: _meet(sheet.rows(keys), fate) for sheet, fate in sheets()}
    Attempt.objects.filter(person__in=keys).update(answers_erased_at=at)
    # As on the certificate; a spelling that was merged away is none of the record.
    Person.objects.filter(pk__in=keys).update(full_name=name)
    _forget_desk_log(objects)
    erasure.person.refresh_from_db()
    erasure.keeps_name, erasure.gone = keeps_name, {model: n for model, n in gone.items() if n}
    if erasure.done_at is None:
        erasure.done_at = at
    else:
        erasure.done_again_at = at
    erasure.save()
    redact(
        objects,
        words,
        names={user.pk: name for user in users},
        erased=erasure.person,
        actor=actor,
        at=at,
        erasure=str(erasure.uuid),
        asked_by=erasure.asked_by,
        confirmed_by=erasure.confirmed_by,
    )
    return erasure


def _meet(rows, fate):
    """How many rows were removed or blanked."""
    is_of_the_record = isinstance(rows, AppendOnlyQuerySet)
    if isinstance(fate, Removed):
        if is_of_the_record:
            return rows._erase()
        return rows.delete()[1].get(rows.model._meta.label, 0)
    if isinstance(fate, Blanked):
        return rows._erase(**fate.fields) if is_of_the_record else rows.order_by().update(**fate.fields)
    return 0


def _words(people, users, keeps_name):
    """What must be found in no entry of the audit log any more, whomever that is about."""
    keys = [person.pk for person in people]
    found = {word for one in people for word in (one.phone, one.service_number, one.contact_email)}
    found |= {user.email for user in users}
    for rows in (Letter.objects, Invitation.objects):
        found |= set(rows.filter(person__in=keys).values_list("address", flat=True))
    if not keeps_name:
        names = {person.full_name for person in people}
        names |= set(NameCorrection.objects.filter(person__in=keys).values_list("wanted", flat=True))
        found |= {name for name in names if " " in name and not _is_anothers(name, keys)}
    return {word for word in found if word and len(word) >= SHORTEST_WORD}


def _is_anothers(name, keys):
    return Person.objects.filter(full_name__iexact=name).exclude(pk__in=keys).exists()


def _nameless(person):
    return _("Erased record %(key)s") % {"key": str(person.uuid)[:8]}


def _end_what_is_open(keys, *, actor, at):
    """Nobody goes on with it: a test that was begun counts for nothing."""
    begun = Attempt.objects.select_for_update(of=("self",)).filter(
        person__in=keys, state__in=[AttemptState.PREPARED, AttemptState.OPEN]
    )
    for attempt in begun:
        make_void(attempt, reason="erased", actor=actor, at=at)
    for run in Run.objects.select_for_update(of=("self",)).open().filter(person__in=keys):
        leave(run, actor=actor, at=at)


def _forget_scans(keys):
    """The pictures of earlier certificates: their files go once the rows are gone."""
    for training in EarlierTraining.objects.filter(person__in=keys).exclude(scan=""):
        transaction.on_commit(
            lambda storage=training.scan.storage, name=training.scan.name: storage.delete(name)
        )


def _forget_desk_log(objects):
    """Wagtail's own log of its forms, which quotes what was changed."""
    for model in (Person, User):
        keys = [key for kind, key in objects if kind == model._meta.label_lower]
        kind = ContentType.objects.get_for_model(model)
        ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys).delete()
