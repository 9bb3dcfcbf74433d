"""Joining a cohort by its code or link, and leaving it."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.catalogue import reading
from courses.choices import CohortWay
from courses.enrolment import grouping, guessing
from courses.enrolment.codes import clean_code
from courses.enrolment.cohorts import Cohort, CohortMember
from courses.enrolment.site_forms import CodeForm
from courses.people.guard import person_required

# What the person may take away again by themselves.
OWN_WAYS = [CohortWay.LINK, CohortWay.CODE]


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def join_by_code(request):
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return render(request, "courses/cohorts/code.html", {"form": form})
    if not form.is_valid():
        return render(request, "courses/cohorts/code.html", {"form": form}, status=422)
    code = clean_code(form.cleaned_data["code"])
    if not code:
        form.add_error("code", _("A code has eight letters and digits. Compare it with the poster."))
        return render(request, "courses/cohorts/code.html", {"form": form}, status=422)
    return redirect(f"{reverse('join', args=[code])}?typed=1")


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def join(request, code):
    """Whoever has the code sees what it opens; a wrong one, and one that opens nothing now, look alike."""
    at, who = timezone.now(), f"join:{request.user.pk}"
    if guessing.is_blocked(who, at=at):
        return render(request, "courses/cohorts/code.html", {"form": CodeForm(), "blocked": True}, status=429)
    cohort = Cohort.objects.select_related("course").filter(join_code=clean_code(code)).first()
    member = cohort and _membership(cohort, request.person)
    if cohort is None or not (cohort.takes_people or member):
        guessing.count(who, at=at)
        return render(request, "courses/cohorts/code.html", {"form": CodeForm(), "unknown": True}, status=404)
    if request.method == "POST":
        return _leave(request, member, at) if "leave" in request.POST else _join(request, cohort, at)
    return render(
        request,
        "courses/cohorts/join.html",
        {"cohort": cohort, "member": member, "may_leave": member and member.way in OWN_WAYS},
    )


def _membership(cohort, person):
    return CohortMember.objects.open().of(person.counts_as).filter(cohort=cohort).first()


def _join(request, cohort, at):
    way = CohortWay.CODE if "typed" in request.GET else CohortWay.LINK
    try:
        grouping.join(cohort, request.person, way=way, actor=request.user, at=at)
    except grouping.JoinRefused as refused:
        context = {"cohort": cohort, "why": refused.why, "closed": not refused.why}
        return render(request, "courses/cohorts/join.html", context, status=422)
    messages.success(request, _("You are in the group. Here is your course."))
    page = reading.page_of(cohort.course)
    return HttpResponseRedirect(reverse("course", args=[page.slug]) if page else reverse("home"))


def _leave(request, member, at):
    if member is not None and member.way in OWN_WAYS:
        grouping.remove(member, actor=request.user, at=at)
        messages.success(request, _("You have left the group. Your course stays with you."))
    return redirect("home")
