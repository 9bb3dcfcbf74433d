"""Who of a workshop meets its rule, who does not, and why, in words.

Counted over all planned sessions. That somebody waits for approval is no reason: attendance is a fact,
and a walk-in was in the room. Whoever gives the numbers has checked the names first.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.attendance.models import Attendance
from courses.choices import AttemptState, Presence, RegistrationState, RoomTestWhen, WorkshopKind, WorkshopState
from courses.quizzes.models import Attempt
from courses.room import requirements
from courses.workshops.models import Registration
from courses.workshops.registering import sheet_order

# Where two rows are of one person at one session, the first of these counts.
BETTER = [Presence.PRESENT, Presence.LATE, Presence.UNCONFIRMED, Presence.ABSENT]
NOT_OURS = gettext_lazy("Certificates are for workshops of ours that take place.")


@dataclass(frozen=True)
class Standing:
    """One person at a workshop. `attended`: the rows that count, by session; `reasons`: none if all is met.

    Of somebody whose two records were merged both registrations are here as one: `registration` is that
    with most sessions, `registrations` are all.
    """

    registration: Registration
    registrations: list
    attended: list
    mark: int | None
    reasons: list

    @property
    def person(self):
        """Whose certificate it would be: of a merged record the one it was merged into."""
        return self.registration.person.counts_as

    @property
    def is_met(self):
        return not self.reasons

    @property
    def minutes(self):
        return sum(row.session.credit for row in self.attended)

    @property
    def days(self):
        return sorted({timezone.localdate(row.session.starts_at) for row in self.attended})


def gives_certificates(workshop):
    return workshop.kind == WorkshopKind.WORKSHOP and workshop.state != WorkshopState.CANCELLED


def standings(workshop):
    """A Standing of everybody who was to come or came, in the order of the sheet. At most four queries."""
    registrations = list(
        Registration.objects.filter(workshop=workshop)
        .select_related("person__agency", "person__merged_into__agency")
        .order_by("pk")
    )
    planned = workshop.sessions.count()
    rows, marks = _attendance(workshop), _marks(workshop)
    by_person = {}
    for one in registrations:
        if one.state == RegistrationState.REGISTERED or one.pk in rows:
            by_person.setdefault(one.person.counts_as.pk, []).append(one)
    found = [_standing(workshop, planned, together, rows, marks) for together in by_person.values()]
    return sorted(found, key=lambda one: sheet_order(one.person))


def _standing(workshop, planned, together, rows, marks):
    """Of one person, by all their registrations here. Each session counts once."""
    best = {}
    for row in (row for one in together for row in rows.get(one.pk, [])):
        there = best.get(row.session_id)
        if there is None or BETTER.index(row.presence) < BETTER.index(there.presence):
            best[row.session_id] = row
    mine = sorted(best.values(), key=lambda row: (row.session.starts_at, row.session_id))
    attended = [row for row in mine if row.is_attended]
    mark = max((marks[one.pk] for one in together if marks.get(one.pk) is not None), default=None)
    reasons = _reasons(workshop, planned, mine, attended, mark)
    if together[0].person.counts_as.is_refused:
        reasons.append(_("was refused"))
    chief = max(together, key=lambda one: sum(row.is_attended for row in rows.get(one.pk, [])))
    return Standing(chief, together, attended, mark, reasons)


def _attendance(workshop):
    rows = {}
    every = Attendance.objects.filter(session__workshop=workshop).select_related("session")
    for row in every.order_by("session__starts_at", "session_id"):
        rows.setdefault(row.registration_id, []).append(row)
    return rows


def _marks(workshop):
    """{registration id: per cent in the post-test}."""
    if workshop.required_mark is None:
        return {}
    taken = Attempt.objects.with_latest_marking().filter(
        room_attempt__registration__workshop=workshop,
        room_attempt__when=RoomTestWhen.AFTER,
        state=AttemptState.SUBMITTED,
    )
    return dict(taken.values_list("room_attempt__registration_id", "score"))


def _reasons(workshop, planned, mine, attended, mark):
    values = {"n": len(attended), "of": planned, "mark": mark, "needed": workshop.required_mark}
    words = {
        requirements.NO_SESSIONS: _("the workshop has no sessions"),
        requirements.SESSIONS: ngettext("%(n)s of %(of)s session", "%(n)s of %(of)s sessions", planned),
        requirements.UNCONFIRMED: _("sign-in not confirmed"),
        requirements.NO_TEST: _("no post-test"),
        requirements.MARK: _("post-test %(mark)s %%, %(needed)s %% needed"),
    }
    codes = requirements.unmet(
        attended=len(attended),
        unconfirmed=sum(row.presence == Presence.UNCONFIRMED for row in mine),
        planned=planned,
        required_share=workshop.required_share,
        mark=mark,
        required_mark=workshop.required_mark,
    )
    return [words[code] % values for code in codes]
