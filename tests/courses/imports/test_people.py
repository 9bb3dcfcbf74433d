"""The list of people: dry run, deciding, importing; the same file twice, a killed worker."""

import io
import tracemalloc
from collections import Counter

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import Approval, ImportDecision, ImportState
from courses.imports import checking, deciding, handing_in, reading, running
from courses.imports.models import ImportJob
from courses.imports.people import PeopleKind
from courses.imports.refusing import ColumnsMissing, NothingKnown, NotNow, Unreadable
from courses.people.models import Person, User
from tests.courses.imports.importing import check, outcomes, results, run, sample
from tests.factories import make_person, make_post

pytestmark = pytest.mark.django_db
HEAD = "Name,Email,Agency,Post,Rank,Service number,Phone,Sex,Role,is_staff,Password,uuid\n"


def names():
    return set(Person.objects.values_list("full_name", flat=True))


@pytest.mark.parametrize(
    ("name", "created", "errors"),
    [
        ("utf8_plain.csv", 60, 0),
        ("excel_semicolon_bom.csv", 40, 0),
        ("quotes_newlines.csv", 4, 0),
        ("formula_injection.csv", 3, 4),
    ],
)
def test_every_sample_gives_what_its_manifest_says_and_twice_nobody(focal_point, name, created, errors):
    text, before = sample(name), Person.objects.count()

    job = run(check(text, focal_point), focal_point)
    assert sorted(set(results(job))) == sorted({"created"} | ({"error"} if errors else set()))
    assert Person.objects.count() - before == created

    again = check(text, focal_point)
    assert {outcome for _n, outcome, _notes in outcomes(again)} == {"leave"} | ({"error"} if errors else set())
    run(again, focal_point)
    assert Person.objects.count() - before == created


def test_a_long_list_is_read_row_by_row(focal_point):
    file = io.BytesIO(sample("people_10000.csv"))
    tracemalloc.start()
    count = sum(1 for _row in reading.rows_of(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < 1_000_000) == (10_000, True)

    # Some of it through every step: the first rows, and then as many again with the same ones before.
    lines = file.getvalue().split(b"\n")
    before = Person.objects.count()
    run(check(b"\n".join(lines[:261]), focal_point), focal_point)
    again = run(check(b"\n".join(lines[:301]), focal_point), focal_point)
    assert Counter(results(again)) == {"left": 260, "created": 40}
    assert Person.objects.count() - before == 300


def test_the_samples_keep_their_names_and_addresses(focal_point):
    run(check(sample("quotes_newlines.csv"), focal_point), focal_point)
    assert names() >= {"Two Lines Smith", "spaced Name", "Last Row", 'Anna "Annie" O\'Neil, Jr.'}
    assert set(Person.objects.exclude(contact_email="").values_list("contact_email", flat=True)) == {
        "q1@example.com", "q2@example.com", "q3@example.com", "q4@example.com",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "code"), [("empty.csv", "empty"), ("headers_only.csv", "no_rows")])
def test_samples_without_rows_are_refused(focal_point, name, code):
    with pytest.raises(Unreadable) as refused:
        check(sample(name), focal_point)
    assert refused.value.code == code


def test_a_file_without_known_headings_is_refused_and_says_what_is_missing(focal_point):
    with pytest.raises(NothingKnown) as refused:
        check(sample("wrong_columns.csv"), focal_point)
    assert "full name" in str(refused.value.missing[0])
    assert refused.value.headings == ["id", "foo"]
    with pytest.raises(ColumnsMissing):
        check("Email\na@example.org\n", focal_point)


def test_rights_are_never_imported(focal_point, police):
    row = "Anna Alcide,anna.a@Example.ORG,RSLPF,,Constable,PC 12,712 3456,F,administrator,1,secret,x\n"
    run(check(HEAD + row, focal_point), focal_point)

    anna = Person.objects.get(full_name="Anna Alcide")
    assert (anna.agency, anna.rank, anna.service_number) == (police, "Constable", "PC 12")
    assert (anna.phone, anna.sex, anna.contact_email) == ("+17587123456", "female", "anna.a@example.org")
    assert anna.approval == Approval.APPROVED
    assert not User.objects.filter(person=anna).exists()
    assert AuditEntry.objects.get(verb="imported").object_id == str(anna.pk)


def test_known_people_are_filled_up_and_changed_as_shown(focal_point, constable, police):
    post = make_post(agency=police, name="Vieux Fort")
    row = "Constance JOSEPH,Constance@example.org,rslpf,vieux fort,Sergeant,PC 9,,m,,,,\n"
    job = check(HEAD + row, focal_point)
    line = job.rows.get()
    assert (line.outcome, line.changes) == (
        "update",
        [
            ["post", "Gros Islet", "Vieux Fort"],
            ["rank", "Constable", "Sergeant"],
            ["service_number", "", "PC 9"],
        ],
    )

    assert results(run(job, focal_point)) == ["updated"]
    person = Person.objects.get(pk=constable.person_id)
    assert (person.full_name, person.sex, person.post, person.rank) == (
        "Constance Joseph", "female", post, "Sergeant",
    )  # fmt: skip
    assert person.contact_email == ""


def test_what_changed_after_the_check_is_not_overwritten(focal_point, constable):
    job = check("Name,Email,Rank\nConstance Joseph,constance@example.org,Sergeant\nNew One,,\n", focal_point)
    Person.objects.filter(pk=constable.person_id).update(rank="Inspector")
    make_person(full_name="One New")

    assert results(run(job, focal_point)) == ["error", "error"]
    assert Person.objects.get(pk=constable.person_id).rank == "Inspector"


