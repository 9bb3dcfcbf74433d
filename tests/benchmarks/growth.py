"""What grows with the record: figures, their lists and exports, and what a trainee's pages cost among many.

Processor times of this process and of the database's: see `clock`.
"""

import csv
import io
import subprocess
import sys
import uuid
from functools import partial
from pathlib import Path

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.models import LessonPage
from courses.people.models import User
from courses.progress.models import Completion
from courses.quizzes import attempts
from courses.quizzes.models import Attempt
from lms.reports.figures import scope as scopes
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.tables import response
from lms.reports.pages.lists import one_page, table_of
from tests.benchmarks import bare, clock, crowd
from tests.benchmarks.ratio import Most, Ratio, measure
from tests.benchmarks.raw import WRITTEN, Raw

ROOT = Path(__file__).parents[2]
ROUNDS = 8
PAGE_ROUNDS = 32
MOST_GROWTH = 50
EVERYTHING = {"period": "any", "from": "2000-01-01", "to": "2099-12-31"}


def figures_against_raw_sql():
    """Each figure, all its parts, and the first page of its list, each against SQL written for it by hand."""
    crowd.load(crowd.PEOPLE)
    scope = scopes.read({"period": f"calendar-{timezone.localdate().year - 1}"})
    figures = [FIGURES[name] for name in WRITTEN]
    return Several([one for figure in figures for one in _three(figure, Raw(figure, scope), scope)])


def _three(figure, raw, scope):
    by_hand, page, *_more = raw.first_page()
    keys = list(figure.listed(scope).values_list("pk", flat=True)[:50])
    assert (figure.value(scope), keys) == (by_hand, [row[0] for row in page]), figure.name
    yield timed(f"{figure.name}: against raw SQL", lambda: figure.value(scope), raw.value, limit=1.2)
    yield timed(
        f"{figure.name}: divided in {len(figure.by)} ways, against raw SQL",
        lambda: [figure.parts(scope, by) for by in figure.by],
        lambda: [raw.parts(by) for by in figure.by],
        limit=1.2,
    )
    yield timed(
        f"{figure.name}: first page of its list, against raw SQL",
        lambda: one_page(figure, scope, 1),
        raw.first_page,
        limit=1.2,
    )


# --- Exports ----------------------------------------------------------------------------

# The figure, and the same columns of the same rows by Django alone.
EXPORTED = {
    "completions": (
        Completion,
        ("at", "enrolment__person__full_name", "agency_name", "post_name", "rank", "enrolment__course__title"),
    ),
    "people": (
        None,
        ("full_name", "agency__name", "post__name", "rank", "sector__name", "agency__sector__name"),
    ),
}


def exports_against_values_list():
    """The CSV of a whole list as it is sent, against a bare `values_list` that writes one: rows a second."""
    crowd.load(crowd.PEOPLE)
    scope, found = scopes.read(EVERYTHING), []
    for name, (model, columns) in EXPORTED.items():
        figure = FIGURES[name]
        rows = model.objects.all() if model else figure.listed(scope).select_related(None)
        lines = exported(figure, scope)
        assert lines == bare_export(rows, columns) + 1, (name, lines)
        found.append(
            timed(
                f"CSV of {lines - 1} {name}, pace of a bare values_list",
                lambda figure=figure: exported(figure, scope),
                lambda rows=rows, columns=columns: bare_export(rows, columns),
                limit=0.5,
                at_least=True,
            )
        )
    return Several(found)


def exported(figure, scope):
    """How many lines."""
    return sum(1 for _line in response(table_of(figure, scope), "csv").streaming_content)


def bare_export(rows, columns):
    writer = csv.writer(io.StringIO())
    return sum(1 for row in rows.values_list(*columns).iterator(chunk_size=500) if writer.writerow(row))


