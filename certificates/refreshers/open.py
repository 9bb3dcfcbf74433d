"""What somebody was called to and has not done."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from certificates.refreshers.models import RefresherCalled
from certificates.rows import Certificate
from certificates.states import CertificateState
from courses.people.visibility import same_as
from courses.progress.models import Completion


def open_for(person, *, at):
    """The rows of RefresherCalled that still ask something of a person.

    Closed is what was done; where the course was completed anew since; and where the certificate is in force
    no more, because then the whole course renews it.
    """
    in_force = (
        Certificate.objects.filter(completion=OuterRef("completion"))
        .with_state(timezone.localdate(at))
        .filter(state=CertificateState.IN_FORCE)
    )
    anew = Completion.objects.that_count().filter(
        enrolment__person__in=same_as(person),
        enrolment__course=OuterRef("completion__enrolment__course"),
        at__gt=OuterRef("at"),
    )
    rows = RefresherCalled.objects.of(person).filter(Exists(in_force), ~Exists(anew), done=None)
    return rows.select_related("call__edition__procedure", "completion__enrolment__course").order_by("at", "pk")


def calls_of(person, *, at):
    """The calls that wait for a person, oldest first; one query."""
    return list({row.call_id: row.call for row in open_for(person, at=at)}.values())
