"""The site of the rehearsal, on the database that the environment names. Imported once Django is set up."""

import hashlib
import time
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import PIL.Image
from django.core.files.base import ContentFile
from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.images import get_image_model

from certificates.batches import making
from certificates.models import Certificate, CertificateFile
from courses.choices import Purpose, Role
from courses.progress.models import Completion
from courses.quizzes import answers
from courses.quizzes.models import AnswerEvent, Attempt, AttemptItem, Marking
from lms.queueing.handing_out import UNTOLD, hand_out_untold
from lms.reaping import reap_tasks
from tests import factories as make
from tests.answering import right_options, wrong_options

QUESTIONS = 10
# A task that runs for longer has lost its worker, in a rehearsal that has no quarter of an hour.
SECONDS_TO_RUN = 20


def build(people):
    """A course of a module check and a final test, and who takes them."""
    make.make_site()
    page = make.make_course_page()
    check = make.make_quiz(page, _questions("Check"), review="test")
    final = make.make_quiz(page, _questions("Final"), purpose=Purpose.FINAL, review="test", pass_mark=80)
    page = make.set_outline(page, [make.make_module(check, final)])
    users = [make.make_user() for _ in range(people)]
    for user in users:
        make.make_enrolment(user.person, page.course)
    return SimpleNamespace(
        users=users,
        quizzes=[str(quiz.translation_key) for quiz in (check, final)],
        guest=make.make_user(),
        guessed=make.make_user(),
        desk=make.make_user(role=Role.FOCAL_POINT),
        picture=_picture(),
    )


def _questions(name):
    return [make.single(stem=f"{name} {n}") for n in range(1, QUESTIONS + 1)]


def _picture():
    data = BytesIO()
    PIL.Image.new("RGB", (8, 8), "grey").save(data, "PNG")
    return get_image_model().objects.create(
        title="Picture", file=ContentFile(data.getvalue(), name="picture.png")
    )


def options_of(attempt):
    """[(right option, wrong option), ...] of the attempt's questions, in their order."""
    try:
        items = AttemptItem.objects.filter(attempt__uuid=attempt).select_related("question_edition__question")
        return [(right_options(item)[0], wrong_options(item)[0]) for item in items.order_by("n")]
    finally:
        connection.close()


def tick():
    """What `reap_tasks` does every ten minutes, here without waiting so long."""
    close_old_connections()
    now = timezone.now()
    reap_tasks(at=now, longer_than=timedelta(seconds=SECONDS_TO_RUN), tries=20)
    hand_out_untold(at=now + UNTOLD - timedelta(seconds=5))


def wait_for_certificates(people, seconds):
    """Until each has one with its file, or the time is over."""
    _wait(lambda: CertificateFile.objects.count() >= people and not _unfinished(), seconds)


def _unfinished():
    return DBTaskResult.objects.exclude(status__in=("SUCCESSFUL", "FAILED")).exists()


def _wait(is_done, seconds):
    end = time.monotonic() + seconds
    while not is_done() and time.monotonic() < end:
        time.sleep(1)
        tick()


def print_all(seconds):
    """A print run of every certificate, drawn by whichever worker takes it."""
    made = making.print_selected(
        Certificate.objects.order_by("pk"), title="All", actor=None, at=timezone.now(), separate=True
    )

    def is_ready():
        made.run.refresh_from_db()
        return made.run.is_ready

    _wait(is_ready, seconds)
    return made.run


def log_of_answers():
    """([(name, attempt, n, option)], {(attempt, n): option that counts})."""
    events = list(AnswerEvent.objects.select_related("item__attempt"))
    rows = [(str(one.uuid), str(one.item.attempt.uuid), one.item.n, _chosen(one)) for one in events]
    counting = answers.that_count(events)
    return rows, {(str(one.item.attempt.uuid), one.item.n): _chosen(one) for one in counting.values()}


def _chosen(event):
    return event.payload["chosen"][0]


def counts():
    """What there is of each, which must be as many as people, or twice as many."""
    return {
        "attempts": Attempt.objects.exclude(started_at=None).count(),
        "handed in": Attempt.objects.exclude(submitted_at=None).count(),
        "markings": Marking.objects.count(),
        "completions": Completion.objects.count(),
        "certificates": Certificate.objects.count(),
        "persons with one": Certificate.objects.values("completion__enrolment__person").distinct().count(),
        "files": CertificateFile.objects.count(),
        "tasks failed": DBTaskResult.objects.filter(status="FAILED").count(),
    }


def certificates():
    """{user's address: (number, SHA-256 of the file)}."""
    rows = CertificateFile.objects.values_list(
        "certificate__completion__enrolment__person__user__email", "certificate__number", "sha256"
    )
    return {address: (number, sha256) for address, number, sha256 in rows}


def sha256_of(content):
    return hashlib.sha256(content).hexdigest()
