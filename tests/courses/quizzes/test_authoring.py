"""The author's side in Wagtail: drafts ask nothing, publishing names what is missing."""

import json

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.questions.models import BankQuestion, Question
from courses.questions.viewsets import BankQuestionFilterSet, BankQuestionViewSet
from courses.quizzes.checking import quiz_problems
from courses.quizzes.models import QuizEdition
from courses.quizzes.pages import QuizPage
from courses.quizzes.previewing import preview_items
from tests.courses.quizzes.pages import previewed
from tests.factories import (
    draw,
    from_bank,
    make_bank_question,
    make_course_page,
    make_quiz,
    multiple,
    single,
    true_false,
)

pytestmark = pytest.mark.django_db


def question_form(right=True, stem="What first?"):
    options = [
        {"text": "Listen", "why": "Yes.", **({"right": "on"} if right else {})},
        {"text": "Promise", "why": "No."},
    ]
    listed = {"count": "2"}
    for n, option in enumerate(options):
        listed |= {f"{n}-deleted": "", f"{n}-order": str(n), f"{n}-type": "item", f"{n}-id": ""}
        listed |= {f"{n}-value-{name}": value for name, value in option.items()}
    return {
        "stem": stem,
        "why": "",
        "change": "slip",
        "difficulty": "medium",
        "topic": "law",
        "objective": "",
        "clauses-count": "0",
        **{f"options-{name}": value for name, value in listed.items()},
    }


def quiz_form(*questions, **kwargs):
    values = {
        "title": "Check",
        "slug": "check",
        "intro": "",
        "questions": streamfield([("single", question) for question in questions]),
        "purpose": "check",
        "review": "practice",
        "pass_mark": "80",
        "attempts_allowed": "0",
        "wait_minutes": "0",
        "shuffle": "on",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **kwargs,
    }
    return nested_form_data(values)


@pytest.fixture
def add_quiz(administrator, client_of):
    browser, page = client_of(administrator), make_course_page()

    def post(**data):
        return browser.post(reverse("wagtailadmin_pages:add", args=["courses", "quizpage", page.pk]), data)

    return post


