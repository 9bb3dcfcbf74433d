"""Course and lesson pages: content composed with the person's part."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.catalogue import reading
from courses.catalogue.addresses import address_of, live_page
from courses.catalogue.bodies import render_body
from courses.catalogue.models import CoursePage
from courses.choices import EnrolmentState, Purpose
from courses.enrolment import enrolling
from courses.people import correcting
from courses.people.guard import person_required
from courses.people.models import Sector
from courses.people.roles import may_take_final
from courses.progress import reopening
from courses.progress.recording import complete_lesson
from courses.progress.renewing import renewal_of
from courses.progress.standing import Standing, of_quiz
from courses.quizzes import attempts, limits, timing
from courses.quizzes.refusals import NotStudying, StartRefused, WaitsForApproval, check_dates
from courses.sectors import is_for

COURSES_A_PAGE = 20
# Sent with what a device fetches to keep, and not to read: it moves nobody's place.
SAVING_HEADER = "X-Saving"


def _person(request):
    return request.user.person if request.user.is_authenticated else None


def _standing_or_404(slug, person):
    page = reading.find_course(slug)
    if page is None:
        raise Http404
    return Standing(page, person)


# --- Catalogue and outline -------------------------------------------------------------


@require_GET
def catalogue(request):
    """Every course there is, by words and by sector."""
    words, sector = request.GET.get("q", "").strip()[:100], request.GET.get("sector", "")
    pages = CoursePage.objects.live().select_related("course").order_by("title")
    pages = reading.one_per_course(pages)
    if words:
        pages = [page for page in pages if reading.mentions(page, words)]
    if sector:
        pages = [page for page in pages if is_for(page.sectors, sector)]
    listing = Paginator(pages, COURSES_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "courses/catalogue.html",
        {"listing": listing, "q": words, "sector": sector, "sectors": Sector.objects.filter(retired=False)},
    )


@require_GET
def course(request, course):
    """The outline, with one button that leads on."""
    person = _person(request)
    standing = _standing_or_404(course, person)
    renewal = renewal_of(standing.enrolment, timezone.localdate())
    return render(
        request,
        "courses/outline.html",
        {
            "standing": standing,
            "page": standing.page,
            "person": person,
            "renewal": renewal,
            "changed": reopening.to_do_again(standing.enrolment),
        },
    )


@require_GET
def open_page(request, key):
    """From the neutral address of a course, a lesson or a quiz to the page itself."""
    page = live_page(key)
    if page is None:
        raise Http404
    return redirect(page.address())


@require_POST
@person_required
def course_enrol(request, course):
    standing = _standing_or_404(course, request.person)
    try:
        enrolment = enrolling.enrol(request.person, standing.page.course, actor=request.user, at=timezone.now())
    except enrolling.EnrolmentRefused:
        messages.error(
            request, _("This course is given out by the training team. Ask them to assign it to you.")
        )
        return redirect("course", course)
    if enrolment.state == EnrolmentState.REQUESTED:
        messages.success(request, _("You have asked to take this course. The training team will answer you."))
        return redirect("course", course)
    return redirect("course_continue", course)


@require_POST
@person_required
def course_seen(request, course):
    """What changed in the outline was seen."""
    standing = _standing_or_404(course, request.person)
    if standing.enrolment is not None:
        reopening.done_again(standing.enrolment, standing.page.translation_key, at=timezone.now())
    return redirect("course", course)


@require_GET
@person_required
def course_continue(request, course):
    """To the exact next place: an open question, the block last read, the next part, or the record."""
    standing = _standing_or_404(course, request.person)
    if standing.enrolment is None or not standing.enrolment.may_study:
        return redirect("course", course)
    part = standing.resume_part
    if part is None:
        completed = standing.enrolment.state == EnrolmentState.COMPLETED
        return redirect("my_record") if completed else redirect("course", course)
    return redirect(place_of(standing, part))


def place_of(standing, part):
    """The address of a part; for the lesson last read, of the block last seen."""
    quiz = standing.quizzes.get(part.key)
    if quiz is not None and quiz.open_uuid:
        return reverse("attempt", args=[quiz.open_uuid])
    address = address_of(standing.page, part)
    if standing.enrolment.last_key == part.key and standing.enrolment.last_block:
        address += f"#b-{standing.enrolment.last_block}"
    return address


# --- Lessons ---------------------------------------------------------------------------


def _open_lesson_or_404(request, course, lesson):
    """The standing, the part and the page of a lesson on this person's path."""
    standing = _standing_or_404(course, request.person)
    part = standing.outline.find(slug=lesson, kind="lesson")
    if part is None:
        raise Http404
    return standing, part, reading.lesson_page(part.page_id)


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def lesson(request, course, lesson):
    """Read a lesson; POST marks it done and leads on."""
    standing, part, page = _open_lesson_or_404(request, course, lesson)
    if standing.enrolment is None or not standing.enrolment.may_study:
        messages.info(request, _("Start the course first; then its lessons open."))
        return redirect("course", course)
    now = timezone.now()
    if request.method == "POST":
        complete_lesson(standing.enrolment, page, actor=request.user, at=now)
        following = standing.outline.after(part)
        if following is None or standing.state_of(following) == "locked":
            return redirect("course", course)
        return redirect(place_of(standing, following))
    if SAVING_HEADER not in request.headers:
        _keep_place(standing.enrolment, part, now)
    is_done = part.key in standing.done
    changed = reopening.to_do_again(standing.enrolment) if is_done else []
    context = {
        "standing": standing,
        "page": standing.page,
        "part": part,
        "lesson": page,
        "body": render_body(page, sector=standing.sector, post=request.person.post, less=request.less_data),
        "number": standing.outline.number_of(part),
        "is_done": is_done,
        "changed": [one.edit for one in changed if one.part_key == part.key],
        "siblings": [(row, standing.state_of(row)) for row in standing.outline.module_of(part).parts],
        "previous": standing.outline.before(part),
        "next": standing.outline.after(part),
        "leads_to": _leads_to(standing, part),
    }
    return render(request, "courses/lesson.html", context)


