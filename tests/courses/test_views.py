"""The trainee's pages: catalogue, outline, lesson, the door of a quiz."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.choices import Approval, EnrolmentState, EnrolmentWay
from courses.enrolment.enrolling import enrol
from courses.enrolment.models import Enrolment
from courses.progress.models import LessonDone
from courses.quizzes.models import Attempt
from tests.answering import take
from tests.factories import (
    make_course,
    make_course_page,
    make_enrolment,
    make_index_page,
    make_lesson,
    make_module,
    make_small_course,
    make_user,
    paragraph,
    set_outline,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def course(db):
    return make_small_course()


@pytest.fixture
def browser(client_of, constable):
    return client_of(constable)


@pytest.fixture
def enrolment(course, constable):
    return enrol(constable.person, course.course, actor=constable, at=NOW)


def url(name, *args):
    return reverse(name, args=args)


def lesson_url(course, n=0):
    return url("lesson", course.slug, course.lesson_pages[n].slug)


# --- Catalogue -------------------------------------------------------------------------


def test_the_catalogue_finds_courses_by_words_accents_aside_and_by_sector(client):
    make_course_page(title="Écoute et soin", slug="ecoute")
    make_course_page(title="At the port", slug="port", sectors=["police"])

    def found(**query):
        response = client.get(url("catalogue"), query)
        return [page.title for page in response.context["listing"]]

    assert found() == ["At the port", "Écoute et soin"]
    assert found(q="ecoute") == ["Écoute et soin"]
    assert found(sector="health") == ["Écoute et soin"]
    assert found(q="nothing like it") == []


def test_an_empty_catalogue_says_so(client):
    make_index_page()

    assert "There are no courses yet" in client.get(url("catalogue")).content.decode()


def test_the_catalogue_shows_twenty_courses_a_page(client):
    for n in range(21):
        make_course_page(title=f"Course {n:02}")

    assert "Page 1 of 2" in client.get(url("catalogue")).content.decode()
    assert len(client.get(url("catalogue"), {"page": 2}).context["listing"]) == 1


def test_a_draft_course_is_absent(client, course):
    course.unpublish()

    assert client.get(url("course", course.slug)).status_code == 404
    assert list(client.get(url("catalogue")).context["listing"]) == []


# --- Starting a course -----------------------------------------------------------------


def test_start_enrols_and_leads_to_the_first_lesson(browser, course, constable):
    response = browser.post(url("course_enrol", course.slug), follow=True)

    assert response.redirect_chain[-1][0] == lesson_url(course)
    assert Enrolment.objects.get().person == constable.person


def test_a_course_by_request_waits(browser, course):
    course.course.enrolment = EnrolmentWay.REQUEST
    course.course.save()

    page = browser.post(url("course_enrol", course.slug), follow=True).content.decode()

    assert "You have asked to take this course" in page
    assert Enrolment.objects.get().state == EnrolmentState.REQUESTED
    assert browser.get(lesson_url(course)).status_code == 302


def test_a_course_by_assignment_cannot_be_started(browser, course):
    course.course.enrolment = EnrolmentWay.ASSIGNMENT
    course.course.save()

    page = browser.post(url("course_enrol", course.slug), follow=True).content.decode()

    assert "given out by the training team" in page
    assert not Enrolment.objects.exists()


def test_a_lesson_before_the_start_leads_to_the_course(browser, course):
    response = browser.get(lesson_url(course))

    assert (response.status_code, response.url) == (302, url("course", course.slug))


def test_the_path_is_that_of_the_sector(client_of, constable, nurse):
    page = make_course_page()
    shared, ports = make_lesson(page, title="Shared"), make_lesson(page, title="At the port")
    set_outline(page, [make_module(shared), make_module(ports, code="P1", sectors=["police"])])
    for user in (constable, nurse):
        make_enrolment(user.person, page.course)
    address = url("lesson", page.slug, ports.slug)

    assert client_of(constable).get(address).status_code == 200
    assert client_of(nurse).get(address).status_code == 404
    assert b"At the port" not in client_of(nurse).get(url("course", page.slug)).content


def test_a_block_for_one_sector_is_shown_to_that_sector_alone(client_of, constable, nurse):
    page = make_course_page()
    lesson = make_lesson(page, blocks=[paragraph("<p>For all.</p>"), paragraph("<p>In port.</p>", ["police"])])
    set_outline(page, [make_module(lesson)])

    def read(user):
        make_enrolment(user.person, page.course)
        return client_of(user).get(url("lesson", page.slug, lesson.slug)).content

    assert b"In port." in read(constable)
    assert b"In port." not in read(nurse)


# --- Lessons ---------------------------------------------------------------------------


def test_a_lesson_says_where_it_stands(browser, course, enrolment):
    page = browser.get(lesson_url(course, 1)).content.decode()

    assert "lesson 2 of 2" in page
    assert "<title>Lesson 2 of 2" in page
    assert "Mark complete and continue" in page


def test_mark_complete_leads_to_the_next_part(browser, course, enrolment):
    first = browser.post(lesson_url(course, 0))
    second = browser.post(lesson_url(course, 1))

    assert first.url == lesson_url(course, 1)
    assert second.url == url("quiz_start", course.check.translation_key)
    assert LessonDone.objects.count() == 2


def test_reading_marks_nothing_done(browser, course, enrolment):
    browser.get(lesson_url(course))

    assert not LessonDone.objects.exists()


def test_continue_comes_back_to_the_block_last_seen(browser, course, enrolment):
    browser.get(lesson_url(course, 1))
    block = course.lesson_pages[1].body[0].id
    told = browser.post(lesson_url(course, 1) + "place/", {"block": block})

    response = browser.get(url("course_continue", course.slug))

    assert told.status_code == 204
    assert response.url == f"{lesson_url(course, 1)}#b-{block}"


@pytest.mark.parametrize("block", ["", "x" * 41, "a\nb", "<script>", "../.."])
def test_a_place_that_is_no_block_is_refused(browser, course, enrolment, block):
    assert browser.post(lesson_url(course) + "place/", {"block": block}).status_code == 400


def test_continue_leads_to_the_open_attempt(browser, course, enrolment, constable):
    for n in range(2):
        browser.post(lesson_url(course, n))
    started = browser.post(url("quiz_start", course.check.translation_key))

    assert browser.get(url("course_continue", course.slug)).url == started.url


def test_an_absent_lesson_is_absent(browser, course, enrolment):
    assert browser.get(url("lesson", course.slug, "no-such-lesson")).status_code == 404


# --- The door of a quiz ----------------------------------------------------------------


def start(browser, quiz, **data):
    return browser.post(url("quiz_start", quiz.translation_key), data)


def ready_for_final(course, user, enrolment):
    for lesson in course.lesson_pages:
        LessonDone.objects.create(
            enrolment=enrolment, lesson_key=lesson.translation_key, title=lesson.title, at=NOW
        )
    take(course.check, user.person, enrolment, at=NOW)


def test_the_final_test_waits_for_lessons_and_checks(browser, course, enrolment):
    response = start(browser, course.final, name="right")

    assert "opens when every lesson is done" in response.content.decode()
    assert not Attempt.objects.exists()


def test_the_final_test_waits_for_approval(client_of, course, pending):
    enrolment = make_enrolment(pending.person, course.course)
    ready_for_final(course, pending, enrolment)

    response = start(client_of(pending), course.final, name="right")

    assert pending.person.approval == Approval.PENDING
    assert "has approved your account" in response.content.decode()
    assert Attempt.objects.count() == 1


def test_the_name_is_asked_before_the_final_test(browser, course, enrolment, constable):
    ready_for_final(course, constable, enrolment)

    asked = browser.get(url("quiz_start", course.final.translation_key)).content.decode()
    unanswered = start(browser, course.final)
    started = start(browser, course.final, name="right")

    assert "Your certificate will read" in asked
    assert constable.person.full_name in asked
    assert unanswered.status_code == 422
    assert "Say whether the name is right." in unanswered.content.decode()
    assert started.url == url("attempt", Attempt.objects.first().uuid)


def test_starting_twice_goes_on_with_the_same_attempt(browser, course, enrolment):
    assert start(browser, course.check).url == start(browser, course.check).url
    assert Attempt.objects.count() == 1


def test_a_quiz_of_another_path_is_absent(client_of, nurse, course, enrolment):
    page = make_course_page(make_course())
    quiz = course.check
    set_outline(page, [make_module(make_lesson(page))])

    assert client_of(nurse).get(url("quiz_start", quiz.translation_key)).status_code == 200
    quiz.unpublish()
    assert client_of(nurse).get(url("quiz_start", quiz.translation_key)).status_code == 404


def test_waiting_between_attempts_is_explained(client_of, constable, course, enrolment):
    quiz = course.check
    quiz.wait_minutes = 60
    quiz.save_revision().publish()
    take(quiz, constable.person, enrolment, at=timezone.now(), right=False)

    response = start(client_of(constable), quiz)

    assert "You can try again" in response.content.decode()
    assert Attempt.objects.count() == 1


# --- How many queries ------------------------------------------------------------------


def count(browser, address, django_assert_max_num_queries, at_most):
    browser.get(address)
    with django_assert_max_num_queries(at_most) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("lessons", [1, 20, 60])
def test_a_lesson_takes_ten_queries_however_long_the_course(
    browser, constable, lessons, django_assert_max_num_queries
):
    page = make_course_page()
    pages = [make_lesson(page) for _n in range(lessons)]
    set_outline(page, [make_module(*pages)])
    enrolment = make_enrolment(constable.person, page.course)
    enrolment.last_seen_at = NOW - timedelta(hours=1)
    enrolment.save()

    count(browser, url("lesson", page.slug, pages[0].slug), django_assert_max_num_queries, 10)


def test_the_outline_takes_the_same_queries_with_1_and_20_lessons(
    browser, constable, django_assert_max_num_queries
):
    def queries(lessons):
        page = make_course_page()
        set_outline(page, [make_module(*[make_lesson(page) for _n in range(lessons)])])
        make_enrolment(constable.person, page.course)
        return count(browser, url("course", page.slug), django_assert_max_num_queries, 9)

    assert queries(1) == queries(20)


def test_the_home_takes_the_same_queries_with_1_and_20_courses(client_of, django_assert_max_num_queries):
    def queries(courses):
        user = make_user()
        for _n in range(courses):
            page = make_course_page()
            set_outline(page, [make_module(make_lesson(page))])
            make_enrolment(user.person, page.course)
        return count(client_of(user), url("home"), django_assert_max_num_queries, 16)

    assert queries(1) == queries(20)
