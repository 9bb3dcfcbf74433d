"""A pack holds what the figures say, and holds it whatever happens to the record afterwards."""

import dataclasses
from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.correcting import withdraw
from certificates.models import Certificate
from courses.append_only import AppendOnlyError
from courses.catalogue.models import Course
from courses.people.merging import merge
from courses.progress.models import Completion
from courses.progress.withdrawing import withdraw_completion
from lms.reports.figures import scope as scopes
from lms.reports.figures.defined import FIGURES
from lms.reports.learning import pairs
from lms.reports.learning.gain import learnt
from lms.reports.packs import documents, making
from lms.reports.packs.checking import check
from lms.reports.packs.models import Pack
from tests.lms.reports.learning.classes import make_class, make_tested_course

pytestmark = pytest.mark.django_db


def make(year, **kwargs):
    pack = making.make(year.scope, actor=None, at=timezone.now(), **kwargs)
    return Pack.objects.get(pk=pack.pk)


def rows_of(pack, name, version="inside"):
    return next(table["rows"] for table in pack.tables(version) if table["name"] == name)


def test_tables_say_what_the_figures_say(year):
    pack = make(year)
    values = dict(rows_of(pack, "figures"))
    assert values["people"] == FIGURES["people"].value(year.scope) == 9
    assert values["hours"] * 60 == FIGURES["hours"].value(year.scope)
    assert (values["workshops"], values["attendances"], values["completions"]) == (2, 10, 1)
    for table, by in (("agencies", "agency"), ("sectors", "sector")):
        said = {row[0]: row[1] for row in rows_of(pack, table)}
        assert said == {part.label: part.value for part in FIGURES["people"].parts(year.scope, by)}
    assert [row[1] for row in rows_of(pack, "months")] == [
        part.value for part in FIGURES["people"].parts(year.scope, "month")
    ]
    assert rows_of(pack, "gain") == [["before", 5, 0], ["after", 5, 100]]
    assert rows_of(pack, "awareness")[0][1:] == [
        "Open day",
        "Identifying victims",
        "Police Training School",
        40,
        22,
    ]
    checked = check(pack)
    assert checked.holds
    assert (checked.tables, checked.rows) == (15, pack.rows_count)


def documents_of(pack):
    pack = Pack.objects.get(pk=pack.pk)
    return {
        (form, version): documents.document(pack, version, form)
        for form in documents.FORMS
        for version in ("inside", "outside")
    }


def test_what_happens_to_the_record_afterwards_changes_nothing(year, police, constable):
    pack = make(year)
    before = documents_of(pack)

    later = timezone.now() + timedelta(minutes=1)
    merge(year.people[0], year.people[1], actor=None, at=later)
    police.name = "Police Service"
    police.save()
    certificate = Certificate.objects.get(person=constable.person)
    withdraw(certificate, public_reason="error", reason="A mistake.", actor=None, at=later)
    year.room.funder = "Somebody else"
    year.room.save()
    year.draft.delete()

    assert documents_of(pack) == before
    assert check(Pack.objects.get(pk=pack.pk)).holds

    corrected = making.correct(pack, reason="The record changed.", actor=None, at=later)
    said = {(one["table"], one["heading"]) for one in corrected.content["differences"]}
    assert {("The figures", "Value"), ("Workshops held", "Paid for by"), ("Certificates", "In force")} <= said
    assert check(corrected).holds
    assert rows_of(corrected, "figures")[0] == ["people", 8]
    with pytest.raises(making.PackRefused):
        making.correct(pack, reason="Again.", actor=None, at=later)


def test_a_completion_withdrawn_since_is_named_by_a_new_pack_alone(year, constable):
    pack = make(year)
    before = documents_of(pack)
    completion = Completion.objects.get(enrolment__person=constable.person)
    withdraw_completion(completion, reason="A mistake.", actor=None, at=timezone.now())

    assert documents_of(pack) == before
    assert dict(rows_of(pack, "figures"))["completions"] == 1
    corrected = making.correct(pack, reason="It did not stand.", actor=None, at=timezone.now())
    assert dict(rows_of(corrected, "figures"))["completions"] == 0
    named = [one for one in corrected.content["differences"] if one["table"] == "The figures"]
    assert (1, 0) in [(one["was"], one["now"]) for one in named]


def test_a_pack_that_was_tampered_with_says_so(year):
    pack = make(year)
    with pytest.raises(AppendOnlyError):
        pack.save()
    rows_of(pack, "agencies")[0][1] += 1
    checked = check(pack)
    assert not checked.holds
    assert checked.differing == ["People trained by agency"]
    assert not checked.same_hash


def test_what_goes_out_says_nothing_of_few(year):
    pack = make(year)
    for table in pack.tables("outside"):
        counts = [row[n] for row in table["rows"] if row[0] not in table["plain"] for n in table["counts"]]
        assert not [value for value in counts if isinstance(value, int) and 0 < value < 5], table["name"]
    said = " ".join(one["outside"] for one in pack.content["sentences"])
    assert "woman" not in said
    assert "1 man" not in said
    assert "Two health providers" not in said
    assert "Health providers attended one training" in said
    full = documents.document(pack, "outside", "full")[0].decode()
    assert "Not given, so that no agency of fewer than five people can be worked out." in full


def test_one_agency_alone_makes_no_pack(year):
    narrowed = dataclasses.replace(year.scope, only_agency=1)
    with pytest.raises(making.PackRefused):
        making.make(narrowed, actor=None, at=timezone.now())


def test_a_period_without_anything_is_a_pack_too(db):
    pack = making.make(scopes.read({"period": "calendar-2001"}), actor=None, at=timezone.now())
    assert check(Pack.objects.get(pk=pack.pk)).holds
    assert documents_of(pack)
    assert [one["key"] for one in pack.content["sentences"]] == ["year"]


def test_what_was_learnt_on_line_is_that_of_the_learning_page(db):
    page, few = make_tested_course(), make_tested_course()
    make_class(page, [(4, 4), (2, 4), (0, 4), (1, 3), (2, 5), (0, 5)])
    make_class(few, [(0, 5), (1, 5), (0, 4), (2, 4)])
    Course.objects.filter(pk=few.course_id).update(title="Of few")
    scope = scopes.read({"period": f"calendar-{timezone.now().year}"})
    pack = making.make(scope, actor=None, at=timezone.now())
    found = learnt(pairs.read(scope)[pairs.COURSE][page.course_id])
    title = page.course.title
    assert rows_of(pack, "gain-courses") == [[title, 6, found.before, found.after], ["Of few", 4, None, None]]
    # Of four people nothing goes out, nor a mark of them into the rows.
    assert rows_of(pack, "gain-courses", "outside")[1] == ["Of few", "fewer than 5", None, None]
    assert [row["title"] for row in pack.evidence() if row["row"] == "learnt"] == [title]
    [said] = [one for one in pack.content["sentences"] if one["key"] == "gain-online"]
    assert f"in “{title}” (6 people)" in said["inside"]
    assert "Of few" not in said["inside"]
    assert check(pack).holds
