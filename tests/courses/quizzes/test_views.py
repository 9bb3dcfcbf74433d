"""Taking a quiz in a browser without script."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.quizzes import attempts
from courses.quizzes.models import AnswerEvent, Attempt, Marking
from tests.answering import right_options, wrong_options
from tests.courses.quizzes.pages import items_of, text_of, url
from tests.factories import make_enrolment, make_entry, make_person, make_quiz, multiple, single, true_false

pytestmark = pytest.mark.django_db

NARRATIVE = "A cleaner tells you quietly that the manager keeps her passport and says she owes him. "


@pytest.fixture
def start(constable):
    """start(questions, **quiz): an attempt of the constable's, just begun."""

    def begin(questions=None, **kwargs):
        kwargs.setdefault("review", "test")
        kwargs.setdefault("title", "Module check")
        quiz = make_quiz(questions=questions, **kwargs)
        enrolment = make_enrolment(constable.person, quiz.get_parent().specific.course)
        return attempts.start(
            quiz.translation_key, person=constable.person, enrolment=enrolment, actor=None, at=timezone.now()
        )

    return begin


@pytest.fixture
def browser(constable, client_of):
    return client_of(constable)


def post(browser, attempt, n, chosen, **kwargs):
    data = {"uuid": str(uuid.uuid4()), "a": chosen, **kwargs}
    return browser.post(url(attempt, n), data)


def answer_all(browser, attempt, choose=right_options):
    for item in items_of(attempt):
        post(browser, attempt, item.n, choose(item))


# --- Question ----------------------------------------------------------------------------


def test_a_question_is_a_plain_form(browser, start):
    attempt = start([single(NARRATIVE + "What should you do first?"), single()])
    page = browser.get(url(attempt, 1))
    html = page.content.decode()
    assert "<title>Question 1 of 2 – " in html
    assert "Module check: question 1 of 2" in html
    assert html.count('type="radio"') == 4
    assert "checked" not in html
    assert NARRATIVE.strip() in html
    assert "I am not sure" in html
    (shown,) = re.findall(r'name="uuid" value="([0-9a-f-]{36})"', html)
    assert uuid.UUID(shown)
    order = re.findall(r'id="o\d" type="radio" name="a" value="([^"]+)"', html)
    assert order == items_of(attempt)[0].option_order


def test_the_attempt_leads_to_the_first_question_without_answer(browser, start):
    attempt = start()
    assert browser.get(url(attempt)).url == url(attempt, 1)
    post(browser, attempt, 1, right_options(items_of(attempt)[0]))
    assert browser.get(url(attempt)).url == url(attempt, 2)
    post(browser, attempt, 2, "not_sure")
    assert browser.get(url(attempt)).url == url(attempt, "review")


def test_saving_goes_on_and_the_answer_is_there_on_return(browser, start):
    attempt = start()
    item = items_of(attempt)[0]
    assert post(browser, attempt, 1, right_options(item)).url == url(attempt, 2)
    html = browser.get(url(attempt, 1)).content.decode()
    assert re.findall(r'value="([^"]+)" checked', html) == right_options(item)
    assert 'name="last"' not in html
    assert '<input type="hidden" name="last" value="1">' in browser.get(url(attempt, 2)).content.decode()
    last = post(browser, attempt, 2, right_options(items_of(attempt)[1]), last="1")
    assert last.url == url(attempt, "review")


def test_nothing_chosen_is_said_at_the_top_and_at_the_field(browser, start):
    attempt = start()
    page = browser.post(url(attempt, 1), {"uuid": str(uuid.uuid4())})
    html = page.content.decode()
    assert page.status_code == 422
    assert "<title>Error: Question 1 of 2 – " in html
    assert 'role="alert" tabindex="-1"' in html
    assert '<a href="#o1">Choose an answer, or choose “I am not sure”</a>' in html
    assert 'id="em"' in html
    assert not AnswerEvent.objects.exists()


def test_answers_and_not_sure_together_are_asked_about(browser, start):
    attempt = start([multiple(), single()])
    chosen = [*right_options(items_of(attempt)[0]), "not_sure"]
    page = post(browser, attempt, 1, chosen)
    assert page.status_code == 422
    assert "not both" in page.content.decode()
    assert page.content.decode().count(" checked") == 3


