"""A copy of everything held on somebody."""

import io
import json
import zipfile

import pytest
from django.utils import timezone

from certificates.issuing import issue
from courses.audit.models import AuditEntry
from courses.people.merging import merge
from courses.people.noting import add_note
from lms.own_data.making import make
from tests.answering import right_options, take
from tests.factories import make_completion, make_enrolment, make_person, make_small_course

pytestmark = pytest.mark.django_db


def opened(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return archive, json.loads(archive.read("data.json"))


def test_it_holds_ones_own_and_nobody_elses(constable, colleague, focal_point):
    add_note(constable.person, "Asked for large print.", actor=focal_point, at=timezone.now())
    add_note(colleague.person, "Somebody else.", actor=focal_point, at=timezone.now())

    archive, data = opened(make(constable.person, actor=constable, at=timezone.now()))

    assert [row["full_name"] for row in data["person"]] == ["Constance Joseph"]
    assert [row["email"] for row in data["user"]] == ["constance@example.org"]
    assert [row["text"] for row in data["personnote"]] == ["Asked for large print."]
    assert [row["what"] for row in data["entries"]] == ["note added", "own data taken out"]
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Somebody else." not in everything
    assert colleague.person.full_name not in everything
    assert constable.password not in everything
    assert "Constance Joseph" in archive.read("index.html").decode()


def test_a_record_that_was_merged_is_in_it(constable):
    twin = make_person(full_name="C. Joseph", phone="+17584521234")
    merge(twin, constable.person, actor=None, at=timezone.now())

    _archive, data = opened(make(constable.person, actor=None, at=timezone.now()))

    assert [row["phone"] for row in data["person"]] == ["", "+17584521234"]


def test_that_it_was_made_is_written_down(constable, focal_point):
    make(constable.person, actor=focal_point, at=timezone.now())

    entry = AuditEntry.objects.get(verb="own data taken out")
    assert (entry.actor_id, entry.object_id) == (focal_point.pk, str(constable.person.pk))


def test_answers_are_in_words_and_what_is_right_is_not_told(constable):
    page = make_small_course()
    enrolment = make_enrolment(person=constable.person, course=page.course)
    attempt = take(page.check, constable.person, enrolment, at=timezone.now(), right=False).attempt
    item = attempt.items.select_related("question_edition__question").first()
    (right,) = [
        one["text"] for one in item.question_edition.body["options"] if one["id"] in right_options(item)
    ]

    archive, data = opened(make(constable.person, actor=None, at=timezone.now()))

    assert len(data["answers"]) == attempt.items.count()
    assert [row["test"] for row in data["answers"]] == ["Module check"] * len(data["answers"])
    assert all(row["answer"] for row in data["answers"])
    assert right not in [row["answer"] for row in data["answers"]]
    assert [row["score"] for row in data["marking"]] == [0]
    for name in archive.namelist():
        assert right_options(item)[0] not in archive.read(name).decode(), name


@pytest.mark.drawn
def test_certificates_are_in_it_as_they_were_issued(constable):
    certificate = issue(make_completion(make_enrolment(person=constable.person)), actor=None, at=timezone.now())

    archive, data = opened(make(constable.person, actor=None, at=timezone.now()))

    assert [row["number"] for row in data["certificate"]] == [certificate.number]
    for name in archive.namelist():
        if name.endswith(".pdf"):
            assert archive.read(name).startswith(b"%PDF")


def test_ones_own_is_asked_for_with_the_password_again(client_of, constable):
    client = client_of(constable)
    constable.set_password("a long sentence for this")
    constable.save()
    client.force_login(constable)

    asked = client.get("/my/record/data/")
    assert asked.status_code == 302
    assert "/reauthenticate/" in asked["Location"]
    assert not AuditEntry.objects.filter(verb="own data taken out").exists()

    client.post(asked["Location"], {"password": "a long sentence for this"})
    given = client.get("/my/record/data/")
    assert (given.status_code, given["Content-Type"]) == (200, "application/zip")
    assert "learning-data.zip" in given["Content-Disposition"]
    assert "no-store" in given["Cache-Control"]


def test_the_office_hands_it_out_for_somebody_and_others_do_not(client_of, constable, colleague, focal_point):
    address = f"/reports/people/{constable.person.uuid}/data/"

    assert client_of(focal_point).get(address).status_code == 200
    assert client_of(colleague).get(address).status_code == 403
