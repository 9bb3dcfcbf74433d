"""Erasing what is personal, and nothing else: told by looking at every cell of the database."""

from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from certificates.issuing import issue
from certificates.models import Certificate, CertificateFile
from courses.attendance.models import AttendanceEvent
from courses.audit.digest import agreeing, digest_of
from courses.audit.models import AuditEntry
from courses.choices import Approval, ErasureWhy, Role
from courses.enrolment.models import Enrolment
from courses.people.correcting import ask_name_correction
from courses.people.merging import merge
from courses.people.models import Device, Person, User
from courses.people.noting import add_note
from courses.people.roles import give_role
from courses.progress.models import Completion
from courses.questions.models import QuestionKey
from courses.quizzes import attempts
from courses.quizzes.models import AnswerEvent, Attempt, Marking
from courses.quizzes.remarking import remark
from lms.erasing import asking, deciding, fates, listing
from lms.erasing.models import Erasure
from lms.erasing.refusing import ErasureRefused
from lms.own_data.sheets import SHEETS
from lms.reports.figures import everything
from tests import factories as make
from tests.answering import take
from tests.courses.drills.cases.writing import choice, hand_in, make_case, make_run, save, short, statement

pytestmark = pytest.mark.django_db

# What must be in no cell any more. The name, the place and the rank stand on the certificate.
CANARIES = ["canary-mail@", "canary-old@", "7584560099", "SN-CANARY-77", "canary note", "canary device"]


@pytest.fixture
def leaver(police, focal_point):
    """Somebody who studied, was certified, attended, was written to, and left."""
    now = timezone.now()
    person = make.make_person(
        full_name="Leonora Leaver",
        agency=police,
        phone="+17584560099",
        service_number="SN-CANARY-77",
        contact_email="canary-old@example.org",
        rank="Sergeant",
        sex="female",
    )
    user = make.make_user(email="canary-mail@example.org", person=person)
    course = make.make_small_course()
    enrolment = make.make_enrolment(person, course.course)
    run = make_run(person, make_case(course, blocks=[statement(), choice(), short()]), enrolment=enrolment)
    save(run, {run.edition.fields[1]["id"]: "A canary note."})
    hand_in(run)
    take(course.check, person, enrolment, at=now)
    completion = make.make_completion(enrolment)
    issue(completion, actor=None, at=now)
    held = make.make_workshop(starts_at=now - timedelta(days=90))
    make.make_attendance(make.make_registration(held, person))
    add_note(person, "A canary note.", actor=focal_point, at=now)
    ask_name_correction(person, "Leonora canary note", at=now)
    make.make_letter(person=person, address="canary-mail@example.org")
    Device.objects.create(person=person, name="canary device", first_heard_at=now, last_heard_at=now)
    AuditEntry.objects.create(
        at=now,
        actor_name="system",
        verb="found",
        object_type="courses.workshop",
        object_id="1",
        facts={"row": ["Canary-Mail@example.org", "kept"]},
    )
    UserSession.objects.create(user=user, ip="10.9.8.7", user_agent="canary device", session_key="a" * 32)
    Person.objects.filter(pk=person.pk).update(left_on=date(2020, 1, 31))
    person.refresh_from_db()
    return person


def ask(person, actor, **kwargs):
    return asking.ask(
        person, why=ErasureWhy.ASKED, filed_as="12/2026", actor=actor, at=timezone.now(), **kwargs
    )


def erase(person, first, second):
    return deciding.confirm(ask(person, first), actor=second, at=timezone.now())


@pytest.fixture
def second(department):
    return make.make_user(role=Role.FOCAL_POINT, person=make.make_person(full_name="Second One"))


