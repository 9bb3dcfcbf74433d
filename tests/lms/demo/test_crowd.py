"""The crowd of the load test: as many as asked, and whatever page reads them answers."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from certificates.codes import is_well_formed
from certificates.models import Certificate
from courses.attendance.models import Attendance
from courses.catalogue.models import LessonPage
from courses.choices import Purpose, RoomTestWhen
from courses.enrolment.models import Enrolment
from courses.people.models import Merge, Person
from courses.progress.models import Completion, LessonDone
from courses.progress.recording import evaluate
from courses.progress.standing import Standing
from courses.quizzes.attempts import result_of
from courses.quizzes.models import Attempt, AttemptItem, Marking
from courses.room.models import RoomAttempt
from courses.workshops.models import Workshop
from lms.demo.crowd.people import NUMBER
from lms.reports.figures import scope
from lms.reports.figures.defined import FIGURES
from tests.factories import (
    make_course,
    make_module,
    make_person,
    make_quiz,
    make_sector,
    make_small_course,
    set_outline,
)

PEOPLE, ATTEMPTS, WORKSHOPS = 200, 1200, 4

pytestmark = pytest.mark.django_db


def seed(**options):
    options = {"people": PEOPLE, "attempts": ATTEMPTS, "workshops": WORKSHOPS, "answered": 50, **options}
    call_command("seed_load", stdout=StringIO(), **options)


@pytest.fixture
def course_page():
    make_sector("police"), make_sector("health")
    page = make_small_course(course=make_course(validity_months=12))
    pretest = make_quiz(page, title="What do you know", purpose=Purpose.PRETEST, review="test", pass_mark=None)
    lessons, check, final = page.lesson_pages, page.check, page.final
    return set_outline(
        page, [make_module(pretest, *lessons, check), make_module(final, code="F", title="Final test")]
    )


@pytest.fixture
def crowd(course_page):
    seed()
    return course_page


def test_there_are_as_many_as_asked(crowd):
    assert Person.objects.count() == PEOPLE
    assert Attempt.objects.count() == Marking.objects.count() == ATTEMPTS
    assert Workshop.objects.count() == WORKSHOPS
    assert Merge.objects.count() == Person.objects.exclude(merged_into=None).count() == PEOPLE // 100
    assert {"", "female", "male", "not_said"} == set(Person.objects.values_list("sex", flat=True))
    assert RoomAttempt.objects.filter(when=RoomTestWhen.AFTER).exists()
    assert Attendance.objects.filter(presence="late").exists()
    assert Certificate.objects.exclude(replaces=None).exists()
    assert LessonDone.objects.filter(at__gt=timezone.now()).count() == 0


def test_another_load_is_added_to_the_first(crowd):
    seed(people=50, attempts=100, workshops=1, seed=2)

    assert Person.objects.count() == PEOPLE + 50
    assert Attempt.objects.count() == ATTEMPTS + 100


def test_rows_are_what_the_product_would_have_written(crowd):
    for completion in Completion.objects.select_related("enrolment__person")[:20]:
        enrolment = completion.enrolment
        assert Standing(crowd, enrolment.person, enrolment=enrolment).percent == 100
        assert evaluate(enrolment, actor=None, at=timezone.now()) == completion
    for item in AttemptItem.objects.select_related("attempt")[:20]:
        result, _versions = result_of(item.attempt)
        marking = item.attempt.latest_marking()
        assert (result.score, result.passed, result.details) == (
            marking.score,
            marking.passed,
            marking.details,
        )
    certificates = list(Certificate.objects.all())
    assert all(is_well_formed(one.number) for one in certificates)
    assert all(one.facts["number"] == one.number for one in certificates)


def test_nothing_taken_by_the_next_row(crowd):
    """Keys given by hand are behind the database's own count."""
    assert make_person().pk > Person.objects.filter(service_number__startswith=NUMBER).latest("pk").pk


def test_every_page_of_a_trainee_answers(crowd, client):
    enrolment = Enrolment.objects.filter(completion__isnull=False, person__user__isnull=False).first()
    answered = Attempt.objects.filter(items__isnull=False, person__user__isnull=False).first()
    plain = Attempt.objects.filter(items=None, person__user__isnull=False).first()
    lesson = LessonPage.objects.child_of(crowd).first()
    own = [reverse("home"), reverse("my_record"), reverse("course", args=[crowd.slug])]
    for person, addresses in [
        (enrolment.person, [*own, reverse("lesson", args=[crowd.slug, lesson.slug])]),
        (answered.person, [answered.url_of("attempt"), answered.url_of("attempt_result")]),
        (plain.person, [plain.url_of("attempt_result")]),
    ]:
        client.force_login(person.user)
        for address in addresses:
            assert client.get(address, follow=True).status_code == 200, address


def test_every_figure_has_its_list(crowd, client, focal_point):
    client.force_login(focal_point)
    period = scope.read({"period": "any", "from": "2000-01-01", "to": "2100-01-01"})
    for figure in FIGURES.values():
        answer = client.get(reverse("figure", args=[figure.name]) + period.query())
        assert answer.status_code == 200, figure.name
        assert answer.context["listing"].paginator.count == figure.listed(period).count() > 0


def test_it_is_refused_on_a_production_site(course_page, settings):
    settings.DEMO_ALLOWED = False

    with pytest.raises(CommandError, match="production"):
        seed()
    assert not Person.objects.exists()


def test_it_is_refused_among_other_people(course_page):
    make_person()

    with pytest.raises(CommandError, match="force"):
        seed()
    seed(people=20, attempts=20, workshops=0, force=True)
    assert Person.objects.count() == 21
