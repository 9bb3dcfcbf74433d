"""What is measured, and against what."""

import datetime
import io
import itertools
import uuid

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from weasyprint import HTML

from certificates import filing, issuing, pdf
from certificates.facts import pictures_of
from certificates.sheet import html_of
from courses.catalogue.models import CoursePage, LessonPage
from courses.choices import Purpose
from courses.quizzes import attempts
from tests.benchmarks import bare
from tests.benchmarks.answers import sixteen_clients_save_answers
from tests.benchmarks.printing import print_run, print_run_memory
from tests.benchmarks.ratio import measure
from tests.factories import (
    make_completion,
    make_enrolment,
    make_module,
    make_person,
    make_quiz,
    make_small_course,
    make_user,
    set_outline,
    single,
)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def getter(client, address):
    def get():
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return get


def lesson_page():
    """A lesson of the national course, themed and with the person's part, against the same blocks bare."""
    call_command("load_course", verbosity=0, stdout=io.StringIO())
    page = CoursePage.objects.get(course__code="slu-ctip")
    lesson = LessonPage.objects.child_of(page).live().filter(sectors=[]).order_by("pk").first()
    user = make_user(person=make_person(sector="police"))
    make_enrolment(user.person, page.course)
    return measure(
        "lesson page, against the same blocks on a bare Wagtail page",
        getter(signed_in(user), reverse("lesson", args=[page.slug, lesson.slug])),
        getter(bare.client(user), f"/bare/page/{lesson.url.strip('/')}/"),
        limit=1.0,
    )


def _answers_to_give(course_page, quiz):
    """Endless (client, address, option): people who answer a test of twenty, each question once."""
    while True:
        user = make_user()
        enrolment = make_enrolment(user.person, course_page.course)
        attempt = attempts.start(
            quiz.translation_key, person=user.person, enrolment=enrolment, actor=None, at=timezone.now()
        )
        client = signed_in(user)
        for item in attempt.items.all():
            yield client, reverse("attempt_question", args=[attempt.uuid, item.n]), item.option_order[0]


def saving_an_answer():
    """Saving one answer by the plain form, against a form that reads one row and writes two."""
    course_page = make_small_course()
    quiz = make_quiz(
        course_page, questions=[single() for _ in range(20)], purpose=Purpose.PRETEST, review="test"
    )
    set_outline(course_page, [make_module(quiz)])
    rounds, warm_up = 80, 3
    waiting = list(itertools.islice(_answers_to_give(course_page, quiz), rounds + warm_up))
    other = make_user()
    other_attempt = attempts.start(
        quiz.translation_key,
        person=other.person,
        enrolment=make_enrolment(other.person, course_page.course),
        actor=None,
        at=timezone.now(),
    )
    plain, there = bare.client(other), f"/bare/two-writes/{other_attempt.uuid}/"

    def save():
        client, address, option = waiting.pop()
        answer = client.post(address, {"uuid": uuid.uuid4(), "a": option})
        assert answer.status_code == 302, (address, answer.status_code)

    def write_two_rows():
        assert plain.post(there, {"uuid": uuid.uuid4(), "a": "x"}).status_code == 302

    return measure(
        "saving an answer, pace of a bare form that writes two rows",
        save,
        write_two_rows,
        limit=0.7,
        at_least=True,
        rounds=rounds,
        warm_up=warm_up,
    )


def one_certificate():
    """Issuing a certificate and its file, with everything, against WeasyPrint alone on the same HTML."""
    at = timezone.now()
    rounds, warm_up = 20, 2
    waiting = [make_completion(at=at) for _ in range(rounds + warm_up + 1)]
    sample = issuing.issue(waiting.pop(), actor=None, at=at)
    design = issuing.design_of(sample.completion.enrolment.course)
    html = html_of(sample.facts, pictures_of(design, datetime.date.today()))
    fonts, css = pdf.style()

    def issue():
        certificate = issuing.issue(waiting.pop(), actor=None, at=at)
        assert filing.file_of(certificate, at=at).sha256

    def draw():
        assert HTML(string=html).write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")

    return measure(
        "one certificate, against bare WeasyPrint on the same HTML",
        issue,
        draw,
        limit=1.15,
        rounds=rounds,
        warm_up=warm_up,
    )


ALL = [
    lesson_page,
    saving_an_answer,
    one_certificate,
    print_run,
    print_run_memory,
    sixteen_clients_save_answers,
]
