"""From the record to the figures: first attempts alone, each person once, as the scope says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.choices import AttemptState
from courses.people.merging import merge
from courses.quizzes import attempts as verbs
from courses.quizzes.models import Attempt, Marking
from lms.reports.figures import periods, scope
from lms.reports.items import reading
from lms.reports.items.firsts import firsts, marks_of
from lms.reports.items.sums import NOT_SURE
from tests.answering import take
from tests.factories import make_enrolment, make_person, make_quiz, make_small_course
from tests.lms.reports.items.takers import UNSURE, asked_by, take_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(month=3, day=2)


@pytest.fixture
def quiz():
    return make_quiz()


def this_year(now, **narrow):
    return scope.Scope(periods.calendar(now.year), **narrow)


def analysis_of(quiz, now):
    wanted = this_year(now)
    return reading.analyses_of(wanted, marks_of(firsts(wanted)))[quiz.translation_key]


def keys_of(*attempts):
    return sorted(one.pk for one in attempts)


def test_only_the_first_attempt_of_a_person_counts_and_a_merged_record_is_the_same_person(quiz, now):
    anna, twin, ben = (make_person() for _n in range(3))
    (first,) = take_all(quiz, ["ab"], at=now, people=[twin])
    take_all(quiz, ["aa", "aa"], at=now + timedelta(days=1), people=[anna, twin])
    (other,) = take_all(quiz, ["bb"], at=now, people=[ben])
    take_all(make_quiz(), ["aa"], at=now - timedelta(days=1), people=[anna])
    assert firsts(this_year(now), [quiz.translation_key]).count() == 3

    merge(twin, anna, actor=None, at=now)

    found = firsts(this_year(now), [quiz.translation_key])
    assert keys_of(*found) == keys_of(first, other)
    assert reading.sums_of(found)[quiz.translation_key].n == 2


def test_a_second_attempt_does_not_become_a_first_by_narrowing(quiz, now):
    anna = make_person()
    take_all(quiz, ["ab"], at=now - timedelta(days=365), people=[anna])
    take_all(quiz, ["aa"], at=now, people=[anna])

    assert not firsts(this_year(now), [quiz.translation_key]).exists()


def test_a_void_attempt_never_counts(quiz, now):
    anna = make_person()
    (void,) = take_all(quiz, ["ab"], at=now, people=[anna])
    (counts,) = take_all(quiz, ["aa"], at=now + timedelta(days=1), people=[anna])

    Attempt.objects.filter(pk=void.pk).update(state=AttemptState.VOID)

    assert list(firsts(this_year(now), [quiz.translation_key])) == [counts]


def test_the_filters_narrow_by_the_agency_now_and_the_sector_of_the_enrolment(constable, nurse, now):
    page = make_small_course()
    for user in (constable, nurse):
        enrolment = make_enrolment(user.person, page.course, at=now)
        take(page.check, user.person, enrolment, at=now)
    key = page.check.translation_key

    def people(**narrow):
        return [one.person for one in firsts(this_year(now, **narrow), [key])]

    assert people(agency=str(nurse.person.agency_id)) == [nurse.person]
    assert people(sector="police") == [constable.person]
    assert people(sex="female") == [constable.person]
    assert people(course=str(page.course.pk)) == [constable.person, nurse.person]
    assert people(kind="workshop") == people(workshop="1") == people(district="castries") == []
    assert people(only_agency=constable.person.agency_id) == [constable.person]


def test_the_verbs_record_and_the_figures_agree(constable, colleague, now):
    page = make_small_course()
    for user, right in ((constable, True), (colleague, False)):
        take(page.check, user.person, make_enrolment(user.person, page.course, at=now), at=now, right=right)

    found = analysis_of(page.check, now)

    assert found.n == 2
    assert [(one.n, one.difficulty) for one in found.figures.values()] == [(2, 0.5), (2, 0.5)]
    assert [sorted(choice.n for choice in one.choices) for one in found.figures.values()] == [[1, 1], [1, 1]]


def test_what_was_chosen_and_how_long_it_took_is_read_in_step(quiz, now):
    _edition, (first, _second) = asked_by(quiz)
    take_all(quiz, [["a", "a"], ["b", UNSURE], ["b", None], ["a", "b"], ["c", "a"]], at=now, seconds=40)

    sums = reading.sums_of(firsts(this_year(now), [quiz.translation_key]))[quiz.translation_key]

    one, two = (sums.items[name] for name in sorted(sums.items))
    options = [option["id"] for option in first.body["options"]]
    assert [one.chosen["", option].n for option in options] == [2, 2, 1]
    # Those who chose the first: both had points for the second question, or none.
    assert one.chosen["", options[0]].mean_rest == 0.5
    assert two.chosen[NOT_SURE].n == 1
    assert one.seconds == {40: 5}
    assert sums.core == set(sums.items)


def test_the_last_marking_counts_and_what_was_kept_is_not_stale(quiz, now, monkeypatch):
    monkeypatch.setattr(reading, "WORTH_KEEPING", 1)
    (attempt, _other) = take_all(quiz, ["aa", "ab"], at=now)
    first, same = analysis_of(quiz, now), analysis_of(quiz, now)
    before = attempt.markings.get().details
    details = {**before, "items": [{**row, "fraction": 0} for row in before["items"]]}
    facts = {"key_versions": {}, "score": 0, "passed": False, "details": details}
    Marking.objects.create(attempt=attempt, n=2, at=now, **facts)

    again = analysis_of(quiz, now)

    assert first == same
    assert sorted(one.difficulty for one in first.figures.values()) == [0.5, 1.0]
    assert sorted(one.difficulty for one in again.figures.values()) == [0.0, 0.5]


def test_what_would_take_too_long_is_left_for_later(quiz, now):
    other = make_quiz()
    take_all(quiz, ["aa"] * 3, at=now)
    take_all(other, ["aa"] * 2, at=now)
    wanted = this_year(now)

    found = reading.analyses_of(wanted, marks_of(firsts(wanted)), most=4)

    assert {key: one.n for key, one in found.items()} == {other.translation_key: 2}


def test_the_queries_do_not_grow(quiz, now, django_assert_num_queries):
    take_all(quiz, ["aa"] * 3, at=now)
    found = firsts(this_year(now), [quiz.translation_key])
    with django_assert_num_queries(5):
        reading.sums_of(found)
    take_all(quiz, ["ba"] * 30, at=now)
    with django_assert_num_queries(5):
        assert reading.sums_of(found)[quiz.translation_key].n == 33


def test_nothing_of_an_open_attempt_is_read(constable, now):
    page = make_small_course()
    enrolment = make_enrolment(constable.person, page.course, at=now)
    key = page.check.translation_key
    verbs.start(key, person=constable.person, enrolment=enrolment, actor=None, at=now)

    assert marks_of(firsts(this_year(now))) == {}
