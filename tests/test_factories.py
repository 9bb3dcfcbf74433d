"""The factories and the cast keep their promises: other tests stand on them."""

import pytest
from django.urls import reverse

from courses.questions.models import BankQuestion
from tests import people
from tests.factories import (
    block,
    draw,
    from_bank,
    make_bank_question,
    make_completion,
    make_course_page,
    make_enrolment,
    make_entry,
    make_lesson,
    make_lesson_done,
    make_module,
    make_quiz,
    make_signatory,
    make_small_course,
    multiple,
    paragraph,
    quick_question,
    set_outline,
    true_false,
)


def test_a_small_course_is_live_with_all_its_parts(db):
    page = make_small_course()
    assert page.live
    assert [part.pk for block in page.outline for part in block.value["parts"]] == [
        *(lesson.pk for lesson in page.lesson_pages),
        page.check.pk,
        page.final.pk,
    ]
    assert page.get_url_parts()[2] == f"/courses/{page.slug}/"


def test_lessons_take_any_block(db):
    lesson = make_lesson(
        blocks=[
            paragraph("<p>One.</p>", sectors=["police"]),
            block("key_point", kind="remember", title="", text="<p>Listen.</p>"),
            quick_question(),
        ]
    )
    assert [b.block_type for b in lesson.body] == ["paragraph", "key_point", "quick_question"]


def test_quizzes_take_written_questions_bank_questions_and_draws(db):
    banked, _drawn = make_bank_question(), make_bank_question()
    quiz = make_quiz(questions=[multiple(), true_false(), from_bank(banked), draw(1)])
    assert [b.block_type for b in quiz.questions] == ["multiple", "true_false", "bank", "draw"]
    assert all(question.live for question in BankQuestion.objects.all())


def test_what_happened_can_be_made(db):
    page = make_course_page()
    lesson = make_lesson(page)
    set_outline(page, [make_module(lesson)])
    enrolment = make_enrolment(course=page.course)
    make_lesson_done(enrolment, lesson)
    assert make_completion(enrolment).sector_code == "police"
    make_entry()
    make_signatory()


@pytest.mark.parametrize("name", people.CAST)
def test_everybody_of_the_cast_can_sign_in(name, request, client_of, db):
    user = request.getfixturevalue(name)
    client = client_of(user)
    assert ("_auth_user_id" in client.session) == (user is not None)


def test_the_stranger_is_asked_to_sign_in(db, client_of):
    assert client_of(None).get("/admin/").status_code == 302
    assert reverse("account_login") in client_of(None).get("/admin/", follow=True).redirect_chain[-1][0]
