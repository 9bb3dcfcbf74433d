from django.db import transaction

from courses.catalogue.models import Course, CourseEdition


@transaction.atomic
def current_edition(course, *, at):
    """What the course asks for and promises today, frozen: the last edition if nothing changed."""
    course = Course.objects.select_for_update().get(pk=course.pk)
    last = course.editions.order_by("-n").first()
    terms = {
        "title": course.title,
        "rule": course.rule(),
        "validity_months": course.validity_months,
        "approved_by": course.approved_by,
        "approved_on": course.approved_on,
    }
    if last and all(getattr(last, name) == value for name, value in terms.items()):
        return last
    return CourseEdition.objects.create(course=course, n=last.n + 1 if last else 1, created_at=at, **terms)
