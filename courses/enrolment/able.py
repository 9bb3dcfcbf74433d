"""Who can be given a course, and why somebody cannot."""

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.choices import EnrolmentState
from courses.dates import add_months
from courses.enrolment.models import Enrolment
from courses.people import roles


def latest_enrolments(people, course):
    """{person id: their newest enrolment in the course, also of merged records}, in one query."""
    keys = [person.pk for person in people]
    rows = Enrolment.objects.filter(Q(person__in=keys) | Q(person__merged_into__in=keys), course=course)
    latest = {}
    for enrolment in rows.select_related("edition", "completion", "person").latest_first():
        latest.setdefault(enrolment.person.merged_into_id or enrolment.person_id, enrolment)
    return latest


def valid_until(enrolment):
    """The last day a completed enrolment counts, or None where it does not expire or no completion counts."""
    months, completion = enrolment.edition.validity_months, enrolment.completion_that_counts
    if not months or completion is None:
        return None
    return add_months(timezone.localdate(completion.at), months)


def why_not(person, last, today):
    """Why this person cannot be given the course, in words; "" if they can.

    `last`: their newest enrolment in it, or None.
    """
    if person.is_refused:
        return _("was refused")
    if roles.has_left(person, today):
        return _("left on %(date)s") % {"date": date_format(person.left_on, "j F Y")}
    if last is None or last.state != EnrolmentState.COMPLETED:
        return ""
    until = valid_until(last)
    if until is None or until >= today:
        when = date_format(timezone.localdate(last.completion.at), "j F Y")
        return _("completed it on %(date)s, and that still counts") % {"date": when}
    return ""
