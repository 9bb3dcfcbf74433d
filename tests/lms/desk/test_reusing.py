import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.catalogue.models import CoursePage
from courses.catalogue.writing import outline_of
from tests.factories import make_course_page, make_small_course
from tests.lms.desk.test_home import FORBIDDEN, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, focal_point):
    return client_of(focal_point)


@pytest.fixture
def source(db):
    return make_small_course(title="Signs")


@pytest.fixture
def target(db):
    return make_course_page(title="At sea")


def choice_of(source):
    return f"{source.pk}:{outline_of(source)[0]['id']}"


def reuse(desk, source, target):
    return desk.post(f"/admin/reuse/{target.pk}/", {"module": choice_of(source)})


def parts_of(target):
    return list(CoursePage.objects.get(pk=target.pk).get_children().specific())


def told(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_the_editor_of_a_course_leads_to_it(desk, source, target):
    button = f'href="/admin/reuse/{target.pk}/"'

    assert button in desk.get(f"/admin/pages/{target.pk}/edit/").content.decode()
    assert "/admin/reuse/" not in desk.get(f"/admin/pages/{source.check.pk}/edit/").content.decode()


def test_only_modules_of_other_courses_that_have_something_are_offered(desk, source, target):
    form = desk.get(f"/admin/reuse/{target.pk}/").context["form"]

    assert form.fields["module"].choices == [
        ("", "Choose"),
        ("Signs", [(choice_of(source), "Signs – The signs, 3 parts")]),
    ]


def test_a_site_with_one_course_is_told_so(desk, source):
    shown = desk.get(f"/admin/reuse/{source.pk}/").content.decode()

    assert "No other course has a published module to use yet." in shown


def test_she_uses_one_and_is_told_where_it_is_corrected(desk, source, target):
    answer = reuse(desk, source, target)

    assert answer.url == f"/admin/pages/{target.pk}/edit/"
    assert "“First lesson”, “Second lesson”, “Module check”. They are corrected in “Signs”" in told(answer)
    assert len(outline_of(CoursePage.objects.get(pk=target.pk))) == 1
    again = reuse(desk, source, target)
    assert "already" in text_of(again)


def test_nothing_chosen_is_asked_for(desk, source, target):
    assert "This field is required" in text_of(desk.post(f"/admin/reuse/{target.pk}/", {}))
    assert not parts_of(target)


def test_what_is_reused_opens_with_the_way_to_its_original_in_her_words(desk, source, target):
    reuse(desk, source, target)
    lesson, _second, check = parts_of(target)

    for part in (lesson, check):
        shown = text_of(desk.get(f"/admin/pages/{part.pk}/edit/"))
        assert "It is used here from “Signs”. It is corrected there" in shown
        for name in ("edit", "convert_alias", "history", "delete", "unpublish", "view_draft", "usage"):
            answer = desk.get(reverse(f"wagtailadmin_pages:{name}", args=[part.pk]), follow=True)
            assert answer.status_code == 200, name
            assert not FORBIDDEN.findall(text_of(answer)), name
            assert "alias" not in text_of(answer).lower(), name
        for name in ("desk_share", "desk_handout", "desk_copy"):
            assert desk.get(reverse(name, args=[part.pk])).status_code == 200, name
    assert desk.get(f"/admin/try/{check.pk}/").status_code == 200
    assert desk.get(reverse("desk_choose_questions", args=[check.pk])).status_code == 404
    assert desk.get(reverse("wagtailadmin_explore", args=[target.pk])).status_code == 200


def test_published_by_the_list_they_stay_as_they_are(desk, source, target):
    reuse(desk, source, target)
    (lesson, *_others) = parts_of(target)

    answer = desk.post(f"/admin/bulk/wagtailcore/page/publish/?id={lesson.pk}&next=/admin/")

    assert answer.status_code == 302
    lesson.refresh_from_db()
    assert (lesson.live, lesson.latest_revision_id) == (True, None)


def test_made_the_courses_own_it_is_edited_here(desk, source, target):
    reuse(desk, source, target)
    (lesson, *_others) = parts_of(target)

    desk.post(reverse("wagtailadmin_pages:convert_alias", args=[lesson.pk]))

    lesson.refresh_from_db()
    assert lesson.alias_of_id is None
    assert "It is used here from" not in text_of(desk.get(f"/admin/pages/{lesson.pk}/edit/"))


def test_before_the_original_goes_the_other_courses_are_named(desk, client_of, administrator, source, target):
    reuse(desk, source, target)
    original = source.lesson_pages[0]

    admin = client_of(administrator)
    for page in (original, source):
        shown = text_of(admin.get(f"/admin/pages/{page.pk}/delete/"))
        assert "Other courses use it too. There it stays, and is corrected there from then on: At sea" in shown
    assert "Other courses" not in text_of(admin.get(f"/admin/pages/{target.pk}/delete/"))


def test_before_it_is_taken_off_the_site_it_is_said_where_it_goes_too(desk, source, target):
    address = f"/admin/pages/{source.lesson_pages[0].pk}/unpublish/"
    assert "Other courses" not in text_of(desk.get(address))
    reuse(desk, source, target)

    assert "goes off there as well: At sea" in text_of(desk.get(address))
    desk.post(address)
    assert [part.live for part in parts_of(target)] == [False, True, True]


def test_deleted_at_the_desk_the_others_keep_it(desk, client_of, administrator, source, target):
    reuse(desk, source, target)
    (lesson, *_others) = parts_of(target)

    client_of(administrator).post(f"/admin/pages/{source.lesson_pages[0].pk}/delete/")

    lesson.refresh_from_db()
    assert (lesson.live, lesson.alias_of_id) == (True, None)


@pytest.mark.parametrize("role", ["constable", "facilitator", "supervisor_police"])
def test_nobody_else_reuses(request, client_of, source, target, role):
    assert reuse(client_of(request.getfixturevalue(role)), source, target).status_code == 403
    assert not parts_of(target)


def test_it_asks_the_same_however_many_courses_there_are(desk, source, target):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"/admin/reuse/{target.pk}/")
        return len(captured)

    queries()  # what is remembered between requests
    before = queries()
    make_small_course()
    assert queries() == before <= 30
