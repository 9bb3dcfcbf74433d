"""Table-top exercises of a workshop, for whoever runs it: print, enter what the tables wrote down, debrief."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.drills.tabletop import printing, scoring
from courses.drills.tabletop.models import TableTop
from courses.drills.tabletop.refusing import TableTopRefused
from courses.people import roles
from courses.room import papers
from courses.room.tables import holding
from courses.room.tables.debriefing import debrief_of
from courses.room.tables.forms import MarksForm, TableForm
from courses.room.tables.models import TableTopHeld
from courses.workshops.guard import runs_workshop


@runs_workshop
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_table_tops(request):
    """What is held here, with its prints and results; and planning one more."""
    workshop, choices = request.workshop, TableTop.objects.exclude(scenario=None)
    if request.method == "POST":
        _plan(request, choices)
        return redirect("workshop_table_tops", workshop.uuid)
    held = workshop.table_tops.select_related("edition").order_by("id")
    may_write = roles.may_write_courses(request.user)
    context = {
        "workshop": workshop,
        "held": [
            (one, list(one.results.in_force().order_by("table").values_list("table", flat=True)))
            for one in held
        ],
        "choices": choices,
        "is_open": holding.is_open(workshop),
        "write": reverse("table-tops:list") if may_write else "",
    }
    return render(request, "room/tables/list.html", context)


def _plan(request, choices):
    asked = request.POST.get("table_top", "")
    table_top = choices.filter(pk=asked).first() if asked.isascii() and asked.isdecimal() else None
    if table_top is None:
        messages.error(request, _("Choose an exercise."))
        return
    try:
        holding.hold(request.workshop, table_top, actor=request.user, at=timezone.now())
    except TableTopRefused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("The exercise is fixed as it is now. Print its cards below."))


def held_here(view):
    """Takes `held` from the address and calls the view with the TableTopHeld of this workshop, or says 404."""

    @runs_workshop
    @wraps(view)
    def guarded(request, held):
        found = TableTopHeld.objects.filter(workshop=request.workshop, uuid=held)
        found = found.select_related("edition__scenario_edition", "workshop").first()
        if found is None:
            raise Http404
        return view(request, found)

    return guarded


@held_here
@require_safe
def table_top_cards(request, held):
    """Everything for one table."""
    return papers.response_of(_drawn(printing.CARDS, held), "table-top-cards")


@held_here
@require_safe
def table_top_trainer(request, held):
    """The trainer's own sheets: how it runs, what is right, and the debrief by clause and agency."""
    return papers.response_of(_drawn(printing.TRAINER, held), "table-top-trainer")


def _drawn(template, held):
    return printing.draw(template, held.edition.sheets(), held.edition.scenario_edition.locale)


@held_here
@require_http_methods(["GET", "HEAD", "POST"])
def table_top_enter(request, held):
    """Type in the way of a table; see what it says; say what each agency did; keep it."""
    cards, content = held.edition.cards(), held.edition.content
    form = _table_form(request, held, cards)
    score = marks = None
    if form.is_bound and form.is_valid():
        score = scoring.score(content, form.cleaned_data["log"], form.cleaned_data["absent"])
        asked = [duty for duty in content["duties"] if duty["id"] in score.asked]
        marks = MarksForm(request.POST if "save" in request.POST else None, duties=asked)
        if marks.is_bound and marks.is_valid() and _kept(request, held, form, marks):
            return redirect("workshop_table_tops", held.workshop.uuid)
    is_refused = bool(form.errors or (marks and marks.errors))
    context = {
        "workshop": held.workshop,
        "held": held,
        "form": form,
        "marks": marks,
        "read": score and _read(form.cleaned_data["log"], cards, content),
        "ending": score
        and next((one for one in content["story"]["endings"] if one["id"] == score.ending), None),
        "needs_reason": held.results.filter(table=_number(form["table"].value())).exists(),
        "is_open": holding.is_open(held.workshop),
    }
    return render(request, "room/tables/enter.html", context, status=422 if is_refused else 200)


def _number(text):
    text = str(text)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _table_form(request, held, cards):
    if request.method == "POST":
        return TableForm(request.POST, held=held, cards=cards)
    entered = set(held.results.values_list("table", flat=True))
    following = next(n for n in range(1, len(entered) + 2) if n not in entered)
    return TableForm(
        initial={"table": _number(request.GET.get("table", "")) or following}, held=held, cards=cards
    )


def _read(log, cards, content):
    """[(card and letter, title of the situation, what was chosen), ...]"""
    number = {card.place: card for card in cards}
    situations = {one["id"]: one for one in content["story"]["situations"]}
    rows = []
    for place, choice in log:
        letter = next(way.letter for way in number[place].choices if way.id == choice)
        chosen = next(one for one in situations[place]["choices"] if one["id"] == choice)
        rows.append((f"{number[place].n}{letter}", situations[place]["title"], chosen["text"]))
    return rows


def _kept(request, held, form, marks):
    cleaned = form.cleaned_data
    try:
        holding.enter(
            held,
            cleaned["table"],
            cleaned["log"],
            absent=cleaned["absent"],
            marks=marks.marks,
            actor=request.user,
            at=timezone.now(),
            reason=cleaned["reason"],
        )
    except TableTopRefused as refusal:
        form.add_error("reason" if refusal.code == "entered" else None, refusal.words)
        return False
    messages.success(request, _("Table %(n)d: kept.") % {"n": cleaned["table"]})
    return True


@held_here
@require_safe
def table_top_debrief(request, held):
    """By clause and agency, on a page to be printed."""
    context = {
        "workshop": held.workshop,
        "held": held,
        "debrief": debrief_of(held),
        "at": timezone.now(),
    }
    return render(request, "room/tables/debrief.html", context)


@held_here
@require_http_methods(["GET", "HEAD", "POST"])
def table_top_drop(request, held):
    """Not held after all: asked first, and refused once a table is entered."""
    if request.method == "POST":
        try:
            holding.drop(held, actor=request.user, at=timezone.now())
        except TableTopRefused as refusal:
            messages.error(request, refusal.words)
        else:
            messages.success(request, _("It is taken off this workshop."))
        return redirect("workshop_table_tops", request.workshop.uuid)
    return render(request, "room/tables/drop.html", {"workshop": request.workshop, "held": held})
