"""Get ready: everything to print before the day, one click each."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from courses.choices import WorkshopKind
from courses.workshops import sheets
from courses.workshops.guard import runs_workshop

BLANK_ROWS, MOST_BLANK_ROWS = 6, 40


def pdf_response(content, filename):
    """Shown in the browser, from where it is printed; kept nowhere."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _session(workshop, n):
    found = sheets.session_number(workshop, n)
    if found is None:
        raise Http404
    return found


@require_safe
@runs_workshop
def ready(request):
    workshop = request.workshop
    if workshop.kind == WorkshopKind.AWARENESS:
        raise Http404
    return render(
        request,
        "workshops/ready.html",
        {
            "workshop": workshop,
            "sessions": workshop.sessions.order_by("starts_at", "id"),
            "coming": workshop.registrations.coming().count(),
            "blank": _blank(request),
            "most_blank": MOST_BLANK_ROWS,
        },
    )


def _blank(request):
    text = request.GET.get("blank", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 4):
        return BLANK_ROWS
    return min(int(text), MOST_BLANK_ROWS)


def printed(view):
    """A print: POST gives rows and wall codes where they are missing, and leads to the PDF; opening the
    PDF writes nothing. Where something is still to be given it leads to the page with the buttons."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @runs_workshop
    @wraps(view)
    def guarded(request, **kwargs):
        if request.method == "POST":
            sheets.get_ready(request.workshop)
            return redirect(request.get_full_path())
        if not sheets.is_ready(request.workshop):
            return redirect("workshop_ready", request.workshop.uuid)
        return view(request, **kwargs)

    return guarded


@printed
def sheet(request, n):
    """The sign-in sheet of a session."""
    session = _session(request.workshop, n)
    facts = sheets.sign_in_sheet(request.workshop, session, n, blank=_blank(request), at=timezone.now())
    return pdf_response(sheets.draw("sheet", facts, request), f"sheet-{n}.pdf")


@printed
def cards(request):
    return pdf_response(sheets.draw("cards", sheets.name_cards(request.workshop), request), "cards.pdf")


@printed
def poster(request, n):
    session = _session(request.workshop, n)
    facts = sheets.wall_poster(request.workshop, session, n)
    return pdf_response(sheets.draw("poster", facts, request), f"poster-{n}.pdf")