def cells_with(words):
    """{(table, column)} where one of the words stands, in whatever case."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = [each.name for each in connection.introspection.get_table_description(cursor, table)]
            quoted = ", ".join(f'"{name}"' for name in columns)
            cursor.execute(f'SELECT {quoted} FROM "{table}"')
            for row in cursor.fetchall():
                for name, cell in zip(columns, row, strict=True):
                    if any(word.casefold() in _as_text(cell).casefold() for word in words):
                        found.add((table, name))
    return found


def _as_text(cell):
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode(errors="replace")
    return str(cell)


def test_what_is_personal_is_in_no_cell_any_more(leaver, focal_point, second):
    assert len(cells_with(CANARIES)) > 8
    figures = everything.values(timezone.localdate())

    done = erase(leaver, focal_point, second)

    assert cells_with(CANARIES) == set()
    assert not User.objects.filter(person=leaver).exists()
    assert not AnswerEvent.objects.filter(item__attempt__person=leaver).exists()
    assert done.keeps_name
    assert done.gone["courses.AnswerEvent"] > 0
    assert everything.values(timezone.localdate()) == figures


def test_the_record_of_training_stays_as_it_was(leaver, focal_point, second):
    def record():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Enrolment, Completion, Marking, Certificate, CertificateFile)
        ]

    before = record()
    erase(leaver, focal_point, second)

    assert record() == before
    leaver.refresh_from_db()
    assert (leaver.full_name, leaver.agency.short_name, leaver.sex) == ("Leonora Leaver", "RSLPF", "female")
    assert AttendanceEvent.objects.filter(registration__person=leaver).exists()


def test_without_a_training_to_prove_the_name_goes_too(focal_point, second, hospital):
    visitor = make.make_person(
        full_name="Vera Visitor", agency=hospital, approval=Approval.REFUSED, phone="+17584560099"
    )
    make.make_user(person=visitor, email="canary-mail@example.org")
    add_note(visitor, "Vera Visitor is a canary note.", actor=focal_point, at=timezone.now())

    done = erase(visitor, focal_point, second)

    assert not done.keeps_name
    assert cells_with(["Vera Visitor", *CANARIES]) == set()


def test_a_name_that_somebody_else_bears_stays_theirs_in_the_audit_log(focal_point, second, hospital):
    visitor = make.make_person(full_name="Mary Joseph", agency=hospital, approval=Approval.REFUSED)
    other = make.make_person(full_name="Mary Joseph", agency=hospital)
    entry = AuditEntry.objects.create(
        at=timezone.now(),
        verb="x",
        object_type="people.person",
        object_id=str(other.pk),
        facts={"n": "Mary Joseph"},
    )

    erase(visitor, focal_point, second)

    entry.refresh_from_db()
    assert entry.facts == {"n": "Mary Joseph"}


def test_merged_records_go_with_it(leaver, focal_point, second):
    twin = make.make_person(full_name="L. Leaver", contact_email="canary-old@example.com")
    merge(twin, leaver, actor=None, at=timezone.now())

    erase(leaver, focal_point, second)

    twin.refresh_from_db()
    assert (twin.full_name, twin.contact_email) == ("Leonora Leaver", "")
    assert cells_with(CANARIES) == set()


def test_the_audit_log_still_agrees_with_what_a_backup_kept(leaver, focal_point, second):
    kept = {"backup": digest_of()}

    erase(leaver, focal_point, second)

    assert [agrees for _name, _digest, agrees in agreeing(kept)] == [True]
    entry = AuditEntry.objects.get(verb="erased")
    assert entry.actor_id == second.pk
    assert (entry.facts["asked_by"], entry.facts["confirmed_by"]) == (str(focal_point), str(second))
    assert entry.facts["redacted"]


def test_the_verifier_counts_what_was_blanked_and_refuses_a_blanking_without_an_erasure(
    leaver, focal_point, second, capsys
):
    erase(leaver, focal_point, second)
    call_command("audit_verify")
    assert "by 1 erasures" in capsys.readouterr().out

    AuditEntry.objects.create(
        at=timezone.now(),
        verb="erased",
        object_type="people.person",
        object_id=str(leaver.pk),
        facts={"redacted": [[1, "a", "b"]], "erasure": "made up"},
    )
    with pytest.raises(CommandError, match="there is no such erasure"):
        call_command("audit_verify")


def test_a_key_that_is_put_right_later_takes_no_mark_from_erased_answers(leaver, focal_point, second):
    erase(leaver, focal_point, second)
    attempt = Attempt.objects.select_related("quiz_edition").get(person=leaver)

    assert attempt.answers_are_erased
    assert remark([attempt]) == []
    assert QuestionKey.objects.exists()


def test_a_test_that_was_begun_is_over(leaver, focal_point, second):
    course = make.make_small_course()
    begun = attempts.start(
        course.check.translation_key,
        person=leaver,
        enrolment=make.make_enrolment(leaver, course.course),
        actor=None,
        at=timezone.now(),
    )

    erase(leaver, focal_point, second)

    begun.refresh_from_db()
    assert begun.state == "void"


def test_nobody_else_is_touched(leaver, colleague, focal_point, second):
    add_note(colleague.person, "Theirs.", actor=focal_point, at=timezone.now())
    theirs = {"colleague@", "Theirs.", colleague.person.full_name, colleague.email}
    before = cells_with(theirs)

    erase(leaver, focal_point, second)

    assert cells_with(theirs) == before


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("serves", {"left_on": None}),
        ("serves", {"left_on": timezone.localdate() + timedelta(days=1)}),
    ],
)
def test_who_still_serves_is_not_erased(leaver, focal_point, code, change):
    Person.objects.filter(pk=leaver.pk).update(**change)

    with pytest.raises(ErasureRefused) as refused:
        ask(leaver, focal_point)
    assert refused.value.code == code


def test_nor_who_has_a_role_is_merged_or_comes_to_a_workshop(leaver, focal_point, second):
    give_role(leaver.user, Role.FACILITATOR, actor=None, at=timezone.now())
    with pytest.raises(ErasureRefused, match="role"):
        ask(leaver, focal_point)
    give_role(leaver.user, Role.TRAINEE, actor=None, at=timezone.now())

    coming = make.make_workshop(starts_at=timezone.now() + timedelta(days=3))
    registered = make.make_registration(coming, leaver)
    with pytest.raises(ErasureRefused, match="coming"):
        ask(leaver, focal_point)
    type(registered).objects.filter(pk=registered.pk).update(state="cancelled", cancelled_at=timezone.now())

    twin = make.make_person(full_name="L. Leaver")
    merge(twin, leaver, actor=None, at=timezone.now())
    twin.refresh_from_db()
    with pytest.raises(ErasureRefused, match="merged"):
        ask(twin, focal_point)

    ask(leaver, focal_point)
    with pytest.raises(ErasureRefused, match="asked"):
        ask(leaver, second)


def test_it_takes_two_and_neither_is_the_person(leaver, focal_point, second):
    asked = ask(leaver, focal_point)
    with pytest.raises(ErasureRefused, match="second"):
        deciding.confirm(asked, actor=focal_point, at=timezone.now())
    with pytest.raises(ErasureRefused, match="oneself"):
        deciding.confirm(asked, actor=leaver.user, at=timezone.now())

    deciding.withdraw(asked, actor=second, at=timezone.now())

    with pytest.raises(ErasureRefused, match="over"):
        deciding.confirm(asked, actor=second, at=timezone.now())
    assert User.objects.filter(person=leaver).exists()


def test_the_person_is_told_before_it_is_done(
    leaver, focal_point, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ask(leaver, focal_point)

    (mail,) = [mail for mail in mailoutbox if "erase" in mail.body]
    assert mail.to == ["canary-mail@example.org"]
    assert mail.subject == "Learning: your data"


def test_an_older_backup_brings_nobody_back(leaver, focal_point, second, settings, tmp_path):
    settings.BACKUP_ROOT = str(tmp_path)
    done = erase(leaver, focal_point, second)
    path = listing.write()
    assert not any(word.casefold() in path.read_text().casefold() for word in [*CANARIES, "Leonora"])
    # As the older backup has it
    Erasure.objects.all().delete()
    Person.objects.filter(pk=leaver.pk).update(phone="+17584560099")
    make.make_user(email="canary-mail@example.org", person=leaver)

    assert listing.do_again(at=timezone.now()) == (1, 0)

    assert cells_with(CANARIES) == set()
    again = Erasure.objects.get()
    assert (again.uuid, again.confirmed_by_id, again.done_at) == (done.uuid, second.pk, done.done_at)
    assert again.done_again_at is not None
    assert listing.do_again(at=timezone.now()) == (0, 0)


def test_the_list_keeps_what_an_older_database_does_not_know(leaver, focal_point, second, settings, tmp_path):
    settings.BACKUP_ROOT = str(tmp_path)
    erase(leaver, focal_point, second)
    before = listing.write().read_text()
    Erasure.objects.all().delete()

    assert listing.write().read_text() == before


@pytest.mark.parametrize("text", ["no json", "{}", '{"erasure": "x", "person": "y", "asked_at": 3}', "[]"])
def test_a_list_that_cannot_be_read_erases_nobody(settings, tmp_path, text):
    settings.BACKUP_ROOT = str(tmp_path)
    (tmp_path / listing.NAME).write_text(text)

    with pytest.raises(listing.BadList, match="Line 1"):
        listing.do_again(at=timezone.now())


def test_every_sheet_has_its_fate():
    assert {sheet.model for sheet in SHEETS} == set(fates.FATES) - {"people.NotTheSame"}
    for sheet, fate in fates.sheets():
        if isinstance(fate, fates.Blanked):
            assert set(fate.fields) <= {column.name for column in sheet.columns} | set(sheet.secret)
