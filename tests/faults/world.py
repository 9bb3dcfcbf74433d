"""The course that is taken, the people who take it, their sessions, and what the database has of them."""

import uuid as uuids

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from courses.choices import Purpose
from courses.kinds import BadAnswer, form, kind_of
from courses.people import devices
from courses.quizzes import answers, attempts
from courses.quizzes.models import AnswerEvent, Attempt, Marking
from tests import factories as make
from tests.answering import key_of
from tests.faults.log import Event, Outcome

FINAL, CHECK, PRACTICE = "final test", "module check", "practice"


def build(size):
    """{FINAL: quiz page, CHECK: …, PRACTICE: …} of one course, each with `size` questions."""
    course = make.make_course_page()
    quizzes = {
        FINAL: make.make_quiz(course, _questions(size), purpose=Purpose.FINAL, review="test", pass_mark=60),
        CHECK: make.make_quiz(course, _questions(size), review="test"),
        PRACTICE: make.make_quiz(course, _questions(size), review="practice"),
    }
    make.set_outline(course, [make.make_module(*quizzes.values())])
    for quiz in quizzes.values():
        quiz.of_course = course.course
    return quizzes


def _questions(size):
    """Mostly of one choice; every seventh of another kind."""
    others = [make.multiple, make.matching, make.short, make.case, make.numeric, make.ordering]
    return [
        others[n // 7 % len(others)](stem=f"Question {n}") if n % 7 == 4 else make.single(stem=f"Question {n}")
        for n in range(1, size + 1)
    ]


class Taker:
    """One person in one attempt."""

    def __init__(self, quiz):
        self.user = make.make_user()
        self.enrolment = make.make_enrolment(self.user.person, quiz.of_course)
        self.attempt = attempts.start(
            quiz.translation_key,
            person=self.user.person,
            enrolment=self.enrolment,
            actor=self.user,
            at=timezone.now(),
        )
        items = self.attempt.items.select_related("question_edition__question")
        self.items = {item.n: item for item in items}
        self.keys = {n: key_of(item) for n, item in self.items.items()}

    def new_session(self):
        """The cookie of a log-in on an own device."""
        session = SessionStore()
        session[SESSION_KEY] = str(self.user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = self.user.get_session_auth_hash()
        session[devices.OWN] = True
        session.set_expiry(settings.OWN_DEVICE_SESSION_SECONDS)
        session.save()
        return session.session_key

    @staticmethod
    def end_session(key):
        Session.objects.filter(session_key=key).delete()

    def payload(self, n, fields):
        """The answer that these fields of the form are, as its kind checks it; None: not a whole one."""
        edition = self.items[n].question_edition
        try:
            return kind_of(edition.kind).check_payload(edition.body, form.read(fields or {}))
        except (BadAnswer, KeyError):
            return None

    def worth(self, n):
        edition = self.items[n].question_edition
        kind = kind_of(edition.kind)
        return lambda payload: float(kind.mark(edition.body, self.keys[n], payload))

    def outcome(self, shown_uuids=()):
        """What the database has, in the words of the log."""
        attempt = Attempt.objects.get(pk=self.attempt.pk)
        rows = list(AnswerEvent.objects.filter(item__attempt=attempt).select_related("item"))
        in_time = [row for row in rows if not row.is_late]
        counting = answers.that_count(in_time)
        marking = Marking.objects.filter(attempt=attempt).order_by("-n").first()
        marks = {}
        for place in marking.details["items"] if marking else []:
            marks[place["n"]] = float(place["fraction"])
        return Outcome(
            attempts=Attempt.objects.filter(person=self.user.person).exclude(started_at=None).count(),
            markings=Marking.objects.filter(attempt=attempt).count(),
            submitted_at=attempt.submitted_at and attempt.submitted_at.timestamp(),
            events=[
                Event(
                    _names(row, shown_uuids),
                    row.item.n,
                    row.payload,
                    row.received_at.timestamp(),
                    row.is_late,
                )
                for row in rows
            ],
            counts={row.item.n: row.payload for row in counting.values()},
            marks=marks or None,
            worth={n: self.worth(n) for n in self.items},
        )


def _names(row, shown_uuids):
    """Its own name, and those under which a device may have sent it before it was renamed."""
    names = {str(row.uuid)}
    for name in shown_uuids:
        if answers.renamed(uuids.UUID(name), row.item_id, row.sha256) == row.uuid:
            names.add(name)
    return frozenset(names)
