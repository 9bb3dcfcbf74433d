import pytest
from django.urls import reverse

from courses.catalogue.bodies import render_body
from courses.catalogue.models import LessonPage
from courses.catalogue.references import CLAUSE
from courses.quizzes.uses import uses_by
from tests.courses.procedures.writing import begin, citing_lesson, make_procedure, publish, reword, write

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


def test_reworded_clause_is_called_as_before():
    procedure = make_procedure()
    draft = begin(procedure)
    clause = reword(draft, "4.2", "Other words")
    publish(draft)
    assert str(clause) == "4.2 Clause 4.2"
