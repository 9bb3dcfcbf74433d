"""What a course is made of on a device: what is in it, when it is newer, and what it costs."""

import re
import socket
import uuid
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.models import LessonPage
from courses.choices import AttemptState, EnrolmentState, Purpose
from courses.people import devices
from courses.progress.recording import complete_lesson
from courses.quizzes.models import Attempt
from tests import factories as make
from tests.answering import take
from tests.journeys.states import small_course, started

pytestmark = pytest.mark.django_db
PHONE, TABLET = str(uuid.UUID(int=7)), str(uuid.UUID(int=8))


@pytest.fixture
def page():
    """The small course, with a lesson for one sector alone."""
    page = small_course()
    page.extra = make.make_lesson(page, title="Only health", slug="only-health", sectors=["health"])
    modules = [make.make_module(page.pretest, *page.lessons, page.extra, page.check, page.test, title="Signs")]
    make.set_outline(page, [*modules, make.make_module(page.final, code="F", title="Final test")])
    return page


def student_of(page, sector="police", *, own=True):
    """A browser with somebody who studies: `.enrolment` and `.user` are theirs."""
    client = Client()
    client.user = make.make_user(person=make.make_person(sector=sector))
    client.enrolment = make.make_enrolment(client.user.person, page.course)
    client.force_login(client.user)
    session = client.session
    session[devices.OWN] = own
    session.save()
    return client


def list_of(client, page):
    response = client.get(reverse("save_list", args=[page.slug]))
    assert response.status_code == 200
    return response.json()


def urls_of(listed, kind):
    return [item["url"] for item in listed["items"] if item["kind"] == kind]


def papers_of(client, page, device=PHONE):
    return client.post(reverse("save_papers", args=[page.slug]), {"device": device})


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


# --- What is in it -----------------------------------------------------------------------


def test_everything_on_the_persons_path_and_no_more(page):
    police, health = student_of(page), student_of(page, "health")

    listed, others = list_of(police, page), list_of(health, page)

    own_page = f"/courses/{page.slug}/"
    quizzes = [reverse("quiz_start", args=[quiz.translation_key]) for quiz in (page.pretest, page.check)]
    pages = urls_of(listed, "page")
    assert {own_page, "/", f"{own_page}every-kind/", f"{own_page}second/", *quizzes} <= set(pages)
    assert f"{own_page}only-health/" not in pages
    assert f"{own_page}only-health/" in urls_of(others, "page")
    assert listed["version"] != others["version"]
    # One size of the picture, the small file; films and sound apart.
    (picture,), (file,) = urls_of(listed, "picture"), urls_of(listed, "file")
    assert picture.endswith("width-720.webp")
    assert re.search(r"/form\w*\.pdf$", file)
    assert [film["title"] for film in listed["films"]] == ["A quiet word", "Listen"]
    assert [bool(film["captions"]) for film in listed["films"]] == [True, False]
    assert listed["bytes"] == sum(item["bytes"] for item in listed["items"]) + listed["papers"]


def test_with_less_data_it_comes_without_pictures(page):
    client = student_of(page)
    client.defaults["HTTP_SAVE_DATA"] = "on"

    assert urls_of(list_of(client, page), "picture") == []


def test_only_for_those_who_study(page):
    client = student_of(page)
    client.enrolment.state, client.enrolment.ended_at = EnrolmentState.WITHDRAWN, timezone.now()
    client.enrolment.save()

    assert client.get(reverse("save_course", args=[page.slug])).url == f"/courses/{page.slug}/"
    assert client.get(reverse("save_list", args=[page.slug])).status_code == 403
    assert papers_of(client, page).status_code == 403
    assert client.get("/courses/no-such-course/save/list/").status_code == 404


def test_a_shared_device_is_told_why_and_gets_no_papers(page):
    client = student_of(page, own=False)

    html = client.get(reverse("save_course", args=[page.slug])).content.decode()

    assert "nothing of the course is kept" in html
    assert "saving.js" not in html
    assert papers_of(client, page).status_code == 403
    assert not Attempt.objects.exists()


def test_what_is_fetched_to_be_kept_moves_nobodys_place(page):
    client = student_of(page)
    list_of(client, page)
    client.get(f"/courses/{page.slug}/second/", headers={"X-Saving": "1"})
    client.enrolment.refresh_from_db()
    before = client.enrolment.last_key

    client.get(f"/courses/{page.slug}/second/")

    client.enrolment.refresh_from_db()
    assert (before, client.enrolment.last_key) == (None, page.lessons[1].translation_key)


# --- When it is newer --------------------------------------------------------------------


