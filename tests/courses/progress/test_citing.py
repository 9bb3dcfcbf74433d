from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.raw import items
from courses.procedures.models import Procedure
from courses.progress.citing import clauses_on_path, editions_on_path, parts_citing
from tests.blocks import choice, ending, situation
from tests.courses.procedures.writing import begin, make_procedure, publish, reword
from tests.factories import (
    block,
    draw,
    from_bank,
    make_bank_question,
    make_course_page,
    make_enrolment,
    make_lesson,
    make_module,
    make_person,
    make_quiz,
    make_scenario,
    set_outline,
    single,
)

pytestmark = pytest.mark.django_db


def point(clause, **value):
    return block("key_point", kind="sop", title="Rule", text="<p>Ask.</p>", clauses=items([clause.pk]), **value)


def asking(clause, **value):
    question = single()
    question["value"] |= {"clauses": items([clause.pk]), **value}
    return question


@pytest.fixture
def clauses():
    return list(make_procedure({str(n): f"Rule {n}" for n in range(1, 7)}).clauses.all())


def test_the_path_of_a_sector_cites_what_its_people_read(clauses):
    everyone, police, in_quiz, block_of_health, not_in_outline, question_of_health = clauses
    page = make_course_page()
    first = make_lesson(page, [point(everyone), point(block_of_health, sectors=["health"])])
    second = make_lesson(page, [point(police)], sectors=["police"])
    check = make_quiz(page, [asking(in_quiz), asking(question_of_health, sectors=["health"])])
    make_lesson(page, [point(not_in_outline)])
    set_outline(page, [make_module(first, second, check)])

    assert clauses_on_path(page.course, "") == {everyone.pk, in_quiz.pk}
    assert clauses_on_path(page.course, "police") == {everyone.pk, in_quiz.pk, police.pk}
    assert clauses_on_path(page.course, "health") == {
        everyone.pk,
        in_quiz.pk,
        block_of_health.pk,
        question_of_health.pk,
    }


def test_of_the_bank_those_that_a_test_names_are_on_the_path(clauses):
    named, of_health, drawn = clauses[:3]
    page = make_course_page()
    questions = [make_bank_question(asking(named)), make_bank_question(asking(of_health), sectors=["health"])]
    make_bank_question(asking(drawn), code="D1", module="C1")
    check = make_quiz(page, [*map(from_bank, questions), draw(1, module="C1")])
    set_outline(page, [make_module(check)])

    assert clauses_on_path(page.course, "police") == {named.pk}
    assert clauses_on_path(page.course, "health") == {named.pk, of_health.pk}


def test_a_scenario_is_on_the_path_too(clauses):
    page = make_course_page()
    door = situation("door", choice("Ask", "end", 2), choice("Leave", "end"), clauses=[clauses[2].pk])
    set_outline(page, [make_module(make_scenario(page, [door, ending("end")]))])
    assert clauses_on_path(page.course, "") == {clauses[2].pk}


def test_a_draft_is_on_nobodys_path(clauses):
    page = make_course_page()
    lesson = make_lesson(page, [point(clauses[0])])
    set_outline(page, [make_module(lesson)])
    lesson.body = lesson.body.stream_block.to_python([point(clauses[1])])
    lesson.save_revision()
    assert clauses_on_path(page.course, "") == {clauses[0].pk}


def test_the_edition_is_that_of_the_moment(clauses):
    page = make_course_page()
    set_outline(page, [make_module(make_lesson(page, [point(clauses[0])]))])
    procedure = Procedure.objects.get()
    make_procedure()  # which nothing cites
    before = timezone.now()
    draft = begin(procedure)
    reword(draft, "1", "Other words")
    publish(draft)
    assert [one.label for one in editions_on_path(page.course, "", before)] == ["2019"]
    assert [one.label for one in editions_on_path(page.course, "", timezone.now())] == ["2026"]
    assert editions_on_path(page.course, "", before - timedelta(days=9)) == []


def test_a_reader_meets_a_clause_in_their_own_lessons_and_drills_and_in_no_test(clauses, constable):
    cited, other, *_more = clauses
    page = make_course_page()
    mine, of_others = make_lesson(page, [point(cited)]), make_lesson(page, [point(cited)], sectors=["health"])
    elsewhere, check = make_lesson(page, [point(other)]), make_quiz(page, [asking(cited)])
    door = situation("door", choice("Ask", "end", 2), choice("Leave", "end"))
    door["value"]["clauses"] = items([cited.pk])
    drill = make_scenario(page, [door, ending("end")])
    set_outline(page, [make_module(mine, of_others, elsewhere, check, drill)])
    make_lesson(make_course_page(), [point(cited)])

    assert parts_citing(constable.person, cited) == []
    make_enrolment(constable.person, page.course, sector="police")
    ((where, parts),) = parts_citing(constable.person, cited)
    assert where.pk == page.pk
    assert [part.page_id for part in parts] == [mine.pk, drill.pk]


def test_the_clause_page_leads_a_reader_to_where_they_meet_it(client_of, constable, clauses):
    page = make_course_page(title="Refer well")
    lesson = make_lesson(page, [point(clauses[0])], title="Whom to call")
    set_outline(page, [make_module(lesson)])
    make_enrolment(constable.person, page.course)
    words = client_of(constable).get(reverse("clause", args=[clauses[0].uuid])).content.decode()
    assert "Where you meet it" in words
    assert lesson.address() in words
    none = client_of(constable).get(reverse("clause", args=[clauses[1].uuid])).content.decode()
    assert "Where you meet it" not in none


def test_it_asks_the_same_for_one_lesson_and_for_many(clauses, constable):
    def queries(n):
        page = make_course_page()
        set_outline(page, [make_module(*(make_lesson(page, [point(clauses[0])]) for _n in range(n)))])
        person = make_person()
        make_enrolment(person, page.course)
        parts_citing(person, clauses[0])
        with CaptureQueriesContext(connection) as asked:
            parts_citing(person, clauses[0])
        return len(asked)

    assert queries(1) == queries(6) <= 9
