import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.attendance import marking, wall
from courses.attendance.counting import Attended, sessions_attended, share, with_attended
from courses.attendance.models import Attendance, AttendanceEvent
from courses.audit.models import AuditEntry
from courses.choices import AttendanceMark, AttendanceMethod, Presence, RegistrationState, WorkshopState
from courses.workshops.models import Registration
from tests.courses.attendance.door import make_running, move, sign_in_by_wall
from tests.factories import make_attendance, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(constable, colleague):
    """Rows 1 (Cletus Charles) and 2 (Constance Joseph)."""
    return make_running(colleague.person, constable.person)


def tap(registration, mark, session=None, actor="Felix Facilitator", **kwargs):
    session = session or registration.workshop.sessions.first()
    kwargs.setdefault("uuid", uuid.uuid4())
    kwargs.setdefault("at", timezone.now())
    return marking.mark(registration, session, mark, actor=actor, **kwargs).attendance


def row(workshop, n):
    return workshop.registrations.get(row=n)


def test_here_is_now_and_in_a_session_that_is_over_it_is_its_beginning(workshop):
    now = timezone.now()

    assert tap(row(workshop, 1), AttendanceMark.PRESENT, at=now).arrived_at == now

    move(workshop, hours=-4)
    session = workshop.sessions.first()
    late = tap(row(workshop, 2), AttendanceMark.LATE, at=now)
    assert (late.presence, late.arrived_at) == (Presence.LATE, session.starts_at + timedelta(minutes=15))


def test_what_is_on_record_is_taken_back_with_a_reason_alone(workshop):
    one = row(workshop, 1)
    tap(one, AttendanceMark.PRESENT)

    with pytest.raises(marking.MarkRefused) as refused:
        tap(one, AttendanceMark.ABSENT)
    with pytest.raises(marking.MarkRefused):
        tap(one, AttendanceMark.ABSENT, correct=True)
    assert refused.value.code == "reason"
    assert AttendanceEvent.objects.count() == 1

    gone = tap(one, AttendanceMark.ABSENT, correct=True, reason="Was called away")
    assert (gone.presence, gone.arrived_at) == (Presence.ABSENT, None)


def test_late_is_overridden_and_the_time_stays(workshop):
    one, at = row(workshop, 1), timezone.now()
    late = tap(one, AttendanceMark.LATE, at=at)

    on_time = tap(one, AttendanceMark.PRESENT, correct=True, reason="The bus of the office broke down")

    assert (late.presence, on_time.presence, on_time.arrived_at) == (Presence.LATE, Presence.PRESENT, at)


@pytest.mark.parametrize("state", [WorkshopState.CLOSED, WorkshopState.CANCELLED])
def test_a_closed_workshop_takes_no_marks(workshop, state):
    workshop.state = state
    workshop.save()

    for deed in (
        lambda: tap(row(workshop, 1), AttendanceMark.PRESENT),
        lambda: marking.confirm_room(workshop.sessions.first(), [], actor=None, at=timezone.now()),
        lambda: marking.copy_session(workshop.sessions.last(), actor=None, at=timezone.now()),
    ):
        with pytest.raises(marking.MarkRefused, match="closed"):
            deed()
    assert not AttendanceEvent.objects.exists()


def test_what_a_page_read_before_the_closing_does_not_count(workshop, constable):
    """Each session here still says that its workshop is open."""
    session = workshop.sessions.select_related("workshop").first()
    here = tap(row(workshop, 1), AttendanceMark.PRESENT, session)
    event = AttendanceEvent.objects.select_related("session__workshop").get()
    type(workshop).objects.filter(pk=workshop.pk).update(state=WorkshopState.CLOSED)

    with pytest.raises(marking.MarkRefused, match="closed"):
        tap(row(workshop, 2), AttendanceMark.PRESENT, session)
    with pytest.raises(marking.MarkRefused, match="closed"):
        marking.undo(event, actor=None, at=timezone.now())
    with pytest.raises(wall.SignInRefused):
        wall.sign_in(session, constable.person, uuid=uuid.uuid4(), actor=None, at=timezone.now())
    assert list(AttendanceEvent.objects.values_list("registration", flat=True)) == [here.registration_id]


def test_nobody_is_marked_before_the_day_or_after_they_cancelled(workshop):
    Registration.objects.filter(row=1).update(state=RegistrationState.CANCELLED)
    with pytest.raises(marking.MarkRefused, match="not_registered"):
        tap(row(workshop, 1), AttendanceMark.PRESENT)

    move(workshop, days=2)
    with pytest.raises(marking.MarkRefused, match="future"):
        tap(row(workshop, 2), AttendanceMark.PRESENT)
    assert not AttendanceEvent.objects.exists()