def test_publishing_by_form_freezes_an_edition(add_quiz):
    response = add_quiz(**quiz_form(question_form()), **{"action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    assert QuizPage.objects.get().live
    assert QuizEdition.objects.get().items[0]["meaning"] == 1
    question = Question.objects.get()
    assert len(question.latest_key(1).key["right"]) == 1


def test_a_time_limit_is_published_with_a_warning(add_quiz):
    response = add_quiz(**quiz_form(question_form(), time_limit_minutes="30"), **{"action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    assert QuizEdition.objects.get().policy["time_limit_minutes"] == 30
    assert [words.split(". ")[0] for words in QuizPage.objects.get().notes()] == ["This test has a time limit"]


def test_publishing_by_form_names_what_is_missing(add_quiz):
    data = quiz_form(question_form(), question_form(right=False), pass_mark="")
    response = add_quiz(**data, **{"action-publish": "1"})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        "Give a pass mark.",
        "Question 2 has no right answer ticked.",
    ]
    assert "Question 2 has no right answer ticked." in response.content.decode()
    assert not QuizPage.objects.exists()


def test_a_draft_may_be_half_written(add_quiz):
    response = add_quiz(**quiz_form(question_form(right=False), pass_mark=""))
    assert response.status_code == 302
    page = QuizPage.objects.get()
    assert not page.live
    assert not QuizEdition.objects.exists()
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.create").exists()


def test_the_quiz_can_be_previewed_with_and_without_the_answers(focal_point, constable):
    bank = make_bank_question(single("From the bank?"), critical=True)
    make_bank_question(single("Drawn?"))
    page = make_quiz(
        questions=[single("One?"), multiple("Two?"), true_false("Three."), from_bank(bank), draw(1)]
    )
    with_answers = previewed(page, "", focal_point)
    for words in ("One?", "Two?", "Three.", "From the bank?", "Because of Wrong.", "Right:", "Critical"):
        assert words in with_answers
    for as_asked in (previewed(page, "trainee", focal_point), previewed(page, "", constable)):
        assert "One?" in as_asked
        assert "Because of" not in as_asked
        assert "Right:" not in as_asked


def test_half_written_quizzes_can_be_previewed_too():
    page = QuizPage(
        title="Q", slug="q", questions=json.dumps([{"type": "single", "value": {}}, draw(9), draw(None)])
    )
    make_course_page().add_child(instance=page)
    assert page.make_preview_request(preview_mode="").render().status_code == 200


def test_the_examples_of_draws_are_such_as_could_be_asked():
    """Nothing that is named as well; a draw that cannot be filled empties no other."""
    named, empty = make_bank_question(single("Named?")), make_bank_question()
    make_bank_question(single("For the police?"), sectors=["police"])
    BankQuestion.objects.filter(pk=empty.pk).update(body="[]")
    blocks = [from_bank(named), from_bank(empty), draw(1), draw(9, topic="law"), draw(None)]

    items = preview_items(QuizPage(questions=json.dumps(blocks)))

    shown = [[question["question"] for question in item["questions"]] for item in items]
    assert shown == [["Named?"], [], ["For the police?"], [], []]


def test_a_bank_question_can_be_previewed(focal_point, constable):
    bank = make_bank_question(single("What first?"), critical=True)
    for mode, user, told in (("", focal_point, True), ("trainee", focal_point, False), ("", constable, False)):
        html = previewed(bank, mode, user)
        assert "What first?" in html
        assert ("Because of Wrong." in html, "Critical" in html) == (told, told)


def test_the_bank_is_filtered_by_what_matters():
    wanted = make_bank_question(pool="final", module="C1", topic="law", difficulty="hard", critical=True)
    make_bank_question(pool="check", module="C2", topic="referral")
    for query in (
        {"pool": "final"},
        {"module": "C1"},
        {"topic": "law"},
        {"difficulty": "hard"},
        {"critical": "true"},
    ):
        found = BankQuestionFilterSet(query, queryset=BankQuestion.objects.all()).qs
        assert list(found) == [wanted], query


def test_the_list_of_the_bank_takes_a_constant_number_of_queries(
    administrator, client_of, django_assert_max_num_queries
):
    address = reverse(BankQuestionViewSet().get_url_name("list"))
    browser = client_of(administrator)
    for _n in range(3):
        make_bank_question()
    assert browser.get(address).status_code == 200
    for _n in range(20):
        make_bank_question()
    with django_assert_max_num_queries(40):
        page = browser.get(address)
    assert page.content.decode().count("Question ") >= 20


def test_a_bank_question_without_key_is_named_by_its_form(administrator, client_of):
    browser = client_of(administrator)
    address = reverse(BankQuestionViewSet().get_url_name("add"))
    question = {
        name: value
        for name, value in question_form(right=False).items()
        if name not in ("difficulty", "topic", "objective")
    }
    data = nested_form_data(
        {
            "code": "Q-form",
            "body": streamfield([("single", question)]),
            "pool": "check",
            "topic": "law",
            "difficulty": "medium",
            "module": "",
            "objective": "",
            "source": "",
        }
    )
    refused = browser.post(address, {**data, "action-publish": "1"})
    assert refused.context["form"].non_field_errors() == ["The question has no right answer ticked."]
    assert not BankQuestion.objects.exists()
    assert browser.post(address, data).status_code == 302
    assert not BankQuestion.objects.get().live
    assert not Question.objects.exists()


def test_the_search_index_holds_no_key():
    names = {field.field_name for field in BankQuestion.search_fields}
    assert names == {"stem_text", "code", "pool"}


def listed_form(name, *items):
    """The fields of a list of small blocks, as the editor sends them."""
    sent = {f"{name}-count": str(len(items))}
    for n, item in enumerate(items):
        sent |= {f"{name}-{n}-deleted": "", f"{name}-{n}-order": str(n), f"{name}-{n}-type": "item"}
        sent |= {f"{name}-{n}-id": "", **{f"{name}-{n}-value-{key}": value for key, value in item.items()}}
    return sent


def part_form(text, several, right):
    options = [*({"text": one, "right": "on", "why": ""} for one in right), {"text": "The owner", "why": ""}]
    ticked = {"several": several} if several else {}
    return {"text": text, "why": "", **ticked, **listed_form("options", *options)}


def new_kinds_form(**wrong):
    common = {
        "why": "",
        "change": "slip",
        "difficulty": "medium",
        "topic": "law",
        "objective": "",
        "clauses-count": "0",
    }
    pairs = [{"left": "Act", "right": "Recruit"}, {"left": "Means", "right": "Deceive"}]
    forms = {
        "matching": {"stem": "Match.", **listed_form("pairs", *pairs), **listed_form("others")},
        "ordering": {"stem": "Order.", **listed_form("entries", *({"text": text} for text in "abc"))},
        "short": {"stem": "Word?", **listed_form("accepted", {"text": "Consent"})},
        "numeric": {"stem": "Number?", "answer": "2.50", "tolerance": "", "unit": "km"},
    }
    parts = [("What first?", "", ["Listen"]), ("Whom to tell?", "on", ["The team", "The line"])]
    forms["case"] = {"stem": "K. asks.", **listed_form("parts", *(part_form(*part) for part in parts))}
    values = [(kind, {**form, **common, **wrong.get(kind, {})}) for kind, form in forms.items()]
    return quiz_form(questions=streamfield(values))


def test_every_kind_can_be_written_in_a_quiz(add_quiz):
    response = add_quiz(**new_kinds_form(), **{"action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    keys = {question.editions.last().kind: question.latest_key(1).key for question in Question.objects.all()}
    assert keys["numeric"] == {"right": "2.5", "tolerance": "0"}
    assert keys["short"] == {"right": ["Consent"]}
    assert sorted(keys["ordering"]["right"].values()) == [1, 2, 3]
    assert len(keys["matching"]["right"]) == 2
    assert sorted(len(right) for right in keys["case"]["right"].values()) == [1, 2]


def test_what_a_kind_lacks_is_named_in_words(add_quiz):
    wrong = {
        "matching": {"pairs-1-value-right": "recruit"},
        "ordering": {"entries-2-deleted": "1"},
        "short": {"accepted-0-deleted": "1"},
        "numeric": {"answer": ""},
        "case": {"parts-0-value-options-1-value-right": "on", "parts-1-value-text": ""},
    }
    response = add_quiz(**new_kinds_form(**wrong))
    assert response.status_code == 302  # a draft may be half written
    assert quiz_problems(QuizPage.objects.get()) == [
        "Question 1 has the same answer twice.",
        "Question 2 has too few entries to put in order.",
        "Question 3 has no accepted answer.",
        "Question 4 has no right number.",
        "Question 5, part 1, has more than one right answer ticked.",
        "Question 5, part 2, has no wording.",
    ]
