"""A site of its own to look at: the national course, and somebody in the middle of it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def prepare():
    """({name: path}, cookie as (name, value)) of somebody who has done lessons and a check, and has begun the
    next quiz."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from courses.catalogue.addresses import live_page
    from courses.catalogue.models import CoursePage
    from courses.choices import Purpose
    from courses.progress.recording import complete_lesson
    from courses.progress.standing import Standing
    from courses.quizzes import attempts
    from tests.answering import take
    from tests.factories import make_enrolment, make_person, make_user

    call_command("createcachetable", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("load_course", verbosity=0)
    course = CoursePage.objects.get()
    user = make_user(person=make_person(sector="police"))
    enrolment = make_enrolment(user.person, course.course)
    standing = Standing(course, user.person)
    now = timezone.now()
    for part in standing.outline.lessons[:3]:
        page = course.get_children().get(pk=part.page_id).specific
        complete_lesson(enrolment, page, actor=user, at=now)
    first, second = [part for part in standing.outline.quizzes if part.purpose == Purpose.CHECK][:2]
    done = take(live_page(first.key), user.person, enrolment, at=now)
    begun = attempts.start(second.key, person=user.person, enrolment=enrolment, actor=user, at=now)
    client = Client()
    client.force_login(user)
    session = client.session
    session["own_device"] = True
    session.save()
    lesson = standing.outline.lessons[1]
    paths = {
        "home": "/",
        "outline": reverse("course", args=[course.slug]),
        "lesson": reverse("lesson", args=[course.slug, lesson.slug]),
        "question": reverse("attempt_question", args=[begun.uuid, 1]),
        "result": reverse("attempt_result", args=[done.attempt.uuid]),
        "record": reverse("my_record"),
    }
    return paths, (settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)


@contextlib.contextmanager
def served():
    """The address of the site, served by gunicorn as `make run` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [BIN / "gunicorn", "lms.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--config", "deploy/gunicorn.conf.py", "--log-level", "warning"]
    server = subprocess.Popen([str(word) for word in command], cwd=HERE, env=os.environ)
    try:
        for _attempt in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