def test_an_undo_takes_back_one_row_once_and_the_same_button_works_again(workshop):
    one, name = row(workshop, 1), uuid.uuid4()
    tap(one, AttendanceMark.PRESENT, uuid=name)
    event = AttendanceEvent.objects.get()

    first, again = (marking.undo(event, actor="A", at=timezone.now()) for _ in range(2))
    assert (first.is_new, again.is_new) == (True, False)
    assert first.attendance.presence == Presence.ABSENT

    # Browser Back, and the same button.
    assert tap(one, AttendanceMark.PRESENT, uuid=name).presence == Presence.PRESENT


def test_the_room_confirms_those_who_are_ticked_and_those_who_come_later_wait(workshop):
    first, second = row(workshop, 1), row(workshop, 2)
    session = workshop.sessions.first()
    sign_in_by_wall(first)

    n = marking.confirm_room(session, [first.pk, second.pk], actor=None, at=timezone.now())
    again = marking.confirm_room(session, [first.pk], actor=None, at=timezone.now())
    sign_in_by_wall(second)

    assert (n, again) == (1, 0)
    found = dict(Attendance.objects.values_list("registration__row", "presence"))
    assert found == {1: Presence.PRESENT, 2: Presence.UNCONFIRMED}
    assert AuditEntry.objects.filter(verb="room confirmed").count() == 1


def test_a_tap_confirms_or_sends_away_who_signed_in_by_the_wall(workshop):
    first, second = row(workshop, 1), row(workshop, 2)
    sign_in_by_wall(first)
    sign_in_by_wall(second)
    later = timezone.now() + timedelta(hours=1)

    here = tap(first, AttendanceMark.PRESENT, at=later)
    gone = tap(second, AttendanceMark.ABSENT, at=later)

    # The time is that of the wall: who was found in the room only now is not late.
    assert (here.presence, here.arrived_at) == (Presence.PRESENT, workshop.sessions.first().starts_at)
    assert gone.presence == Presence.ABSENT


def test_the_morning_is_copied_once_and_touches_no_mark(workshop):
    morning, afternoon = workshop.sessions.all()
    for n in (1, 2):
        make_attendance(row(workshop, n), morning)
    make_attendance(row(workshop, 2), afternoon, mark=AttendanceMark.ABSENT)

    n = marking.copy_session(afternoon, actor=None, at=timezone.now())
    again = marking.copy_session(afternoon, actor=None, at=timezone.now())

    assert (n, again) == (1, 0)
    copied = AttendanceEvent.objects.get(method=AttendanceMethod.COPY)
    assert (copied.registration.row, copied.effective_at) == (1, afternoon.starts_at)
    found = dict(Attendance.objects.filter(session=afternoon).values_list("registration__row", "presence"))
    assert found == {1: Presence.PRESENT, 2: Presence.ABSENT}
    assert marking.copy_session(morning, actor=None, at=timezone.now()) == 0


def test_who_is_unconfirmed_does_not_count(workshop, django_assert_num_queries):
    morning, afternoon = workshop.sessions.all()
    morning.minutes = 150
    morning.save()
    first, second = row(workshop, 1), row(workshop, 2)
    make_attendance(first, morning)
    make_attendance(first, afternoon, mark=AttendanceMark.LATE)
    sign_in_by_wall(second, morning)
    make_attendance(second, afternoon, mark=AttendanceMark.ABSENT)

    with django_assert_num_queries(1):
        found = sessions_attended([first])

    assert found == {workshop.pk: {morning, afternoon}}
    assert sum(one.credit for one in found[workshop.pk]) == 330
    assert sessions_attended([second]) == {}
    assert [share(Attended(done, of, 0)) for done, of in ((2, 2), (0, 2), (0, 0))] == [100, 0, 0]
    rows = with_attended(Registration.objects.filter(workshop=workshop)).order_by("row")
    assert [(one.sessions_attended, one.sessions_planned) for one in rows] == [(2, 2), (0, 2)]


def test_whoever_is_not_of_the_workshop_is_not_counted_in_it(workshop):
    other = make_running(make_person(), code="9XYZ")
    make_attendance(other.registrations.get())

    assert sessions_attended(list(workshop.registrations.all())) == {}
