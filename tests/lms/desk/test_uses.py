import pytest
from django.contrib.messages import get_messages

from courses.questions.models import BankQuestion
from tests.factories import from_bank, make_bank_question, make_lesson, make_quiz, make_small_course

pytestmark = pytest.mark.django_db
BULK = "/admin/bulk/courses/bankquestion/delete/?next=/admin/"


@pytest.fixture
def desk(client_of, administrator):
    return client_of(administrator)


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_before_a_lesson_is_deleted_its_places_are_named(desk):
    page = make_small_course(title="Signs")
    lesson = page.lesson_pages[0]

    shown = desk.get(f"/admin/pages/{lesson.pk}/delete/").content.decode()

    assert "Signs, module “The signs”" in shown
    assert f'href="/admin/pages/{page.pk}/edit/"' in shown


def test_a_lesson_that_stands_nowhere_gives_no_warning(desk):
    lesson = make_lesson(make_small_course())

    assert "would be missing" not in desk.get(f"/admin/pages/{lesson.pk}/delete/").content.decode()


def test_a_question_in_use_is_kept_and_the_place_is_named(desk):
    question = make_bank_question()
    make_quiz(title="Check of signs", questions=[from_bank(question)])
    address = f"/admin/snippets/courses/bankquestion/delete/{question.pk}/"

    for send in (desk.get, desk.post):
        answer = send(address)
        assert "Check of signs, question 1" in said(answer)
        assert answer.url == "/admin/snippets/courses/bankquestion/"
    assert BankQuestion.objects.filter(pk=question.pk).exists()


def test_in_bulk_one_question_in_use_keeps_them_all(desk):
    used, free = make_bank_question(), make_bank_question()
    make_quiz(title="Check of signs", questions=[from_bank(used)])

    answer = desk.post(f"{BULK}&id={used.pk}&id={free.pk}")

    assert "Check of signs, question 1" in said(answer)
    assert BankQuestion.objects.count() == 2


def test_a_question_that_is_not_used_may_go(desk):
    question = make_bank_question()

    desk.post(f"/admin/snippets/courses/bankquestion/delete/{question.pk}/")

    assert not BankQuestion.objects.exists()


def test_the_page_that_asks_costs_few_queries(desk, django_assert_max_num_queries):
    page = make_small_course()
    desk.get(f"/admin/pages/{page.lesson_pages[1].pk}/delete/")
    with django_assert_max_num_queries(30):
        desk.get(f"/admin/pages/{page.lesson_pages[0].pk}/delete/")
