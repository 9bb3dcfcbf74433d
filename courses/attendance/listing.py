"""The list at the door: who is expected, where each stands at one session, and how many are here."""

from collections import Counter, namedtuple
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F

from courses.attendance.models import ATTENDED, Attendance, AttendanceEvent
from courses.choices import AttendanceMethod, Presence
from courses.people.names import loose_key
from courses.workshops.models import Registration

ALL, MISSING, UNCONFIRMED, LATE, HERE, LEAVING = "", "missing", "unconfirmed", "late", "here", "leaving"

# Within this a telephone is not slow to speak.
SOON = timedelta(minutes=2)

Totals = namedtuple("Totals", "here of late unconfirmed absent unmarked")


@dataclass(frozen=True)
class Row:
    registration: Registration
    attendance: Attendance | None
    copied: bool = False

    @property
    def label(self):
        return self.registration.label

    @property
    def person(self):
        return self.registration.person

    @property
    def presence(self):
        return self.attendance.presence if self.attendance else ""

    @property
    def is_here(self):
        return self.presence in ATTENDED


def rows_of(workshop, session):
    """Everybody who comes, in the order of the sheet; walk-ins after them. Three queries.

    Whose every row was undone has no mark: they are not here yet.
    """
    coming = Registration.objects.coming().filter(workshop=workshop).select_related("person__agency").order_by()
    live = list(AttendanceEvent.objects.live().filter(session=session).values_list("registration_id", "method"))
    marked = {pk for pk, _method in live}
    copied = {pk for pk, method in live if method == AttendanceMethod.COPY}
    held = Attendance.objects.filter(session=session)
    there = {one.registration_id: one for one in held if one.registration_id in marked}
    rows = [Row(one, there.get(one.pk), one.pk in copied) for one in coming]
    return sorted(rows, key=_place)


def sent_later(session):
    """The registrations of whose telephone only the word came later: it says itself when that was."""
    waited = AttendanceEvent.objects.live().filter(session=session, method=AttendanceMethod.WALL)
    waited = waited.filter(received_at__gt=F("effective_at") + SOON)
    return set(waited.values_list("registration_id", flat=True))


def _place(row):
    one = row.registration
    if one.row:
        return 0, one.row, ""
    if one.walk_in_row:
        return 1, one.walk_in_row, ""
    return 2, 0, one.person.full_name.casefold()


def totals(rows):
    count = Counter(row.presence for row in rows)
    return Totals(
        here=count[Presence.PRESENT] + count[Presence.LATE],
        of=len(rows),
        late=count[Presence.LATE],
        unconfirmed=count[Presence.UNCONFIRMED],
        absent=count[Presence.ABSENT],
        unmarked=count[""],
    )


def narrowed(rows, *, words="", show=ALL):
    """Those whose name holds the words, in any order and without accents, or whose number it is."""
    tests = {
        MISSING: lambda row: row.presence in ("", Presence.ABSENT),
        UNCONFIRMED: lambda row: row.presence == Presence.UNCONFIRMED,
        LATE: lambda row: row.presence == Presence.LATE,
        HERE: lambda row: row.is_here,
        LEAVING: lambda row: row.is_here and row.copied,
    }
    if show in tests:
        rows = [row for row in rows if tests[show](row)]
    words = words.strip()
    if not words:
        return rows
    number = words.upper().replace(" ", "")
    if number.removeprefix("W").isdecimal():
        return [row for row in rows if row.label == number]
    wanted = loose_key(words).split()
    return [row for row in rows if _fits(wanted, loose_key(row.person.full_name).split())]


def _fits(wanted, names):
    return bool(wanted) and all(any(name.startswith(word) for name in names) for word in wanted)
