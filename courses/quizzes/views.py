"""Taking a quiz: one question a page, check the answers, hand in, read the result. Works without script."""

import uuid as uuids
from functools import wraps

from django.contrib import messages
from django.db.models import UUIDField
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.arriving import uuid_of_form
from courses.catalogue.models import CoursePage
from courses.choices import Arrival
from courses.kinds import form
from courses.people.guard import person_required
from courses.prepared import Blank, Prepared
from courses.quizzes import attempts, late, limits, paper, timing
from courses.quizzes.models import Attempt
from courses.quizzes.results import standings
from courses.quizzes.wording import LATE_IN_WORDS, problem_in_words, result_in_words


def _attempt_of(request, uuid):
    """The one door to an attempt: the person's own, begun and not void, or 404."""
    try:
        return MINE.get(person=request.person.pk, uuid=uuid)
    except Attempt.DoesNotExist:
        raise Http404 from None


MINE = Prepared(
    lambda: (
        Attempt.objects.taken()
        .of(Blank("person"))
        .select_related("quiz_edition", "enrolment")
        .defer("quiz_edition__items")
        .filter(uuid=Blank("uuid", UUIDField()))
    )
)


def _or_its_paper(view):
    """Of an attempt that was prepared, and maybe begun on its device without a word of it so far, the
    paper stands in for each of its pages: nobody who has begun without a network meets a closed door."""

    @wraps(view)
    def opened(request, uuid, **kwargs):
        try:
            return view(request, uuid, **kwargs)
        except Http404:
            mine = Attempt.objects.prepared().of(request.person).select_related("quiz_edition")
            found = mine.filter(uuid=uuid).first()
            if found is None or request.method == "POST":
                raise
            return _paper(request, found)

    return opened


def _ended(found):
    """Whether it is handed in: then the page to show is the result.

    When its time is over, what was saved is handed in here, but not before the grace is: the answer to
    another question may still be on its way.
    """
    at = timezone.now()
    if found.is_open and limits.is_late(found.deadline, at):
        attempts.time_out(found.uuid, at=at)
        return True
    return found.is_submitted


@person_required
@require_safe
@_or_its_paper
def attempt(request, uuid):
    found = _attempt_of(request, uuid)
    if _ended(found):
        return redirect("attempt_result", uuid)
    gaps = paper.gaps(found)
    return redirect("attempt_question", uuid, gaps[0]) if gaps else redirect("attempt_review", uuid)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
@_or_its_paper
def attempt_question(request, uuid, n):
    if request.method == "POST":
        return _answer(request, uuid, n)
    found = _attempt_of(request, uuid)
    # Of practice the questions are read again after it was handed in.
    if not found.is_submitted and _ended(found):
        return redirect("attempt_result", uuid)
    return _question(request, found, n)


def _question(request, found, n, *, error="", refused=None):
    if found.is_submitted and not found.shows_feedback:
        return redirect("attempt_result", found.uuid)
    sheet = paper.sheet(found, n, refused=refused)
    if sheet is None:
        raise Http404
    context = {
        "attempt": found,
        "quiz": found.quiz_edition,
        "time": timing.time_of(found, timezone.now()),
        "error": error,
        "event_uuid": uuids.uuid4(),
        "back_to_review": "review" in (request.GET.get("from"), request.POST.get("from")),
        **sheet,
    }
    template = "feedback" if sheet["told"] else "question"
    return render(request, f"courses/quizzes/{template}.html", context, status=422 if error else 200)


def _answer(request, uuid, n):
    payload = form.read(dict(request.POST.lists()))
    later = "later" in request.POST
    if later and form.is_blank(payload):
        return redirect("attempt_result", uuid) if _ended(_attempt_of(request, uuid)) else redirect("home")
    event = {"uuid": uuid_of_form(request.POST), "attempt": uuid, "n": n, "payload": payload}
    (outcome,) = attempts.record_answers([event], person=request.person, at=timezone.now())
    if outcome.reason in (attempts.ABSENT, attempts.CLOSED, attempts.MALFORMED):
        raise Http404
    if outcome.reason in LATE_IN_WORDS:
        messages.warning(request, LATE_IN_WORDS[outcome.reason])
        if not outcome.attempt.is_open or outcome.reason == Arrival.AFTER_TIME:
            return redirect("attempt_result", uuid)
    if outcome.status == attempts.REFUSED and outcome.reason != attempts.LOCKED:
        # What cannot be read as an answer is asked for again only while it could still count.
        if _ended(outcome.attempt):
            return redirect("attempt_result", uuid)
        error = problem_in_words(
            outcome.reason, may_be_unsure=outcome.attempt.may_be_unsure, places=outcome.places
        )
        return _question(request, outcome.attempt, n, error=error, refused=payload)
    if later:
        return redirect("home")
    return redirect(_after(request, outcome.attempt, n))


