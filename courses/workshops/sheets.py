"""What stands on the prints of a workshop: sign-in sheets, name cards, wall posters."""

from datetime import timedelta

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.translation import get_language

from courses.directory import book
from courses.directory.models import ContactRole
from courses.people.names import surname_first
from courses.qr import qr_code
from courses.workshops import registering
from courses.workshops.sizing import fit
from courses.workshops.wall_codes import give_wall_codes

CARDS_A_PAGE = 8
CARD_ROOM = 92  # millimetres for a name on a card
# Whom to call: to report, and for those whom the training touches.
NUMBERS = [ContactRole.HOTLINE, ContactRole.DISTRESS_HELPLINE]


def session_number(workshop, n):
    """The n-th session from 1, or None."""
    sessions = list(workshop.sessions.order_by("starts_at", "id"))
    return sessions[n - 1] if 1 <= n <= len(sessions) else None


def get_ready(workshop):
    """Whoever comes and has no row yet gets one, and each session its wall code; both stay."""
    registering.give_rows(workshop)
    give_wall_codes(workshop)


def is_ready(workshop):
    """Whether everybody who comes has a row, and each session its code."""
    without = workshop.registrations.coming().filter(row=None, walk_in_row=None)
    return not (without.exists() or workshop.sessions.filter(wall_code="").exists())


def registrations_of(workshop):
    """Everybody who comes, in the order of the sheet; walk-ins at the end."""
    coming = workshop.registrations.coming().select_related("person__agency")
    return sorted(coming, key=lambda one: (one.walk_in_row or 0, one.row or 0, one.pk))


def sign_in_sheet(workshop, session, n, *, blank, at):
    """Everything that the template of a sign-in sheet says."""
    rows = [
        {
            "label": one.label,
            "name": surname_first(one.person.full_name),
            "agency": _short(one.person.agency),
            "qr": qr_code(f"{settings.SITE_URL}/check-in/r/{one.uuid}/", error="m"),
            "walked_in": bool(one.walk_in_row),
        }
        for one in registrations_of(workshop)
    ]
    workshop.refresh_from_db(fields=["walk_ins_given"])
    first = workshop.walk_ins_given + 1
    return {
        **_session_facts(workshop, session, n),
        "rows": rows,
        "blanks": [f"W{number}" for number in range(first, first + blank)],
        "late_after": session.starts_at + timedelta(minutes=workshop.grace_minutes),
        "number": f"{workshop.pk:04d}-{n}",
        "printed_at": at,
    }


def wall_poster(workshop, session, n):
    return _session_facts(workshop, session, n, size_of_code="q")


def name_cards(workshop):
    """Cards in pages of eight."""
    cards = [
        {
            "label": one.label,
            "name": fit(one.person.full_name, room=CARD_ROOM, largest=32, smallest=13, most_lines=3),
            "agency": str(one.person.agency or "") if one.person.agency_on_certificate else "",
        }
        for one in registrations_of(workshop)
    ]
    return {"pages": [cards[n : n + CARDS_A_PAGE] for n in range(0, len(cards), CARDS_A_PAGE)]}


def _short(agency):
    return (agency.short_name or agency.name) if agency else ""


def _session_facts(workshop, session, n, *, size_of_code="m"):
    address = f"{settings.SITE_URL}/check-in/{session.wall_code}/"
    return {
        "workshop": workshop,
        "session": session,
        "n": n,
        "sessions": workshop.sessions.count(),
        "code": session.wall_code,
        "address": settings.SITE_URL.partition("://")[2] + "/check-in/",
        "qr": qr_code(address, error=size_of_code),
        "lines": [line for line in book.entries_for(NUMBERS) if line.phone],
    }


def draw(name, facts, request):
    """The PDF of a print. `name`: its template and style sheet in templates/workshops/print."""
    # Loading WeasyPrint takes half a second and 50 MB, which only who prints should pay.
    from courses.printing import office_style, to_pdf  # noqa: PLC0415

    language = get_language()
    html = render_to_string(f"workshops/print/{name}.html", {**facts, "language": language}, request=request)
    return to_pdf(html, office_style(get_template(f"workshops/print/{name}.css").render()))