def test_the_version_is_that_of_the_content(page):
    client, friend = student_of(page), student_of(page)
    first = list_of(client, page)

    # Neither who asks, nor progress, nor what others read is content.
    complete_lesson(client.enrolment, page.lessons[0], actor=client.user, at=timezone.now())
    publish(LessonPage.objects.get(pk=page.extra.pk), title="Only health, again")
    caches["bodies"].clear()

    assert list_of(client, page)["version"] == list_of(friend, page)["version"] == first["version"]

    lesson = LessonPage.objects.get(pk=page.lessons[1].pk)
    publish(
        lesson, body=[("key_point", {"kind": "task", "title": "New", "text": "<p>Ask.</p>", "sectors": []})]
    )
    newer = list_of(client, page)
    make.make_entry()
    caches["bodies"].clear()
    newest = list_of(client, page)

    assert len({first["version"], newer["version"], newest["version"]}) == 3
    before = {item["url"]: item["version"] for item in first["items"]}
    changed = {item["url"] for item in newer["items"] if before[item["url"]] != item["version"]}
    assert changed == {"/", f"/courses/{page.slug}/", f"/courses/{page.slug}/second/"}


# --- What it costs -----------------------------------------------------------------------


def on_the_wire(server, client, address):
    """The bytes of an answer as they come, headers and all."""
    host = urlsplit(server.url)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    asked = f"GET {address} HTTP/1.1\r\nHost: {host.netloc}\r\nCookie: {cookie}\r\nX-Saving: 1\r\n"
    with socket.create_connection((host.hostname, host.port)) as line:
        line.sendall(f"{asked}Accept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200"), answer[:100]
    return len(answer)


@pytest.mark.django_db(transaction=True)
def test_the_sizes_are_those_on_the_wire(live_server, page):
    client = student_of(page)
    items = list_of(client, page)["items"]

    measured = {item["url"]: on_the_wire(live_server, client, item["url"]) for item in items}

    off = {item["url"]: (item["bytes"], measured[item["url"]]) for item in items}
    assert {url: both for url, both in off.items() if abs(both[0] - both[1]) > 0.1 * both[1]} == {}


def test_the_outline_says_the_size_once_it_is_known_at_no_cost(page):
    client = student_of(page)
    address = reverse("course", args=[page.slug])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as before:
        unknown = client.get(address).content.decode()
    list_of(client, page)
    with CaptureQueriesContext(connection) as after:
        known = client.get(address).content.decode()
    with CaptureQueriesContext(connection) as listing:
        list_of(client, page)

    assert "Save this course on this device</a>" in unknown
    assert "Save this course on this device, " in known
    assert len(after) == len(before)
    assert len(listing) < 20


# --- Papers ------------------------------------------------------------------------------


def test_each_device_gets_the_papers_it_may_begin_once(page):
    client = student_of(page)

    papers = papers_of(client, page).json()["papers"]
    again = papers_of(client, page).json()["papers"]
    others = papers_of(client, page, TABLET).json()["papers"]

    assert [paper["attempt"] for paper in papers] == [paper["attempt"] for paper in again]
    assert {paper["quiz"] for paper in papers} == {
        str(quiz.translation_key) for quiz in (page.check, page.test)
    }
    assert {paper["attempt"] for paper in papers}.isdisjoint(paper["attempt"] for paper in others)
    for paper in papers:
        assert paper.keys() == {"quiz", "attempt", "url", "bytes"}
        assert paper["url"] == f"/attempts/{paper['attempt']}/paper/"
    prepared = Attempt.objects.get(uuid=papers[0]["attempt"])
    assert (prepared.state, prepared.device) == (AttemptState.PREPARED, PHONE)
    assert papers_of(client, page, "x").status_code == 400


def test_a_test_that_may_not_be_begun_has_no_paper_and_an_open_one_goes_on(page):
    client = student_of(page)
    attempt = started(page.check, client.user, client.enrolment)
    # Half an hour has to pass between two attempts.
    take(page.test, client.user.person, client.enrolment, at=timezone.now())

    papers = papers_of(client, page).json()["papers"]

    assert [paper["attempt"] for paper in papers] == [str(attempt.uuid)]
    assert not Attempt.objects.filter(quiz_edition__policy__purpose=Purpose.FINAL).exists()


def test_the_papers_come_to_what_the_list_says(page):
    client = student_of(page)

    papers = papers_of(client, page).json()["papers"]

    assert list_of(client, page)["papers"] == pytest.approx(sum(paper["bytes"] for paper in papers), rel=0.1)
