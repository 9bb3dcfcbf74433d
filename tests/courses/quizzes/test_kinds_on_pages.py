"""Every kind of question on the trainee's pages and at the desk, without script."""

import re
import uuid
from html import unescape

import pytest
from django.utils import timezone

from courses.quizzes import attempts
from courses.quizzes.models import AnswerEvent, Marking
from courses.quizzes.showing import show_again
from tests.answering import form_of, right_answer, wrong_answer
from tests.courses.quizzes.pages import items_of, one_of_each, previewed, text_in, text_of, url
from tests.factories import (
    case,
    make_bank_question,
    make_enrolment,
    make_quiz,
    matching,
    numeric,
    ordering,
    short,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(constable):
    def begin(questions=None, **kwargs):
        kwargs.setdefault("review", "test")
        quiz = make_quiz(questions=questions or one_of_each(), **kwargs)
        enrolment = make_enrolment(constable.person, quiz.get_parent().specific.course)
        return attempts.start(
            quiz.translation_key, person=constable.person, enrolment=enrolment, actor=None, at=timezone.now()
        )

    return begin


@pytest.fixture
def browser(constable, client_of):
    return client_of(constable)


def post(browser, attempt, n, sent):
    return browser.post(url(attempt, n), {"uuid": str(uuid.uuid4()), **sent})


def form_on(page):
    """What a browser would send of the form on this page, as it is."""
    html = page.content.decode()
    sent = {}
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        sent[name] = (re.findall(r'value="([^"]*)" selected', options) or [""])[0]
    for value in re.findall(r'<input [^>]*name="text" value="([^"]*)"', html):
        sent["text"] = unescape(value)
    for name in re.findall(r'<input type="hidden" name="(part-[^"]+)" value="">', html):
        sent[name] = ["", *sorted(re.findall(rf'name="{name}" value="([^"]+)" checked', html))]
    ticked = re.findall(r'name="a" value="([^"]+)" checked', html)
    return {**sent, "a": ticked} if ticked else sent


def rows_of(item):
    """The names of the row fields, as they stand on the page."""
    body = item.question_edition.body
    ids = [row["id"] for row in body["rows"]] if "rows" in body else item.option_order
    return [f"row-{row_id}" for row_id in ids]


def parts_of(item):
    """The names of the fields of a case's parts, as they stand on the page."""
    return [f"part-{part['id']}" for part in item.question_edition.body["parts"]]


# --- The whole way -----------------------------------------------------------------------


@pytest.mark.parametrize(("choose", "score"), [(right_answer, 100), (wrong_answer, 0)])
def test_a_quiz_of_every_kind_is_taken_and_marked(browser, start, choose, score):
    attempt = start(pass_mark=80)
    items = items_of(attempt)
    for item in items:
        before = browser.get(url(attempt, item.n))
        assert before.status_code == 200
        answered = post(browser, attempt, item.n, form_of(choose(item)))
        assert answered.status_code == 302
        # The form shows what was saved, and would send just that.
        shown = form_on(browser.get(url(attempt, item.n)))
        saved = AnswerEvent.objects.get(item=item)
        assert post(browser, attempt, item.n, shown).status_code == 302
        assert [event.payload for event in AnswerEvent.objects.filter(item=item)] == [saved.payload] * 2
    review = browser.get(url(attempt, "review"))
    assert "Not answered" not in text_of(review)
    browser.post(url(attempt, "submit"))
    assert Marking.objects.get().score == score
    assert f"({score} %)" in text_of(browser.get(url(attempt, "result")))


def test_answers_are_checked_in_words(browser, start):
    attempt = start()
    for item in items_of(attempt):
        post(browser, attempt, item.n, form_of(right_answer(item)))
    shown = text_of(browser.get(url(attempt, "review")))
    for words in (
        "Act: Recruit; Means: Deceive; Purpose: Exploit",
        "1. First; 2. Second; 3. Third",
        "Informed consent",
        "18 years",
        "K. asks for help.",
        "1. Listen; 2. The",
    ):
        assert words in shown


def test_part_of_the_rows_is_part_of_the_points(browser, start):
    attempt = start([matching(), ordering()])
    pairs, order = items_of(attempt)
    sent = form_of(right_answer(pairs))
    sent[rows_of(pairs)[0]] = sent[rows_of(pairs)[1]]
    post(browser, attempt, 1, sent)
    places = form_of(right_answer(order))
    first, second, *_others = places
    places[first], places[second] = places[second], places[first]
    post(browser, attempt, 2, places)
    browser.post(url(attempt, "submit"))
    assert [item["fraction"] for item in Marking.objects.get().details["items"]] == [0.6666, 0.3333]


def test_what_was_shown_can_be_shown_again(start, constable):
    attempt = start()
    events = [
        {"uuid": str(uuid.uuid4()), "attempt": str(attempt.uuid), "n": item.n, "payload": wrong_answer(item)}
        for item in items_of(attempt)
    ]
    attempts.record_answers(events, person=constable.person, at=timezone.now())
    shown = show_again(attempt)
    for item, one in zip(items_of(attempt), shown, strict=True):
        assert one["answered"]
        if one["asks"] == "rows" and "rows" not in item.question_edition.body:
            assert [row["id"] for row in one["rows"]] == item.option_order
        elif one["asks"] == "parts":
            for part in one["parts"]:
                ids = [option["id"] for option in part["options"]]
                assert ids == [option_id for option_id in item.option_order if option_id in ids]
        elif one["asks"] == "rows":
            assert [choice["value"] for choice in one["rows"][0]["choices"]] == item.option_order


# --- Forms and their errors --------------------------------------------------------------


def test_every_row_has_a_labelled_select(browser, start):
    attempt = start([matching(), ordering()])
    for n, item in enumerate(items_of(attempt), 1):
        html = browser.get(url(attempt, n)).content.decode()
        assert re.findall(r'<select id="(o\d)"', html) == ["o1", "o2", "o3"]
        assert re.findall(r'<label for="(o\d)">', html) == ["o1", "o2", "o3"]
        assert re.findall(r'<select id="o\d" name="([^"]+)"', html) == rows_of(item)
        assert " selected" not in html
        assert ("<li><b>A</b> " in html) == (">A: " in html) == ("rows" in item.question_edition.body)
        assert 'type="checkbox" name="a" value="not_sure"' in html


def test_typed_answers_have_one_field(browser, start):
    attempt = start([short(), numeric(unit="years")])
    html = browser.get(url(attempt, 1)).content.decode()
    assert 'maxlength="200"' in html
    assert "Write nothing about a case or a real person here." in html
    assert "inputmode" not in html
    html = browser.get(url(attempt, 2)).content.decode()
    assert 'inputmode="decimal"' in html
    assert "Your answer (years)" in html
    assert "about a case" not in html


def test_a_case_is_told_once_and_each_part_has_its_own_fieldset(browser, start):
    attempt = start([case("K. asks for help.\n\nThe owner comes closer.")])
    page = browser.get(url(attempt, 1))
    html = page.content.decode()
    assert text_of(page).count("K. asks for help.") == text_of(page).count("The owner comes closer.") == 1
    assert "Read the case, then answer each part" in text_of(page)
    found = re.findall(r'<fieldset class="part">\s*<legend>(.*?)</legend>(.*?)</fieldset>', html, re.S)
    kinds = [set(re.findall(r'type="(radio|checkbox)"', fields)) for _legend, fields in found]
    assert ["What first?" in found[0][0], "Whom to tell?" in found[1][0]] == [True, True]
    assert kinds == [{"radio"}, {"checkbox"}]
    ids = re.findall(r' id="(o[^"]+)"', html)
    assert len(ids) == len(set(ids)) == 6
    assert "About: " not in html


@pytest.mark.parametrize(("purpose", "words"), [("check", ", or choose “I am not sure”"), ("final", "")])
def test_the_parts_left_open_are_named_and_nothing_is_lost(browser, start, purpose, words):
    attempt = start([case()], purpose=purpose)
    (item,) = items_of(attempt)
    first, second = parts_of(item)
    sent = {first: [""], second: form_of(right_answer(item))[second]}
    page = post(browser, attempt, 1, sent)
    html = page.content.decode()
    assert page.status_code == 422
    assert f'<a href="#o1-1">Choose an answer in part 1{words}</a>' in html
    assert html.count('class="part bad"') == 1
    assert form_on(page) == sent
    none = post(browser, attempt, 1, {first: "", second: ""})
    assert f"Choose an answer in parts 1, 2{words}<" in none.content.decode()
    assert not AnswerEvent.objects.exists()


def test_a_row_left_open_is_named_and_nothing_is_lost(browser, start):
    attempt = start([matching()])
    (item,) = items_of(attempt)
    sent = form_of(right_answer(item)) | {rows_of(item)[1]: ""}
    page = post(browser, attempt, 1, sent)
    html = page.content.decode()
    assert page.status_code == 422
    assert '<a href="#o2">Choose an answer in each row, or choose “I am not sure”</a>' in html
    assert html.count('aria-invalid="true"') == 1
    assert form_on(page) == sent
    assert not AnswerEvent.objects.exists()


def test_the_same_place_twice_is_refused_and_nothing_is_lost(browser, start):
    attempt = start([ordering()])
    (item,) = items_of(attempt)
    sent = dict(zip(rows_of(item), ["1", "3", "3"], strict=True))
    page = post(browser, attempt, 1, sent)
    html = page.content.decode()
    assert page.status_code == 422
    assert '<a href="#o2">Two entries have the same place. Give each entry a place of its own</a>' in html
    assert html.count('aria-invalid="true"') == 2
    assert form_on(page) == sent
    assert not AnswerEvent.objects.exists()


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (short, "", "Write an answer, or choose “I am not sure”"),
        (short, "x" * 201, "This answer is too long. Write a few words"),
        (numeric, "", "Write an answer, or choose “I am not sure”"),
        (numeric, "about <18>", "Write one number in figures, such as 12 or 2.5."),
        (numeric, "1,000", "Write a thousand as 1000"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays(browser, start, question, text, words):
    attempt = start([question()])
    page = post(browser, attempt, 1, {"text": text})
    assert page.status_code == 422
    assert words in text_of(page)
    assert form_on(page) == {"text": text}
    assert 'aria-invalid="true"' in page.content.decode()
    assert not AnswerEvent.objects.exists()


def test_the_final_test_asks_for_an_answer_alone(browser, start):
    attempt = start([matching(), short()], purpose="final")
    (item, _word) = items_of(attempt)
    refused = text_of(post(browser, attempt, 1, dict.fromkeys(rows_of(item), "")))
    assert "Choose an answer in each row" in refused
    assert "I am not sure" not in refused
    assert "Write an answer" in text_of(post(browser, attempt, 2, {"text": ""}))
    assert post(browser, attempt, 2, {"text": "", "a": "not_sure"}).status_code == 422


def test_not_sure_alone_is_an_answer_and_beside_one_is_asked_about(browser, start):
    attempt = start([matching(), ordering(), short(), numeric(), case()])
    for item in items_of(attempt):
        answer = form_of(right_answer(item))
        both = post(browser, attempt, item.n, {**answer, "a": "not_sure"})
        assert both.status_code == 422
        assert "not both" in text_of(both)
        assert form_on(both) == {**answer, "a": ["not_sure"]}
        assert not AnswerEvent.objects.filter(item=item).exists()
        alone = post(browser, attempt, item.n, {**dict.fromkeys(answer, ""), "a": "not_sure"})
        assert alone.status_code == 302
        assert AnswerEvent.objects.get(item=item).payload == {"not_sure": True}


def test_nothing_given_can_wait(browser, start):
    attempt = start([matching(), short()])
    item, _word = items_of(attempt)
    for n, sent in ((1, dict.fromkeys(rows_of(item), "")), (2, {"text": " "})):
        assert post(browser, attempt, n, {**sent, "later": "1"}).url == "/"
    assert not AnswerEvent.objects.exists()
    assert post(browser, attempt, 2, {"text": "Consent", "later": "1"}).url == "/"
    assert AnswerEvent.objects.get().payload == {"text": "Consent"}


def test_what_was_typed_is_shown_as_text(browser, start):
    attempt = start([short()], purpose="practice", review="practice")
    post(browser, attempt, 1, {"text": '<b>"x'})
    for address in (url(attempt, 1), url(attempt, "review")):
        html = browser.get(address).content.decode()
        assert "&lt;b&gt;&quot;x" in html
        assert '<b>"x' not in html


def test_a_form_of_another_kind_is_refused(browser, start):
    attempt = start()
    for item in items_of(attempt):
        for sent in ({"a": "x"}, {"row-x": "1"}, {"part-x": "1"}, {"text": "\x00"}, {"row-": ""}, {"text": ""}):
            assert post(browser, attempt, item.n, sent).status_code in (404, 422)
    assert not AnswerEvent.objects.exists()


# --- Practice ----------------------------------------------------------------------------


def test_practice_says_row_by_row_what_was_right(browser, start):
    attempt = start([matching(), ordering()], purpose="practice", review="practice")
    pairs, order = items_of(attempt)
    first, second, third = rows_of(pairs)
    right = form_of(right_answer(pairs))
    post(browser, attempt, 1, {first: right[first], second: right[third], third: right[second]})
    shown = text_of(browser.get(url(attempt, 1)))
    assert "Partly right In general." in shown
    assert "Act Your answer, and the best one: Recruit" in shown
    assert "Means Your answer: Exploit Best answer: Deceive" in shown
    post(browser, attempt, 2, form_of(wrong_answer(order)))
    shown = text_of(browser.get(url(attempt, 2)))
    assert "Not the best answer" in shown
    assert "First Your answer: 2 Best answer: 1" in shown


def test_practice_says_what_would_have_been_right_to_write(browser, start):
    questions = [short(accepted=("Consent", "permission")), numeric(answer="18", tolerance="0.5", unit="years")]
    attempt = start(questions, purpose="practice", review="practice")
    post(browser, attempt, 1, {"text": "Force"})
    shown = text_of(browser.get(url(attempt, 1)))
    assert "Your answer: Force" in shown
    assert "Best answer: Consent" in shown
    post(browser, attempt, 2, {"text": "18,5"})
    shown = text_of(browser.get(url(attempt, 2)))
    assert "Your answer: 18.5 years" in shown
    assert "That is right" in shown


def test_practice_tells_those_who_were_not_sure(browser, start):
    attempt = start([matching(), short()], purpose="practice", review="practice")
    for n in (1, 2):
        post(browser, attempt, n, {"a": "not_sure"})
    shown = text_of(browser.get(url(attempt, 1)))
    assert "Act Best answer: Recruit" in shown
    assert "Your answer: I am not sure" in shown
    assert "Best answer: Consent" in text_of(browser.get(url(attempt, 2)))


def test_practice_says_part_by_part_what_was_right_and_why(browser, start):
    attempt = start([case()], purpose="practice", review="practice")
    (item,) = items_of(attempt)
    right, wrong = form_of(right_answer(item)), form_of(wrong_answer(item))
    first, second = parts_of(item)
    post(browser, attempt, 1, {first: wrong[first], second: right[second][:2]})
    page = browser.get(url(attempt, 1))
    parts = re.findall(r'<fieldset class="part">.*?</fieldset>', page.content.decode(), re.S)
    told = [[words in unescape(part) for words in TOLD] for part in parts]
    assert told == [[True, False, True, True, False], [False, True, False, False, True]]
    assert "Partly right In general." in text_of(page)
    assert text_of(page).count("Your answer, and the best one") == 1


TOLD = (
    "Not the best answer", "Partly right", "Because of Promise.", "About: What first?", "About: Whom to tell?"
)  # fmt: skip


# --- At the desk -------------------------------------------------------------------------


def test_every_kind_can_be_previewed_with_and_without_the_answers(focal_point):
    page = make_quiz(questions=one_of_each())
    told = text_in(previewed(page, "", focal_point))
    for words in (
        "Right: Act: Recruit",
        "Right: 1. First",
        "Right: Informed consent",
        "Right: 18 ± 0.5 years",
        "Right: The team",
        "About: Whom to tell?",
    ):
        assert words in told
    asked = previewed(page, "trainee", focal_point)
    assert "Right:" not in text_in(asked)
    assert "Informed consent" not in text_in(asked)
    assert "About: " not in text_in(asked)
    ids = re.findall(r' id="(p[^"]+)"', asked)
    assert len(ids) == len(set(ids)) > 15


@pytest.mark.parametrize("question", [matching, ordering, short, numeric, case])
def test_every_kind_can_be_written_in_the_bank(question, focal_point):
    bank = make_bank_question(question())
    assert bank.live
    assert "Right:" in previewed(bank, "", focal_point)


# --- Budgets -----------------------------------------------------------------------------


@pytest.mark.parametrize("question", [matching, ordering, short, numeric, case])
def test_every_kind_takes_as_few_queries(browser, start, question, django_assert_max_num_queries):
    attempt = start([question() for _n in range(5)])
    item = items_of(attempt)[0]
    sent = form_of(right_answer(item))
    browser.get(url(attempt, 1))
    with django_assert_max_num_queries(8):
        assert browser.get(url(attempt, 1)).status_code == 200
    with django_assert_max_num_queries(8):
        assert post(browser, attempt, 1, sent).status_code == 302
    with django_assert_max_num_queries(8):
        assert browser.get(url(attempt, "review")).status_code == 200
