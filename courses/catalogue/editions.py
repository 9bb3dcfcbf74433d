from django.db import transaction
from wagtail.models import Page

from courses.catalogue.models import Course, CourseEdition, CoursePage


@transaction.atomic
def current_edition(course, *, at):
    """What the course asks for and promises today, frozen: the last edition if nothing changed."""
    last = _last_edition(Course.objects.get(pk=course.pk))
    if last is not None:
        return last
    # Locked only where there is one to make: a class that starts together does not queue. Not the key:
    # whoever assigns the course to many refers to it while holding people for whom a starter waits.
    course = Course.objects.select_for_update(no_key=True).get(pk=course.pk)
    return _last_edition(course) or CourseEdition.objects.create(
        course=course, n=course.editions.count() + 1, created_at=at, **_terms(course)
    )


def _last_edition(course):
    """The last edition, if it says what the course says."""
    last = course.editions.order_by("-n").first()
    return (
        last if last and all(getattr(last, name) == value for name, value in _terms(course).items()) else None
    )


def _terms(course):
    return {
        "title": course.title,
        "rule": course.rule(),
        "parts": _parts(course),
        "validity_months": course.validity_months,
        "approved_by": course.approved_by,
        "approved_on": course.approved_on,
    }


def _parts(course):
    """Keys of the live parts among its modules, sorted: moving one asks for nothing new."""
    page = CoursePage.objects.live().filter(course=course).order_by("pk").first()
    if page is None:
        return []
    numbers = {number for module in page.modules() for number in module["page_ids"]}
    keys = Page.objects.live().filter(pk__in=numbers).values_list("translation_key", flat=True)
    return sorted(map(str, keys))
