"""Cohorts at the desk: opened, written to, moved, closed, printed."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from certificates.batches.models import PrintRun
from certificates.issuing import issue
from courses.audit.models import AuditEntry
from courses.choices import Approval
from courses.enrolment.cohorts import Cohort, CohortMessage
from courses.enrolment.models import Enrolment
from courses.mailing.models import Letter
from tests.factories import (
    make_cohort,
    make_completion,
    make_course,
    make_enrolment,
    make_person,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db
DUE = date(2099, 3, 1)


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def url(name, row):
    return reverse(f"cohorts:{name}", args=[row.pk])


def test_a_cohort_is_opened_with_a_code_and_edited_without_moving_its_course(desk, facilitator, constable):
    course, other = make_course(), make_course()
    facts = {"name": "Gros Islet, May", "facilitator": facilitator.person.pk, "joining_open": "on"}
    facts |= {"starts_on": "2099-01-01", "ends_on": "2099-01-05", "due_on": "2099-03-01", "note": ""}

    added = desk.post(reverse("cohorts:add"), {**facts, "course": course.pk})

    cohort = Cohort.objects.get()
    assert added["Location"] == url("cohort", cohort)
    assert (cohort.course, cohort.due_on, len(cohort.join_code)) == (course, DUE, 8)
    assert AuditEntry.objects.filter(verb="cohort opened").count() == 1
    form = desk.get(url("edit", cohort)).context["form"]
    assert facilitator.person in form.fields["facilitator"].queryset
    assert constable.person not in form.fields["facilitator"].queryset
    desk.post(url("edit", cohort), {**facts, "name": "New name", "course": other.pk, "due_on": "2099-09-09"})
    cohort.refresh_from_db()
    assert (cohort.name, cohort.course, cohort.due_on) == ("New name", course, DUE)


def test_a_note_with_a_number_of_somebody_is_stopped(desk):
    facts = {"name": "One", "course": make_course().pk, "note": "Call 758 452 1234"}

    answer = desk.post(reverse("cohorts:add"), facts)

    assert not Cohort.objects.exists()
    assert "758 452 1234" in str(answer.context["form"].errors["note"])


def test_people_of_the_list_are_added_and_who_cannot_is_named(desk):
    cohort = make_cohort(due_on=DUE)
    able, refused = make_person(), make_person(full_name="Refused Person", approval=Approval.REFUSED)
    chosen = desk.post("/admin/people/", {"deed": "cohort", "scope": "ticked", "row": [able.pk, refused.pk]})
    data = {"chosen": chosen.context["chosen"], "back": "", "cohort": cohort.pk}

    looked = desk.post("/admin/people/cohort/", {**data, "step": "look"})
    assert [(group.heading, len(group.rows)) for group in looked.context["groups"]] == [
        ("Will be added", 1), ("Are in it already", 0), ("Cannot be added", 1),
    ]  # fmt: skip
    assert not cohort.members.exists()
    done = desk.post("/admin/people/cohort/", {**data, "step": "do"}, follow=True)

    assert cohort.members.get().person == able
    assert Enrolment.objects.get().due_on == DUE
    assert "Refused Person" in " ".join(str(message) for message in done.context["messages"])


def test_the_date_moves_only_after_those_affected_were_named(desk):
    cohort = make_cohort([make_person(full_name="Ann Bell")], due_on=DUE)

    looked = desk.post(url("due", cohort), {"due_on": "2099-04-01"})
    assert "Ann Bell" in looked.content.decode()
    assert Enrolment.objects.get().due_on == DUE
    desk.post(url("due", cohort), {"due_on": "2099-04-01", "step": "do"})

    assert Enrolment.objects.get().due_on == date(2099, 4, 1)


def test_a_message_reaches_each_address_once_under_a_neutral_subject(desk, focal_point):
    course = make_course(title="Counter-trafficking", neutral_title="Training programme")
    with_address, without = make_user().person, make_person(full_name="Without Address")
    cohort = make_cohort([with_address, without], course=course, name="Victims")
    mail.outbox.clear()
    page = desk.get(url("message", cohort)).content.decode()
    assert "1 person gets it by mail." in page
    assert "Without Address" in page

    stopped = desk.post(url("message", cohort), {"subject": "3", "text": "Call 758 452 1234"})
    assert stopped.status_code == 200
    assert not CohortMessage.objects.exists()
    for _twice in range(2):
        desk.post(url("message", cohort), {"subject": "3", "text": "Tomorrow at nine."})

    message, letter = CohortMessage.objects.get(), Letter.objects.get()
    assert (message.posted, message.without_address) == (1, 1)
    assert letter.key == f"cohort-message:{message.uuid}:{with_address.pk}"
    assert (letter.subject, letter.reply_to) == (
        "Training programme: where and when we meet",
        focal_point.email,
    )
    assert "Tomorrow at nine." in letter.body
    assert "raffick" not in letter.body + letter.subject
    assert "Victims" not in letter.body


def test_closed_it_can_be_opened_again_and_a_new_code_voids_the_poster(desk, client_of, constable):
    cohort = make_cohort()
    desk.post(url("close", cohort))
    assert desk.get(url("close", cohort)).status_code == 404
    desk.post(url("reopen", cohort))
    desk.post(url("code", cohort))

    assert client_of(constable).get(reverse("join", args=[cohort.join_code])).status_code == 404
    new = Cohort.objects.get().join_code
    assert client_of(constable).get(reverse("join", args=[new])).status_code == 200


def test_the_poster_says_nothing_of_the_topic_and_the_sheet_runs_no_formula(desk):
    course = make_course(title="Counter-trafficking", neutral_title="Training programme")
    cohort = make_cohort([make_person(full_name="=cmd()")], course=course, name="Victims")

    poster = desk.get(url("poster", cohort)).content.decode()
    answer = desk.get(reverse("cohorts:sheet", args=[cohort.pk, "csv"]))
    sheet = b"".join(answer.streaming_content).decode()

    assert cohort.printed_code in poster
    assert "raffick" not in poster
    assert "Victims" not in poster
    assert "'=cmd()" in sheet
    assert answer["Content-Disposition"].startswith('attachment; filename="people-')
    xlsx = desk.get(reverse("cohorts:sheet", args=[cohort.pk, "xlsx"]))
    assert b"".join(xlsx.streaming_content)[:2] == b"PK"


def test_somebody_is_taken_out_and_keeps_the_course(desk):
    cohort = make_cohort([make_person()])

    desk.post(reverse("cohorts:remove", args=[cohort.members.get().pk]))

    assert not cohort.members.open().exists()
    assert Enrolment.objects.get().ended_at is None


def test_the_certificates_of_a_cohort_are_one_print_run(desk):
    cohort = make_cohort([make_person(), make_person()], due_on=DUE)
    one, other = (member.person for member in cohort.members.all())
    issued = issue(make_completion(one.enrolments.get()), actor=None, at=timezone.now())
    issue(make_completion(make_enrolment(other, make_course())), actor=None, at=timezone.now())
    assert "1 certificate is printed." in desk.get(url("print", cohort)).content.decode()

    answer = desk.post(url("print", cohort))

    run = PrintRun.objects.get()
    assert answer["Location"] == reverse("print_run", args=[run.uuid])
    assert [item.certificate for item in run.items.all()] == [issued]


def test_without_certificates_nothing_is_printed(desk):
    cohort = make_cohort([make_person()], due_on=DUE)

    assert desk.post(url("print", cohort))["Location"] == url("cohort", cohort)
    assert not PrintRun.objects.exists()
