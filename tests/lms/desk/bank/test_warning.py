import pytest
from django.contrib.messages import get_messages
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.questions.models import BankQuestion
from courses.quizzes.pages import QuizPage
from tests.factories import make_bank_question, make_quiz, single

pytestmark = pytest.mark.django_db
BANK = "/admin/snippets/courses/bankquestion/"


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def block(stem):
    options = {
        str(n): {
            "value": {"text": text, "right": right},
            "deleted": "",
            "order": str(n),
            "type": "item",
            "id": "",
        }
        for n, (text, right) in enumerate([("Right", "on"), ("Wrong", "")])
    }
    return "single", {
        "stem": stem,
        "options": {"count": "2", **options},
        "change": "slip",
        "clauses-count": "0",
    }


def write_question(desk, stem, address=f"{BANK}add/", **how):
    about = {"code": "NEW", "pool": "check", "topic": "law", "difficulty": "easy", "tags": ""}
    return desk.post(address, nested_form_data({**about, "body": streamfield([block(stem)]), **how}))


def write_quiz(desk, quiz, stems, **how):
    about = {
        "title": quiz.title,
        "slug": quiz.slug,
        "intro": "",
        "purpose": "check",
        "review": "practice",
        "pass_mark": "50",
        "attempts_allowed": "0",
        "wait_minutes": "0",
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""},
    }
    headers = how.pop("headers", None)
    cited_nothing = {"clauses": {"count": "0"}}
    written = [(kind, {**value, **cited_nothing}) for kind, value in map(block, stems)]
    form = nested_form_data({**about, "questions": streamfield(written), **how})
    return desk.post(f"/admin/pages/{quiz.pk}/edit/", form, headers=headers)


def test_a_question_like_another_is_saved_and_the_other_is_named(desk):
    other = make_bank_question(single("Whom do you tell first?"), code="A")

    answer = write_question(desk, "Whom do you tell FRIST", **{"action-publish": "yes"})

    assert f'It reads like another question of the bank: <a href="{BANK}edit/{other.pk}/">A</a>' in said(answer)
    assert BankQuestion.objects.get(code="NEW").live


def test_a_question_of_its_own_gives_no_warning(desk):
    make_bank_question(single("Whom do you tell first?"))

    answer = write_question(desk, "What is trafficking?")
    again = write_question(desk, "What is trafficking?", f"{BANK}edit/{BankQuestion.objects.last().pk}/")

    assert "reads like" not in said(answer) + said(again)


@pytest.mark.parametrize("how", [{}, {"action-publish": "yes"}])
def test_questions_written_in_a_quiz_are_compared_with_the_bank_and_with_each_other(desk, how):
    other = make_bank_question(single("Whom do you tell first?"), code="A")
    quiz = make_quiz()

    words = said(
        write_quiz(desk, quiz, ["Whom do you tell first", "Who is a child?", "Who is a chidl?"], **how)
    )

    assert words.count("reads like") == 2
    assert f'Question 1 reads like one in the bank: <a href="{BANK}edit/{other.pk}/">A</a>' in words
    assert "Question 3 reads like question 2 of this quiz." in words
    assert QuizPage.objects.get(pk=quiz.pk).get_latest_revision_as_object().questions[1].value["stem"] == (
        "Who is a child?"
    )


def test_what_the_editor_saves_by_itself_leaves_no_message_behind(desk):
    make_bank_question(single("Whom do you tell first?"))
    quiz = make_quiz()

    answer = write_quiz(desk, quiz, ["Whom do you tell first?"], headers={"accept": "application/json"})

    assert answer.json()["success"]
    assert said(answer) == ""
