"""Filling in a practice case: page by page, check, hand in once, read the result. Works without script."""

import uuid as uuids

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.arriving import uuid_of_form
from courses.catalogue.models import CoursePage
from courses.drills.cases import answering, judging, refusing, running, showing
from courses.drills.cases.models import CaseRun
from courses.drills.cases.refusing import CaseRefused
from courses.drills.register.reading import classes_with_cases
from courses.enrolment.models import Enrolment
from courses.people.guard import person_required


def _run_of(request, uuid):
    """The one door to a run: the person's own, or 404."""
    try:
        return CaseRun.objects.of(request.person).select_related("edition", "enrolment").get(uuid=uuid)
    except CaseRun.DoesNotExist:
        raise Http404 from None


def _course_url(edition):
    page = CoursePage.objects.live().filter(course=edition.course_id).order_by("locale_id").first()
    return page.address() if page else reverse("home")


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def case(request, key):
    """What the case is; POST starts it, or goes on with the one begun."""
    try:
        edition = running.open_edition(key)
    except CaseRefused:
        raise Http404 from None
    enrolment = Enrolment.objects.latest_of(request.person, edition.course)
    closed = "" if enrolment and enrolment.may_study else CaseRefused(refusing.NOT_STUDYING).words
    if request.method == "POST" and not closed:
        who = {"person": request.person, "enrolment": enrolment, "actor": request.user}
        try:
            run = running.start(key, **who, at=timezone.now())
        except CaseRefused as refused:
            closed = refused.words
        else:
            return redirect("case_run", run.uuid)
    runs = list(enrolment.case_runs.filter(case_key=key).prefetch_related("markings")) if enrolment else []
    context = {
        "edition": edition,
        "closed": closed,
        "open_run": next((run for run in runs if run.is_open), None),
        "done": [(run, run.markings.all()[0]) for run in runs if not run.is_open],
        "course_url": _course_url(edition),
        "classes": classes_with_cases(request.person, edition.course),
    }
    return render(request, "courses/drills/cases/start.html", context)


@person_required
@require_safe
def case_run(request, uuid):
    """Where one left it."""
    run = _run_of(request, uuid)
    if not run.is_open:
        return redirect("case_result", uuid)
    answers = run.answers()
    if all(field["id"] in answers for field in run.edition.fields):
        return redirect("case_check", uuid)
    return redirect("case_page", uuid, showing.reached(run.edition, answers))


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_page(request, uuid, n):
    """One page of the form, with what is known by then; POST saves it and leads on."""
    run = _run_of(request, uuid)
    if not 1 <= n <= len(run.edition.pages):
        raise Http404
    if not run.is_open:
        if request.method == "POST":
            messages.warning(request, CaseRefused(refusing.HANDED_IN).words)
        return redirect("case_result", uuid)
    answers = run.answers()
    if n > showing.reached(run.edition, answers):
        return redirect("case_run", uuid)
    if request.method == "POST":
        return _save(request, run, n, answers)
    return _page(request, run, n, answers)


def _page(request, run, n, answers, *, warned=()):
    pages = run.edition.pages
    page = showing.filled_page(pages[n - 1], answers)
    context = {
        "run": run,
        "edition": run.edition,
        "n": n,
        "size": len(pages),
        "page": page,
        "before": pages[: n - 1],
        "warned": [field for field in page["fields"] if field["id"] in warned],
        "answer_uuid": uuids.uuid4(),
    }
    return render(request, "courses/drills/cases/page.html", context)


def _save(request, run, n, before):
    fields = run.edition.pages[n - 1]["fields"]
    answers = answering.from_form(fields, dict(request.POST.lists()))
    try:
        running.save_answers(
            run.uuid, answers, uuid=uuid_of_form(request.POST), person=request.person, at=timezone.now()
        )
    except CaseRun.DoesNotExist:
        raise Http404 from None
    except CaseRefused as refused:
        messages.warning(request, refused.words)
        return redirect("case_result", run.uuid)
    # It is saved all the same: who meant it goes on by saving once more.
    warned = showing.newly_real(fields, before, answers)
    if warned:
        return _page(request, run, n, before | answers, warned=warned)
    if "later" in request.POST:
        return redirect("home")
    if n < len(run.edition.pages):
        return redirect("case_page", run.uuid, n + 1)
    return redirect("case_check", run.uuid)


@person_required
@require_safe
def case_check(request, uuid):
    """The whole form once more, before it is handed in."""
    run = _run_of(request, uuid)
    if not run.is_open:
        return redirect("case_result", uuid)
    answers = run.answers()
    if showing.reached(run.edition, answers) < len(run.edition.pages):
        return redirect("case_run", uuid)
    context = {
        "run": run,
        "edition": run.edition,
        "pages": [showing.filled_page(page, answers) for page in run.edition.pages],
        "gaps": showing.gaps(run.edition, answers),
    }
    return render(request, "courses/drills/cases/check.html", context)


@person_required
@require_POST
def case_hand_in(request, uuid):
    try:
        running.hand_in(uuid, person=request.person, actor=request.user, at=timezone.now())
    except CaseRun.DoesNotExist:
        raise Http404 from None
    return redirect("case_result", uuid)


@person_required
@require_safe
def case_result(request, uuid):
    """Field by field: what was right, and why."""
    run = _run_of(request, uuid)
    if run.is_open:
        return redirect("case_run", uuid)
    marking = run.marking()
    context = {
        "run": run,
        "edition": run.edition,
        "marking": marking,
        "steps": showing.steps_in_words(marking.details),
        "criticals": showing.criticals_in_words(marking.details),
        "fields": showing.told_fields(run, running.scored(run), judging.judgements_of(run)),
        "course_url": _course_url(run.edition),
    }
    return render(request, "courses/drills/cases/result.html", context)


@person_required
@require_POST
def case_judge(request, uuid, field):
    """Judge one's own longer text by its rubric."""
    run = _run_of(request, uuid)
    if str(field) not in {one["id"] for one in judging.long_fields(run)}:
        raise Http404
    try:
        judging.judge(
            run,
            str(field),
            request.POST.getlist("met"),
            uuid=uuid_of_form(request.POST),
            is_own=True,
            actor=request.user,
            at=timezone.now(),
        )
    except CaseRefused:
        return redirect("case_run", uuid)
    except CaseRun.DoesNotExist:
        raise Http404 from None
    return redirect(reverse("case_result", args=[uuid]) + f"#f-{field}")


@person_required
@require_safe
def case_print(request, uuid):
    """What is known so far and the form as it is filled in, for paper."""
    run = _run_of(request, uuid)
    answers = run.answers()
    pages = run.edition.pages
    seen = pages if not run.is_open else pages[: showing.reached(run.edition, answers)]
    context = {
        "run": run,
        "edition": run.edition,
        "pages": [showing.filled_page(page, answers) for page in seen],
        "is_whole": len(seen) == len(pages),
    }
    return render(request, "courses/drills/cases/print.html", context)
