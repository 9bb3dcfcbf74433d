"""After the day: the signed sheet typed in, its photographs, and the end of the workshop."""

import uuid as uuids

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from courses.arriving import uuid_of_form
from courses.attendance import catching_up, closing, photographs, sittings
from courses.attendance.door_views import chosen_session
from courses.attendance.marking import MarkRefused
from courses.attendance.models import ATTENDED, SheetPhoto
from courses.attendance.paper_rows import LONGEST
from courses.attendance.wording import CLOSE_REFUSED, MARK_REFUSED, PHOTO_REFUSED, unread_in_words
from courses.choices import Presence
from courses.people import roles
from courses.people.careful import CarefulForm, FreeTextField
from courses.workshops.guard import runs_workshop
from courses.workshops.models import Registration


class SheetForm(forms.Form):
    rows = forms.CharField(
        label=gettext_lazy("Rows that are signed"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Such as: 1-9, 11, 14 late 9:40, 15 absent, W1 Marva Louis, Customs. Rows that you leave out are"
            " not touched."
        ),
        error_messages={"required": gettext_lazy("Enter the numbers of the rows that are signed.")},
    )


class ReopenForm(CarefulForm):
    reason = FreeTextField(
        label=gettext_lazy("Why is it opened again?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why the workshop is opened again.")},
    )


@runs_workshop
@require_safe
def after(request):
    """What is left to do: the sheet, its photographs, closing."""
    return _page(request)


def _page(request, status=200, **more):
    at = timezone.now()
    session, sessions = chosen_session(request, at)
    sessions = _with_totals(request.workshop, sessions)
    context = {
        "workshop": request.workshop,
        "session": session,
        "sessions": sessions,
        "coming": Registration.objects.coming().filter(workshop=request.workshop).count(),
        "photos": SheetPhoto.objects.filter(workshop=request.workshop).select_related("session"),
        "unconfirmed": sum(one.unconfirmed for one in sessions),
        "is_over": bool(sessions) and all(sittings.is_over(one, at) for one in sessions),
        "may_close": request.workshop.state in closing.CLOSABLE,
        "may_reopen": request.workshop.is_closed and roles.may_run_every_workshop(request.user),
        "sheet": SheetForm(),
        "reopening": ReopenForm(),
        "uuid": uuids.uuid4(),
        **more,
    }
    return render(request, "attendance/after.html", context, status=status)


def _with_totals(workshop, sessions):
    """Each session with `here`, `absent` and `unconfirmed`, in one query."""
    counted = workshop.sessions.annotate(
        here=Count("attendances", filter=Q(attendances__presence__in=ATTENDED)),
        absent=Count("attendances", filter=Q(attendances__presence=Presence.ABSENT)),
        unconfirmed=Count("attendances", filter=Q(attendances__presence=Presence.UNCONFIRMED)),
    )
    return list(counted) if sessions else []


# --- The sheet --------------------------------------------------------------------------


@runs_workshop
@require_POST
def after_rows(request):
    """What was typed from the sheet: in words first; confirmed, it is written down."""
    at = timezone.now()
    session, _sessions = chosen_session(request, at)
    if session is None:
        raise Http404
    form = SheetForm(request.POST)
    if not form.is_valid() or "\x00" in request.POST.get("rows", "") or "edit" in request.POST:
        form = form if form.errors else SheetForm(initial=request.POST.dict())
        return _page(request, 422 if form.errors else 200, sheet=form, form=form)
    text, uuid = form.cleaned_data["rows"], uuid_of_form(request.POST)
    if "confirm" in request.POST:
        return _write(request, session, text, uuid, at)
    plan = catching_up.plan(request.workshop, session, text)
    context = {
        "workshop": request.workshop,
        "session": session,
        "text": text,
        "uuid": uuid,
        "plan": plan,
        "written": plan.of(catching_up.NEW),
        "walk_ins": plan.of(catching_up.WALK_IN),
        "same": plan.of(catching_up.SAME),
        "conflicts": plan.of(catching_up.CONFLICT),
        "problems": [unread_in_words(problem) for problem in plan.problems],
    }
    return render(request, "attendance/sheet_preview.html", context, status=422 if plan.problems else 200)


def _write(request, session, text, uuid, at):
    try:
        written = catching_up.write(
            request.workshop,
            session,
            text,
            uuid=uuid,
            paper_wins="paper_wins" in request.POST,
            actor=request.user,
            at=at,
        )
    except MarkRefused as refused:
        messages.warning(request, MARK_REFUSED[refused.code])
        return _back(request, session)
    n = written.new + written.walk_ins + written.corrected
    messages.success(request, ngettext("%(n)d row written down.", "%(n)d rows written down.", n) % {"n": n})
    if written.left:
        words = ngettext("%(n)d row was left as it is.", "%(n)d rows were left as they are.", written.left)
        messages.info(request, words % {"n": written.left})
    return _back(request, session)


def _back(request, session=None):
    response = redirect("workshop_after", request.workshop.uuid)
    if session is not None:
        response["Location"] += f"?session={session.pk}"
    return response


# --- Photographs ------------------------------------------------------------------------


@runs_workshop
@require_POST
def after_photo(request):
    """Attach photographs or scans of the signed sheet."""
    session, _sessions = chosen_session(request, timezone.now())
    files = request.FILES.getlist("photo")[: photographs.MOST]
    if not files:
        messages.warning(request, _("Choose a photograph first."))
    kept = 0
    for uploaded in files:
        try:
            photographs.attach(request.workshop, session, uploaded, actor=request.user, at=timezone.now())
            kept += 1
        except photographs.PhotoRefused as refused:
            messages.warning(request, PHOTO_REFUSED[refused.code])
    if kept:
        messages.success(request, ngettext("%(n)d file kept.", "%(n)d files kept.", kept) % {"n": kept})
    return _back(request, session)


@runs_workshop
@require_safe
def sheet_photo(request, photo):
    """The file itself, to keep or to look at; for whoever runs the workshop alone."""
    found = get_object_or_404(SheetPhoto, workshop=request.workshop, uuid=photo)
    kind = found.file.name.rpartition(".")[2]
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    day = timezone.localdate(found.at)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"sheet-{day:%Y-%m-%d}-{found.pk}.{kind}",
        content_type=photographs.TYPES.get(kind, "application/octet-stream"),
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


# --- Closing ----------------------------------------------------------------------------


@runs_workshop
@require_POST
def close(request):
    try:
        absent = closing.close(
            request.workshop,
            unconfirmed_too="unconfirmed_too" in request.POST,
            actor=request.user,
            at=timezone.now(),
        )
    except closing.CloseRefused as refused:
        messages.warning(request, CLOSE_REFUSED[refused.code])
    else:
        words = ngettext(
            "The workshop is closed. %(n)d missing mark was written down as not here.",
            "The workshop is closed. %(n)d missing marks were written down as not here.",
            absent,
        )
        messages.success(request, words % {"n": absent})
    return _back(request)


@runs_workshop
@require_POST
def reopen(request):
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, reopening=form, form=form)
    try:
        closing.reopen(request.workshop, form.cleaned_data["reason"], actor=request.user, at=timezone.now())
    except closing.CloseRefused as refused:
        messages.warning(request, CLOSE_REFUSED[refused.code])
    else:
        messages.success(request, _("The workshop is open again. Close it when the record is right."))
    return _back(request)