def export_memory():
    """What a process that sends one list grows by, between ten thousand lines and the end."""
    crowd.load(crowd.PEOPLE)
    name = str(connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.exporter", name],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    lines, growth = done.stdout.split()
    return Most(f"memory that a CSV of {lines} lines adds after 10,000, in MB", int(growth), MOST_GROWTH)


# --- A trainee among many ---------------------------------------------------------------


def trainee_among_many():
    """A trainee's pages among all, against the same pages among a hundred: cost, and number of queries.

    The trainee sleeps: all that the others wrote came after their last row, so that a page which reads the
    newest rows of everybody to find theirs is found out. Each page is measured against a bare page in the same
    minute, so that a machine that became busier meanwhile counts for nothing.
    """
    crowd.load(crowd.SMALL)
    user, deeds = _trainee()
    before = {name: _cost(user, deed) for name, deed in deeds.items()}
    crowd.load(crowd.PEOPLE)
    found = []
    for name, deed in deeds.items():
        (cost, queries), (cost_before, queries_before) = _cost(user, deed), before[name]
        words = f"{name} among {crowd.PEOPLE}, against {crowd.SMALL}"
        found.append(Ratio(words, cost, cost_before, 1.15))
        found.append(
            Most(
                f"{name}: queries beyond the {queries_before} among {crowd.SMALL}", queries - queries_before, 0
            )
        )
    return Several(found)


def _trainee():
    """Somebody who studies, with answers on record; and {name: deed}, each called with their browser."""
    taken = Attempt.objects.filter(items__isnull=False, enrolment__completion=None, enrolment__isnull=False)
    attempt = taken.filter(person__user__isnull=False).order_by("pk").first()
    user = User.objects.get(person=attempt.person_id)
    page = attempt.enrolment.course.pages.live().first()
    lesson = LessonPage.objects.child_of(page).live().filter(sectors=[]).order_by("pk").first()
    open_one = _begin_another(attempt)
    question = reverse("attempt_question", args=[open_one.uuid, 1])
    option = open_one.items.get(n=1).option_order[0]
    addresses = {
        "home": reverse("home"),
        "course": reverse("course", args=[page.slug]),
        "lesson": reverse("lesson", args=[page.slug, lesson.slug]),
        "question": question,
        "result": reverse("attempt_result", args=[attempt.uuid]),
        "my record": reverse("my_record"),
    }
    return user, {
        **{name: partial(_get, address=address) for name, address in addresses.items()},
        "saving an answer": partial(_save, address=question, option=option),
    }


def _get(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def _save(client, address, option):
    """An answer that is taken back, so that it stays the first."""
    with transaction.atomic():
        answer = client.post(address, {"uuid": uuid.uuid4(), "a": option})
        transaction.set_rollback(True)
    assert answer.status_code == 302, (address, answer.status_code)


def _begin_another(attempt):
    """An open attempt at a test that may be taken again."""
    return attempts.start(
        attempt.quiz_key, person=attempt.person, enrolment=attempt.enrolment, actor=None, at=timezone.now()
    )


def _cost(user, deed):
    """(how many times a bare page it costs, how many queries)"""
    ours, floor = Client(), bare.client(user)
    ours.force_login(user)
    deed(ours)
    with CaptureQueriesContext(connection) as queries:
        deed(ours)
    # Now: the next request empties the log.
    count = len(queries)
    ratio = timed("", lambda: deed(ours), lambda: floor.get("/bare/nothing/"), limit=1, rounds=PAGE_ROUNDS)
    return ratio.value, count


# --- Measuring --------------------------------------------------------------------------


class Several(list):
    """Several results of one benchmark."""

    @property
    def holds(self):
        return all(one.holds for one in self)

    def __str__(self):
        return "\n  ".join(str(one) for one in self)


def timed(name, ours, floor, *, limit, at_least=False, rounds=ROUNDS):
    """As `ratio.measure`, with the time of the database."""
    return measure(
        name, ours, floor, limit=limit, at_least=at_least, rounds=rounds, warm_up=1, clock=clock.spent
    )


ALL = [trainee_among_many, figures_against_raw_sql, exports_against_values_list, export_memory]
