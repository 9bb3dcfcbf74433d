"""Registers for evidence: who took part, with what, and which certificates were given. No sex, no score."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Certificate
from courses.attendance.models import ATTENDED, Attendance
from lms.reports.figures.tables import Table
from lms.reports.figures.training import KINDS
from lms.reports.packs.gathering import materials_of

MATERIALS = {
    "course": gettext_lazy("Course"),
    "quiz": gettext_lazy("Test"),
    "document": gettext_lazy("Document"),
}


def of_pack(pack):
    """{name of the file: Table} from the frozen rows."""
    about = pack.content["period"]["words"]
    rows = {"training": [], "certificate": [], "workshop": [], "material": []}
    for row in pack.evidence():
        if row["row"] in rows:
            rows[row["row"]].append(row)
    titles = {row["key"]: row["title"] for row in rows["workshop"]}
    return {
        "register": Table(
            "register",
            _("Register"),
            [
                *(_("Mark"), _("Date"), _("Name"), _("Agency then"), _("Post then"), _("Rank then")),
                *(_("Kind"), _("What"), _("Minutes"), _("Minutes that count")),
            ],
            [
                [
                    *(row[name] for name in ("person", "day", "name", "agency", "post", "rank")),
                    *(str(KINDS[row["kind"]]), row["title"], row["minutes"], row["counted"]),
                ]
                for row in rows["training"]
            ],
            about,
            numeric=(8, 9),
        ),
        "workshops": _workshops(rows["workshop"], about),
        "materials": _materials(rows["material"], titles, about),
        "certificates": _certificates(rows["certificate"], about),
    }


def of_workshop(workshop):
    """The same of one Workshop of `gathering.with_facts`; minutes are those of the sessions attended."""
    about = f"{workshop.title}; {_day(workshop.starts_at)} – {_day(workshop.ends_at)}"
    materials = _materials(materials_of(workshop), {f"w{workshop.pk}": workshop.title}, about)
    facts = {
        "day": _day(workshop.ends_at),
        "title": workshop.title,
        "topic": workshop.topic.name,
        "place": workshop.place,
        "trainers": workshop.facilitator_names,
        "funder": workshop.funder,
        "partner": workshop.partner,
    }
    return {
        "register": _register(workshop, about),
        "workshop": _workshops([facts], about),
        "materials": materials,
        "certificates": _certificates(_given_at(workshop), about),
    }


def _register(workshop, about):
    theirs, sessions = {}, {session.pk: session for session in workshop.sessions.all()}
    rows = Attendance.objects.filter(session__in=sessions, presence__in=ATTENDED)
    for row in rows.select_related("registration__person__merged_into").order_by("session_id", "pk"):
        person = row.registration.person.counts_as
        theirs.setdefault(person, {})[row.session_id] = row
    found = []
    for person in sorted(theirs, key=lambda person: (person.full_name, person.pk)):
        there = theirs[person]
        last = there[max(there)]
        marks = ["x" if pk in there else "" for pk in sessions]
        minutes = sum(sessions[pk].credit for pk in there)
        found.append([person.full_name, last.agency_name, last.post_name, last.rank, *marks, minutes])
    headings = [_("Name"), _("Agency then"), _("Post then"), _("Rank then")]
    headings += [f"{timezone.localtime(one.starts_at):%Y-%m-%d %H:%M}" for one in sessions.values()]
    return Table("register", _("Register"), [*headings, _("Minutes")], found, about, numeric=(len(headings),))


def _given_at(workshop):
    bases = workshop.registrations.values("uuid")
    rows = Certificate.objects.filter(attendance_basis__in=bases).select_related("person", "file")
    for row in rows.order_by("issued_at", "pk"):
        file = getattr(row, "file", None)
        yield {
            "day": _day(row.issued_at),
            "number": row.number,
            "name": row.person.counts_as.full_name,
            "title": workshop.title,
            "valid_until": row.valid_until.isoformat() if row.valid_until else "",
            "pdf_sha256": file.sha256 if file else "",
        }


def _workshops(rows, about):
    names = ("day", "title", "topic", "place", "trainers", "funder", "partner")
    headings = [_("Date"), _("Title"), _("Topic"), _("Place"), _("Trainers"), _("Paid for by"), _("Partner")]
    return Table("workshops", _("Workshops"), headings, [[row[name] for name in names] for row in rows], about)


def _materials(rows, workshops, about):
    headings = [_("Workshop"), _("Kind"), _("Title"), _("Edition"), "SHA-256"]
    found = [
        [workshops.get(row["workshop"], ""), MATERIALS[row["what"]], row["title"], row["n"], row["sha256"]]
        for row in rows
    ]
    return Table("materials", _("What was taught with"), headings, found, about, numeric=(3,))


def _certificates(rows, about):
    headings = [_("Issued"), _("Number"), _("Name"), _("For"), _("Valid until"), _("SHA-256 of the PDF")]
    names = ("day", "number", "name", "title", "valid_until", "pdf_sha256")
    return Table(
        "certificates", _("Certificates"), headings, [[row[name] for name in names] for row in rows], about
    )


def _day(moment):
    return timezone.localtime(moment).date().isoformat() if moment else ""
