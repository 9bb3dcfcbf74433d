"""The office writes to the members of a cohort."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from courses.audit import log
from courses.enrolment.cohorts import Cohort, CohortMessage
from courses.mailing.posting import post
from courses.people import roles

SAME_WITHIN = timedelta(hours=1)


def reached(cohort, *, at):
    """(people with an address, people without) among the members who may still sign in."""
    today, found = timezone.localdate(at), {}
    for member in cohort.members.open().select_related("person__user", "person__merged_into__user"):
        person = member.person.counts_as
        if not person.is_refused and not roles.has_left(person, today):
            found[person.pk] = person
    people = sorted(found.values(), key=lambda person: person.full_name)
    return [one for one in people if one.email], [one for one in people if not one.email]


@transaction.atomic
def send_message(cohort, subject, text, *, actor, at):
    """Write down a message and post it to every member with an address, once each.

    The same words again within the hour are a button pressed twice: nothing is sent.
    """
    # The lock: two clicks come one after the other.
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    same = cohort.messages.filter(subject=subject, text=text, author=str(actor), at__gt=at - SAME_WITHIN)
    if (known := same.first()) is not None:
        return known
    with_address, without = reached(cohort, at=at)
    message = CohortMessage.objects.create(
        cohort=cohort,
        subject=subject,
        text=text,
        author=str(actor),
        at=at,
        posted=len(with_address),
        without_address=len(without),
    )
    log.record("cohort written to", cohort, actor=actor, at=at, message=message.pk, people=len(with_address))
    for person in with_address:
        post(
            f"cohort-message:{message.uuid}:{person.pk}",
            "courses/mail/cohort_message",
            at=at,
            person=person,
            reply_to=actor.email or "",
            programme=cohort.course.neutral_title,
            subject=subject,
            text=text,
        )
    return message
