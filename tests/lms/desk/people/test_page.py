from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.correcting import withdraw
from certificates.issuing import issue
from courses.append_only import AppendOnlyError
from courses.audit.models import AuditEntry
from courses.choices import Approval, Role
from courses.enrolment.enrolling import assign, enrol
from courses.people.approving import approve, ask
from courses.people.correcting import ask_name_correction
from courses.people.models import PersonNote
from courses.people.noting import add_note
from courses.people.roles import give_role
from courses.progress.models import Completion
from courses.progress.recording import complete_lesson
from tests.answering import take
from tests.factories import make_course, make_person, make_site, make_small_course, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def address(person):
    return f"/admin/people/{person.pk}/"


def text_of(desk, person):
    return " ".join(desk.get(address(person)).content.decode().split())


def finish(course, user):
    now = timezone.now()
    enrolment = enrol(user.person, course.course, actor=user, at=now)
    for lesson in course.lesson_pages:
        complete_lesson(enrolment, lesson, actor=user, at=now)
    take(course.check, user.person, enrolment, at=now)
    take(course.final, user.person, enrolment, at=now)
    return issue(Completion.objects.get(enrolment=enrolment), actor=None, at=now)


def test_it_says_who_they_are_and_where_they_work(desk, constable):
    text = text_of(desk, constable.person)

    for words in ("Constance Joseph", "Royal Saint Lucia Police Force", "Gros Islet", "Constable", "Approved"):
        assert words in text
    assert f'href="/admin/people/edit/{constable.person.pk}/"' in text


def test_it_says_how_they_sign_in(desk, constable):
    before = text_of(desk, constable.person)
    constable.last_login = timezone.now()
    constable.save()
    constable.emailaddress_set.update(verified=False)
    Authenticator.objects.create(user=constable, type=Authenticator.Type.TOTP, data={"secret": "x"})
    after = text_of(desk, constable.person)

    for words in ("Signs in with constance@example.org.", "Has never signed in.", "The second step is off."):
        assert words in before
    for words in ("Signed in last on", "The address is not confirmed yet.", "The second step is on"):
        assert words in after


def test_it_says_that_a_role_still_lacks_its_second_step(desk, supervisor_police, settings):
    settings.STAFF_SECOND_FACTOR = True
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("Doors")]

    assert "The second step is not set up, and this role needs it." in text_of(desk, supervisor_police.person)


def test_a_walk_in_has_no_log_in(desk, police):
    assert "There is no log-in" in text_of(desk, make_person(agency=police))


def test_it_shows_courses_attempts_and_certificates(desk, constable):
    course = make_small_course()
    certificate = finish(course, constable)
    text = text_of(desk, constable.person)

    assert "2 lessons done." in text
    assert "Completed on" in text
    assert text.count("100 of 100, passed") == 2
    assert f"{certificate.number}</a>" in text
    assert f'href="/admin/certificates/pdf/{certificate.pk}/"' in text
    assert "In force" in text

    withdraw(certificate, public_reason="error", reason="Mixed up", actor=None, at=timezone.now())
    assert ": Withdrawn" in text_of(desk, constable.person)


def test_it_shows_progress_and_the_due_date_of_what_is_open(desk, constable):
    course = make_small_course()
    now = timezone.now()
    due = timezone.localdate() + timedelta(days=14)
    enrolment = assign(constable.person, course.course, due_on=due, actor=None, at=now)
    complete_lesson(enrolment, course.lesson_pages[0], actor=constable, at=now)
    take(course.check, constable.person, enrolment, at=now)

    text = text_of(desk, constable.person)
    assert "50 per cent done." in text
    assert "Due on" in text


def test_requests_lead_to_their_decisions(desk, constable, pending, focal_point):
    now = timezone.now()
    enrolment = enrol(constable.person, make_course(enrolment="request"), actor=constable, at=now)
    correction = ask_name_correction(constable.person, "Constance Josèph", at=now)
    ask(pending.person, "Which station?", actor=focal_point, at=now)

    text = text_of(desk, constable.person)
    assert f"/admin/enrolments/accept/{enrolment.pk}/" in text
    assert f"/admin/name-corrections/decide/{correction.pk}/" in text
    assert "Francine Focal asked: Which station?" in text_of(desk, pending.person)


