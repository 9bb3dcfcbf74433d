import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.choices import Pool, Topic
from courses.questions.models import BankQuestion
from tests.answering import take
from tests.factories import (
    draw,
    from_bank,
    make_bank_question,
    make_course_page,
    make_enrolment,
    make_person,
    make_quiz,
    make_site,
    matching,
    single,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/courses/bankquestion/"


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def found(desk, **query):
    return {question.code for question in desk.get(LIST, query).context["object_list"]}


def answered(quiz, people, right):
    """So many people take the quiz, so many of them wholly rightly."""
    course = quiz.get_parent().specific.course
    for n in range(people):
        enrolment = make_enrolment(make_person(), course)
        take(quiz, enrolment.person, enrolment, at=timezone.now(), right=n < right)


@pytest.fixture
def course():
    return make_course_page(title="Signs")


@pytest.fixture
def bank(course):
    """One asked by a quiz, one that may be drawn, one that nobody uses, one only in a draft."""
    asked = make_bank_question(
        single("Whom do you tell first?", right="The hotline"), code="A", topic=Topic.REFERRAL, critical=True
    )
    drawn = make_bank_question(matching("Match act and means."), code="B", module="C2")
    lone = make_bank_question(single("Who is a child?"), code="C", pool=Pool.FINAL)
    lone.tags.add("law", "under 18")
    lone.save()
    twice = make_bank_question(single("Whom do you tell frist?"), code="D", pool=Pool.FINAL)
    twice.unpublish()
    quiz = make_quiz(course, title="Check of signs", questions=[from_bank(asked), draw(1, module="C2")])
    answered(quiz, 6, 3)
    return {"A": asked, "B": drawn, "C": lone, "D": twice}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"q": "tell first"}, "A"),
        ({"q": "HOTLINE"}, "A"),
        ({"topic": "referral"}, "A"),
        ({"kind": "matching"}, "B"),
        ({"module": "C2"}, "B"),
        ({"critical": "true"}, "A"),
        ({"used": "named"}, "A"),
        ({"used": "drawn"}, "B"),
        ({"used": "nowhere"}, "CD"),
        ({"rate": "middle"}, "AB"),
        ({"rate": "low"}, ""),
        ({"rate": "few"}, "CD"),
        ({"state": "draft"}, "D"),
        ({"alike": "yes"}, "AD"),
        ({"used": "nowhere", "state": "live"}, "C"),
    ],
)
def test_it_is_narrowed(desk, bank, query, codes):
    assert found(desk, **query) == set(codes)


def test_by_course_and_by_tag(desk, bank, course):
    law = bank["C"].tags.get(name="law")

    assert found(desk, course=course.course_id) == {"A", "B"}
    assert found(desk, course=make_course_page().course_id) == set()
    assert found(desk, tags=law.pk) == {"C"}


def test_a_row_says_where_it_is_asked_and_how_it_goes(desk, bank):
    rows = {row.code: row for row in desk.get(LIST).context["table"].data}

    assert [str(use) for use in rows["A"].found.uses] == ["Check of signs"]
    assert (rows["A"].found.asked.times, rows["A"].found.asked.rate) == (6, 50)
    assert (rows["C"].found.uses, rows["C"].found.asked.times) == ([], 0)
    text = " ".join(desk.get(LIST).content.decode().split())
    assert f'href="/admin/desk/questions/{bank["A"].pk}/uses/" aria-label="A: used in 1 quiz">1</a>' in text
    assert "50 %" in text
    assert f'name="row" value="{bank["A"].pk}"' in text
    assert '<button type="submit" name="deed" value="classify"' in text
    assert "object-bulk-actions" not in text
    assert "not used" in text


def test_what_looks_alike_names_the_other(desk, bank):
    page = desk.get(LIST, {"alike": "yes"})

    assert {row.code: [other.code for other in row.found.alike] for row in page.context["table"].data} == {
        "A": ["D"],
        "D": ["A"],
    }


def test_of_few_answers_no_rate_is_given(desk, course):
    question = make_bank_question()
    answered(make_quiz(course, questions=[from_bank(question)]), 4, 4)

    assert "too few" in desk.get(LIST).content.decode()
    assert "100 %" not in desk.get(LIST).content.decode()


def test_the_list_gives_no_answer_away(desk, bank):
    for query in ({}, {"alike": "yes"}, {"q": "hotline"}):
        text = desk.get(LIST, query).content.decode()
        assert "The hotline" not in text
        assert "Also wrong" not in text


def test_where_a_question_is_used(desk, bank):
    def page(code):
        text = desk.get(f"/admin/desk/questions/{bank[code].pk}/uses/").content.decode()
        return " ".join(text.split())

    assert "Check of signs" in page("A")
    assert "Always asked" in page("A")
    assert "Of 6 people, 50 % had it right at their first try." in page("A")
    assert "May be drawn" in page("B")
    assert "No quiz asks it, and none may draw it." in page("C")


def test_forty_questions_ask_the_database_as_often_as_five(desk, course):
    queries = [{}, {"used": "named", "rate": "high", "course": course.course_id, "alike": "yes"}]

    def cost(n):
        questions = [make_bank_question(single("Whom do you tell first?")) for _ in range(n)]
        for question in questions:
            question.tags.add("law")
            question.save()
        answered(make_quiz(course, questions=[from_bank(question) for question in questions]), 5, 5)
        counts = []
        for address in (LIST, f"{LIST}results/"):
            for query in queries:
                desk.get(address, query)
                with CaptureQueriesContext(connection) as captured:
                    page = desk.get(address, query)
                counts.append(len(captured))
        return len(page.context["object_list"]), counts

    few, many = cost(3), cost(7)

    assert (few[0], many[0]) == (3, 10)
    assert few[1] == many[1]
    assert max(many[1]) <= 30


def test_a_question_is_saved_with_its_tags_in_the_form(desk):
    question = make_bank_question(single("Who is a child?"), code="C")
    (block,) = question.body.get_prep_value()
    rows = {
        str(n): {"value": item["value"], "deleted": "", "order": str(n), "type": "item", "id": item["id"]}
        for n, item in enumerate(block["value"]["options"])
    }
    for row in rows.values():
        row["value"]["right"] = "on" if row["value"]["right"] else ""
    value = {**block["value"], "options": {"count": str(len(rows)), **rows}, "clauses-count": "0"}
    about = {"code": "C", "pool": "check", "topic": "law", "difficulty": "easy", "tags": "law, under 18"}

    form = nested_form_data({**about, "body": streamfield([("single", value)]), "action-publish": "yes"})
    desk.post(f"{LIST}edit/{question.pk}/", form)

    question = BankQuestion.objects.get(pk=question.pk)
    assert (question.topic, sorted(question.tags.names())) == ("law", ["law", "under 18"])
    assert (question.live, question.has_unpublished_changes) == (True, False)
