"""Finding course pages and their parts, with as few queries as can be."""

import unicodedata

from django.core.cache import caches
from django.db.models import Count, Max, Sum
from django.utils.translation import get_language
from wagtail.models import Locale, Page

from courses.catalogue import outline
from courses.catalogue.models import CoursePage, LessonPage
from courses.sectors import is_for

bodies = caches["bodies"]


def language_of(locale_id):
    """The language code of a locale, remembered: locales hardly ever change."""
    codes = bodies.get("locales")
    if codes is None or locale_id not in codes:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        bodies.set("locales", codes, 300)
    return codes[locale_id]


def in_readers_language(page, queryset):
    """The live translation of `page` for the active language, else `page` itself."""
    if language_of(page.locale_id) == (get_language() or "en"):
        return page
    wanted = get_language() or "en"
    translated = queryset.filter(translation_key=page.translation_key, locale__language_code=wanted).first()
    return translated or page


def find_course(slug):
    """The live course page at /courses/<slug>/ in the reader's language, or None.

    The address is that of the first language a course was written in.
    """
    live = CoursePage.objects.live().select_related("course")
    page = live.filter(slug=slug).order_by("pk").first()
    return page and in_readers_language(page, live)


def page_of(course):
    """The live page that presents a course record, or None."""
    live = CoursePage.objects.live().select_related("course")
    page = live.filter(course=course).order_by("pk").first()
    return page and in_readers_language(page, live)


def lesson_pages(course_page):
    """The live lessons of a course, without their bodies."""
    return list(LessonPage.objects.child_of(course_page).live().defer("body", "sources", "search_description"))


def lesson_page(page_id):
    """One lesson, its body left until somebody asks for it."""
    return LessonPage.objects.defer("body", "sources", "search_description").get(pk=page_id)


def stamp_of(course_page):
    """Changes whenever a part of the course is published, unpublished or deleted. One query."""
    parts = Page.objects.child_of(course_page).live()
    counts = parts.aggregate(Count("pk"), Max("live_revision_id"), Sum("live_revision_id"))
    return "-".join(str(count) for count in counts.values())


def outline_for(course_page, sector, lessons, quiz_parts):
    """The outline of a course for a sector code.

    `quiz_parts`: Parts of the quizzes, which stand one storey up and are handed in.
    """
    parts = {page.pk: page.part_for(sector) for page in lessons}
    parts.update({part.page_id: part for part in quiz_parts})
    return outline.build(course_page.modules(), parts, sector, is_for)


def one_per_course(pages):
    """One page for each course: the reader's language where there is one."""
    wanted, chosen = get_language() or "en", {}
    for page in pages:
        if page.course_id not in chosen or language_of(page.locale_id) == wanted:
            chosen[page.course_id] = page
    return list(chosen.values())


def mentions(page, words):
    """Whether every word stands in the course's title, subtitle or summary, accents aside."""
    text = fold(f"{page.title} {page.subtitle} {page.summary}")
    return all(word in text for word in fold(words).split())


def fold(text):
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
