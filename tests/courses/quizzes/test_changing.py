"""A slip or a new meaning: every kind asks, in a quiz and in the bank, once people were asked it."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import get_edit_handler

from courses.catalogue.gate import PublishRefused
from courses.kinds import KINDS
from courses.questions.blocks import QuestionBlocks
from courses.questions.models import Question
from courses.questions.viewsets import BankQuestionViewSet
from courses.quizzes import attempts
from courses.quizzes.blocks import QuizBlocks
from courses.quizzes.choosing import add_from_bank
from courses.quizzes.pages import QuizPage
from lms.templatetags.desk import content_checks
from tests import factories as make

pytestmark = pytest.mark.django_db

EFFECTS = (
    "The same: results stay, and earlier and later answers count as answers to one question.",
    "Something else: earlier results stay with the old question",
)


def in_a_quiz(kind):
    quiz = make.make_quiz(questions=[getattr(make, kind)("Waht?", change="")])
    return quiz, quiz, "questions"


def in_the_bank(kind):
    bank = make.make_bank_question(getattr(make, kind)("Waht?", change=""))
    return bank, make.make_quiz(questions=[make.from_bank(bank)]), "body"


def ask(quiz):
    enrolment = make.make_enrolment(course=quiz.get_parent().specific.course)
    attempts.start(
        quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=timezone.now()
    )


def rewritten(home, field, **changes):
    """The question as it is published now, with these fields changed, published again."""
    home = type(home).objects.get(pk=home.pk)
    (block,) = getattr(home, field).get_prep_value()
    setattr(home, field, json.dumps([{**block, "value": {**block["value"], **changes}}]))
    make.publish(home)
    edition = Question.objects.get().editions.last()
    return edition.body["stem"], edition.meaning, edition.slip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("write", [in_a_quiz, in_the_bank])
def test_whoever_changes_what_people_were_asked_says_what_it_is(write, kind):
    home, quiz, field = write(kind)
    assert rewritten(home, field, stem="What now?") == ("What now?", 1, 1)  # nobody was asked: nothing to say
    if home is not quiz:
        make.publish(type(quiz).objects.get(pk=quiz.pk))
    ask(quiz)

    with pytest.raises(PublishRefused) as refused:
        rewritten(home, field, stem="What then?")
    (problem,) = refused.value.problems
    assert "Say whether it still means the same" in problem
    assert rewritten(home, field, stem="What then?", change="slip") == ("What then?", 1, 2)
    assert rewritten(home, field, stem="What else?", change="meaning") == ("What else?", 2, 0)


def test_every_kind_says_beside_the_field_what_it_does_to_results(administrator, client_of):
    for blocks in (QuizBlocks(), QuestionBlocks()):
        assert set(blocks.child_blocks) - {"bank", "draw"} == set(KINDS)
        for kind in KINDS:
            field = blocks.child_blocks[kind].child_blocks["change"].field
            assert [value for value, _label in field.choices] == ["", "slip", "meaning"]
            assert all(words in str(field.help_text) for words in EFFECTS)
    bank = make.make_bank_question()
    quiz = make.make_quiz(questions=[make.single()])
    browser = client_of(administrator)
    for address in (
        reverse("wagtailadmin_pages:edit", args=[quiz.pk]),
        reverse(BankQuestionViewSet().get_url_name("edit"), args=[bank.pk]),
    ):
        page = browser.get(address).content.decode()
        assert all(words in page for words in EFFECTS)


def form_of(draft):
    return get_edit_handler(type(draft)).get_form_class()(instance=draft)


def said(draft, field):
    """What the editor shows as said of each question."""
    return [block.value["change"] for block in form_of(draft).initial[field] if "change" in block.value]


def test_what_was_said_for_one_publishing_is_asked_anew_whatever_else_waits():
    quiz = make.make_quiz(questions=[make.single("Waht?"), make.single("Who?")])
    add_from_bank(quiz.pk, [make.make_bank_question().pk], actor=None, at=timezone.now())
    draft = QuizPage.objects.get(pk=quiz.pk).get_latest_revision_as_object()
    assert said(draft, "questions") == ["", ""]

    draft = QuizPage.objects.get(pk=quiz.pk).get_latest_revision_as_object()
    changed = draft.questions.get_prep_value()
    changed[1]["value"]["stem"] = "Who now?"
    draft.questions = json.dumps(changed)
    # This was said of a change that is still to be published.
    assert said(draft, "questions") == ["", "slip"]


def test_a_question_taken_back_is_asked_anew_too():
    bank = make.make_bank_question(make.single("Waht?"))
    assert said(type(bank).objects.get(pk=bank.pk), "body") == [""]
    bank.unpublish()
    assert said(type(bank).objects.get(pk=bank.pk), "body") == [""]


def test_checking_a_quiz_costs_the_same_for_three_questions_and_twenty():
    def queries(many):
        quiz = make.make_quiz(questions=[make.single() for _ in range(many)])
        page = QuizPage.objects.get(pk=quiz.pk)
        page.has_unpublished_changes = True
        with CaptureQueriesContext(connection) as found:
            assert not content_checks(page)["problems"]
            form_of(page)
        return len(found)

    assert queries(3) == queries(20) < 20
