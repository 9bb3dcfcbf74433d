"""Who can be given a course, and why somebody cannot."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.choices import EnrolmentState
from courses.dates import add_months
from courses.enrolment.models import Enrolment
from courses.people import roles


def latest_enrolments(people, course):
    """{person id: their newest enrolment in the course}, in one query."""
    rows = Enrolment.objects.filter(person__in=[person.pk for person in people], course=course)
    rows = rows.select_related("edition", "completion", "person").order_by("cycle")
    return {enrolment.person_id: enrolment for enrolment in rows}


def valid_until(enrolment):
    """The last day a completed enrolment counts, or None where it does not expire."""
    months = enrolment.edition.validity_months
    return add_months(timezone.localdate(enrolment.completion.at), months) if months else None


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
