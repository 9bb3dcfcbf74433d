from io import StringIO

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from courses.progress.purging import purge_revisions
from tests.factories import make_enrolment, make_lesson, make_lesson_done


def ids():
    return list(Revision.objects.order_by("pk").values_list("pk", flat=True))


def lesson_with_history():
    """A lesson published, read, published again; then two drafts. Returns the lesson and its revisions."""
    lesson = make_lesson()
    Revision.objects.exclude(pk=lesson.live_revision_id).delete()
    read = lesson.live_revision_id
    make_lesson_done(make_enrolment(course=lesson.get_parent().specific.course), lesson)
    between = lesson.save_revision().pk
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    live = lesson.live_revision_id
    draft, newest = lesson.save_revision().pk, lesson.save_revision().pk
    return read, between, live, draft, newest


def test_it_spares_what_was_read_what_is_live_and_the_newest(db):
    read, between, live, draft, newest = lesson_with_history()
    assert ids() == [read, between, live, draft, newest]
    assert purge_revisions(at=timezone.now()) == 2
    assert ids() == [read, live, newest]


def test_a_second_run_finds_nothing(db):
    lesson_with_history()
    purge_revisions(at=timezone.now())
    assert purge_revisions(at=timezone.now()) == 0


def test_it_spares_what_is_young(db):
    lesson_with_history()
    assert purge_revisions(at=timezone.now(), days=30) == 0
    assert purge_revisions(at=timezone.now() + timezone.timedelta(days=31), days=30) == 2


def test_the_command_is_ours_and_knows_wagtails_options(db):
    lesson_with_history()
    out = StringIO()
    call_command("purge_revisions", non_pages=True, stdout=out)
    call_command("purge_revisions", pages=True, stdout=out)
    assert out.getvalue() == "0 revisions deleted.\n2 revisions deleted.\n"
