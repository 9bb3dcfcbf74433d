"""Which people stand where in a course, for the filters of a list. The answers overlap on purpose:
somebody who renews a course has completed it and studies it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from certificates.states import CertificateState
from courses.choices import EnrolmentState
from courses.enrolment.models import Enrolment
from courses.people.visibility import same_as
from courses.progress.models import LessonDone
from courses.quizzes.models import Attempt


class StudyStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    STUDYING = "studying", _("Studying")
    OVERDUE = "overdue", _("Past the due date")
    COMPLETED = "completed", _("Completed")
    LAPSED = "lapsed", _("Due for renewal")


def in_course(people, status, course, *, day):
    """The people of this status in the course; in any course where it is None.

    Without a status: whoever was ever enrolled in the course.
    """
    enrolments = Enrolment.objects.all() if course is None else Enrolment.objects.filter(course=course)
    active = enrolments.filter(state=EnrolmentState.ACTIVE)
    if status == StudyStatus.NOT_STARTED:
        return people.exclude(pk__in=_owners(_begun(enrolments)))
    if status == StudyStatus.STUDYING:
        return people.filter(pk__in=_owners(_begun(active)))
    if status == StudyStatus.OVERDUE:
        return people.filter(pk__in=_owners(active.filter(due_on__lt=day)))
    if status == StudyStatus.COMPLETED:
        return people.filter(
            pk__in=_owners(enrolments.filter(completion__isnull=False, completion__withdrawn=None))
        )
    if status == StudyStatus.LAPSED:
        return people.filter(Exists(_lapsed(course, day)))
    return people.filter(pk__in=_owners(enrolments)) if course is not None else people


def _owners(enrolments):
    """Whose they are, merged records counted as the one that stands. Asked once for all people: asked of
    each, PostgreSQL takes three quarters of a minute for five thousand."""
    owner = Coalesce("person__merged_into", "person")
    return enrolments.order_by().annotate(owner=owner).values("owner")


def _begun(enrolments):
    return enrolments.filter(
        Q(last_seen_at__isnull=False)
        | Q(completion__isnull=False)
        | Exists(LessonDone.objects.filter(enrolment=OuterRef("pk")))
        | Exists(Attempt.objects.filter(enrolment=OuterRef("pk")))
    )


def _lapsed(course, day):
    """Certificates of a person that expired, where no newer one of the same course is in force."""
    of_course = "completion__enrolment__course"
    in_force = Certificate.objects.with_state(day).filter(
        person__in=same_as(OuterRef(OuterRef(OuterRef("pk")))),
        state=CertificateState.IN_FORCE,
        **{of_course: OuterRef(of_course)},
    )
    expired = Certificate.objects.with_state(day).filter(
        ~Exists(in_force), person__in=same_as(OuterRef(OuterRef("pk"))), state=CertificateState.EXPIRED
    )
    return expired.filter(**{of_course: course}) if course is not None else expired