def _leads_to(standing, part):
    """Where marking this lesson done leads, for a device that keeps it: no redirect can be kept."""
    following = standing.outline.after(part)
    if following is None or (
        standing.state_of(following) == "locked" and set(standing.missing.before_final) - {part.key}
    ):
        return reverse("course", args=[standing.page.slug])
    return address_of(standing.page, following)


def _keep_place(enrolment, part, now):
    """Written at most every five minutes for one lesson: reading is not a write."""
    stale = enrolment.last_seen_at is None or (now - enrolment.last_seen_at).total_seconds() > 300
    if enrolment.last_key != part.key:
        enrolling.remember_place(enrolment, part.key, "", at=now)
    elif stale:
        enrolling.remember_place(enrolment, part.key, enrolment.last_block, at=now)


@require_POST
@person_required
def lesson_place(request, course, lesson):
    """The block last seen, told by the page when it is left. Only for coming back."""
    block = request.POST.get("block", "")
    if len(block) > 40 or not block.replace("-", "").isalnum():
        return HttpResponseBadRequest()
    standing, part, _page = _open_lesson_or_404(request, course, lesson)
    if standing.enrolment is not None:
        enrolling.remember_place(standing.enrolment, part.key, block, at=timezone.now())
    return HttpResponse(status=204)


# --- Before a quiz ---------------------------------------------------------------------


def _quiz_or_404(request, key):
    """The standing and the part of a quiz on this person's path, in whichever course it is."""
    standing = of_quiz(key, request.person)
    part = standing and standing.outline.find(key=key)
    if part is None:
        raise Http404
    return standing, part


def _closed(standing, part, row, person):
    """Why the quiz cannot be started now, in a sentence; "" when it can."""
    if standing.enrolment is None or not standing.enrolment.may_study:
        return str(NotStudying())
    begun = standing.quizzes.get(part.key)
    if not (begun and begun.open_uuid):
        try:
            check_dates(row.policy, timezone.now())
        except StartRefused as refusal:
            return str(refusal)
    if part.purpose != Purpose.FINAL:
        return ""
    if not standing.enrolment.is_active:
        return _("You have completed this course. To take the test again, start the course again.")
    if standing.missing.before_final:
        return _("The final test opens when every lesson is done and every check is passed.")
    if not may_take_final(person):
        return str(WaitsForApproval())
    return ""


def _time(quiz, row):
    """How long an attempt may take: of the one begun, by when; of the next, how many minutes."""
    limit = limits.minutes(row.policy)
    if quiz is not None and quiz.open_uuid:
        return {"time": timing.time_until(quiz.deadline, timezone.now())}
    extra = quiz.extra_minutes if limit and quiz is not None else 0
    return {"minutes": limit and limit + extra, "extra": extra}


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def quiz_start(request, key):
    """What the quiz is like; POST starts it, or goes on with the one begun."""
    standing, part = _quiz_or_404(request, key)
    row = next(row for row in standing.quiz_rows if row.key == part.key)
    quiz = standing.quizzes.get(part.key)
    if quiz is not None and limits.is_over(quiz.deadline, timezone.now()):
        return redirect("attempt_result", quiz.open_uuid)  # there it is handed in, or said that it is over
    closed = _closed(standing, part, row, request.person)
    problem = ""
    if request.method == "POST" and not closed:
        name_is_right = part.purpose != Purpose.FINAL or request.POST.get("name") == "right"
        if name_is_right:
            try:
                attempt = attempts.start(
                    key,
                    person=request.person,
                    enrolment=standing.enrolment,
                    actor=request.user,
                    at=timezone.now(),
                )
            except StartRefused as refusal:
                closed = str(refusal)
            else:
                return redirect("attempt", attempt.uuid)
        else:
            problem = _("Say whether the name is right.")
    return render(
        request,
        "courses/quizzes/start.html",
        {
            "standing": standing,
            "page": standing.page,
            "part": part,
            "quiz": quiz,
            "row": row,
            "closed": closed,
            "closes_at": limits.closes_at(row.policy),
            "problem": problem,
            **_time(quiz, row),
            "is_final": part.purpose == Purpose.FINAL,
            "correction": correcting.open_correction(request.person) if part.purpose == Purpose.FINAL else None,
        },
        status=200 if not problem else 422,
    )
