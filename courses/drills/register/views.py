"""The register of practice cases of a class: its list, a case from intake to closing, texts to confirm."""

from datetime import date
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.arriving import uuid_of_form
from courses.choices import CaseStage
from courses.drills.cases import judging
from courses.drills.cases.models import CaseRun
from courses.drills.register import keeping, reading
from courses.drills.register.models import PracticeCase
from courses.drills.register.moving import ways
from courses.drills.register.refusing import RegisterRefused
from courses.people import roles
from courses.people.guard import lacks_second_step, to_second_step

TEXTS_A_PAGE = 20


def _in_class(view):
    """Hand on (cohort, whether it is led); 404 for everybody else. Who leads it sees names, and so needs a
    second step."""

    @login_required
    @wraps(view)
    def guarded(request, uuid, **kwargs):
        found = reading.class_of(request.user, uuid)
        if found is None:
            raise Http404
        if found[1] and lacks_second_step(request.user):
            return to_second_step(request)
        return view(request, *found, **kwargs)

    return guarded


def _of_case(view):
    """The same for one of its cases: hand on (case, whether it is led, whether it is one's own)."""

    @login_required
    @wraps(view)
    def guarded(request, uuid):
        cases = PracticeCase.objects.select_related("cohort__course", "edition", "assigned_to")
        case = cases.filter(uuid=uuid).first()
        found = case and reading.class_of(request.user, case.cohort.uuid)
        if not found:
            raise Http404
        if found[1] and lacks_second_step(request.user):
            return to_second_step(request)
        own = reading.is_own(case, request.user.person if request.user.person_id else None)
        return view(request, case, found[1], own)

    return guarded


def _led(leads):
    if not leads:
        raise Http404


@require_safe
@_in_class
def class_cases(request, cohort, leads):
    """What is in the register."""
    person = request.user.person if request.user.person_id else None
    today = timezone.localdate()
    rows = [
        (case, reading.told_to(case, person, leads=leads), case.is_overdue(today))
        for case in reading.cases_of(cohort)
    ]
    context = {
        "cohort": cohort,
        "leads": leads,
        "rows": rows,
        "files": keeping.case_files(cohort).values() if leads and not cohort.is_closed else [],
    }
    return render(request, "courses/drills/register/cases.html", context)


@require_POST
@_in_class
def class_case_open(request, cohort, leads):
    """Put a case file into the register; nothing can be typed in."""
    _led(leads)
    try:
        case = keeping.open_case(cohort, request.POST.get("file", ""), actor=request.user, at=timezone.now())
    except RegisterRefused as refused:
        messages.error(request, refused.words)
        return redirect("class_cases", cohort.uuid)
    return redirect("class_case", case.uuid)


@require_safe
@_of_case
def class_case(request, case, leads, own):
    """One case: what is known of it, where it is, what comes next."""
    person = request.user.person if request.user.person_id else None
    before, after = ways(CaseStage.values, case.stage)
    place = CaseStage.values.index(case.stage)
    context = {
        "case": case,
        "leads": leads,
        "may_work": (leads or own) and not case.is_closed,
        "told_to": reading.told_to(case, person, leads=leads),
        "own": own,
        "stages": [(stage.label, n < place, n == place) for n, stage in enumerate(CaseStage)],
        "before": before and CaseStage(before),
        "after": after and CaseStage(after),
        "members": keeping.members_of(case.cohort) if leads and not case.is_closed else [],
        "history": reading.history_of(case),
        "overdue": case.is_overdue(timezone.localdate()),
    }
    return render(request, "courses/drills/register/case.html", context)


@require_POST
@_of_case
def class_case_assign(request, case, leads, own):
    _led(leads)
    return _done(request, case, keeping.assign, request.POST.get("person", ""))


@require_POST
@_of_case
def class_case_move(request, case, leads, own):
    _led(leads or own)
    return _done(request, case, keeping.move, request.POST.get("stage", ""))


@require_POST
@_of_case
def class_case_follow_up(request, case, leads, own):
    _led(leads or own)
    text = request.POST.get("day", "").strip()
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        messages.error(request, _("Write the day as 2027-01-31."))
        return redirect("class_case", case.uuid)
    return _done(request, case, keeping.follow_up, day)


def _done(request, case, deed, value):
    try:
        deed(case, value, actor=request.user, at=timezone.now())
    except RegisterRefused as refused:
        messages.error(request, refused.words)
    return redirect("class_case", case.uuid)


@require_safe
@_in_class
def class_texts(request, cohort, leads):
    """The longer texts of the class, for whoever leads it to read and confirm."""
    _led(leads)
    texts = [
        text
        for text in reading.texts_of(cohort, keeping.members_of(cohort))
        if not roles.is_oneself(request.user, text["run"].person)
    ]
    context = {
        "cohort": cohort,
        "listing": Paginator(texts, TEXTS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "courses/drills/register/texts.html", context)


@require_POST
@_in_class
def class_text_confirm(request, cohort, leads, run, field):
    _led(leads)
    for text in reading.texts_of(cohort, keeping.members_of(cohort)):
        if (text["run"].uuid, text["field"]["id"]) == (run, str(field)):
            break
    else:
        raise Http404
    if roles.is_oneself(request.user, text["run"].person):
        raise Http404
    try:
        judging.judge(
            text["run"],
            str(field),
            request.POST.getlist("met"),
            uuid=uuid_of_form(request.POST),
            is_own=False,
            actor=request.user,
            at=timezone.now(),
        )
    except CaseRun.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Kept."))
    return redirect(reverse("class_texts", args=[cohort.uuid]))
