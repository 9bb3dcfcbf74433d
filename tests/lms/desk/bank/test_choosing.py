import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.choices import Pool, Topic
from courses.quizzes.choosing import named_in, questions_of
from courses.quizzes.pages import QuizPage
from tests.factories import from_bank, make_bank_question, make_quiz, single

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    return make_quiz(title="Check of signs", questions=[single()])


def address(quiz):
    return f"/admin/desk/quizzes/{quiz.pk}/bank/"


def named(quiz):
    return named_in(questions_of(QuizPage.objects.get(pk=quiz.pk)))


def told(response):
    return [str(message).strip() for message in response.context["messages"]]


def test_the_editor_leads_to_the_bank_and_a_new_quiz_is_saved_first(desk, quiz):
    editor = desk.get(f"/admin/pages/{quiz.pk}/edit/").content.decode()
    new = desk.get(f"/admin/pages/add/courses/quizpage/{quiz.get_parent().pk}/").content.decode()

    assert f'href="{address(quiz)}"' in editor
    assert "Save the draft first" in editor
    assert "/admin/desk/quizzes/" not in new
    assert "Then you can choose several questions" in new


def test_several_are_added_and_the_editor_opens_again(desk, quiz):
    chosen, other = [make_bank_question() for _ in range(2)], make_bank_question()

    done = desk.post(address(quiz), {"row": [question.pk for question in chosen]}, follow=True)

    assert done.redirect_chain == [(f"/admin/pages/{quiz.pk}/edit/", 302)]
    assert told(done) == ["2 questions were added at the end. It is a draft until you publish it."]
    assert named(quiz) == {question.pk for question in chosen}
    assert other.pk not in named(quiz)


def test_one_may_go_on_choosing_in_the_same_list(desk, quiz):
    question = make_bank_question(topic=Topic.LAW)

    done = desk.post(f"{address(quiz)}?topic=law", {"row": question.pk, "more": "yes"})

    assert done.url == f"{address(quiz)}?topic=law"
    assert named(quiz) == {question.pk}


def test_what_cannot_be_added_has_no_box_and_says_why(desk):
    there, kept, free = make_bank_question(), make_bank_question(pool=Pool.FINAL), make_bank_question()
    draft = make_bank_question()
    draft.unpublish()
    quiz = make_quiz(questions=[from_bank(there)])

    text = desk.get(address(quiz)).content.decode()
    desk.post(address(quiz), {"row": draft.pk})

    boxes = [one for one in (there, kept, draft, free) if f'name="row" value="{one.pk}"' in text]
    assert boxes == [free]
    assert "In this quiz already" in text
    assert "Kept for the final test" in text
    assert "Not published yet" in text
    assert named(quiz) == {there.pk}


def test_the_list_is_narrowed_like_the_banks_own(desk, quiz):
    law, other = make_bank_question(topic=Topic.LAW), make_bank_question()
    make_quiz(questions=[from_bank(other)])

    def found(**query):
        return set(desk.get(address(quiz), query).context["object_list"])

    assert found(topic="law") == {law}
    assert found(used="named") == {other}
    assert found(rate="few") == {law, other}
    assert found(q=law.code) == {law}
    rows = desk.get(f"{address(quiz)}rows/", {"topic": "law", "_w_filter_fragment": "1"}).content.decode()
    assert f'action="{address(quiz)}?topic=law"' in rows


def test_nothing_ticked_adds_nothing(desk, quiz):
    page = desk.post(address(quiz), {}, follow=True)

    assert told(page) == ["No question was chosen, so nothing changed."]
    assert not QuizPage.objects.get(pk=quiz.pk).has_unpublished_changes


def test_no_answer_is_given_away(desk, quiz):
    make_bank_question(single("Whom do you tell?", right="The hotline", wrong=["Nobody"]))

    text = desk.get(address(quiz)).content.decode()

    assert "Whom do you tell?" in text
    assert "The hotline" not in text
    assert "Nobody" not in text


@pytest.mark.parametrize("name", ["anonymous", "constable", "facilitator", "supervisor_police"])
def test_nobody_else_chooses(request, client_of, quiz, name):
    question = make_bank_question()
    client = client_of(request.getfixturevalue(name))

    assert client.get(address(quiz)).status_code in (302, 403)
    assert client.post(address(quiz), {"row": question.pk}).status_code in (302, 403)
    assert named(quiz) == set()


def test_who_may_not_edit_the_page_may_not_choose_for_it(desk, focal_point, quiz):
    focal_point.groups.get().page_permissions.all().delete()
    question = make_bank_question()

    assert desk.get(address(quiz)).status_code in (302, 403)
    desk.post(address(quiz), {"row": question.pk})
    assert named(quiz) == set()


def test_it_costs_the_same_for_many(desk, quiz):
    def cost(n):
        for _ in range(n):
            make_bank_question()
        desk.get(address(quiz))
        with CaptureQueriesContext(connection) as captured:
            desk.get(address(quiz))
        return len(captured)

    assert cost(2) == cost(6) <= 30
