"""Where a course page or a part of a course is found by those who learn."""

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from courses.catalogue.models import CoursePage
from courses.catalogue.reused import ReusedPage

# A course, and whatever its path is made of: each says by `address()` where it is found.
TAUGHT = (CoursePage, ReusedPage)


def address_of(course_page, part):
    """Where a part of a path (outline.Part) opens."""
    if part.is_drill:
        return reverse(part.purpose, args=[part.key])
    if part.is_lesson:
        return reverse("lesson", args=[course_page.slug, part.slug])
    return reverse("quiz_start", args=[part.key])


def neutral_address(page):
    """The whole address in a form that tells nothing and stays when the title changes."""
    return settings.SITE_URL + reverse("open_page", args=[page.translation_key])


def live_page(key):
    """The live page behind a neutral address, in the language it was written in first; or None."""
    page = Page.objects.live().type(*TAUGHT).filter(translation_key=key).order_by("pk").first()
    return page and page.specific
