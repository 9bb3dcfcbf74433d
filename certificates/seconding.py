"""Whoever can see the keys of a test is certified on it only when another person confirms it."""

from django.db.models import Q

from certificates.models import Certificate, SecondPerson
from courses.people.roles import saw_keys, who_saw_keys
from courses.progress.models import Completion


def needs_second_person(completion):
    """Whether the certificate of this completion waits for a second person. Asks the database."""
    if SecondPerson.objects.filter(completion=completion).exists():
        return False
    return saw_keys(completion.enrolment.person)


def waiting_for_second_person():
    """Completions that count, without a certificate, of those who saw the keys, oldest first."""
    knowing = who_saw_keys().values("person_id")
    certified = Certificate.objects.filter(completion__isnull=False).values("completion_id")
    return (
        Completion.objects.that_count()
        .filter(second_person=None)
        .filter(
            Q(enrolment__person__in=knowing)
            # Records that are one person's: merged into it, it into them, or both into a third.
            | Q(enrolment__person__merged__in=knowing)
            | Q(enrolment__person__merged_into__in=knowing)
            | Q(enrolment__person__merged_into__merged__in=knowing)
        )
        .exclude(pk__in=certified)
        .order_by("at", "pk")
        .distinct()
    )


def uncertified_of(person):
    """(being prepared, waiting for a second person): how many of a person's completions
    that count have no certificate."""
    seconded = list(
        Completion.objects.of(person)
        .that_count()
        .filter(certificates=None)
        .values_list("second_person", flat=True)
    )
    waiting = seconded.count(None) if None in seconded and saw_keys(person) else 0
    return len(seconded) - waiting, waiting
