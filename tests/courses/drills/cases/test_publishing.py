import json

import pytest
from django.utils import timezone

from courses.append_only import AppendOnlyError
from courses.catalogue.gate import PublishRefused
from courses.catalogue.raw import block, items
from courses.drills.cases.models import CaseEdition
from courses.drills.cases.pages import CasePage
from courses.quizzes.copying import copy_part
from courses.quizzes.reusing import reusable_parts
from tests.courses.drills.cases.writing import (
    choice,
    choices,
    edition_of,
    field,
    handed_in,
    long,
    make_case,
    option,
    short,
    statement,
    times,
)
from tests.courses.procedures.writing import make_procedure
from tests.factories import make_course_page, publish

pytestmark = pytest.mark.django_db


def problems(*blocks):
    return CasePage(title="Case", form=json.dumps(list(blocks))).problems()


def test_publishing_freezes_what_is_seen_and_apart_from_it_the_key():
    edition = edition_of(make_case(title="A clinic"))
    assert [page["title"] for page in edition.pages] == ["A clinic", "Later"]
    assert [one["label"] for one in edition.fields] == [
        "Signs",
        "Risk",
        "Safe contact",
        "In her words",
        "Calls",
    ]
    assert "Because of" not in json.dumps(edition.pages)
    assert '"right"' not in json.dumps(edition.pages)
    assert set(edition.key) == {one["id"] for one in edition.fields}


def test_an_edition_is_made_only_when_something_changed():
    page = make_case()
    publish(page)
    assert CaseEdition.objects.count() == 1
    page.pass_mark = 80
    publish(page)
    assert [(one.n, one.pass_mark) for one in CaseEdition.objects.order_by("n")] == [(1, 75), (2, 80)]


def test_an_edition_is_never_changed():
    edition = edition_of(make_case())
    edition.pass_mark = 1
    with pytest.raises(AppendOnlyError):
        edition.save()


def test_a_run_keeps_its_edition_and_outlives_the_page(constable):
    page = make_case()
    run = handed_in(constable.person, page)
    page.form = json.dumps([statement("Another story."), choice("Another")])
    publish(page)
    CasePage.objects.get(pk=page.pk).delete()
    run.refresh_from_db()
    assert run.edition.n == 1
    assert run.marking().passed


def test_clauses_are_kept_by_their_lasting_names():
    clause = make_procedure().in_force.wordings.first().clause
    edition = edition_of(make_case(blocks=[statement(), choice(clauses=[clause.pk])]))
    assert edition.key[edition.fields[0]["id"]]["clauses"] == [str(clause.uuid)]


@pytest.mark.indexed
def test_whoever_changes_a_clause_finds_the_field_that_cites_it():
    from courses.catalogue.references import CLAUSE
    from courses.uses import uses_by

    cited, other = [wording.clause for wording in make_procedure().in_force.wordings.all()[:2]]
    page = make_case(blocks=[statement(), choice(clauses=[cited.pk])])
    uses = uses_by(CLAUSE, [cited.pk, other.pk])
    assert {number: [str(use) for use in found] for number, found in uses.items()} == {
        cited.pk: [f"{page.title}, part 2"]
    }


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([], "There is no account yet"),
        ([statement(), long()], "no field yet that the key can mark"),
        ([statement(), choice(options=[option("a"), option("b")])], "it has no key"),
        ([statement(), choice(options=[option("a", True), option("b", True)])], "every option is right"),
        ([statement(), choices(options=[option("a"), option("b")])], "it has no key"),
        (
            [statement(), choices(options=[option("a", True), option("b", True)])],
            "ticking every box would pass",
        ),
        (
            [statement(), choices(options=[option("a", True), option("b", True), option("c")], least=1)],
            "whoever ticks every box would have enough points",
        ),
        ([statement(), choices(least=3)], "more points are needed"),
        ([statement(), short(accepted=" \n;")], "at least one accepted answer"),
        ([statement(), short(least=3)], "more lines have to be met"),
        ([statement(), choice(), long(rubric=())], "what a good text does"),
        ([statement(), times(rows=[("Called", "soon")])], "give the time of “Called” as 14:10"),
        ([statement(), choice(step="")], "which step of the procedure"),
        ([statement("Ring her on 758 452 1234."), choice()], "“758 452 1234” looks like"),
        ([statement("Passport AB123456"), choice()], "“AB123456” looks like"),
        (
            [statement(), choice(options=[option("a", True), option("r@example.org")])],
            "“r@example.org” looks like",
        ),
        (
            [statement(), block("page", title="Empty"), block("page", title="B"), choice()],
            "“Empty” has no field",
        ),
    ],
)
def test_what_would_harm_stops_it(blocks, said):
    assert [problem for problem in problems(*blocks) if said in problem]


def test_a_problem_names_its_field_and_a_good_case_has_none():
    (problem,) = problems(statement(), choice(), choices("Needs", options=[option("a"), option("b")]))
    assert problem.startswith("Field 2, “Needs”:")
    assert problems(statement(), choices(), short(), times(), long()) == []


def test_the_gate_refuses_it():
    with pytest.raises(PublishRefused):
        make_case(blocks=[statement(), choice(options=[option("a"), option("b")])])
    assert not CaseEdition.objects.exists()


def test_it_can_be_reused_and_says_what_part_it_is():
    page = make_case(make_course_page())
    assert page.pk in reusable_parts()
    part = page.part_for("police")
    assert (part.kind, part.purpose, part.minutes, part.key) == ("drill", "case", 9, page.translation_key)


def test_the_preview_shows_the_key_to_those_who_write_it(focal_point, rf):
    page = make_case()
    request = rf.get("/")
    for user, mode, told in [(focal_point, "", True), (focal_point, "trainee", False)]:
        request.user = user
        html = page.serve_preview(request, mode).render().content.decode()
        assert ("Because of A foreigner." in html) is told
        assert "FICTIONAL – practice" in html


def test_a_draft_without_anything_can_be_previewed(focal_point, rf):
    page = CasePage(
        title="Case", form=json.dumps([field("choices", "", step="", options=items([]), least=None)])
    )
    request = rf.get("/")
    request.user = focal_point
    assert page.serve_preview(request, "").render().status_code == 200


def test_the_desk_opens_it_for_writing(desk):
    page = make_case()
    for address in (
        f"/admin/pages/add/courses/casepage/{page.get_parent().pk}/",
        f"/admin/pages/{page.pk}/edit/",
    ):
        response = desk.get(address)
        assert response.status_code == 200
        assert "Several choices" in response.content.decode()


def test_a_copy_has_fields_and_options_of_its_own(focal_point):
    page = make_case()
    copied = copy_part(page, "Another case", actor=focal_point, at=timezone.now())
    copied = publish(copied.get_latest_revision_as_object())
    before, after = edition_of(page), edition_of(copied)
    assert [one["label"] for one in after.fields] == [one["label"] for one in before.fields]
    assert not set(before.key) & set(after.key)
