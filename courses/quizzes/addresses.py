"""Where a course page, a lesson or a quiz is found by those who learn."""

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from courses.catalogue.models import CoursePage, LessonPage
from courses.quizzes.pages import QuizPage

TAUGHT = (CoursePage, LessonPage, QuizPage)


def path_of(page):
    """The path on this site; the title may be read in it."""
    if isinstance(page, CoursePage):
        return reverse("course", args=[page.slug])
    if isinstance(page, LessonPage):
        return reverse("lesson", args=[page.get_parent().slug, page.slug])
    return reverse("quiz_start", args=[page.translation_key])


def neutral_address(page):
    """The whole address in a form that tells nothing and stays when the title changes."""
    return settings.SITE_URL + reverse("open_page", args=[page.translation_key])


def live_page(key):
    """The live page behind a neutral address, in the language it was written in first; or None."""
    page = Page.objects.live().type(*TAUGHT).filter(translation_key=key).order_by("pk").first()
    return page and page.specific