def test_several_answers_are_tick_boxes(browser, start):
    attempt = start([multiple(), true_false()])
    html = browser.get(url(attempt, 1)).content.decode()
    assert html.count('type="checkbox"') == 5
    post(browser, attempt, 1, right_options(items_of(attempt)[0]))
    assert sorted(AnswerEvent.objects.get().payload["chosen"]) == right_options(items_of(attempt)[0])


def test_a_double_click_does_no_harm(browser, start):
    attempt = start()
    data = {"uuid": str(uuid.uuid4()), "a": right_options(items_of(attempt)[0])}
    first, second = browser.post(url(attempt, 1), data), browser.post(url(attempt, 1), data)
    assert first.url == second.url == url(attempt, 2)
    assert AnswerEvent.objects.count() == 1


def test_browser_back_and_another_choice_is_kept(browser, start):
    attempt = start()
    item = items_of(attempt)[0]
    same = str(uuid.uuid4())
    post(browser, attempt, 1, wrong_options(item), uuid=same)
    post(browser, attempt, 1, right_options(item), uuid=same)
    html = browser.get(url(attempt, 1)).content.decode()
    assert re.findall(r'value="([^"]+)" checked', html) == right_options(item)


def test_save_and_come_back_later(browser, start):
    attempt = start()
    assert browser.post(url(attempt, 1), {"later": "1"}).url == "/"
    assert not AnswerEvent.objects.exists()
    assert post(browser, attempt, 1, right_options(items_of(attempt)[0]), later="1").url == "/"
    assert AnswerEvent.objects.count() == 1


def test_a_hostile_post_is_an_error_not_a_crash(browser, start):
    attempt = start()
    for data in ({"uuid": "x", "a": "1"}, {"a": ["1", "2", "3"]}, {"a": "\x00"}, {"uuid": "0" * 9999}):
        assert browser.post(url(attempt, 1), data).status_code == 422
    assert browser.post(url(attempt, 0), {"a": "1"}).status_code == 404
    assert browser.post(url(attempt, 9), {"a": "1"}).status_code == 404
    assert browser.post(url(attempt, 99999999999), {"a": "1"}).status_code == 404
    assert browser.get(url(attempt, 9)).status_code == 404
    assert not AnswerEvent.objects.exists()


def test_the_final_test_offers_no_way_out(browser, start):
    attempt = start(purpose="final")
    html = browser.get(url(attempt, 1)).content.decode()
    assert "I am not sure" not in html
    assert post(browser, attempt, 1, "not_sure").status_code == 422
    assert "Choose an answer<" in browser.post(url(attempt, 1), {}).content.decode()


def test_somebody_elses_attempt_answers_as_an_absent_one(start, client_of, colleague):
    attempt = start()
    stranger = client_of(colleague)
    absent = Attempt(uuid=uuid.uuid4())
    for parts in ((), (1,), ("review",), ("result",)):
        theirs, none = stranger.get(url(attempt, *parts)), stranger.get(url(absent, *parts))
        assert theirs.status_code == none.status_code == 404
    for parts in ((1,), ("submit",)):
        data = {"a": right_options(items_of(attempt)[0]), "confirmed": "1"}
        assert stranger.post(url(attempt, *parts), data).status_code == 404
        assert stranger.post(url(absent, *parts), data).status_code == 404
    assert stranger.post(url(attempt, 1), {"later": "1"}).status_code == 404
    assert not AnswerEvent.objects.exists()
    assert not Marking.objects.exists()


def test_the_stranger_is_asked_to_sign_in(start, client):
    attempt = start()
    assert client.get(url(attempt, 1)).url.startswith("/accounts/login/")


# --- Practice ----------------------------------------------------------------------------


def test_practice_says_why_after_each_answer(browser, start):
    attempt = start(purpose="practice", review="practice", questions=[single(wrong=("Promise",)), single()])
    item = items_of(attempt)[0]
    answer = post(browser, attempt, 1, wrong_options(item))
    assert answer.url == url(attempt, 1) + "#feedback"
    html = browser.get(url(attempt, 1)).content.decode()
    assert 'class="fb no"' in html
    for words in ("Not the best answer", "Because of Promise.", "In general.", "Best answer", "Your answer"):
        assert words in html
    assert "Because of Right." not in html
    assert f'href="{url(attempt, 2)}"' in html
    assert html.count(" disabled") == 2


