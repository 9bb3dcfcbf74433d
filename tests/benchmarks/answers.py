"""Sixteen people answer at once, through gunicorn, by the plain form: nothing fails or is doubled."""

import http.client
import itertools
import re
import threading
import time
import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.choices import Purpose
from courses.quizzes import attempts
from courses.quizzes.models import AnswerEvent
from tests.factories import (
    make_enrolment,
    make_module,
    make_quiz,
    make_small_course,
    make_user,
    set_outline,
    single,
)
from tests.served import Served

CLIENTS, ANSWERS, QUESTIONS = 16, 5000, 20
# Whatever happens, it ends.
SECONDS = 400
# Now and then somebody clicks twice.
DOUBLE_CLICK = 10


@dataclass(frozen=True)
class Load:
    sent: int
    failed: int
    lost: int
    doubled: int
    seconds: float
    trouble: tuple

    @property
    def holds(self):
        return self.sent == ANSWERS and not (self.failed or self.lost or self.doubled)

    def __str__(self):
        found = (
            f"{self.sent} answers by {CLIENTS} clients: {self.failed} failed, {self.doubled} doubled, "
            f"{self.lost} lost, {self.sent / self.seconds:.0f}/s"
        )
        trouble = "".join(f"\n    {what}" for what in self.trouble[:5])
        return f"{found:<87}{'ok' if self.holds else 'FAILED'}{trouble}"


class Browser(threading.Thread):
    """One person in a test of twenty, who reads each question and changes their mind about it."""

    def __init__(self, port, attempt, cookie, answers, gate, until):
        super().__init__(daemon=True)
        self.port, self.attempt, self.cookie = port, attempt, cookie
        self.answers, self.gate, self.until = answers, gate, until
        self.options = [item.option_order for item in attempt.items.order_by("n")]
        self.sent, self.trouble = [], []

    def run(self):
        self.gate.wait()
        for n, count in enumerate(_shares(self.answers, QUESTIONS), 1):
            address = reverse("attempt_question", args=[self.attempt.uuid, n])
            form = self.read(address)
            for turn in range(count):
                if time.monotonic() > self.until:
                    self.trouble.append("out of time")
                    return
                self.save(address, n, form, turn)

    def read(self, address):
        status, headers, page = self.request("GET", address)
        cookie = re.search(r"csrftoken=[^;]+", headers.get("Set-Cookie", ""))
        if cookie:
            self.cookie = "; ".join([self.cookie.split(";")[0], cookie[0]])
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if status != 200 or token is None:
            self.trouble.append(f"GET {status}")
        return {"csrfmiddlewaretoken": token[1] if token else ""}

    def save(self, address, n, form, turn):
        options, name = self.options[n - 1], str(uuid.uuid4())
        body = urlencode({**form, "uuid": name, "a": options[turn % len(options)]})
        if n == QUESTIONS:
            body += "&last=1"
        following = ["attempt_question", n + 1] if n < QUESTIONS else ["attempt_review"]
        wanted = (302, reverse(following[0], args=[self.attempt.uuid, *following[1:]]))
        self.sent.append(name)
        for _click in range(2 if len(self.sent) % DOUBLE_CLICK == 0 else 1):
            status, headers, _page = self.request("POST", address, body)
            if (status, headers.get("Location")) != wanted:
                self.trouble.append(f"POST {status} {headers.get('Location', '')}")

    def request(self, method, address, body=None):
        """(status, headers, page). A connection that breaks has no status."""
        server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            server.request(method, address, body, headers)
            answer = server.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            return repr(error), {}, ""
        finally:
            server.close()


def sixteen_clients_save_answers():
    """5,000 answers, and here and there the same one twice, in the database that is connected."""
    course_page = make_small_course()
    quiz = make_quiz(
        course_page,
        questions=[single() for _ in range(QUESTIONS)],
        purpose=Purpose.PRETEST,
        review="test",
    )
    set_outline(course_page, [make_module(quiz)])
    people = [_begin(quiz, course_page.course) for _ in range(CLIENTS)]
    before = AnswerEvent.objects.count()
    gate, until = threading.Barrier(CLIENTS + 1), time.monotonic() + SECONDS
    with Served(workers=4) as site:
        browsers = [
            Browser(site.port, attempt, cookie, answers, gate, until)
            for (attempt, cookie), answers in zip(people, _shares(ANSWERS, CLIENTS), strict=True)
        ]
        connection.close()
        for browser in browsers:
            browser.start()
        gate.wait()
        started = time.monotonic()
        for browser in browsers:
            browser.join(max(1, until + 60 - time.monotonic()))
        seconds = time.monotonic() - started
    sent = set(itertools.chain.from_iterable(browser.sent for browser in browsers))
    trouble = tuple(itertools.chain.from_iterable(browser.trouble for browser in browsers))
    kept = [
        str(name)
        for name in AnswerEvent.objects.filter(
            item__attempt__in=[attempt for attempt, _cookie in people]
        ).values_list("uuid", flat=True)
    ]
    assert AnswerEvent.objects.count() == before + len(kept)
    return Load(
        sent=len(sent),
        failed=len(trouble),
        lost=len(sent - set(kept)),
        doubled=len(kept) - len(sent & set(kept)),
        seconds=seconds,
        trouble=trouble,
    )


def _begin(quiz, course):
    """An attempt just begun, and the cookie of its person's session."""
    user = make_user()
    enrolment = make_enrolment(user.person, course)
    attempt = attempts.start(
        quiz.translation_key, person=user.person, enrolment=enrolment, actor=None, at=timezone.now()
    )
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return attempt, f"{name}={client.cookies[name].value}"


def _shares(total, count):
    """`total` in `count` whole parts, as even as can be."""
    return [total * (n + 1) // count - total * n // count for n in range(count)]
