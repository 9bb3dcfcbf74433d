import pytest
from django.utils import timezone

from courses.progress.recognising import recognise
from courses.progress.recording import complete_lesson
from courses.progress.standing import Standing
from courses.progress.standings import CourseStandings
from tests.answering import take
from tests.factories import make_course, make_enrolment, make_small_course

pytestmark = pytest.mark.django_db


def test_many_at_once_are_as_far_as_each_alone(constable, colleague, nurse):
    page, now = make_small_course(), timezone.now()
    begun, tested, recognised = (
        make_enrolment(one.person, page.course) for one in (constable, colleague, nurse)
    )
    complete_lesson(begun, page.lesson_pages[0], actor=None, at=now)
    take(page.check, colleague.person, tested, at=now)
    keys = [page.lesson_pages[1].translation_key, page.check.translation_key]
    recognise(
        recognised, keys, source="A school", learnt_on=now.date(), hours=6, reason="Seen", actor=None, at=now
    )

    percents = CourseStandings(page.course).percents([begun, tested, recognised])

    assert list(percents.values()) == [25, 25, 50]
    for one in (begun, tested, recognised):
        assert Standing(page, one.person, enrolment=one).percent == percents[one.pk]


def test_of_a_course_without_a_page_nothing_is_known(constable):
    enrolment = make_enrolment(constable.person, make_course())

    assert CourseStandings(enrolment.course).percents([enrolment]) == {enrolment.pk: None}
