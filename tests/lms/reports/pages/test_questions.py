"""How questions did, as the focal point sees it."""

import csv
import io
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.questions.models import QuestionEdition
from courses.quizzes.models import QuizEdition
from tests.blocks import matching, ordering, single, true_false
from tests.factories import make_quiz
from tests.lms.reports.items.takers import UNSURE, take_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(month=3, day=2)


@pytest.fixture
def quiz(now):
    """Thirty people: the first question is well, of the second the stronger picked B, and nobody picks C."""
    quiz = make_quiz(
        questions=[
            single("Which first?", wrong=("One", "Two")),
            single("And then?"),
            true_false("Statement 3."),
            true_false("Statement 4."),
        ],
        title="Module check",
    )
    sheets = [["a", "b", "a", "a"]] * 12 + [["b", "a", "b", "b"]] * 10 + [["c", UNSURE, "a", "b"]] * 8
    take_all(quiz, sheets, at=now, seconds=30)
    return quiz


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_every_quiz_is_listed_with_its_first_attempts_and_what_needs_attention(quiz, focal_point, client_of):
    page = client_of(focal_point).get(reverse("reports_questions"))

    ((key, cells),) = page.context["rows"]
    course = QuizEdition.objects.get(quiz_key=key).course
    assert key == quiz.translation_key
    texts = [text for text, _is_number in cells]
    # By hand: 4 / 3 * (1 - 0.9244 / 0.96).
    assert texts == ["Module check", course.title, "Module check", "30", "0.05 (KR-20)", "4", "1"]
    text = page.content.decode()
    assert reverse("reports_quiz_items", args=[key]) in text
    assert reverse("reports_first_attempts", args=[key]) in text


def test_the_worst_question_stands_first_and_says_what_to_do(quiz, focal_point, client_of):
    page = client_of(focal_point).get(reverse("reports_quiz_items", args=[quiz.translation_key]))

    said = [(item.text, item.advice_words) for item, _cells in page.context["rows"]]
    assert said[0] == ("And then?", "Check the key: the stronger half picked B")
    assert said == [
        ("And then?", "Check the key: the stronger half picked B"),
        ("Which first?", "Hard, but useful"),
        ("Statement 4.", "Hard, but useful"),
        ("Statement 3.", "Working well"),
    ]


def test_number_and_list_agree(quiz, focal_point, client_of, now):
    browser = client_of(focal_point)
    key = quiz.translation_key

    page = browser.get(reverse("reports_quiz_items", args=[key]))
    attempts = browser.get(reverse("reports_first_attempts", args=[key]))
    narrowed = browser.get(reverse("reports_quiz_items", args=[key]), {"attention": "1"})

    assert page.context["found"].n == attempts.context["listing"].paginator.count == 30
    assert page.context["attention"] == len(narrowed.context["rows"]) > 0


def test_screen_and_sheet_say_the_same(quiz, focal_point, client_of):
    browser = client_of(focal_point)
    key = quiz.translation_key

    page = browser.get(reverse("reports_quiz_items", args=[key]))
    sheet = rows_of(browser.get(reverse("reports_quiz_items_sheet", args=[key, "csv"])))

    assert sheet[1:] == [[text for text, _is_number in cells] for _item, cells in page.context["rows"]]
    for file_format in ("xlsx", "pdf"):
        assert browser.get(reverse("reports_quiz_items_sheet", args=[key, file_format])).status_code == 200
    assert browser.get(reverse("reports_quiz_items_sheet", args=[key, "doc"])).status_code == 404


def test_a_question_shows_its_answers_and_says_which_is_right(quiz, focal_point, client_of):
    edition = QuestionEdition.objects.get(body__stem="And then?")
    address = reverse("reports_item", args=[quiz.translation_key, edition.question.key])

    page = client_of(focal_point).get(address)

    cells = [[text for text, _is_number in row] for row in page.context["rows"]]
    assert [row[:5] for row in cells] == [
        ["A", "Right", "Right", "10", "33"],
        ["B", "Wrong", "", "12", "40"],
        ["C", "Also wrong", "", "0", "0"],
        ["", "I am not sure", "", "8", "27"],
        ["", "No answer", "", "0", "0"],
    ]
    # Those who picked B had all the other questions right.
    assert (cells[0][5], cells[1][5]) == ("0", "100")
    assert "Open the quiz it is written in" in page.content.decode()


def test_slips_are_pooled_and_a_new_meaning_is_another_question(quiz, focal_point, client_of, now):
    edition = QuestionEdition.objects.get(body__stem="And then?")
    facts = {"question": edition.question, "locale": "en", "kind": edition.kind, "body": edition.body}
    slip = QuestionEdition.objects.create(meaning=1, slip=1, sha256="s", **facts)
    other = QuestionEdition.objects.create(meaning=2, slip=0, sha256="m", **facts)
    old = edition.question.keys.get()
    edition.question.keys.create(meaning=2, version=1, key=old.key, feedback={})
    for attempts, wording in ((5, slip), (7, other)):
        take_all(quiz, [["a"] * 4] * attempts, at=now + timedelta(days=1), instead={edition: wording})
    address = reverse("reports_item", args=[quiz.translation_key, edition.question.key])
    browser = client_of(focal_point)

    newest, first = browser.get(address), browser.get(address, {"meaning": "1"})

    assert (newest.context["item"].figures.n, first.context["item"].figures.n) == (7, 35)
    assert newest.context["item"].advice_words == "Too few answers yet: 7 of 20"
    editions = [(one.meaning, one.slip, n, pooled) for one, n, pooled in first.context["editions"]]
    assert editions == [(2, 0, 7, False), (1, 1, 5, True), (1, 0, 30, True)]


def test_kinds_without_options_of_their_own_are_shown_too(focal_point, client_of, now):
    quiz = make_quiz(questions=[matching(), ordering()])
    take_all(quiz, [[None, UNSURE]] * 3, at=now)
    browser = client_of(focal_point)
    page = browser.get(reverse("reports_quiz_items", args=[quiz.translation_key]))

    assert len(page.context["rows"]) == 2
    for item, _cells in page.context["rows"]:
        shown = browser.get(reverse("reports_item", args=[quiz.translation_key, item.question.key]))
        assert shown.context["rows"][-1][3][0] in ("0", "3")


def test_nothing_in_the_period_says_what_to_do(quiz, focal_point, client_of, now):
    browser = client_of(focal_point)
    query = f"?{urlencode({'period': f'calendar-{now.year - 3}'})}"
    edition = QuestionEdition.objects.get(body__stem="And then?")
    args = [quiz.translation_key]
    addresses = [
        reverse("reports_questions"),
        reverse("reports_quiz_items", args=args),
        reverse("reports_first_attempts", args=args),
        reverse("reports_item", args=[*args, edition.question.key]),
    ]

    for address in addresses:
        assert "Choose another period" in browser.get(address + query).content.decode()


def test_the_queries_do_not_grow_with_quizzes(quiz, focal_point, client_of, now, django_assert_max_num_queries):
    browser = client_of(focal_point)
    browser.get(reverse("reports_questions"))
    for _n in range(3):
        take_all(make_quiz(), ["ab"] * 4, at=now)
    with django_assert_max_num_queries(25):
        page = browser.get(reverse("reports_questions"))
    assert len(page.context["rows"]) == 4
    with django_assert_max_num_queries(25):
        browser.get(reverse("reports_quiz_items", args=[quiz.translation_key]))
