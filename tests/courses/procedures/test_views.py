import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.bodies import render_body
from courses.catalogue.models import LessonPage
from courses.catalogue.references import CLAUSE
from courses.quizzes import attempts
from courses.uses import uses_by
from tests.answering import event, right_answer
from tests.courses.procedures.writing import (
    begin,
    citing,
    citing_card,
    citing_lesson,
    citing_question,
    make_procedure,
    publish,
    reword,
    write,
)
from tests.factories import (
    make_bank_question,
    make_course_page,
    make_enrolment,
    make_module,
    make_pocket_card,
    make_quiz,
    make_table_top,
    set_outline,
    single,
)

pytestmark = pytest.mark.django_db


def texts(response):
    return response.content.decode()


def test_reader_finds_the_edition_in_force_and_opens_a_clause(client_of, constable):
    procedure = make_procedure()
    begin(procedure, "2026")
    client = client_of(constable)
    assert procedure.name in texts(client.get(reverse("procedures")))
    page = texts(client.get(reverse("procedure", args=[procedure.uuid])))
    clause = procedure.clauses.get(number="4.2")
    assert "Ask consent" in page
    assert reverse("clause", args=[clause.uuid]) in page
    assert "2026" not in page
    assert "Ask consent" in texts(client.get(reverse("clause", args=[clause.uuid])))


def test_model_says_that_the_national_procedure_prevails(client_of, constable):
    procedure = make_procedure()
    procedure.is_model = True
    procedure.save()
    assert "the national procedure prevails" in texts(
        client_of(constable).get(reverse("procedure", args=[procedure.uuid]))
    )


def test_clause_that_the_edition_in_force_no_longer_has_says_so(client_of, constable):
    procedure = make_procedure()
    clause = procedure.clauses.get(number="4.3")
    draft = begin(procedure)
    draft.wordings.get(clause=clause).delete()
    publish(draft)
    page = texts(client_of(constable).get(reverse("clause", args=[clause.uuid])))
    assert "no longer has this clause" in page


def test_clause_of_a_draft_is_not_there_yet(client_of, constable):
    procedure = make_procedure()
    draft = begin(procedure)
    write(draft, {"9": "New"})
    clause = draft.wordings.get(number="9").clause
    assert client_of(constable).get(reverse("clause", args=[clause.uuid])).status_code == 404


def test_no_procedure_yet_is_said(client_of, constable):
    assert "No procedure has been entered yet" in texts(client_of(constable).get(reverse("procedures")))


def test_lesson_links_to_the_clause_by_its_newest_number():
    procedure = make_procedure()
    clause = procedure.clauses.get(number="4.2")
    lesson = citing_lesson(clause)
    before = render_body(LessonPage.objects.get(pk=lesson.pk), sector="police")
    draft = begin(procedure)
    wording = draft.wordings.get(clause=clause)
    wording.number = "5.1"
    wording.save()
    publish(draft)
    after = render_body(LessonPage.objects.get(pk=lesson.pk), sector="police")
    assert reverse("clause", args=[clause.uuid]) in before
    assert "Clause 4.2 " in before
    assert "Clause 5.1 " in after


def test_clause_knows_every_place_that_cites_it_and_nothing_else():
    procedure = make_procedure()
    cited, other, _last = procedure.clauses.all()
    lesson = citing_lesson(cited)
    citing_lesson(other)
    found = uses_by(CLAUSE, [cited.pk])
    assert [(use.page_id, str(use)) for use in found[cited.pk]] == [(lesson.pk, f"{lesson.title}, part 2")]
    assert set(uses_by(CLAUSE, [cited.pk, other.pk])) == {cited.pk, other.pk}


def test_planted_citations_are_found_wherever_they_stand_and_nothing_else():
    procedure = make_procedure()
    cited, other, _last = procedure.clauses.all()
    lesson, quiz = citing_lesson(cited), make_quiz(questions=[single(), citing(single(), cited)])
    bank, card = citing_question(cited, code="Q-cited"), citing_card(cited)
    exercise = make_table_top(clauses=[cited.pk])
    drafted = citing_question(other, code="Q-draft")
    drafted.body = json.dumps([citing(single(), cited, other)])
    drafted.save_revision()
    citing_lesson(other), make_quiz(questions=[citing(single(), other)]), citing_card(other, sector="health")
    make_bank_question(), make_pocket_card("customs"), make_table_top(clauses=[other.pk])

    found = uses_by(CLAUSE, [cited.pk])[cited.pk]

    assert {(use.written_in, use.number, use.place, use.live) for use in found} == {
        ("page", lesson.pk, "part 2", True),
        ("page", quiz.pk, "part 2", True),
        ("question", bank.pk, "question of the bank", True),
        ("question", drafted.pk, "question of the bank", False),
        ("card", card.pk, "pocket card", True),
        ("table_top", exercise.pk, "duty 1", True),
    }


@pytest.mark.parametrize("of_the_bank", [False, True])
def test_whoever_has_answered_opens_the_clause_from_the_question(client_of, constable, of_the_bank):
    cited, other, _last = make_procedure().clauses.all()
    if of_the_bank:
        bank = citing_question(cited)
        questions = [{"type": "bank", "id": str(uuid.uuid4()), "value": {"question": bank.pk}}]
    else:
        questions = [citing(single(), cited)]
    course = make_course_page()
    quiz = make_quiz(course, [*questions, single()])
    set_outline(course, [make_module(quiz)])
    now = timezone.now()
    enrolment = make_enrolment(constable.person, course.course)
    attempt = attempts.start(
        quiz.translation_key, person=constable.person, enrolment=enrolment, actor=constable, at=now
    )
    client, link = client_of(constable), f'<a href="{reverse("clause", args=[cited.uuid])}">Clause {cited}</a>'
    address = f"/attempts/{attempt.uuid}/"
    asked = [texts(client.get(f"{address}{n}/")) for n in (1, 2)]

    items = attempt.items.select_related("attempt", "question_edition__question")
    answers = [event(item, right_answer(item)) for item in items]
    attempts.record_answers(answers, person=constable.person, at=now)
    told = [texts(client.get(f"{address}{n}/")) for n in (1, 2)]

    assert not any(link in page for page in asked)
    assert sum(link in page for page in told) == 1
    assert not any(reverse("clause", args=[other.uuid]) in page for page in told)


def test_reworded_clause_is_called_as_before():
    procedure = make_procedure()
    draft = begin(procedure)
    clause = reword(draft, "4.2", "Other words")
    publish(draft)
    assert str(clause) == "4.2 Clause 4.2"
