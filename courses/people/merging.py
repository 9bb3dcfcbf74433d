"""Two records are one person: joining them, and undoing that.

A merge is a pointer from the merged record to the surviving one. No row of the record moves: whoever
asks what a person has asks `of(person)`, which follows the pointer. The surviving record keeps its
name, place, approval and role.

Log-ins. A merged record keeps its log-in and its code card; whoever signs in with them stands on the
surviving record (see backends.PersonBackend). So the surviving record is the one with more to sign in
with: a record with a log-in is not merged into one without, and the log-in of somebody with a role in
running the site is never merged away, or the role would come along unseen.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from courses.audit import log
from courses.people.models import Merge, Person, User
from courses.people.roles import belongs_to_staff
from courses.signals import person_merged, person_unmerged


class Refusal(models.TextChoices):
    ONESELF = "oneself", _("This is the same record.")
    MERGED = "merged", _("One of the two was merged already.")
    BOTH_STAFF = "both_staff", _("Both have a role in running the site. Take the role from one of them first.")
    STAFF = "staff", _("This record has a role in running the site, so it must be the one that stays.")
    LOG_IN = "log_in", _("Only this record has a log-in, so it must be the one that stays.")


class MergeRefused(Exception):
    """Nothing changed; `reason` is a Refusal."""

    def __init__(self, reason):
        self.reason = Refusal(reason)
        super().__init__(reason)


class NotUndone(Exception):
    """It was undone already, or the record it was merged into was merged on: that is undone first."""


def refusal(person, into):
    """Why `person` cannot be merged into `into`, a Refusal, or None. Asks for the log-ins of both."""
    if person.pk == into.pk:
        return Refusal.ONESELF
    if person.merged_into_id is not None or into.merged_into_id is not None:
        return Refusal.MERGED
    log_ins = {one.person_id: one for one in User.objects.filter(person__in=[person, into])}
    mine, theirs = log_ins.get(person.pk), log_ins.get(into.pk)
    if belongs_to_staff(mine):
        return Refusal.BOTH_STAFF if belongs_to_staff(theirs) else Refusal.STAFF
    return Refusal.LOG_IN if mine is not None and theirs is None else None


@transaction.atomic
def merge(person, into, *, actor, at):
    """Let `person` count as `into`. Returns the Merge. Raises MergeRefused."""
    person, into = _locked(person.pk, into.pk)
    reason = refusal(person, into)
    if reason is not None:
        raise MergeRefused(reason)
    came_with = Person.objects.filter(merged_into=person).order_by("pk")
    brought = list(came_with.values_list("pk", flat=True))
    came_with.update(merged_into=into)
    person.merged_into = into
    person.save(update_fields=["merged_into"])
    done = Merge.objects.create(person=person, into=into, brought=brought, at=at, by=str(actor or log.SYSTEM))
    log.record("merged", person, actor=actor, at=at, into=into.pk, name=into.full_name)
    log.record("took in", into, actor=actor, at=at, merged=person.pk, name=person.full_name)
    person_merged.send(Merge, merge=done, actor=actor, at=at)
    return done


@transaction.atomic
def unmerge(done, *, actor, at):
    """Undo a Merge: every pointer is as it was before. Raises NotUndone."""
    person, into = _locked(done.person_id, done.into_id)
    done = Merge.objects.select_for_update().get(pk=done.pk)
    if done.undone_at is not None or person.merged_into_id != into.pk:
        raise NotUndone
    person.merged_into = None
    person.save(update_fields=["merged_into"])
    Person.objects.filter(pk__in=done.brought, merged_into=into).update(merged_into=person)
    done.undone_at, done.undone_by = at, str(actor or log.SYSTEM)
    done.save(update_fields=["undone_at", "undone_by"])
    log.record("merge undone", person, actor=actor, at=at, into=into.pk, name=into.full_name)
    log.record("gave back", into, actor=actor, at=at, merged=person.pk, name=person.full_name)
    person_unmerged.send(Merge, merge=done, actor=actor, at=at)
    return done


def _locked(pk, other):
    """Both records, and with them those that were merged into the first, locked in the order of their keys.

    Merges come one after the other, whoever they are of: what was merged into a record a moment ago would
    else be locked out of order. Not the key: an answer being kept refers to its person, and does not wait.
    """
    list(ContentType.objects.select_for_update(no_key=True).filter(app_label="people", model="person"))
    wanted = Person.objects.filter(models.Q(pk__in={pk, other}) | models.Q(merged_into=pk))
    rows = wanted.select_for_update(no_key=True, of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[pk], found[other]


def in_force(person):
    """The merges that `person` is made of, newest first, and whether each can be undone now.

    [(Merge, whether), ...]. What came along with a merged record is undone after that one.
    """
    found = Merge.objects.filter(undone_at=None, person__merged_into=person).select_related("person", "into")
    return [(one, one.into_id == person.pk) for one in found]
