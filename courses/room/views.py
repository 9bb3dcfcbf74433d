"""The tests of a workshop, for whoever runs it: forms on paper, and sheets entered by row."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.audit import log
from courses.choices import RoomTestWhen
from courses.people import roles
from courses.quizzes import showing
from courses.quizzes.models import QuizEdition
from courses.quizzes.refusals import StartRefused
from courses.room import compact, entering, freezing, papers, taking
from courses.room.forms import SheetForm
from courses.room.models import PaperForm
from courses.room.standing import next_row, people_of
from courses.room.wording import problem_in_words
from courses.workshops.guard import runs_workshop
from courses.workshops.registering import give_rows


def _test_or_404(request, when):
    if when not in RoomTestWhen.values or taking.quiz_key_of(request.workshop, when) is None:
        raise Http404
    return RoomTestWhen(when)


@runs_workshop
@require_safe
def workshop_tests(request):
    """Both tests: who has taken them how, the forms, and what comes next."""
    workshop, may_plan = request.workshop, roles.may_run_every_workshop(request.user)
    keys = {when: taking.quiz_key_of(workshop, when) for when in RoomTestWhen}
    editions = QuizEdition.objects.newest([key for key in keys.values() if key])
    people = people_of(workshop)
    forms = list(PaperForm.objects.filter(workshop=workshop).select_related("quiz_edition"))
    tests = [
        {
            "when": when,
            "quiz": editions.get(key),
            "opens_at": taking.opens_at(workshop, when),
            "forms": [form for form in forms if form.when == when],
            "is_other": any(form.when == when and form.quiz_edition.quiz_key != key for form in forms),
            "by_phone": sum(one.is_in(when) and not one.is_on_paper(when) for one in people),
            "on_paper": sum(one.is_in(when) and one.is_on_paper(when) for one in people),
            "begun": sum(when in one.taken and not one.is_in(when) for one in people),
        }
        for when, key in keys.items()
        if key
    ]
    context = {
        "workshop": workshop,
        "tests": tests,
        "people": people,
        "is_entering_open": entering.is_entering_open(workshop),
        "edit": may_plan and reverse("workshops:edit", args=[workshop.pk]),
    }
    return render(request, "room/tests.html", context)


@runs_workshop
@require_POST
def workshop_forms_freeze(request, when):
    when = _test_or_404(request, when)
    try:
        freezing.freeze(request.workshop, when, actor=request.user, at=timezone.now())
    except (taking.TestRefused, StartRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Forms A and B are fixed now. Print them below."))
    return redirect("workshop_tests", request.workshop.uuid)


@runs_workshop
@require_POST
def workshop_question_paper(request, when, letter):
    """One form to be printed; who printed it is on record."""
    form = _form_or_404(request.workshop, when, letter)
    log.record("question paper printed", form, actor=request.user, at=timezone.now())
    return papers.response_of(papers.question_paper(form), f"paper-{form.letter}")


@runs_workshop
@require_POST
def workshop_answer_sheets(request, when):
    """A sheet for everybody who comes. Whoever has no row yet gets one."""
    _test_or_404(request, when)
    forms = list(PaperForm.objects.filter(workshop=request.workshop, when=when).select_related("quiz_edition"))
    if not forms:
        messages.error(request, _("Fix forms A and B first; then there is something to print."))
        return redirect("workshop_tests", request.workshop.uuid)
    give_rows(request.workshop)
    return papers.response_of(papers.answer_sheets(forms), "answer-sheets")


def _form_or_404(workshop, when, letter):
    forms = PaperForm.objects.filter(workshop=workshop, when=when, letter=letter)
    form = forms.select_related("quiz_edition").first()
    if form is None:
        raise Http404
    return form


@runs_workshop
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_test_enter(request, when):
    """Type in a sheet; see what it says; keep it and go on with the next row."""
    when = _test_or_404(request, when)
    workshop = request.workshop
    forms = {form.letter: form for form in PaperForm.objects.filter(workshop=workshop, when=when)}
    if not forms:
        messages.error(request, _("Fix forms A and B first, and print them; then sheets can be entered."))
        return redirect("workshop_tests", workshop.uuid)
    people = people_of(workshop)
    sheet, read = _sheet(request, when, people), None
    if sheet.is_bound and sheet.is_valid():
        read = _read(sheet, forms, people)
        if read and "save" in request.POST and _kept(request, sheet, read):
            following = next_row(people, when, after=read["person"])
            address = reverse("workshop_test_enter", args=[workshop.uuid, when.value])
            return redirect(f"{address}?row={following.label}" if following else address)
    shown = _of_row(people, sheet["row"].value())
    context = {
        "workshop": workshop,
        "when": when,
        "form": sheet,
        "read": None if sheet.errors else read,
        "shown": shown,
        "needs_reason": bool(shown and when in shown.taken),
        "missing": [one for one in people if not one.is_in(when)],
        "entered": [(one, one.is_on_paper(when)) for one in people if one.is_in(when)],
        "is_open": entering.is_entering_open(workshop),
    }
    return render(request, "room/enter.html", context, status=422 if sheet.errors else 200)


def _sheet(request, when, people):
    """The form, with the row asked for or the next one, and the letter that goes with it."""
    if request.method == "POST":
        return SheetForm(request.POST)
    one = _of_row(people, request.GET.get("row"))
    if one is None and "row" not in request.GET:
        one = next_row(people, when)
    return SheetForm(initial={"row": one.label, "letter": one.letter} if one else {"letter": "A"})


def _of_row(people, label):
    label = str(label or "").strip().upper()
    return next((one for one in people if label and one.label == label), None)


def _read(sheet, forms, people):
    """What the sheet says, or None with the errors in the form."""
    person = _of_row(people, sheet.cleaned_data["row"])
    form = forms.get(sheet.cleaned_data["letter"])
    if person is None:
        sheet.add_error("row", _("Nobody who comes has this row. Look at the list below."))
        return None
    items = freezing.items_of(form)
    places = freezing.places_of(items)
    payloads, problems = compact.read(
        sheet.cleaned_data["answers"], places, may_be_unsure=form.quiz_edition.may_be_unsure
    )
    if problems:
        sheet.add_error("answers", [problem_in_words(problem, places) for problem in problems])
        return None
    rows = [showing.show_item(item, payloads.get(item.n)) for item in items]
    return {"person": person, "form": form, "payloads": payloads, "rows": rows}


def _kept(request, sheet, read):
    registration = read["person"].registration
    try:
        entering.enter(
            read["form"],
            registration,
            read["payloads"],
            actor=request.user,
            at=timezone.now(),
            reason=sheet.cleaned_data["reason"],
        )
    except entering.SheetRefused as refusal:
        sheet.add_error("reason" if refusal.code == "entered" else "row", str(refusal))
        return False
    said = _("Row %(row)s, %(name)s: kept.") % {
        "row": registration.label,
        "name": registration.person.full_name,
    }
    messages.success(request, said)
    return True
