"""What a reminder's links lead to: the renewal, the place in a course, and the way to end reminders."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.catalogue import reading
from courses.catalogue.models import Course, CoursePage
from courses.people.guard import person_required
from courses.progress import renewing
from lms.reminding import muting


@require_GET
@person_required
def renewals(request):
    """What is due for renewal, each with the button that starts it."""
    due = renewing.renewals_of(request.person, timezone.localdate())
    return render(request, "lms/reminding/renewals.html", {"renewals": due, "today": timezone.localdate()})


@require_POST
@person_required
def renew(request, course):
    course = get_object_or_404(Course, uuid=course)
    try:
        renewing.renew(request.person, course, actor=request.user, at=timezone.now())
    except renewing.NotDue:
        messages.info(request, _("This training is not due for renewal now. Nothing was started."))
        return redirect("renewals")
    return redirect("my_course", course.uuid)


@require_GET
@person_required
def my_course(request, course):
    """From an address that tells nothing to where the person stopped."""
    pages = reading.one_per_course(CoursePage.objects.live().filter(course__uuid=course).order_by("title"))
    if not pages:
        raise Http404
    return redirect("course_continue", next(iter(pages)).slug)


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def reminders(request):
    """The person's own switch."""
    if request.method == "POST":
        deed = muting.mute if request.POST.get("want") == "no" else muting.unmute
        deed(request.person, actor=request.user, at=timezone.now())
        messages.success(
            request,
            _("You get no more reminders.")
            if request.person.reminders_muted
            else _("You get reminders again."),
        )
        return redirect("reminders")
    return render(request, "lms/reminding/reminders.html", {"person": request.person})


# The signed address is the permission; mail programs post to it without our page, see RFC 8058.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """The way out in every reminder. A GET changes nothing: scanners of mail follow every link."""
    person = muting.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        muting.mute(person, actor=None, at=timezone.now())
    return render(request, "lms/reminding/stop.html", {"is_muted": person.reminders_muted})