def test_practice_keeps_the_answer_once_it_was_told(browser, start):
    attempt = start(purpose="practice", review="practice")
    item = items_of(attempt)[0]
    post(browser, attempt, 1, wrong_options(item))
    assert post(browser, attempt, 1, right_options(item)).url == url(attempt, 1) + "#feedback"
    assert AnswerEvent.objects.count() == 1


def test_practice_in_other_words(browser, start):
    attempt = start(purpose="practice", review="practice", questions=[single(), multiple(), true_false()])
    one, several, statement = items_of(attempt)
    post(browser, attempt, 1, right_options(one))
    assert "That is right" in text_of(browser.get(url(attempt, 1)))
    post(browser, attempt, 2, right_options(several)[:1])
    shown = text_of(browser.get(url(attempt, 2)))
    assert "Partly right" in shown
    assert "Best answers: Right" in shown
    post(browser, attempt, 3, "not_sure")
    shown = text_of(browser.get(url(attempt, 3)))
    assert "Your answer: I am not sure" in shown
    assert "Best answer: True" in shown
    assert f'href="{url(attempt, "review")}"' in browser.get(url(attempt, 3)).content.decode()


# --- Review and handing in ---------------------------------------------------------------


def test_answers_can_be_checked_and_changed(browser, start):
    attempt = start([single("What first?"), single("And then?")])
    post(browser, attempt, 1, right_options(items_of(attempt)[0]))
    page = browser.get(url(attempt, "review"))
    assert "Question 1 What first? Change" in text_of(page)
    assert "Question 2 And then? Answer" in text_of(page)
    assert "Not answered" in text_of(page)
    change = url(attempt, 1) + "?from=review"
    assert change in page.content.decode()
    form = browser.get(change).content.decode()
    assert 'name="from" value="review"' in form
    again = post(browser, attempt, 1, wrong_options(items_of(attempt)[0]), **{"from": "review"})
    assert again.url == url(attempt, "review")


def test_handing_in_with_gaps_asks_first_and_names_them(browser, start):
    attempt = start([single(), single(), single()])
    post(browser, attempt, 2, right_options(items_of(attempt)[1]))
    answer = browser.post(url(attempt, "submit"))
    assert answer.url == url(attempt, "review") + "?gaps=1"
    page = browser.get(answer.url)
    assert "2 questions are not answered" in text_of(page)
    assert re.findall(r"<li><a [^>]+>(Question \d)</a>", page.content.decode()) == ["Question 1", "Question 3"]
    assert Attempt.objects.get(pk=attempt.pk).is_open
    assert browser.post(url(attempt, "submit"), {"confirmed": "1"}).url == url(attempt, "result")
    assert Marking.objects.get().score == 33


def test_handing_in_twice_is_once(browser, start):
    attempt = start()
    answer_all(browser, attempt)
    for _n in range(2):
        assert browser.post(url(attempt, "submit")).url == url(attempt, "result")
    assert Marking.objects.count() == 1


def test_everything_leads_to_the_result_once_handed_in(browser, start):
    attempt = start()
    answer_all(browser, attempt)
    browser.post(url(attempt, "submit"))
    for parts in ((), (1,), ("review",)):
        assert browser.get(url(attempt, *parts)).url == url(attempt, "result")
    assert post(browser, attempt, 1, wrong_options(items_of(attempt)[0])).url == url(attempt, "result")


def test_handing_in_is_a_post(browser, start):
    attempt = start()
    assert browser.get(url(attempt, "submit")).status_code == 405
    assert browser.get(url(attempt, "result")).url == url(attempt)


# --- Result ------------------------------------------------------------------------------


def finish(browser, attempt, choose=right_options):
    answer_all(browser, attempt, choose)
    browser.post(url(attempt, "submit"))
    return browser.get(url(attempt, "result"))


def main_of(page):
    return re.search(r'<main id="main">(.*)</main>', page.content.decode(), re.S).group(1)


def test_you_passed(browser, start):
    attempt = start(pass_mark=80)
    page = finish(browser, attempt)
    assert "You passed 2 of 2 (100 %). Pass mark 80 %. Continue" in text_of(page)
    slug = attempt.enrolment.course.code
    assert re.findall(r'class="btn" href="([^"]+)"', main_of(page)) == [f"/courses/{slug}/continue/"]


