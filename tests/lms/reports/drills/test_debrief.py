"""The debrief of a class: one page, nobody named, nothing of fewer than five people."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from courses.catalogue.raw import block, items
from courses.choices import DrillStep
from lms.reports.drills import debrief_sheet
from lms.reports.drills.debrief import Debrief
from lms.reports.drills.reckoning import Cell
from lms.reports.drills.reteaching import ErrorShown, Taught
from tests.factories import make_cohort, make_lesson, make_site
from tests.lms.reports.drills.classes import DECIDED, GOOD, WARNED, make_class, make_drill

pytestmark = pytest.mark.django_db


@pytest.fixture
def drill():
    make_site()
    return make_drill(title="The door")


@pytest.fixture
def leading(client_of, facilitator):
    return client_of(facilitator)


@pytest.fixture
def lead(facilitator, drill):
    """A function: a class of the drill's course that plays it these ways. Returns (cohort, people)."""

    def make(ways):
        people = make_class(drill, ways)
        return make_cohort(people, course=drill.course, facilitator=facilitator.person), people

    return make


def address(cohort, drill, name="class_debrief"):
    return reverse(name, args=[cohort.uuid, "scenario", drill.translation_key])


def words_of(answer):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_the_class_is_told_step_by_step_and_what_to_teach_again(leading, drill, lead):
    cohort, people = lead([WARNED] * 5 + [GOOD] * 2 + [DECIDED])
    make_class(drill, [GOOD] * 9)
    answer = leading.get(address(cohort, drill))
    found, text = answer.context["debrief"], answer.content.decode()

    assert found.played == 8
    assert found.steps == [("Make safe", Cell(8, 5)), ("Explain and ask", Cell(8, 1))]
    assert [(one.label, one.people) for one in found.errors] == [("It warns the suspect", 5)]
    assert [asks for _place, asks, _words in found.questions] == ["Speak to her alone, before anybody else."]
    assert "Speak to the person alone." in text
    assert not [one for one in people if one.full_name in text]


@pytest.mark.drawn
def test_the_paper_says_the_same_on_one_page_and_names_nobody(leading, drill, lead):
    cohort, people = lead([WARNED] * 5)
    answer = leading.get(address(cohort, drill, "class_debrief_pdf"))
    words = words_of(answer)
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    assert "FICTIONAL" in words
    assert "Speak to the person alone." in words
    assert not [one for one in people if one.full_name in words]


@pytest.mark.drawn
def test_of_four_people_nothing_is_told(leading, drill, lead):
    cohort, _people = lead([WARNED] * 4)
    answer = leading.get(address(cohort, drill))
    assert "Fewer than five people" in answer.content.decode()
    assert "It warns the suspect" not in answer.content.decode()
    assert "It warns the suspect" not in words_of(leading.get(address(cohort, drill, "class_debrief_pdf")))


@pytest.mark.drawn
def test_the_longest_texts_still_fit_on_one_page():
    def long(n):
        return ("Unaccompanied interpretation " * 60)[:n]

    error = ErrorShown(
        "child_unprotected",
        long(60),
        long(255),
        long(120),
        999,
        [Taught(1, long(172), long(3000), "/")] * 3,
        [],
    )
    found = Debrief(
        long(255),
        999,
        [(label, Cell(999, 998)) for label in DrillStep.labels],
        [error] * 3,
        [(long(120), long(600), "Who else is needed for that, and how do you reach them?")] * 3,
    )
    cohort = make_cohort(name=long(120))
    pdf = debrief_sheet.draw(cohort, found, cohort.opened_at.date())
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


def test_the_class_leads_to_its_drills_and_they_to_their_debriefs(leading, drill, lead):
    cohort, _people = lead([GOOD] * 5)
    listed = reverse("class_debriefs", args=[cohort.uuid])
    assert listed in leading.get(reverse("cohort", args=[cohort.uuid])).content.decode()
    assert address(cohort, drill) in leading.get(listed).content.decode()


def test_who_does_not_lead_the_class_finds_nothing(client_of, constable, drill, lead, leading):
    cohort, _people = lead([GOOD] * 5)
    other = make_drill()
    for name in ("class_debrief", "class_debrief_pdf"):
        assert client_of(constable).get(address(cohort, drill, name)).status_code == 404
        assert leading.get(address(cohort, other, name)).status_code == 404


def test_lessons_of_the_course_that_cite_the_clause_are_named(leading, drill, lead):
    cited, other = drill.clauses
    course_page = drill.get_parent().specific
    for title, clause in (("Alone first", cited), ("Another", other)):
        cites = items([clause.pk])
        point = block("key_point", kind="sop", title="Rule", text="<p>Ask.</p>", clauses=cites)
        make_lesson(course_page, [point], title=title)
    cohort, _people = lead([WARNED] * 5)
    (error,) = leading.get(address(cohort, drill)).context["debrief"].errors
    assert [title for title, _address in error.lessons] == ["Alone first"]
