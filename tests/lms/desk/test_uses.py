import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from courses.questions.models import BankQuestion
from tests.factories import (
    block,
    from_bank,
    make_bank_question,
    make_lesson,
    make_quiz,
    make_small_course,
    paragraph,
)

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


# --- What only a draft uses -------------------------------------------------------------


def draft_with(kind, **value):
    """A published lesson whose draft has one more block."""
    lesson = make_lesson(make_small_course(), title="Signs at work")
    lesson.body = json.dumps([*lesson.body.raw_data, block(kind, **value)])
    lesson.save_revision()
    return lesson


def test_before_a_picture_goes_the_draft_that_uses_it_is_named(desk, picture):
    draft_with("picture", image=picture.pk, alt="", caption="", decorative=True)

    shown = desk.get(reverse("wagtailimages:delete", args=[picture.pk])).content.decode()
    many = desk.get(f"/admin/bulk/wagtailimages/image/delete/?id={picture.pk}").content.decode()

    for page in (shown, many):
        assert "It is used here, and would be missing:" in page
        assert "Signs at work, part 2 (draft)" in page


def test_before_a_document_goes_the_draft_that_uses_it_is_named(desk, film_file):
    draft_with("document", document=film_file.pk, title="")

    shown = desk.get(reverse("wagtaildocs:delete", args=[film_file.pk])).content.decode()
    many = desk.get(f"/admin/bulk/wagtaildocs/document/delete/?id={film_file.pk}").content.decode()

    assert "Signs at work, part 2 (draft)" in shown
    assert "Signs at work, part 2 (draft)" in many


def test_what_no_draft_uses_is_deleted_without_a_word(desk, picture):
    address = reverse("wagtailimages:delete", args=[picture.pk])

    assert "would be missing" not in desk.get(address).content.decode()
    desk.post(address)
    assert not type(picture).objects.exists()


def test_many_pages_are_deleted_with_their_places_named(desk):
    page = make_small_course(title="Signs")
    one, two = page.lesson_pages

    shown = desk.get(f"/admin/bulk/wagtailcore/page/delete/?id={one.pk}&id={two.pk}").content.decode()
    whole = desk.get(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}").content.decode()

    assert "They are used here, and would be missing:" in shown
    assert "Signs, module “The signs”" in shown
    assert "would be missing" not in whole


def test_before_a_course_goes_the_uses_of_its_lessons_elsewhere_are_named(desk):
    page, other = make_small_course(title="Signs"), make_small_course(title="Other")
    link = f'<a linktype="page" id="{page.lesson_pages[0].pk}">x</a>'
    make_lesson(other, [paragraph(link)], title="Linking from outside")
    make_lesson(page, [paragraph(link)], title="Linking from inside")

    one = desk.get(f"/admin/pages/{page.pk}/delete/").content.decode()
    many = desk.get(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}").content.decode()

    for shown in (one, many):
        assert "Linking from outside, part 1" in shown
        assert "Linking from inside, part 1" not in shown
        assert "Signs, module" not in shown