# --- What happened ----------------------------------------------------------------------


def test_it_tells_what_happened_in_words(desk, pending, focal_point, administrator):
    now = timezone.now()
    approve(pending.person, actor=focal_point, at=now)
    give_role(pending, Role.FACILITATOR, actor=administrator, at=now)
    course = make_course(title="A good course")
    assign(pending.person, course, due_on=None, actor=focal_point, at=now)
    assign(pending.person, course, due_on=date(2099, 1, 31), actor=focal_point, at=now)

    told = [event.what for event in desk.get(address(pending.person)).context["history"]]

    assert set(told) == {
        "Approved",
        "Role changed from Trainee to Facilitator",
        "Was assigned: A good course",
        "Due date 31 January 2099: A good course",
    }
    assert "(Francine Focal)" in text_of(desk, pending.person)


def test_every_verb_of_the_record_has_words():
    """What is logged about a person, their enrolments and certificates reads as a sentence."""
    from lms.desk.people.history import WORDS, in_words

    facts = {"reason": "R", "was": "trainee", "role": "facilitator", "wanted": "W", "due_on": "None", "by": "B"}
    told = {verb: in_words(verb, facts, "S") for verb in WORDS}

    assert not [text for text in told.values() if "%" in text]
    assert told["due date set"] == "Due date taken away: S"
    assert in_words("something new", {}, "") == "Something new"


def test_what_happened_to_others_is_not_told(desk, constable, colleague):
    add_note(colleague.person, "About the colleague", actor=None, at=timezone.now())
    finish(make_small_course(), colleague)

    page = desk.get(address(constable.person))

    assert page.context["history"] == []
    assert "About the colleague" not in page.content.decode()


# --- Notes ------------------------------------------------------------------------------


def test_a_note_is_added_and_stays(desk, constable, focal_point):
    desk.post(address(constable.person), {"text": "Prefers mornings."})
    desk.post(address(constable.person), {"text": "Called back."})

    notes = list(constable.person.notes.all())
    assert [note.text for note in notes] == ["Called back.", "Prefers mornings."]
    assert {note.author for note in notes} == {"Francine Focal"}
    entries = AuditEntry.objects.filter(verb="note added")
    assert [entry.object_id for entry in entries] == [str(constable.person.pk)] * 2
    assert "mornings" not in str([entry.facts for entry in entries])
    with pytest.raises(AppendOnlyError):
        notes[0].save()
    with pytest.raises(AppendOnlyError):
        PersonNote.objects.all().delete()


def test_the_form_warns_against_details_of_a_case(desk, constable):
    assert "This is not where you report a case" in text_of(desk, constable.person)


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001, "Left\u202eright"])
def test_what_is_no_note_is_refused(desk, constable, text):
    page = desk.post(address(constable.person), {"text": text})

    assert list(page.context["form"].errors) == ["text"]
    assert not PersonNote.objects.exists()


@pytest.mark.parametrize("name", ["constable", "facilitator", "supervisor_police"])
def test_nobody_else_opens_it_not_even_the_person(request, client_of, constable, name):
    client = client_of(request.getfixturevalue(name))

    assert client.get(address(constable.person)).status_code == 403
    assert client.post(address(constable.person), {"text": "Mine"}).status_code == 403
    assert not PersonNote.objects.exists()


def test_an_absent_or_merged_person_is_not_found(desk, constable, colleague):
    colleague.person.merged_into = constable.person
    colleague.person.save()

    assert desk.get("/admin/people/999999/").status_code == 404
    assert desk.get(address(colleague.person)).status_code == 404


# --- Weight -----------------------------------------------------------------------------


def test_a_long_record_asks_the_database_as_often_as_a_short_one(desk, police):
    def queries(n):
        user = make_user(person=make_person(agency=police, approval=Approval.APPROVED))
        course = make_small_course()
        for _ in range(n):
            finish(course, user)
            add_note(user.person, "A note.", actor=user, at=timezone.now())
        enrol(user.person, course.course, actor=user, at=timezone.now())
        desk.get(address(user.person))
        with CaptureQueriesContext(connection) as captured:
            desk.get(address(user.person))
        return len(captured)

    assert queries(1) == queries(5) <= 34
