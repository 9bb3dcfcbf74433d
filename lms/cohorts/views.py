"""A facilitator looks at how far the own cohorts are. The desk has its own screens."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.enrolment.cohorts import Cohort
from courses.people import roles
from courses.people.guard import lacks_second_step, to_second_step
from lms.cohorts.looking import table_of


@require_safe
@login_required
def cohorts(request):
    if not roles.may_teach(request.user):
        raise Http404
    if lacks_second_step(request.user):
        return to_second_step(request)
    found = Cohort.objects.led_by(request.user).with_size().select_related("course")
    return render(
        request, "lms/cohorts/cohorts.html", {"cohorts": found.order_by("closed_at", "-opened_at")[:200]}
    )


@require_safe
@login_required
def cohort(request, uuid):
    """For everybody who does not lead it, the cohort is not there."""
    found = Cohort.objects.led_by(request.user).select_related("course").filter(uuid=uuid).first()
    if found is None:
        raise Http404
    if lacks_second_step(request.user):
        return to_second_step(request)
    table = table_of(found, request.GET, day=timezone.localdate())
    return render(request, "lms/cohorts/cohort.html", {"cohort": found, **table})
