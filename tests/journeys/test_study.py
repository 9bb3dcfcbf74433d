import re

import pytest
from django.test import Client
from django.urls import reverse

from courses.catalogue.models import CoursePage
from courses.quizzes.models import Attempt
from tests.answering import form_of, right_answer
from tests.factories import make_enrolment
from tests.journeys import states
from tests.journeys.four_sectors import walk

pytestmark = pytest.mark.browser
LONGEST_PATH = 150


@pytest.mark.parametrize(
    ("sector", "js"),
    [
        ("police", True),
        ("civil", False),
        # The same way with other texts: a second database learns nothing from them.
        pytest.param("health", True, marks=pytest.mark.same_everywhere),
        pytest.param("diplomatic", False, marks=pytest.mark.same_everywhere),
    ],
)
def test_from_signing_up_to_a_checked_certificate(national, live_database, sector, js):
    walk(national, sector, js=js)


def take(client, address):
    """Start the quiz, answer every question on its page and hand in."""
    started = client.post(address, {"name": "right"})
    attempt = Attempt.objects.get(uuid=re.search(r"/attempts/([0-9a-f-]{36})/", started.url).group(1))
    for item in attempt.items.select_related("question_edition__question"):
        answer = client.post(
            reverse("attempt_question", args=[attempt.uuid, item.n]), form_of(right_answer(item))
        )
        assert answer.status_code == 302, answer.content.decode()
    client.post(reverse("attempt_submit", args=[attempt.uuid]))


def test_the_whole_path_is_walked_by_the_one_way_that_continue_shows(national, live_database):
    """From the first lesson to the certificate; in the browser its pages are looked at elsewhere."""
    page = CoursePage.objects.get()
    learner, client = states.user("walker", sector="police"), Client()
    make_enrolment(learner.person, page.course)
    client.force_login(learner)

    visited = []
    for _step in range(LONGEST_PATH):
        address = client.get(reverse("course_continue", args=[page.slug])).url
        if address == reverse("my_record"):
            break
        visited.append(address)
        if "/quizzes/" in address:
            take(client, address)
        else:
            client.post(address)

    assert len(set(visited)) == len(visited) > 25
    assert learner.person.certificates.count() == 1
