"""What belongs to the signed-in person: their home, their record, their name."""

from django import forms
from django.contrib import messages
from django.db.models import Count, F
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.views import serve

from certificates.records import bytes_of_files, certificates_of
from certificates.refreshers.open import calls_of
from certificates.seconding import uncertified_of
from courses.catalogue import reading
from courses.catalogue.models import CoursePage
from courses.choices import EnrolmentState
from courses.enrolment.cohorts import Cohort
from courses.enrolment.models import Enrolment
from courses.people import asking_often, correcting
from courses.people.fields import NameField
from courses.people.guard import person_required
from courses.people.roles import is_auditor, may_see_figures, may_teach
from courses.pocket_cards.reading import card_of
from courses.progress.renewing import renewals_of
from courses.progress.reopening import all_to_do_again
from courses.progress.standing import Standing
from courses.transcript.reading import transcript_of

SHOWN_ON_HOME = 20


@require_http_methods(["GET", "HEAD"])
def home(request):
    """One Continue button. Signed out, the same address is the public front page."""
    if not request.user.is_authenticated or request.user.person_id is None:
        return serve(request, "")
    person = request.user.person
    enrolments = list(
        Enrolment.objects.of(person)
        .exclude(state=EnrolmentState.SET_ASIDE)
        .select_related("course", "edition")
        .order_by(F("last_seen_at").desc(nulls_last=True), "-started_at")[:SHOWN_ON_HOME]
    )
    pages = {
        page.course_id: page
        for page in reading.one_per_course(CoursePage.objects.live().select_related("course").order_by("title"))
    }
    active = [one for one in enrolments if one.is_active and one.course_id in pages]
    standing = Standing(pages[active[0].course_id], person, enrolment=active[0]) if active else None
    begun = {one.course_id for one in enrolments}
    offered = [page for course_id, page in pages.items() if course_id not in begun][:SHOWN_ON_HOME]
    # Somebody new sees one thing to do, as everybody else does.
    first = offered.pop(0) if offered and not active else None
    return render(
        request,
        "lms/home/home.html",
        {
            "person": person,
            "standing": standing,
            "others": [(one, pages.get(one.course_id)) for one in enrolments if not active or one != active[0]],
            "first": first,
            "offered": offered,
            "certificates": certificates_of(person),
            "renewals": renewals_of(person, timezone.localdate()),
            "changed": all_to_do_again(person),
            "calls": calls_of(person, at=timezone.now()),
            "today": timezone.localdate(),
            "card": card_of(person),
            "sees_people": may_see_figures(request.user),
            "is_auditor": is_auditor(request.user),
            # The focal point has all of them at the desk.
            "leads_cohorts": may_teach(request.user) and Cohort.objects.filter(facilitator=person).exists(),
        },
    )


@require_GET
@person_required
def my_record(request):
    enrolments = (
        Enrolment.objects.of(request.person)
        .exclude(state=EnrolmentState.SET_ASIDE)
        .select_related("course", "completion")
        .annotate(lessons=Count("lessons_done"))
        .order_by("-started_at")
    )
    certificates = certificates_of(request.person)
    return render(
        request,
        "lms/home/record.html",
        {
            "person": request.person,
            "enrolments": enrolments,
            "certificates": certificates,
            "bytes_of_files": bytes_of_files(certificates),
            "renewals": renewals_of(request.person, timezone.localdate()),
            "today": timezone.localdate(),
            "correction": correcting.open_correction(request.person),
            "transcript": transcript_of(request.person),
            **_waiting(request.person),
        },
    )


def _waiting(person):
    """Whether a completed course's certificate is still being prepared, or waits for a second person."""
    prepared, seconded = uncertified_of(person)
    return {"waiting": prepared, "waits_for_second_person": seconded}


class NameForm(forms.Form):
    wanted = NameField(
        label=gettext_lazy("Name as it should read"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("As in your official papers, with accents."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def name_correction(request):
    """Ask for another spelling of the name; the focal point decides."""
    back = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = ""
    number = (request.POST.get("certificate") or request.GET.get("certificate", ""))[:40]
    if number and not any(row.number == number for row in certificates_of(request.person)):
        number = ""
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        if asking_often.is_too_often(request.person, at=at):
            return render(request, "429.html", status=429)
        asking_often.count(request.person, at=at)
        correcting.ask_name_correction(
            request.person, form.cleaned_data["wanted"], certificate_number=number, at=at
        )
        messages.success(
            request, _("The training team has your request. You will find the answer in your record.")
        )
        return redirect(back or "my_record")
    return render(
        request,
        "lms/home/name.html",
        {"form": form, "next": back, "certificate": number, "person": request.person},
        status=422 if form.is_bound else 200,
    )
