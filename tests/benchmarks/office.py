"""What the office's pages of figures cost when the record is large: against one reading of every result."""

import datetime

from django.core.cache import cache
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.choices import Role
from courses.enrolment.models import Enrolment
from courses.quizzes.models import Attempt
from tests.benchmarks import clock, crowd
from tests.benchmarks.growth import Several
from tests.benchmarks.ratio import Most, Ratio
from tests.factories import make_person, make_user

# Of one plain reading of all results by hand, and no fewer than this many seconds: so a small record passes.
# The overview of all time asks thirty questions and takes twelve readings on SQLite.
LIMIT, LEAST = 15, 0.5
QUERIES = 40
# Every result with its person and course, as simply as it can be asked.
READING = """
    SELECT t.quiz_key, e.course_id, COUNT(*), SUM(m.score) FROM courses_attempt t
    JOIN courses_marking m ON m.attempt_id = t.id LEFT JOIN courses_enrolment e ON e.id = t.enrolment_id
    GROUP BY t.quiz_key, e.course_id
"""


def office_pages():
    """Each page for last year and once more for all time, the first visit: nothing is kept from before."""
    crowd.load(crowd.PEOPLE)
    client = Client()
    client.force_login(make_user(email="office@example.org", role=Role.FOCAL_POINT, person=make_person()))
    floor = max(LEAST, min(_time(_read_all) for _ in range(2)))
    found = []
    for name, address in addresses().items():
        seconds, queries = visit(client, address)
        found.append(Ratio(f"{name}: against one reading of all results", seconds, floor, LIMIT))
        found.append(Most(f"{name}: queries", queries, QUERIES))
    return Several(found)


def addresses():
    """{name: address} of every page, with the quiz that was most often taken and the largest course."""
    quiz = _most(Attempt, "quiz_key")
    course = Enrolment.objects.filter(course=_most(Enrolment, "course")).first().course
    year = f"?period=calendar-{timezone.localdate().year - 1}"
    ever = f"?period=any&from=2000-01-01&to={datetime.date(2099, 12, 31)}"
    pages = {
        "overview": reverse("reports_overview"),
        "coverage": reverse("reports_coverage"),
        "lapsing": reverse("reports_lapsing"),
        "learning": reverse("reports_learning"),
        "questions": reverse("reports_questions"),
        "questions of a quiz": reverse("reports_quiz_items", args=[quiz]),
        "gradebook": reverse("gradebook", args=[course.uuid]),
        "workshops": reverse("reports_workshops"),
        "list of people": reverse("figure", args=["people"]),
    }
    return {
        f"{name}, {words}": address + query
        for name, address in pages.items()
        for words, query in (("last year", year), ("ever", ever))
    }


def _most(model, field):
    rows = model.objects.order_by().values_list(field).annotate(n=Count("pk")).order_by("-n")
    return rows.exclude(**{field: None}).first()[0]


def visit(client, address):
    """(seconds of processor, queries) of a first visit."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        before = clock.spent()
        answer = client.get(address)
        seconds = clock.spent() - before
        count = len(queries)
    assert answer.status_code == 200, (address, answer.status_code)
    return seconds, count


def _read_all():
    with connection.cursor() as cursor:
        cursor.execute(READING)
        cursor.fetchall()


def _time(call):
    before = clock.spent()
    call()
    return clock.spent() - before


ALL = [office_pages]