def test_you_have_not_passed_yet(browser, start):
    attempt = start(pass_mark=80, attempts_allowed=3, wait_minutes=60)
    page = finish(browser, attempt, wrong_options)
    shown = text_of(page)
    assert "You have not passed yet 0 of 2 (0 %). Pass mark 80 %. Study these topics again Signs" in shown
    assert "You can try again 2 more times. The next attempt opens on " in shown
    assert " AST." in shown
    assert len(re.findall(r'class="btn"', main_of(page))) == 1


def test_no_attempt_left(browser, start):
    page = finish(browser, start(attempts_allowed=1), wrong_options)
    assert "You have used every attempt." in text_of(page)


def test_a_critical_answer_is_told_with_care(browser, start):
    attempt = start([single(), single(), single(critical=True, topic="confidentiality")], pass_mark=60)
    first, second, critical = items_of(attempt)
    for item in (first, second):
        post(browser, attempt, item.n, right_options(item))
    post(browser, attempt, critical.n, wrong_options(critical))
    browser.post(url(attempt, "submit"))
    shown = text_of(browser.get(url(attempt, "result")))
    assert "You have not passed yet You scored 66 %. One answer could put a person at risk" in shown
    assert "Privacy and data" in shown


def test_a_finished_pretest_judges_nobody(browser, start):
    page = finish(browser, start(purpose="pretest", pass_mark=None), wrong_options)
    assert "You have finished 0 of 2 (0 %)." in text_of(page)
    assert "Pass mark" not in text_of(page)


def test_a_test_says_score_and_topics_and_no_key(browser, start):
    attempt = start([single("What first?", right="Listen", wrong=("Promise",)), single()])
    page = finish(browser, attempt, wrong_options)
    for words in ("Listen", "Promise", "What first?", "Because", "In general"):
        assert words not in page.content.decode()


def test_practice_shows_its_answers_again_afterwards(browser, start):
    attempt = start(purpose="practice", review="practice")
    browser.post(url(attempt, "submit"), {"confirmed": "1"})
    assert url(attempt, 1) in browser.get(url(attempt, "result")).content.decode()
    assert "You did not answer this one" in text_of(browser.get(url(attempt, 1)))


# --- Budgets -----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 20])
def test_a_question_page_takes_few_queries(browser, start, count, django_assert_max_num_queries):
    make_entry()
    attempt = start([single() for _n in range(count)])
    item = items_of(attempt)[0]
    browser.get(url(attempt, 1))
    with django_assert_max_num_queries(8):
        assert browser.get(url(attempt, 1)).status_code == 200
    post(browser, attempt, 1, right_options(item))
    with django_assert_max_num_queries(8):
        assert browser.get(url(attempt, 1)).status_code == 200


def test_a_feedback_page_takes_few_queries(browser, start, django_assert_max_num_queries):
    attempt = start(purpose="practice", review="practice")
    post(browser, attempt, 1, right_options(items_of(attempt)[0]))
    with django_assert_max_num_queries(8):
        assert "That is right" in text_of(browser.get(url(attempt, 1)))


def test_saving_takes_few_queries(browser, start, django_assert_max_num_queries):
    attempt = start([single() for _n in range(20)])
    chosen = right_options(items_of(attempt)[0])
    with django_assert_max_num_queries(8):
        assert post(browser, attempt, 1, chosen).status_code == 302


@pytest.mark.parametrize("count", [1, 20])
def test_checking_answers_takes_few_queries(browser, start, count, django_assert_max_num_queries):
    attempt = start([single() for _n in range(count)])
    answer_all(browser, attempt)
    with django_assert_max_num_queries(8):
        assert browser.get(url(attempt, "review")).status_code == 200


def test_a_person_without_a_course_page_goes_home(browser, start):
    attempt = start()
    attempt.quiz_edition.course.pages.first().unpublish()
    assert 'class="btn" href="/"' in main_of(finish(browser, attempt))


def test_the_wait_is_over(browser, start):
    attempt = start(wait_minutes=30)
    answer_all(browser, attempt, wrong_options)
    attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=timezone.now() - timedelta(minutes=31))
    shown = text_of(browser.get(url(attempt, "result")))
    assert "You can try again as often as you need." in shown
    assert "opens on" not in shown


def test_a_log_in_without_a_person_takes_nothing(start, client_of, db):
    from tests.factories import make_user

    attempt = start()
    assert client_of(make_user(person=None)).get(url(attempt, 1)).status_code == 403
    assert client_of(make_user(person=make_person())).get(url(attempt, 1)).status_code == 404
