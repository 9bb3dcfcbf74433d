"""The debrief of a class after a drill, for whoever leads the class."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.drills.register.keeping import members_of
from courses.enrolment.cohorts import Cohort
from courses.people.guard import lacks_second_step, to_second_step
from lms.reports.drills import debrief, debrief_sheet, first_tries
from lms.reports.tables import sheet_name


def _led(view):
    """Hand on (cohort, its people); for everybody who does not lead it, it is not there."""

    @login_required
    @wraps(view)
    def guarded(request, uuid, **kwargs):
        cohort = Cohort.objects.led_by(request.user).select_related("course").filter(uuid=uuid).first()
        if cohort is None:
            raise Http404
        if lacks_second_step(request.user):
            return to_second_step(request)
        return view(request, cohort, members_of(cohort), **kwargs)

    return guarded


@require_safe
@_led
def class_debriefs(request, cohort, people):
    """The drills that the class has played."""
    drills = first_tries.drills_tried(people, cohort.course_id)
    return render(request, "lms/reports/drills/debriefs.html", {"cohort": cohort, "drills": drills})


@require_safe
@_led
def class_debrief(request, cohort, people, kind, key):
    context = {"cohort": cohort, "kind": kind, "key": key, "debrief": _found(cohort, people, kind, key)}
    return render(request, "lms/reports/drills/debrief.html", context)


@require_safe
@_led
def class_debrief_pdf(request, cohort, people, kind, key):
    pdf = debrief_sheet.draw(cohort, _found(cohort, people, kind, key), timezone.localdate())
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{sheet_name("debrief")}.pdf"'
    return answer


def _found(cohort, people, kind, key):
    """The Debrief; 404 for what is no drill of the class's course."""
    title = first_tries.title_of(kind, key, cohort.course_id)
    if title is None:
        raise Http404
    return debrief.of_class(people, (kind, key), title)
