"""After an edit of what people have done its author says whether it is minor or material."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.audit.models import AuditEntry
from courses.progress.models import MaterialEdit, Reopened
from courses.progress.recording import complete_lesson
from tests.factories import make_enrolment, make_site, make_small_course

pytestmark = pytest.mark.django_db
WHAT = "The call comes first."


@pytest.fixture
def page(db):
    make_site()
    return make_small_course()


@pytest.fixture
def lesson(page):
    return page.lesson_pages[0]


@pytest.fixture
def reader(page, lesson, constable):
    """The constable on her way, who has read the lesson."""
    enrolment = make_enrolment(constable.person, page.course)
    complete_lesson(enrolment, lesson, actor=constable, at=timezone.now())
    return enrolment


def publish(desk, lesson):
    data = {
        "title": lesson.title,
        "slug": lesson.slug,
        "summary": "",
        "sources": "",
        "checked_by": "",
        "body": streamfield([("paragraph", {"text": rich_text("<p>Call first.</p>"), "sectors": []})]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    return desk.post(f"/admin/pages/{lesson.pk}/edit/", nested_form_data(data))


def address(page):
    return reverse("desk_edit", args=[page.pk])


def form(**said):
    return {"kind": "material", "what": WHAT, "on_their_way": 1, "completed": 0, **said}


def text_of(answer):
    return answer.content.decode()


def test_the_number_is_shown_before_and_after_publishing_and_nothing_is_chosen(desk, lesson, reader):
    editor = text_of(desk.get(f"/admin/pages/{lesson.pk}/edit/"))
    assert "1 person on the way has done this." in editor
    assert "0 people who completed the course had done this." in editor

    answer = publish(desk, lesson)

    assert answer.url == address(lesson)
    screen = text_of(desk.get(answer.url))
    assert "1 person on the way has done this." in screen
    assert re.findall(r'value="(\w+)"[^>]*checked', screen) == ["minor"]
    assert not MaterialEdit.objects.exists()


def test_what_nobody_has_done_is_published_without_a_question(desk, page, lesson, constable):
    make_enrolment(constable.person, page.course)

    assert publish(desk, lesson).url == f"/admin/share/{lesson.pk}/"


def test_minor_changes_nothing(desk, focal_point, lesson, reader):
    answer = desk.post(address(lesson), form(kind="minor", what=""))

    assert answer.url == f"/admin/share/{lesson.pk}/"
    assert not Reopened.objects.exists()
    assert AuditEntry.objects.filter(verb="edit marked minor").count() == 1


def test_material_asks_as_many_as_were_shown(desk, lesson, reader):
    answer = desk.post(address(lesson), form(), follow=True)

    assert "1 person has it to do again." in text_of(answer)
    assert [one.enrolment for one in Reopened.objects.all()] == [reader]
    entry = AuditEntry.objects.get(verb="edit marked material")
    assert entry.actor_name == MaterialEdit.objects.get().actor != "system"
    assert "they have been asked" in text_of(desk.get(address(lesson)))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"what": ""}, "Say what changed"),
        ({"what": "Call 758 468 3754 first"}, "looks like a telephone number"),
        ({"on_their_way": 2}, "Look again before you decide"),
    ],
)
def test_nobody_is_asked_by_mistake(desk, lesson, reader, said, told):
    assert told in text_of(desk.post(address(lesson), form(**said), follow=True))
    assert not Reopened.objects.exists()


def test_who_is_asked_finds_it_at_home_in_the_course_and_in_the_lesson(
    desk, page, lesson, reader, constable, client_of
):
    desk.post(address(lesson), form())
    hers = client_of(constable)
    path = reverse("lesson", args=[page.slug, lesson.slug])
    places = ["/", reverse("course", args=[page.slug]), path]

    asked = [WHAT in text_of(hers.get(place)) for place in places]
    other = text_of(hers.get(reverse("lesson", args=[page.slug, page.lesson_pages[1].slug])))
    assert "I have read it again" in text_of(hers.get(path))
    hers.post(path)

    assert asked == [True, True, True]
    assert WHAT not in other
    assert [WHAT in text_of(hers.get(place)) for place in places] == [False, False, False]


def test_a_changed_outline_is_acknowledged(desk, page, reader, constable, client_of):
    desk.post(address(page), form(what="A lesson on consent was added."))
    hers, outline = client_of(constable), reverse("course", args=[page.slug])
    assert "A lesson on consent was added." in text_of(hers.get(outline))

    answer = hers.post(reverse("course_seen", args=[page.slug]))

    assert answer.url == outline
    assert "A lesson on consent was added." not in text_of(hers.get(outline))
