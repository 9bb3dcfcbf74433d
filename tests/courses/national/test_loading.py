"""Installing the national course keeps off what people have edited. One load serves all."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from certificates.models import CourseDesign
from courses.catalogue.models import Course, CoursePage, LessonPage
from courses.choices import Purpose
from courses.directory.models import Entry
from courses.national import files, loading
from courses.people.models import Person
from courses.questions.models import BankQuestion, Question
from courses.quizzes.models import QuizEdition
from courses.quizzes.pages import QuizPage
from tests.factories import make_root

pytestmark = pytest.mark.django_db


def load():
    return loading.load(at=timezone.now())


def earlier(name):
    """The items as a site had them whose software knew three kinds."""
    items = files.read(name)["items"]
    return [item for item in items if item["kind"] in ("single", "multiple", "true_false")]


def test_the_national_course_is_installed_once_and_edits_are_kept(monkeypatch):
    make_root()
    with monkeypatch.context() as before:
        before.setattr(files, "read_items", earlier)
        call_command("load_course", verbosity=0)
    form_a, form_b = QuizPage.objects.filter(purpose=Purpose.PRETEST).order_by("path")
    form_b.intro = "Our own words."
    form_b.save_revision().publish()

    # The questions that waited come into the bank; the pre-test that nobody edited asks its own
    later = load()
    assert (later["created"], later["renewed"]) == (16, 1)
    form_a, form_b = QuizPage.objects.filter(purpose=Purpose.PRETEST).order_by("path")
    assert [len(form.questions) for form in (form_a, form_b)] == [10, 9]
    editions = QuizEdition.objects.filter(quiz_key=form_a.translation_key).order_by("n")
    assert [len(edition.items) for edition in editions] == [9, 10]

    # What is there
    course = Course.objects.get()
    page = CoursePage.objects.get()
    assert (course.code, course.title, course.is_approved) == ("slu-ctip", "Identify, Refer, Protect", False)
    assert (page.live, page.has_unpublished_changes) == (True, False)
    modules = files.read_modules()
    assert LessonPage.objects.live().count() == sum(len(module["lessons"]) for module in modules)
    assert QuizPage.objects.filter(purpose=Purpose.CHECK).count() == len(modules) == 9
    assert BankQuestion.objects.filter(pool="final").count() == len(files.read_items("final"))
    assert Question.objects.count() >= BankQuestion.objects.count()
    assert CourseDesign.objects.get().course == course

    # A second time: nothing
    again = load()
    assert (again["created"], again["renewed"]) == (0, 0)

    # An edited lesson, a deleted one, an edited question and an edited number stay as people left them
    edited, deleted, untouched = LessonPage.objects.order_by("pk")[:3]
    edited.title = "Our own title"
    edited.save_revision().publish()
    deleted_key = deleted.translation_key
    deleted.delete()
    question = BankQuestion.objects.filter(pool="final").first()
    question.objective = "Ours"
    question.save()
    question.save_revision().publish()
    Entry.objects.filter(role="hotline").update(phone="555", checked_on=timezone.localdate())

    # A newer file renews what nobody has touched
    def newer():
        changed = [dict(module, lessons=[dict(one) for one in module["lessons"]]) for module in modules]
        for module in changed:
            for lesson in module["lessons"]:
                lesson["summary"] = "A newer summary."
        return changed

    monkeypatch.setattr(files, "read_modules", newer)
    call_command("load_course", verbosity=0)

    edited.refresh_from_db()
    untouched.refresh_from_db()
    question.refresh_from_db()
    assert (edited.title, edited.summary == "A newer summary.") == ("Our own title", False)
    assert not LessonPage.objects.filter(translation_key=deleted_key).exists()
    assert untouched.summary == "A newer summary."
    assert question.objective == "Ours"
    assert Entry.objects.get(role="hotline", post=None).phone == "555"


def test_the_demo_is_refused_on_a_production_site(settings):
    settings.DEMO_ALLOWED = False

    with pytest.raises(CommandError, match="refused on a production site"):
        call_command("load_demo")

    assert not Person.objects.exists()