def _after(request, found, n):
    if found.shows_feedback:
        return reverse("attempt_question", args=[found.uuid, n]) + "#feedback"
    # The form of the last question says so: counting them at each answer would cost as much as the answer.
    if request.POST.get("from") == "review" or "last" in request.POST:
        return reverse("attempt_review", args=[found.uuid])
    return reverse("attempt_question", args=[found.uuid, n + 1])


@person_required
@require_safe
def attempt_paper(request, uuid):
    """What a device keeps: the questions of an attempt that is open, or prepared, and nothing of their keys."""
    found = TO_ANSWER.first(person=request.person.pk, uuid=uuid)
    if found is None or _ended(found):
        raise Http404
    return _paper(request, found)


TO_ANSWER = Prepared(
    lambda: (
        Attempt.objects.to_answer()
        .of(Blank("person"))
        .select_related("quiz_edition")
        .defer("quiz_edition__items")
        .filter(uuid=Blank("uuid", UUIDField()))
    )
)


def _paper(request, found):
    context = {
        "attempt": found,
        "quiz": found.quiz_edition,
        "sheets": paper.whole(found),
        "time": timing.time_of(found, timezone.now()),
    }
    return render(request, "courses/quizzes/paper.html", context)


@person_required
@require_safe
@_or_its_paper
def attempt_review(request, uuid):
    found = _attempt_of(request, uuid)
    if _ended(found):
        return redirect("attempt_result", uuid)
    shown = paper.overview(found)
    gaps = [item["n"] for item in shown if not item["answered"]]
    context = {"attempt": found, "quiz": found.quiz_edition, "items": shown, "gaps": gaps}
    context["time"] = timing.time_of(found, timezone.now())
    context["confirm"] = bool(gaps) and "gaps" in request.GET
    return render(request, "courses/quizzes/review.html", context)


@person_required
@require_POST
def attempt_submit(request, uuid):
    at = timezone.now()
    if "confirmed" not in request.POST:
        found = _attempt_of(request, uuid)
        # Nothing more is asked once the time is over.
        if found.is_open and not found.is_over(at) and paper.gaps(found):
            return redirect(reverse("attempt_review", args=[uuid]) + "?gaps=1")
    try:
        attempts.submit(uuid, person=request.person, actor=request.user, at=at)
    except Attempt.DoesNotExist:
        raise Http404 from None
    return redirect("attempt_result", uuid)


@person_required
@require_safe
@_or_its_paper
def attempt_result(request, uuid):
    found = _attempt_of(request, uuid)
    if found.is_open and _ended(found):
        found = _attempt_of(request, uuid)
    if not found.is_submitted:
        return redirect("attempt", uuid)
    # Outside a course there is nothing to go on with, and no further attempt to promise.
    apart = found.enrolment is None
    standing = None if apart else standings(found.enrolment, [found.quiz_key])[found.quiz_key]
    context = {
        "attempt": found,
        "quiz": found.quiz_edition,
        "result": result_in_words(found.latest_marking(), found.quiz_edition.policy),
        "standing": standing,
        "late": late.told_of(found),
        "must_wait": bool(standing and standing.next_at and standing.next_at > timezone.now()),
        "next_url": reverse("home") if apart else _next_url(found.quiz_edition),
    }
    return render(request, "courses/quizzes/result.html", context)


SLUGS = Prepared(
    lambda: (
        CoursePage.objects.live()
        .filter(course=Blank("course"))
        .order_by("locale_id")
        .values_list("slug", flat=True)[:1]
    )
)


def _next_url(edition):
    """One next step: the course knows which."""
    slug = SLUGS.first(course=edition.course_id)
    return reverse("course_continue", args=[slug]) if slug else reverse("home")