def test_rows_that_cannot_be_say_why(focal_point, police, constable):
    text = HEAD + (
        ",x@example.org,,,,,,,,,,\n"
        "Ben Biscette,no address,,,,,12,,,,,\n"
        "Cora Clovis,,Police of Mars,,,,,,,,,\n"
        "Dora Dujon,d@example.org,RSLPF,Nowhere,,,,,,,,\n"
        "Dora Dujon,D@example.org,RSLPF,,,,,,,,,\n"
        "Earl Emmanuel,d@example.org,RSLPF,,,,,,,,,\n"
        "Dora Dujon,,RSLPF,,,,,,,,,\n"
        "Fay Fontenelle,,,,,,,,,,,,too,wide\n"
    )
    assert outcomes(check(text, focal_point)) == [
        (2, "error", ["name_empty"]),
        (3, "error", ["email", "phone"]),
        (4, "error", ["no_agency"]),
        (5, "create", ["unknown"]),
        (6, "leave", ["same_row"]),
        (7, "error", ["same_key"]),
        (8, "leave", ["same_row"]),
        (9, "error", ["wide"]),
    ]


def test_who_may_be_somebody_is_decided_by_a_person(focal_point, police, hospital, constable):
    other = make_person(full_name="Joseph, Constance", agency=hospital)
    text = (
        "Name,Agency,Email,Phone\n"
        "CONSTÁNCE Joseph,RSLPF,,\n"  # the constable, by name and agency
        "Constance Joseph,,,\n"  # one of two
        "Somebody Else,RSLPF,constance@example.org,\n"  # her address
        "Constance Joseph,Department of Home Affairs,,\n"  # of another agency: nobody we know
    )
    job = check(text, focal_point)
    rows = {row.n: row for row in job.rows.all()}
    assert [rows[n].outcome for n in (2, 3, 4, 5)] == ["decide", "decide", "decide", "create"]
    assert (rows[2].offered, rows[3].offered, rows[4].offered) == (
        [constable.person_id],
        [constable.person_id, other.pk],
        [constable.person_id],
    )

    stranger = make_person().pk
    assert deciding.decide(job, {2: ("same", stranger), 5: ("same", stranger)}) == 0
    assert deciding.decide(job, {3: (ImportDecision.NEW, None)}) == 1
    assert deciding.decide_the_rest(job, ImportDecision.SAME) == 2
    deciding.decide(job, {4: (ImportDecision.SKIP, None)})
    assert results(run(job, focal_point)) == ["left", "created", "skipped", "created"]
    with pytest.raises(NotNow):
        deciding.decide(job, {4: (ImportDecision.NEW, None)})

    # The same file again: who was decided about is known; what was left out is asked again.
    before = Person.objects.count()
    again = check(text, focal_point)
    assert [outcome for _n, outcome, _notes in outcomes(again)] == ["leave", "leave", "decide", "leave"]
    run(again, focal_point)
    assert Person.objects.count() == before


def test_the_agency_is_given_for_rows_that_name_none(focal_point, police, hospital):
    text = "Vorname;Nachname;Behörde\nGerd;Groß;\nHeidi;Hahn;Owen King EU Hospital\n"
    run(check(text, focal_point, agency=police), focal_point)

    assert Person.objects.get(full_name="Gerd Groß").agency == police
    assert Person.objects.get(full_name="Heidi Hahn").agency == hospital


class Killed(BaseException):
    """A worker that is killed says nothing."""


def test_a_killed_worker_leaves_nothing_twice_and_nothing_out(focal_point, monkeypatch):
    text = "Name,Email\n" + "".join(f"Person {n} Somebody,p{n}@example.org\n" for n in range(30))
    monkeypatch.setattr("courses.imports.checking.AT_ONCE", 7)
    monkeypatch.setattr(PeopleKind, "at_once", 7)
    real_check, real_do, calls = PeopleKind.check, PeopleKind.do, []

    def dying(real, after):
        def deed(self, *args, **kwargs):
            calls.append(1)
            if len(calls) == after:
                raise Killed
            return real(self, *args, **kwargs)

        return deed

    job = handing_in.upload("people", io.BytesIO(text.encode()), "a.csv", actor=focal_point, at=timezone.now())
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.CHECKING)
    monkeypatch.setattr(PeopleKind, "check", dying(real_check, 3))
    with pytest.raises(Killed):
        checking.check(job.pk, at=timezone.now())
    assert job.rows.count() == 14
    checking.check(job.pk, at=timezone.now())
    checking.check(job.pk, at=timezone.now())
    assert [row.n for row in job.rows.order_by("n")] == list(range(2, 32))

    calls.clear()
    job.refresh_from_db()
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.RUNNING, confirmed_at=timezone.now())
    monkeypatch.setattr(PeopleKind, "do", dying(real_do, 10))
    with pytest.raises(Killed):
        running.run(job.pk, actor=focal_point, at=timezone.now())
    assert Person.objects.filter(full_name__endswith="Somebody").count() == 7
    running.run(job.pk, actor=focal_point, at=timezone.now())
    running.run(job.pk, actor=focal_point, at=timezone.now())

    job.refresh_from_db()
    assert (job.state, set(results(job))) == (ImportState.DONE, {"created"})
    assert Person.objects.filter(full_name__endswith="Somebody").count() == 30
    assert AuditEntry.objects.filter(verb="import done").count() == 1
