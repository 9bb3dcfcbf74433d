"""An answer that waited on a device: what is said of it, where another device answered later."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.quizzes import attempts
from courses.quizzes.models import AnswerEvent
from tests.answering import form_of, right_answer, wrong_answer
from tests.factories import make_enrolment, make_quiz, single

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(constable):
    quiz = make_quiz(questions=[single()], review="test")
    enrolment = make_enrolment(constable.person, quiz.get_parent().specific.course)
    return attempts.start(
        quiz.translation_key,
        person=constable.person,
        enrolment=enrolment,
        actor=constable,
        at=timezone.now() - timedelta(hours=1),
    )


def send(client, attempt, payload, *, at, seq, again=False):
    """From a device of its own each time. Gives the reply to the one item; `again`: to its repetition."""
    item = {"kind": "answer", "uuid": str(uuid.uuid4()), "seq": seq, "at": at.isoformat(), "n": 1}
    fields = {name: [value] if isinstance(value, str) else value for name, value in form_of(payload).items()}
    batch = {
        "person": str(attempt.person.uuid),
        "device": str(uuid.uuid4()),
        "now": timezone.now().isoformat(),
        "items": [{**item, "attempt": str(attempt.uuid), "fields": fields}],
    }
    for _ in range(1 + again):
        answer = client.post(reverse("sync"), json.dumps(batch), content_type="application/json")
    return answer.json()["items"][0]


def test_of_two_devices_the_later_answer_counts_and_the_other_is_told_so(attempt, constable, client_of):
    client, item = client_of(constable), attempt.items.get()
    now = timezone.now()
    later = send(client, attempt, right_answer(item), at=now - timedelta(minutes=10), seq=1)
    earlier = send(client, attempt, wrong_answer(item), at=now - timedelta(minutes=30), seq=7)

    assert (later["status"], later["words"]) == ("accepted", "")
    assert earlier["status"] == "superseded"
    assert earlier["words"] == "Another device answered this later; that answer counts. Both are kept."
    assert AnswerEvent.objects.count() == 2
    marking = attempts.submit(attempt.uuid, person=constable.person, actor=constable, at=timezone.now())
    assert marking.score == 100


def test_why_an_answer_does_not_count_is_told_again_where_the_first_word_was_lost(
    attempt, constable, client_of
):
    client, item = client_of(constable), attempt.items.get()
    now = timezone.now()
    send(client, attempt, right_answer(item), at=now - timedelta(minutes=10), seq=1)
    earlier = send(client, attempt, wrong_answer(item), at=now - timedelta(minutes=30), seq=7, again=True)
    attempts.submit(attempt.uuid, person=constable.person, actor=constable, at=now)
    late = send(client, attempt, wrong_answer(item), at=now + timedelta(minutes=30), seq=8, again=True)

    assert (earlier["status"], late["status"]) == ("duplicate", "duplicate")
    assert earlier["words"] == "Another device answered this later; that answer counts. Both are kept."
    assert late["words"].startswith("This answer came after the test was handed in.")
